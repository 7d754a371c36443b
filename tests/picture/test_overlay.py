"""The picture with the person, the count and the message: pure drawing, so pixels are compared."""

from dataclasses import replace
from math import nan

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.coaching.scene import Scene, Tone
from formcheck.definition.loading import load_exercise
from formcheck.events import Snapshot
from formcheck.exercise import Phase, shown_measure
from formcheck.figure.movements import MOVEMENTS
from formcheck.picture import panels
from formcheck.picture.canvas import Canvas, Point, fit, text_width
from formcheck.picture.icons import COLORS, tone_icon
from formcheck.picture.overlay import draw_scene
from formcheck.picture.panels import message_box, phase_words
from formcheck.picture.skeleton import fault_joints, sweep_between
from formcheck.pose import INDEX, Image, Pose

TONES: tuple[Tone, ...] = ("safety", "fault", "hint", "praise", "guide")
SIZES = [(320, 240), (640, 480), (1280, 720), (1920, 1080), (480, 854), (1080, 1920)]
BRIDGE = load_exercise("bridge")


def test_of_a_timed_exercise_the_angle_itself_is_shown() -> None:
    """Not how little it has changed: 3 degrees beside a knee bent to a right angle mislead."""
    assert shown_measure(load_exercise("wall_sit")).name == "knee_bend"


@pytest.mark.parametrize("lies", [0, 8, 90, 172, 270])
def test_the_arc_of_a_straight_joint_does_not_jump(lies: float) -> None:
    """A body held straight trembles about 180 degrees; a bent joint has its arc inside the bend."""
    sweeps = [sweep_between(lies, lies + angle) for angle in (176.0, 179.9, 180.1, 184.0)]
    assert max(sweeps) - min(sweeps) < 10
    assert all(abs(each) < 190 for each in sweeps)
    assert sweep_between(lies, lies + 150.0) == pytest.approx(150)
    assert sweep_between(lies, lies + 210.0) == pytest.approx(-150)


