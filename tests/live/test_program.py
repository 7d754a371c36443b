"""`formcheck live`, whole: what is told and kept, however it ends."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.coached import Screen as Unseen
from helpers.commands import COMMAND, PATIENCE
from helpers.full_disk import write_when_full
from helpers.places import ROOT, SAMPLES
from helpers.staged import Knowing

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, RoutineStep, one_exercise
from formcheck.errors import CameraError, OutputError
from formcheck.live import program as live_command
from formcheck.live.loop import Screen, run
from formcheck.live.program import Venue, coach_live
from formcheck.pose import Frame, Image, Pose
from formcheck.results.outputs import Outputs
from formcheck.sources.recording import read_recording

UNHURRIED = [sys.executable, str(ROOT / "tests" / "helpers" / "unhurried.py")]
RENDERED = SAMPLES / "rendered_bridge_side_right_clean.mp4"
PICTURE = np.full((48, 64, 3), 128, np.uint8)
on_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


class FakeSource:
    """Plays poses as fast as it can; then something happens."""

    size = (64, 48)

    def __init__(self, poses: list[Pose], ending: "Callable[[FakeSource], None] | None" = None):
        self.poses, self.at_end = poses, ending
        self.waiting: Callable[[float], None] = lambda silent: None
        self.ending = ""
        self.is_stopped = False

    def __iter__(self) -> Iterator[Frame]:
        """Give a frame for each pose."""
        for pose in self.poses:
            if self.is_stopped:
                return
            yield Frame(pose.time, PICTURE)
        if self.at_end:
            self.at_end(self)

    def stop(self) -> None:
        """Give no more."""
        self.is_stopped = True

    def __enter__(self) -> "FakeSource":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


class FakePage:
    """Notes whether anything is shown, and has the keys of a list."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys
        self.shown = 0

    def show(self, image: Image, scene: object) -> None:
        """Count it."""
        self.shown += 1

    def key(self) -> str | None:
        """Give the next key."""
        return self.keys.pop(0) if self.keys else None


class Shown:
    """The place where the coach of a test is shown."""

    window: Screen = Unseen()


def poses_of(name: str, start: float = 0.0) -> list[Pose]:
    """The poses of a sample, from this time on."""
    poses = read_recording(SAMPLES / f"{name}.npz").poses()
    return [Pose(p.time + start, p.image, p.world, p.visibility) for p in poses]


Play = Callable[..., FakePage]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Let `coach_live` see these poses, with a page and a voice that are none."""
    monkeypatch.setattr(live_command, "show_notice_once", lambda: None)

    def prepare(
        poses: list[Pose],
        ending: Callable[[FakeSource], None] | None = None,
        keys: list[str] | None = None,
        kind: type[FakeSource] = FakeSource,
    ) -> FakePage:
        window = FakePage(keys or [])
        source = kind(poses, ending)
        monkeypatch.setattr(live_command, "open_live", lambda address: source)
        monkeypatch.setattr(Shown, "window", window)
        loaded = Knowing(poses)
        monkeypatch.setattr(live_command, "_loaded_follower", lambda model: loaded)
        return window

    return prepare


def coached(outputs: Outputs, routine: Routine | None = None) -> Any:
    """Coach the bridge, or a routine."""
    chosen = routine or one_exercise(load_exercise("bridge"), None, None)
    return coach_live(
        "7",
        chosen.title,
        lambda mouth: LiveCoach(chosen, mouth, source="7"),
        Path,
        outputs,
        lambda: Venue(Shown.window),
        muted=True,
    )


# How it ends.


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
    assert told.err == "No rep or hold was done.\n"


def test_q_ends_the_session(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    """At once, and nothing more is shown."""
    window = play(poses_of("bridge_5"), keys=["m", "m", "q"])
    coached(Outputs())
    assert window.shown == 1
    assert "No rep or hold was done." in capsys.readouterr().err


def lose(source: FakeSource) -> None:
    """Be unplugged."""
    raise CameraError("Camera 7 gives no picture any more.")


def test_what_was_done_before_the_camera_was_lost_is_kept(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every file is whole; the error comes last."""
    play(poses_of("bridge_5"), lose)
    outputs = Outputs(str(tmp_path / "it.json"), None, tmp_path / "it.npz")
    with pytest.raises(CameraError, match="any more"):
        coached(outputs)
    assert "5 reps, " in capsys.readouterr().out
    assert len(json.loads((tmp_path / "it.json").read_text())["sets"][0]["reps"]) == 5
    assert read_recording(tmp_path / "it.npz").frames > 0
    assert len(list(tmp_path.iterdir())) == 2


