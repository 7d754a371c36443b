"""Recognition: claims that agree or contradict each other, real recordings, and a mixed session."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.places import SAMPLES
from helpers.scenes import FPS

from formcheck.checking.calls import recognise
from formcheck.checking.passages import all_exercises
from formcheck.counting.remarks import HARD_TO_SEE
from formcheck.definition.loading import load_exercise
from formcheck.evaluation.label_files import read_labels
from formcheck.figure.legs import walks_away
from formcheck.figure.movements import MOVEMENTS, bridge, crunch, standing_leg_raise
from formcheck.figure.script import Script, concatenate, pause
from formcheck.figure.viewpoint import Noise, Viewpoint
from formcheck.observer import Stretch
from formcheck.pose import Pose
from formcheck.recognition.claims import Claim, resolve
from formcheck.recognition.kinship import kinship
from formcheck.recognition.recogniser import Recogniser
from formcheck.sources.recording import RecordingWriter, read_recording

EXERCISES = tuple(all_exercises().values())


def _claims(name: str, *starts: float, seconds: float = 3.0) -> list[Claim]:
    return [Claim(name, start, start + seconds) for start in starts]


def _told(stretches: tuple[Stretch, ...]) -> list[tuple[str | None, dict[str, int]]]:
    return [(stretch.exercise, dict(stretch.claims)) for stretch in stretches]


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ([], []),
        (_claims("a", 0, 5, 10), [("a", {"a": 3})]),
        (_claims("a", 0), [("a", {"a": 1})]),
        ([Claim("a", 0, 3, is_sure=False)], [(None, {"a": 1})]),
        (
            [Claim("a", 0, 3, is_sure=False), Claim("a", 5, 8, is_sure=False)],
            [("a", {"a": 2})],
        ),
        (_claims("a", 0, 5, 10) + _claims("b", 15), [("a", {"a": 3})]),
        (_claims("a", 0, 5) + _claims("b", 40), [("a", {"a": 2}), ("b", {"b": 1})]),
        (
            [
                *_claims("a", 0, 5),
                Claim("b", 0, 3, is_sure=False),
                Claim("b", 5, 8, is_sure=False),
            ],
            [("a", {"a": 2})],
        ),
        (_claims("a", 0, 5) + _claims("b", 0, 5), [(None, {"a": 2, "b": 2})]),
        (_claims("a", 0, 5, 10, 15) + _claims("b", 5), [("a", {"a": 4})]),
        (_claims("a", 0, 5) + _claims("b", 10, 15), [("a", {"a": 2}), ("b", {"b": 2})]),
        (_claims("a", 0, 5, 60, 65), [("a", {"a": 2}), ("a", {"a": 2})]),
        (_claims("a", 0, 6, 12, 18) + _claims("b", 9.2, seconds=2), [("a", {"a": 4})]),
        (
            [*_claims("a", 0, 5, 10, 15), Claim("a", 20, 40), *_claims("b", 22, 27, 32)],
            [("a", {"a": 4}), ("b", {"b": 3})],
        ),
        ([Claim("plank", 0, 30, worth=10)], [("plank", {"plank": 1})]),
    ],
    ids=[
        "nothing", "one", "one rep", "one in doubt", "two in doubt", "a stray after it",
        "one much later", "surely", "as well", "clearly", "in turn", "twice", "a stray",
        "swallowed", "one long hold",
    ],
)  # fmt: skip
def test_claims_are_resolved(
    claims: list[Claim], told: list[tuple[str | None, dict[str, int]]]
) -> None:
    """What only one claims is that; what two claim, or hardly any, is unknown."""
    assert _told(resolve(claims)) == told


@pytest.mark.parametrize(
    ("starts", "seconds", "is_told"),
    [((30, 34, 38), 3.0, True), ((30, 34), 3.0, False), ((30, 31, 32), 0.8, False)],
    ids=["a set", "two of them", "steps"],
)
def test_a_set_of_which_little_was_seen_is_no_stray(
    starts: tuple[float, ...], seconds: float, is_told: bool
) -> None:
    """As crunches whose knees are hidden, after many leg raises."""
    hidden = [Claim("b", start, start + seconds, is_sure=False) for start in starts]
    stretches = resolve(_claims("a", 0, 4, 8, 12, 16, 20) + hidden)
    assert [stretch.exercise for stretch in stretches] == (["a", "b"] if is_told else ["a"])


def test_of_an_exercise_and_its_variant_that_fit_as_well_the_first_is_named() -> None:
    """And the doubt is told; but what fits clearly more often is named, whichever it is."""
    gives_way = {"b": frozenset("a")}
    (as_well,) = resolve(_claims("a", 0, 5) + _claims("b", 0, 5, 10), gives_way=gives_way)
    assert _told((as_well,)) == [("a", {"a": 2, "b": 2})]
    assert as_well.words == "A (2 matches; B (2) is very similar and fits, too)"
    (clearly,) = resolve(_claims("a", 5) + _claims("b", 0, 5, 10), gives_way=gives_way)
    assert _told((clearly,)) == [("b", {"b": 3})]


def test_a_copy_of_an_exercise_goes_before_it_where_it_is_given_first() -> None:
    """Whoever makes an exercise of their own does that one; its limits may be other ones."""
    base = load_exercise("bridge")
    assert base.rep is not None
    copy = replace(base, name="wide_bridge", rep=replace(base.rep, counts=15.0))
    recogniser = Recogniser([copy, *EXERCISES])
    for pose in bridge(2).poses(FPS):
        recogniser.update(pose)
    (stretch,) = recogniser.finish()
    assert _told((stretch,)) == [("wide_bridge", {"wide_bridge": 2, "bridge": 2})]


def test_no_two_exercises_are_kin_but_variants() -> None:
    """Or one would be taken for the other without a word in its file."""
    kin = {(name, *others) for name, others in kinship(EXERCISES).items() if others}
    assert kin == {(e.name, e.variant_of) for e in EXERCISES if e.variant_of}


@pytest.mark.parametrize("name", sorted(MOVEMENTS))
def test_one_rep_is_enough(name: str) -> None:
    """Anybody's first try: a single clean rep, or a hold, seen from where it should be."""
    assert [stretch.exercise for stretch in _stretches(MOVEMENTS[name](1).poses(FPS))] == [name]


