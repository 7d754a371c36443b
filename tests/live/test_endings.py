"""However a live session ends: what was done until then is told and kept."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.live_session import KeyedPage, Play, coached, poses_of
from helpers.staged import PICTURE, Camera

from formcheck.errors import CameraError, Stopped
from formcheck.pose import Frame
from formcheck.results.outputs import Outputs
from formcheck.sources.recording import read_recording

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


def test_q_ends_the_session(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    """At once, and nothing more is shown."""
    window = play(poses_of("bridge_5"), keys=["m", "m", "q"])
    coached(Outputs())
    assert window.shown == 1
    assert "You did no reps or holds." in capsys.readouterr().err


def lose(source: Camera) -> None:
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
    window = KeyedPage([])

    def fall_silent(source: Camera) -> None:
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
    assert told.err.count("The camera has stopped sending pictures") == 1
    assert "5 reps, " in told.out


def test_a_camera_that_comes_back_is_told_and_goes_on(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was done before the silence and what is done after it is one set."""
    before = poses_of("bridge_5")
    after = poses_of("bridge_5", before[-1].time + 12.0)

    class Interrupted(Camera):
        def __iter__(self) -> Iterator[Frame]:
            """Be silent after the first part."""
            yield from (Frame(pose.time, PICTURE) for pose in before)
            self.waiting(12.0)
            yield from (Frame(pose.time, PICTURE) for pose in after)

    play([*before, *after], kind=Interrupted)
    coached(Outputs())
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "Note: The camera has stopped sending pictures. Is it plugged in? I'm trying to reconnect.",
        "Note: I can see you again. Carry on.",
    ]
    assert "10 reps, " in told.out


def interrupt(source: Camera) -> None:
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


def test_a_second_ctrl_c_breaks_off_what_hangs_and_loses_nothing(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files are whole, the result is told, and then that it was stopped."""

    def twice(source: Camera) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    play(poses_of("bridge_5"), twice)
    files = [tmp_path / name for name in ("it.json", "it.jsonl", "it.npz")]
    with pytest.raises(Stopped, match="everything up to then is saved"):
        coached(Outputs(str(files[0]), *files[1:]))
    assert "5 reps, " in capsys.readouterr().out
    assert sorted(tmp_path.iterdir()) == files
    assert read_recording(files[2]).frames == len(poses_of("bridge_5"))


@on_posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_closed_terminal_is_heard_once(
    name: str, play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """Though several signals come, the result is told."""
    number = getattr(signal, name)
    before = signal.getsignal(number)

    def hang_up(source: Camera) -> None:
        for _ in range(3):
            signal.raise_signal(number)

    play(poses_of("bridge_5"), hang_up)
    try:
        coached(Outputs())
        signal.raise_signal(number)  # still while the files are being finished
    finally:
        signal.signal(number, before)
    assert "5 reps, " in capsys.readouterr().out


def test_an_error_of_our_own_keeps_what_was_done(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a lost camera does."""

    def crash(source: Camera) -> None:
        raise ZeroDivisionError

    play(poses_of("bridge_5"), crash)
    with pytest.raises(ZeroDivisionError):
        coached(Outputs(record=tmp_path / "it.npz"))
    assert "5 reps, " in capsys.readouterr().out
    assert read_recording(tmp_path / "it.npz").frames > 0