def test_a_silent_camera_is_told_once_and_keys_still_work(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the screen and in the terminal; q ends the wait."""
    window = FakePage([])

    def fall_silent(source: FakeSource) -> None:
        shown = window.shown
        for silent in (0.5, 1.9):
            source.waiting(silent)
        assert window.shown == shown
        for silent in (2.1, 2.2, 2.3):
            source.waiting(silent)
        assert window.shown == shown + 1
        assert not source.is_stopped
        window.keys.append("q")
        source.waiting(2.4)
        assert source.is_stopped

    window = play(poses_of("bridge_5"), fall_silent)
    coached(Outputs())
    told = capsys.readouterr()
    assert told.err.count("The camera gives no new picture") == 1
    assert "5 reps, " in told.out


def test_a_camera_that_comes_back_is_told_and_goes_on(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was done before the silence and what is done after it is one set."""
    before = poses_of("bridge_5")
    after = poses_of("bridge_5", before[-1].time + 12.0)

    class Interrupted(FakeSource):
        def __iter__(self) -> Iterator[Frame]:
            """Be silent after the first part."""
            yield from (Frame(pose.time, PICTURE) for pose in before)
            self.waiting(12.0)
            yield from (Frame(pose.time, PICTURE) for pose in after)

    play([*before, *after], kind=Interrupted)
    coached(Outputs())
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "Note: The camera gives no new picture. Is it plugged in? Trying to open it again.",
        "Note: I can see you again. Go on.",
    ]
    assert "10 reps, " in told.out


def interrupt(source: FakeSource) -> None:
    """Press Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)
    assert source.is_stopped


@on_posix
def test_ctrl_c_ends_it_as_q_does_and_is_then_as_before(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is raised; the way in which signals are treated is put back."""
    before = signal.getsignal(signal.SIGINT)
    play(poses_of("bridge_5"), interrupt)
    coached(Outputs())
    assert "5 reps, " in capsys.readouterr().out
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_stops_everything(play: Play) -> None:
    """For a program that hangs."""

    def twice(source: FakeSource) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    play(poses_of("bridge_5"), twice)
    with pytest.raises(KeyboardInterrupt):
        coached(Outputs())


@pytest.mark.parametrize("kind", ["json", "events", "record", "video"])
def test_a_file_that_cannot_be_written_is_told_before_anybody_exercises(
    kind: str, play: Play, tmp_path: Path
) -> None:
    """Not after ten minutes."""
    window = play(poses_of("bridge_5"))
    path = tmp_path / "nowhere" / "it"
    named: Any = {kind: str(path) if kind == "json" else path}
    with pytest.raises(OutputError, match="nowhere"):
        coached(Outputs(**named))
    assert window.shown == 0