@pytest.mark.parametrize(("reps", "phase"), [(0, "Set up"), (1, "Rest"), (2, "Done")])
def test_who_rests_between_two_holds_is_told_so(
    reps: int, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not to set up again."""
    written: list[str] = []
    monkeypatch.setattr(panels, "put_text", lambda canvas, words, *_: written.append(words))
    snapshot = Snapshot(0.0, "away", None, reps, 0.0, (), ())
    panels.draw_count(Canvas(_grey()), load_exercise("plank"), 2, snapshot)
    assert written == [phase, "/ 2"]


def _grey(width: int = 640, height: int = 480, level: int = 120) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def _pose_at(**places: tuple[float, float]) -> Pose:
    """A pose of which only these landmarks, in image heights, are seen."""
    pose = Pose.absent(0.0)
    image, visibility = np.full((33, 3), 0.5), np.zeros(33)
    for name, xy in places.items():
        image[INDEX[name], :2] = xy
        visibility[INDEX[name]] = 1.0
    return replace(pose, image=image, visibility=visibility)


def _leg(x: float = 0.5) -> Pose:
    return _pose_at(left_shoulder=(x + 0.3, 0.55), left_hip=(x, 0.6), left_knee=(x - 0.1, 0.45))


def _snapshot(phase: Phase = "out", **changes: object) -> Snapshot:
    plain = Snapshot(0.0, phase, None, 3, 0.0, (), (), values={"hip_angle": 140.0})
    return replace(plain, **changes)  # type: ignore[arg-type]


def _scene(pose: Pose | None = None, **changes: object) -> Scene:
    plain = Scene(BRIDGE, pose or Pose.absent(0.0), _snapshot(), 15)
    return replace(plain, **changes)  # type: ignore[arg-type]


def _change(image: Image, other: Image) -> Image:
    """Where two pictures differ."""
    return np.asarray((image != other).any(axis=2))


def _around(image: Image, x: float, y: float, reach: int = 3) -> Image:
    """The pixels around a place given in image heights."""
    height = image.shape[0]
    column, row = round(x * height), round(y * height)
    return image[row - reach : row + reach + 1, column - reach : column + reach + 1]


def test_the_analysed_picture_is_not_changed() -> None:
    """The same frame may still be recorded or analysed."""
    image = _grey()
    before = image.copy()
    scene = _scene(_leg(), message="Up", is_paused=True, is_muted=True)
    drawn = draw_scene(image, scene)
    assert not np.shares_memory(drawn, image)
    assert _change(drawn, image).any()
    assert (image == before).all()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("exercise", MOVEMENTS)
def test_a_picture_of_any_size_keeps_its_size_and_type(
    width: int, height: int, exercise: str
) -> None:
    """From the smallest camera picture to full HD, and upright ones."""
    pose = MOVEMENTS[exercise](1).poses(fps=2)[1]
    scene = _scene(
        pose, exercise=load_exercise(exercise), snapshot=_snapshot("hold"), message="Lower slowly."
    )
    drawn = draw_scene(_grey(width, height), scene)
    assert drawn.shape == (height, width, 3)
    assert drawn.dtype == np.uint8


def test_the_skeleton_lies_on_the_person() -> None:
    """And the picture is not mirrored."""
    drawn = draw_scene(_grey(), _scene(_leg(0.4), snapshot=None))
    assert _around(drawn, 0.4, 0.6).max() > 200
    assert (_around(drawn, 640 / 480 - 0.4, 0.6) == 120).all()


def test_what_is_not_seen_is_not_drawn() -> None:
    """Below `SEEN` a landmark is a guess."""
    pose = _leg()
    hidden = replace(pose, visibility=np.where(pose.visibility > 0, 0.49, 0.0))
    empty = draw_scene(_grey(), _scene())
    assert _change(draw_scene(_grey(), _scene(pose)), empty).any()
    assert not _change(draw_scene(_grey(), _scene(hidden)), empty).any()


def test_each_tone_has_a_shape_of_its_own() -> None:
    """Drawn in one colour, no two signs cover the same pixels."""
    shapes = []
    for tone in TONES:
        canvas = Canvas(_grey(100, 100, 0))
        tone_icon(canvas, tone, Point(50, 50), 40, (255, 255, 255))
        shapes.append(canvas.image.max(axis=2) > 128)
    for i, shape in enumerate(shapes):
        for other in shapes[i + 1 :]:
            assert (shape ^ other).sum() > 0.2 * min(shape.sum(), other.sum())


def test_the_message_of_each_tone_looks_different_without_colour() -> None:
    """Even in grey each tone can be told."""
    drawn = [draw_scene(_grey(), _scene(message="Slowly.", tone=tone)) for tone in TONES]
    greys = [cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(int) for image in drawn]
    for i, grey in enumerate(greys):
        for other in greys[i + 1 :]:
            assert (abs(grey - other) > 60).sum() > 200


def test_the_joint_of_a_fault_is_ringed() -> None:
    """A ring in the colour of the severity, around the joint."""
    plain = draw_scene(_grey(), _scene(_leg()))
    faulty = draw_scene(_grey(), _scene(_leg(), snapshot=_snapshot(faults=("over_arched",))))
    changed = _change(faulty, plain)
    rows, columns = np.nonzero(changed)
    x = 0.5 * 480
    assert abs(columns.mean() - x) < 3
    assert abs(rows.mean() - 0.6 * 480) < 3
    assert (faulty[changed] == COLORS["safety"]).all(axis=1).any()
    assert not changed[round(0.6 * 480), round(x)]  # a ring: the joint itself stays in sight


def test_a_fault_is_at_the_point_that_moves_not_at_the_one_it_is_compared_with() -> None:
    """The ear that lifts, not the shoulder under it."""
    assert fault_joints(BRIDGE, "head_lifts", "right") == {"right_ear"}
    assert fault_joints(BRIDGE, "over_arched", "left") == {"left_hip"}
    assert fault_joints(BRIDGE, "hold_too_short", "left") == set()
    side_lying = load_exercise("side_lying_leg_raise")
    found = fault_joints(side_lying, "waist_hitch", "left")
    assert found == {"right_hip", "left_hip", "left_shoulder"}


def test_every_fault_of_every_exercise_can_be_drawn() -> None:
    """Whatever kinds of measure its conditions have."""
    for name in MOVEMENTS:
        exercise = load_exercise(name)
        pose = MOVEMENTS[name](1).poses(fps=2)[1]
        for fault in exercise.faults:
            faulty = _snapshot("hold", side="left", faults=(fault.name,))
            draw_scene(_grey(), _scene(pose, exercise=exercise, snapshot=faulty))


def test_the_measure_shown_is_the_change_since_rest_where_the_exercise_has_it() -> None:
    """A lift of 40 degrees says more than a direction of 140."""
    assert shown_measure(load_exercise("side_lying_leg_raise")).name == "leg_raise"
    assert shown_measure(BRIDGE).name == "hip_angle"


def test_the_angle_is_drawn_at_its_joint_with_its_value() -> None:
    """The arc while a rep can be counted, the value where it is known."""
    unknown = _snapshot(values={"hip_angle": nan})
    with_value = draw_scene(_grey(), _scene(_leg()))
    without = draw_scene(_grey(), _scene(_leg(), snapshot=unknown))
    bare = draw_scene(_grey(), _scene(_leg(), snapshot=_snapshot("away")))
    assert _change(with_value, without).any()
    assert _change(without, bare)[200:, 140:440].any()


def test_a_full_hold_is_marked_by_a_shape_not_by_its_colour_alone() -> None:
    """The check mark takes the place of the seconds."""
    almost = draw_scene(_grey(), _scene(snapshot=_snapshot("hold"), held=2.99))
    full = draw_scene(_grey(), _scene(snapshot=_snapshot("hold"), held=3.0))
    greys = [cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(int) for image in (almost, full)]
    assert (abs(greys[0] - greys[1]) > 60).sum() > 300


@pytest.mark.parametrize(
    "change",
    [
        {"is_paused": True},
        {"is_muted": True},
        {"not_judged": ("heels",)},
        {"borderline": ("hips low",)},
        {"message": "Slowly."},
        {"target": 12},
        {"snapshot": _snapshot(reps=4)},
        {"snapshot": _snapshot("back")},
        {"snapshot": _snapshot(side="left")},
        {"snapshot": None},
    ],
)
def test_everything_in_a_scene_can_be_seen(change: dict[str, object]) -> None:
    """Nothing in a scene is without effect on the picture."""
    assert _change(draw_scene(_grey(), _scene()), draw_scene(_grey(), _scene(**change))).sum() > 40


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("length", [1, 12, 400])
def test_a_message_of_any_length_stays_inside_its_band(
    width: int, height: int, length: int
) -> None:
    """Smaller, in two lines, or cut off."""
    message = " ".join(["shoulders"] * length)
    band = message_box(Canvas(_grey(width, height)), message)
    assert 0 <= band.box.top < band.box.bottom <= height
    assert 0 <= band.box.left < band.box.right <= width
    assert 1 <= len(band.text.lines) <= 2
    icon = 2 * band.icon
    assert all(text_width(line, band.text.size) <= width - icon for line in band.text.lines)


def test_no_cue_of_the_exercises_is_cut_off() -> None:
    """All that is really said can be read in full, upright pictures included."""
    for name in MOVEMENTS:
        exercise = load_exercise(name)
        for cue in [f.cue for f in exercise.faults] + [s.cue for s in exercise.start]:
            for size in ((640, 480), (1280, 720), (480, 854)):
                assert " ".join(message_box(Canvas(_grey(*size)), cue).text.lines) == cue


def test_a_long_message_becomes_smaller_or_two_lines() -> None:
    """One line first, then two, then smaller; an endless word is cut."""
    assert fit("Up", 60, 500).lines == ("Up",)
    two = fit("Let your shoulders rest heavy on the floor.", 60, 900)
    assert len(two.lines) == 2
    assert two.size == 60
    assert fit("unbreakable" * 5, 60, 300).lines[0].endswith("…")


def test_numbers_that_are_not_known_do_no_harm() -> None:
    """NaN in the pose and the values, or no values."""
    pose = replace(Pose.absent(0.0), visibility=np.ones(33))
    scene = _scene(pose, snapshot=_snapshot("hold", values={"hip_angle": nan}))
    draw_scene(_grey(), scene)
    draw_scene(_grey(), _scene(pose, snapshot=_snapshot(values={})))


numbers = st.one_of(
    st.floats(-1, 3), st.sampled_from([nan, float("inf"), -float("inf"), 1e300, -1e12])
)


@settings(max_examples=200)
@given(data=st.data())
def test_no_scene_breaks_the_drawing(data: st.DataObject) -> None:
    """Any size, any pose, any text."""
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    width, height = data.draw(st.integers(1, 400)), data.draw(st.integers(1, 400))
    image = rng.uniform(-0.3, 1.6, (33, 3))
    image[rng.integers(0, 33)] = data.draw(numbers)
    visibility = rng.uniform(0, 1, 33)
    visibility[rng.integers(0, 33)] = data.draw(st.sampled_from([0.0, 0.5, 1.0, nan]))
    exercise = load_exercise(data.draw(st.sampled_from(sorted(MOVEMENTS))))
    faults = data.draw(st.lists(st.sampled_from([f.name for f in exercise.faults]), max_size=3))
    snapshot = Snapshot(
        time=0.0,
        phase=data.draw(st.sampled_from(sorted(phase_words(exercise)))),
        side=data.draw(st.sampled_from([None, "left", "right"])),
        reps=data.draw(st.integers(0, 2000)),
        held=0.0,
        faults=tuple(faults),
        events=(),
        values={exercise.main.name: data.draw(numbers)},
    )
    scene = Scene(
        exercise=exercise,
        pose=replace(Pose.absent(0.0), image=image, visibility=visibility),
        snapshot=data.draw(st.sampled_from([None, snapshot])),
        target=data.draw(st.integers(0, 1000)),
        message=data.draw(st.text(max_size=80)),
        tone=data.draw(st.sampled_from(TONES)),
        not_judged=tuple(data.draw(st.lists(st.text(max_size=20), max_size=3))),
        borderline=tuple(data.draw(st.lists(st.text(max_size=20), max_size=3))),
        held=data.draw(st.floats(0.0, 1e6)),
        is_paused=data.draw(st.booleans()),
        is_muted=data.draw(st.booleans()),
    )
    assert draw_scene(_grey(width, height), scene).shape == (height, width, 3)