def _stretches(poses: Iterable[Pose]) -> tuple[Stretch, ...]:
    recogniser = Recogniser(EXERCISES)
    for pose in poses:
        recogniser.update(pose)
    return recogniser.finish()


def _recognised(script: Script) -> list[str | None]:
    return [stretch.exercise for stretch in _stretches(script.poses(FPS))]


def test_a_session_of_several_exercises_is_cut_into_them() -> None:
    """Bridges, then crunches: two stretches with the right names, in order."""
    script = concatenate([bridge(3), pause(2.0), crunch(3)])
    assert _recognised(script) == ["bridge", "crunch"]


def test_what_was_forgotten_tells_nothing_any_more() -> None:
    """Nor does it keep what follows from being recognised; the body is followed on."""
    recogniser = Recogniser(EXERCISES)
    poses = bridge(5).poses(FPS)
    for pose in poses[: len(poses) // 2]:
        recogniser.update(pose)
    assert recogniser.stretches()
    recogniser.forget()
    assert recogniser.stretches() == ()
    for pose in poses[len(poses) // 2 :]:
        recogniser.update(pose)
    (stretch,) = recogniser.finish()
    assert stretch.exercise == "bridge"
    assert stretch.start > poses[len(poses) // 2].time - 4.0


def test_what_fits_nothing_is_not_named() -> None:
    """Someone who walks by does no exercise."""
    assert set(_recognised(walks_away(4.0))) <= {None}


@pytest.mark.parametrize("name", ["march", "squat", "bridge"])
def test_what_a_body_does_that_can_hardly_be_one_is_not_named(name: str) -> None:
    """Guesses that tremble look like many an exercise, and it is told that they do."""
    told = []
    for sd in (0.01, 0.06):
        recogniser = Recogniser(EXERCISES)
        for pose in MOVEMENTS[name](5).poses(fps=15, noise=Noise(sd=sd, correlation=0.02, seed=3)):
            recogniser.update(pose)
        told.append(([each.exercise for each in recogniser.finish()], recogniser.reason))
    assert told == [([name], ""), ([], HARD_TO_SEE)]


def test_a_mixed_recording_is_judged_part_by_part(tmp_path: Path) -> None:
    """Each part has the reps of its own exercise, as if it had been filmed alone."""
    script = concatenate([bridge(3, faults={"hips_too_low": {2}}), crunch(4)])
    path = tmp_path / "mixed session.npz"
    with RecordingWriter(path, (1280, 720)) as writer:
        for pose in script.poses(FPS):
            writer.add(pose)
    found = recognise(path)
    assert [each.exercise and each.exercise.name for each in found] == ["bridge", "crunch"]
    summaries = [each.result.summary for each in found if each.result]
    assert [len(summary.reps) for summary in summaries] == [3, 4]
    assert [fault.name for fault in summaries[0].faults] == ["hips_too_low"]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.npz")), ids=lambda path: path.stem)
def test_a_recording_is_recognised_rightly_or_not_at_all(path: Path) -> None:
    """Never as another exercise; and those from the view that is asked for are recognised."""
    (labels,) = read_labels(path.with_suffix(".labels.json"))
    found = {stretch.exercise for stretch in _stretches(read_recording(path).poses())}
    assert found <= {labels.exercise, None}
    if path.stem != "side_lying_leg_raise_3":  # seen from behind, half rolled over
        assert found == {labels.exercise}


@pytest.mark.parametrize("name", sorted(MOVEMENTS))
@pytest.mark.parametrize("yaw", [0, 25])
def test_every_exercise_is_told_from_all_others(name: str, yaw: float) -> None:
    """Three clean reps or holds, square on and obliquely with noise, are that exercise alone."""
    noise = Noise(sd=0.01, seed=3) if yaw else None
    poses = MOVEMENTS[name](3).poses(fps=10, camera=Viewpoint(yaw=yaw), noise=noise)
    assert [stretch.exercise for stretch in _stretches(poses)] == [name]


def test_only_what_may_be_found_is_found() -> None:
    """Among crunches alone, a bridge is unknown."""
    recogniser = Recogniser([load_exercise("crunch")])
    for pose in bridge(3).poses(FPS):
        recogniser.update(pose)
    assert {stretch.exercise for stretch in recogniser.finish()} <= {None}


def test_an_exercise_seen_from_where_it_cannot_be_judged_is_not_named() -> None:
    """A standing leg raise from the side could be many things."""
    recogniser = Recogniser(EXERCISES)
    for pose in standing_leg_raise(3).poses(FPS, camera=Viewpoint(yaw=85)):
        recogniser.update(pose)
    assert "standing_leg_raise" not in {stretch.exercise for stretch in recogniser.finish()}


def test_what_it_may_be_is_told_where_the_camera_stood_elsewhere() -> None:
    """Then somebody knows what to change."""
    recogniser = Recogniser(EXERCISES)
    for pose in crunch(3).poses(FPS, camera=Viewpoint(yaw=68)):
        recogniser.update(pose)
    (told,) = recogniser.finish()
    assert told.exercise is None
    off = "the camera was about 68 degrees off a view from the side"
    assert told.words == f"not sure: it may be Crunch (3), but {off}"


def test_two_reps_from_beside_the_view_are_too_few_to_tell_what_it_may_be() -> None:
    """Much looks like two crunches from there."""
    recogniser = Recogniser(EXERCISES)
    for pose in crunch(2).poses(FPS, camera=Viewpoint(yaw=68)):
        recogniser.update(pose)
    assert recogniser.finish() == ()