def test_a_full_disk_does_not_lose_the_result(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The recording stays as far as it was written; the error comes last."""
    monkeypatch.setattr(np, "savez_compressed", write_when_full)
    play(poses_of("bridge_5"))
    with pytest.raises(OutputError, match=r"Cannot write .*it\.npz"):
        coached(Outputs(record=tmp_path / "it.npz"))
    told = capsys.readouterr()
    assert "5 reps, " in told.out
    assert "it.npz.part" in told.err
    assert read_recording(tmp_path / "it.npz.part").frames > 0


@on_posix
def test_a_file_for_which_there_is_no_room_does_not_end_the_session(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that follows is coached, told and kept; the error comes last."""
    play(poses_of("bridge_5"))
    outputs = Outputs(str(tmp_path / "it.json"), Path("/dev/full"), tmp_path / "it.npz")
    with pytest.raises(OutputError, match="/dev/full: No space left"):
        coached(outputs)
    assert "5 reps, " in capsys.readouterr().out
    assert len(json.loads((tmp_path / "it.json").read_text())["sets"][0]["reps"]) == 5
    assert read_recording(tmp_path / "it.npz").frames == len(poses_of("bridge_5"))


def test_an_error_of_our_own_keeps_what_was_done(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a lost camera does."""

    def crash(source: FakeSource) -> None:
        raise ZeroDivisionError

    play(poses_of("bridge_5"), crash)
    with pytest.raises(ZeroDivisionError):
        coached(Outputs(record=tmp_path / "it.npz"))
    assert "5 reps, " in capsys.readouterr().out
    assert read_recording(tmp_path / "it.npz").frames > 0


@on_posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_closed_terminal_is_heard_once(
    name: str, play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """Though several signals come, the result is told."""
    number = getattr(signal, name)
    before = signal.getsignal(number)

    def hang_up(source: FakeSource) -> None:
        for _ in range(3):
            signal.raise_signal(number)

    play(poses_of("bridge_5"), hang_up)
    try:
        coached(Outputs())
        signal.raise_signal(number)  # still while the files are being finished
    finally:
        signal.signal(number, before)
    assert "5 reps, " in capsys.readouterr().out


# Several exercises.


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
    run(FakeSource(poses), Knowing(poses).detect, coach, Unseen(), watches=[watch])
    assert seen == [pose.time for pose in poses]


# The whole program.


def started(
    *arguments: object,
    room: dict[str, str],
    model: Path,
    command: Sequence[str] = COMMAND,
    clip: Path = RENDERED,
) -> "subprocess.Popen[str]":
    """Begin `formcheck live bridge` with a clip as its camera."""
    words = ["live", "bridge", "--camera", clip, "--mute", "--no-browser", *arguments]
    return subprocess.Popen(
        [*command, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **room, "FORMCHECK_MODEL": str(model), "COLUMNS": "80"},
    )


@pytest.fixture
def room(tmp_path: Path) -> dict[str, str]:
    """Settings that remember the notice."""
    (tmp_path / "settings" / "formcheck").mkdir(parents=True)
    (tmp_path / "settings" / "formcheck" / "notice-read").touch()
    return {"XDG_CONFIG_HOME": str(tmp_path / "settings")}


def kept(folder: Path) -> dict[str, Path]:
    """The options for everything that can be kept, and their files."""
    return {
        "--record": folder / "it.npz",
        "--events": folder / "it.jsonl",
        "--video": folder / "it.mp4",
    }


def growing(path: Path) -> Path:
    """Where a file is until it is whole."""
    return path.with_name(f"{path.name}.part")


def aside(err: str) -> list[str]:
    """What is told beside the results, but where the page is."""
    first, second, *others = err.splitlines()
    assert first.startswith("formcheck is at http://127.0.0.1:")
    assert second == "Press Ctrl-C here to end it."
    return others


def wait_for_a_rep(events: Path) -> None:
    """Wait until the growing file of events tells a rep."""
    part = growing(events)
    for _ in range(PATIENCE * 20):
        if part.exists() and '"rep"' in part.read_text():
            return
        time.sleep(0.05)
    pytest.fail("no rep was told")


def video_length(path: Path) -> float:
    """When the last picture of a video is to be shown."""
    av = pytest.importorskip("av", reason="videos are written with PyAV: pip install av")
    with av.open(str(path)) as file:
        return float(max(frame.time for frame in file.decode(video=0)))


def without_path(table: dict[str, Any]) -> dict[str, Any]:
    """A result but for where it comes from."""
    return {**table, "source": {k: v for k, v in table["source"].items() if k != "path"}}


@on_posix
def test_a_clip_in_front_of_the_camera_gives_what_check_gives(
    room: dict[str, str],
    tmp_path: Path,
    model_path: Path,
    half_bridge_video: Path,
    bridge_recording: Path,
) -> None:
    """Whatever the pace; the recording gives it, too."""
    files = kept(tmp_path)
    options = [word for pair in files.items() for word in pair]
    words = ("--reps", 3, "--json", "-", *options)
    process = started(
        *words, room=room, model=model_path, command=UNHURRIED, clip=half_bridge_video
    )
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, aside(err)) == (0, [])
    live = json.loads(out)
    environment = {**os.environ, "FORMCHECK_MODEL": str(model_path)}
    clip, recorded = (
        json.loads(
            subprocess.check_output(
                [*COMMAND, "check", path, "-e", "bridge", "--json", "-"], env=environment
            )
        )
        for path in (bridge_recording, files["--record"])
    )
    assert without_path(recorded) == without_path(live)
    assert [len(each["reps"]) for each in live["sets"]] == [3]
    for rep, other in zip(live["sets"][0]["reps"], clip["sets"][0]["reps"], strict=True):
        assert rep["hold_s"] == pytest.approx(other["hold_s"], abs=0.2)
        assert rep["faults"] == other["faults"]
    assert video_length(files["--video"]) == pytest.approx(live["source"]["duration_s"], abs=0.3)
    kinds = [json.loads(line)["kind"] for line in files["--events"].read_text().splitlines()]
    assert kinds.count("rep") == 3


@on_posix
def test_ctrl_c_in_the_terminal_keeps_everything(
    room: dict[str, str], tmp_path: Path, model_path: Path
) -> None:
    """The result is told, every file is whole, and the exit code is 0."""
    files = kept(tmp_path)
    options = [word for pair in files.items() for word in pair]
    process = started(*options, room=room, model=model_path)
    wait_for_a_rep(files["--events"])
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, aside(err)) == (0, [])
    assert "1 rep, " in out
    assert not (tmp_path / "it.npz.part").exists()
    assert read_recording(files["--record"]).duration > 5
    assert video_length(files["--video"]) > 5


@on_posix
def test_a_killed_session_leaves_what_can_be_judged(
    room: dict[str, str], tmp_path: Path, model_path: Path
) -> None:
    """Landmarks and video up to the last second, events up to the last line."""
    files = kept(tmp_path)
    options = [word for pair in files.items() for word in pair]
    process = started(*options, room=room, model=model_path)
    wait_for_a_rep(files["--events"])
    process.kill()
    process.communicate(timeout=PATIENCE)
    text = growing(files["--events"]).read_text()
    assert text.endswith("\n")
    happened = [json.loads(line)["time_s"] for line in text.splitlines()]
    part = tmp_path / "it.npz.part"
    assert read_recording(part).time_s[-1] > max(happened) - 1.0
    assert video_length(growing(files["--video"])) > max(happened) - 1.0
    assert not any(file.exists() for file in files.values())
    done = subprocess.run([*COMMAND, "check", part, "-e", "bridge"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 rep, " in done.stdout


@on_posix
def test_without_a_network_it_coaches_all_the_same(
    room: dict[str, str], model_path: Path, without_network: list[str], one_bridge: Path
) -> None:
    """To the target, after which it ends by itself."""
    process = started(
        *("--reps", 1, "--json", "-"),
        room=room,
        model=model_path,
        command=[*without_network, *UNHURRIED],
        clip=one_bridge,
    )
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, aside(err)) == (0, [])
    assert [len(each["reps"]) for each in json.loads(out)["sets"]] == [1]


def refused(*arguments: object, **environment: str) -> str:
    """Run formcheck where it must fail, with exit code 3 and one line; the line."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_without_a_camera_there_is_one_line() -> None:
    """Of both verbs that need one."""
    if list(Path("/dev").glob("video*")) or sys.platform != "linux":
        pytest.skip("there may be a camera here")
    assert "Camera 0 gives no picture" in refused("live", "bridge")
    assert "No camera gives a picture" in refused("cameras")


def test_threads_end_with_the_session(play: Play) -> None:
    """The voice's, and the camera's."""
    before = threading.active_count()
    play(poses_of("bridge_5")[:10])
    coached(Outputs())
    assert threading.active_count() <= before
