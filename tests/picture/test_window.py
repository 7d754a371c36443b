"""The window in a process of its own: keys and pictures, and what happens when it goes away."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from helpers.commands import PATIENCE
from helpers.screen import virtual_display

from formcheck.errors import DisplayError
from formcheck.picture import window
from formcheck.picture.window import CLOSED, LOOK, OPENED, SHOWN, Window
from formcheck.pose import Image

Pipe = Any
PICTURE: Image = np.zeros((48, 64, 3), np.uint8)


def says_what_it_gets(title: str, pipe: Pipe) -> None:
    """A window whose keys are the first values of the pictures that it gets; 99 is its closing."""
    pipe.send(OPENED)
    while (picture := pipe.recv()) is not None:
        value = int(picture[0, 0, 0])
        pipe.send(CLOSED if value == 99 else chr(value))
        pipe.send(SHOWN)


def is_refused(title: str, pipe: Pipe) -> None:
    """A window that cannot be opened."""
    pipe.send(DisplayError("no such thing"))


def ends_at_once(title: str, pipe: Pipe) -> None:
    """A window whose library ends the program."""
    os._exit(1)


def ends_with_the_first_picture(title: str, pipe: Pipe) -> None:
    """A window whose screen goes away."""
    pipe.send(OPENED)
    pipe.recv()
    os._exit(1)


def hangs(title: str, pipe: Pipe) -> None:
    """A window that hears nothing any more."""
    pipe.send(OPENED)
    time.sleep(600)


Open = Callable[[Callable[[str, Pipe], None]], Window]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a window that does not need a screen."""

    def open_it(shows: Callable[[str, Pipe], None]) -> Window:
        monkeypatch.setattr(window, "_show_pictures", shows)
        return Window("formcheck")

    return open_it


def picture_of(value: int) -> Image:
    """A picture of one value."""
    return np.full((48, 64, 3), value, np.uint8)


def wait_for(what: Callable[[], Any]) -> Any:
    """Ask until there is an answer; `LOOK` is how often the window itself looks."""
    while not (answer := what()):
        time.sleep(LOOK)
    return answer


def test_pictures_go_there_and_keys_come_back(opened: Open) -> None:
    """In their order."""
    with opened(says_what_it_gets) as it:
        assert it.key() is None
        for letter in "rm":
            it.show(picture_of(ord(letter)))
            assert wait_for(it.key) == letter
        assert it.key() is None


def test_a_slow_window_gets_the_newest_picture(opened: Open) -> None:
    """The first, and then the last: nobody waits for it, and no picture is late."""
    with opened(says_what_it_gets) as it:
        for letter in "abcdefgh":
            it.show(picture_of(ord(letter)))
        keys = [wait_for(it.key)]
        while keys[-1] != "h":
            keys.append(wait_for(it.key))
    assert keys[0] == "a"
    assert keys == sorted(keys)


def test_a_window_that_its_user_closed_stays_closed(opened: Open) -> None:
    """That is to quit."""
    with opened(says_what_it_gets) as it:
        it.show(picture_of(99))
        assert wait_for(it.key) == "q"
        it.show(PICTURE)
        assert it.key() == "q"


def test_a_window_that_goes_away_is_told(opened: Open) -> None:
    """With what to do, and that nothing is lost."""
    with opened(ends_with_the_first_picture) as it:
        it.show(PICTURE)
        with pytest.raises(DisplayError, match="is kept"):
            wait_for(it.key)


@pytest.mark.parametrize(
    ("shows", "words"), [(is_refused, "no such thing"), (ends_at_once, "no screen")]
)
def test_a_window_that_cannot_be_opened_is_told(
    shows: Callable[[str, Pipe], None], words: str, opened: Open
) -> None:
    """And no process is left."""
    with pytest.raises(DisplayError, match=words):
        opened(shows)
    assert not multiprocessing.active_children()


def test_a_window_that_hangs_is_ended(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for it for long."""
    monkeypatch.setattr(window, "CLOSE_WITHIN", 0.1)
    with opened(hangs) as it:
        for _ in range(5):
            it.show(PICTURE)
    it.close()
    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_ctrl_c_in_the_terminal_does_not_reach_the_window(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes to every process there; the session ends it in good order."""
    with opened(says_what_it_gets) as it:
        for number in (signal.SIGINT, signal.SIGHUP):
            os.kill(it._process.pid or 0, number)
        it.show(picture_of(ord("s")))
        assert wait_for(it.key) == "s"
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()


ON_A_SCREEN = """
import sys, time
import numpy as np
from formcheck.errors import DisplayError
from formcheck.picture.window import Window

if __name__ == "__main__":
    with Window("formcheck: it") as window:
        print("open", flush=True)
        try:
            while True:
                window.show(np.zeros((48, 64, 3), np.uint8))
                window.key()
                time.sleep(0.01)
        except DisplayError as error:
            print(error)
"""


def test_the_end_of_a_screen_does_not_end_the_program() -> None:
    """Qt ends the one that it runs in."""
    with contextlib.contextmanager(virtual_display)() as display:
        process = subprocess.Popen(
            [sys.executable, "-c", ON_A_SCREEN],
            env={**os.environ, **display},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
    out, err = process.communicate(timeout=PATIENCE)
    assert "The window is gone" in out
    assert (process.returncode, err) == (0, "")
