"""What is told and written of a live session that ends by itself."""

import json
import threading
from pathlib import Path

import pytest
from helpers.coached import Screen as Unseen
from helpers.live_session import Play, coached, poses_of
from helpers.staged import Camera, Knowing

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, RoutineStep, one_exercise
from formcheck.live.loop import run
from formcheck.pose import Frame, Pose
from formcheck.results.outputs import Outputs
from formcheck.sources.recording import read_recording


def test_a_session_is_told_when_the_pictures_end(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words, as JSON in the format of `check`, as events, and as a recording."""
    play(poses_of("bridge_5"))
    names = {name: tmp_path / f"it.{name}" for name in ("json", "events", "npz")}
    coached(Outputs(str(names["json"]), names["events"], names["npz"]))
    told = capsys.readouterr()
    assert "5 reps, " in told.out
    assert told.err == ""
    result = json.loads(names["json"].read_text())
    assert result["format"] == "formcheck/1"
    assert result["source"]["path"] == "7"
    assert result["source"]["frames"] == read_recording(names["npz"]).frames
    assert [len(each["reps"]) for each in result["sets"]] == [5]
    kinds = [json.loads(line)["kind"] for line in names["events"].read_text().splitlines()]
    assert kinds.count("rep") == 5  # the last comes with the end
    assert sorted(tmp_path.iterdir()) == sorted(names.values())


def test_json_on_stdout_is_all_there_is_on_stdout(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line."""
    play(poses_of("bridge_5"))
    coached(Outputs("-"))
    told = capsys.readouterr()
    assert len(json.loads(told.out)["sets"]) == 1
    assert told.err == ""


def test_without_a_rep_there_is_a_result_all_the_same(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """An object without sets, and a word on stderr."""
    play([Pose.absent(number / 25) for number in range(50)])
    assert coached(Outputs("-")) == []
    told = capsys.readouterr()
    result = json.loads(told.out)
    assert (result["exercise"], result["sets"]) == ("bridge", [])
    assert (result["source"]["frames"], result["source"]["frames_with_pose"]) == (50, 0)
    assert told.err == "You did no reps or holds.\n"


def test_each_step_of_a_routine_has_its_own_result(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line of JSON each, with the frames in which it was done; rests belong to none."""
    bridge, crunch = load_exercise("bridge"), load_exercise("crunch")
    steps = (RoutineStep(bridge, 5, None, rest=2.0), RoutineStep(crunch, 4, None, rest=0.0))
    first = poses_of("bridge_5")
    still = [
        Pose(first[-1].time + number / 25, first[0].image, first[0].world, first[0].visibility)
        for number in range(1, 300)
    ]
    second = poses_of("crunch_4", still[-1].time + 0.04)
    play([*first, *still, *second])
    coached(Outputs("-"), Routine("it", "It", "Both.", steps))
    one, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert [one["exercise"], other["exercise"]] == ["bridge", "crunch"]
    assert [len(each["sets"][0]["reps"]) for each in (one, other)] == [5, 4]
    assert one["source"]["frames"] + other["source"]["frames"] <= len(first) + 300 + len(second)
    assert one["source"]["frames"] > 0.9 * len(first)
    assert other["source"]["duration_s"] < still[-1].time - first[-1].time + second[-1].time
    assert other["sets"][0]["start_s"] > still[-1].time


def test_a_pause_is_in_neither_the_recording_nor_the_result(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that `check` finds in the recording what was told live."""
    poses = poses_of("bridge_5")
    window = play(poses)
    pressed = iter(["space", *[None] * 10, "space"])
    window.key = lambda: next(pressed, None)  # type: ignore[method-assign]
    coached(Outputs("-", record=tmp_path / "it.npz"))
    frames = json.loads(capsys.readouterr().out)["source"]["frames"]
    assert frames == read_recording(tmp_path / "it.npz").frames
    assert frames < len(poses)


def test_a_watcher_sees_every_frame(play: Play) -> None:
    """The loop gives each frame, once."""
    poses = poses_of("bridge_5")[:20]
    seen: list[float] = []

    class Mouth:
        muted = True

        def say(self, utterance: object) -> None:
            """Say nothing."""

    def watch(frame: Frame, scene: object) -> None:
        seen.append(frame.time)

    coach = LiveCoach(one_exercise(load_exercise("bridge"), 1, None), Mouth())
    run(Camera(poses), Knowing(poses).detect, coach, Unseen(), watches=[watch])
    assert seen == [pose.time for pose in poses]


def test_threads_end_with_the_session(play: Play) -> None:
    """The voice's, and the camera's."""
    before = threading.active_count()
    play(poses_of("bridge_5")[:10])
    coached(Outputs())
    assert threading.active_count() <= before
