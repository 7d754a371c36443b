"""The window: keys by name, and plain words where there is no screen."""

import os
import subprocess
import sys
from contextlib import nullcontext

import cv2
import numpy as np
import pytest

from formcheck.errors import DisplayError
from formcheck.picture import pane
from formcheck.picture.pane import Pane
from formcheck.pose import Image

PICTURE: Image = np.zeros((48, 64, 3), np.uint8)

WITHOUT_SCREEN = """
from formcheck.errors import DisplayError
from formcheck.picture.pane import Pane
try:
    Pane("formcheck")
except DisplayError as error:
    print(error.exit_code, error)
"""


class FakeScreen:
    """Takes the place of OpenCV's windows."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.is_visible = True
        self.shown = 0
        self.size = (0, 0)
        self.modes: list[float] = []
        self.destroyed = 0

    def wait(self, _delay: int) -> int:
        """Give the next key."""
        return self.codes.pop(0) if self.codes else -1

    def show(self, _title: str, _image: Image) -> None:
        """Count the pictures."""
        self.shown += 1

    def resize(self, _title: str, width: int, height: int) -> None:
        """Keep the size."""
        self.size = (width, height)

    def property(self, _title: str, _what: int) -> float:
        """Say whether the window is open."""
        if not self.is_visible:
            raise cv2.error("no such window")
        return 1.0

    def set_property(self, _title: str, _what: int, mode: float) -> None:
        """Keep the mode."""
        self.modes.append(mode)

    def destroy(self, _title: str) -> None:
        """Count how often it was closed."""
        self.destroyed += 1


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> FakeScreen:
    """A screen that is not there."""
    fake = FakeScreen()
    monkeypatch.setattr(pane, "_checked_display", nullcontext)
    monkeypatch.setattr(pane, "_quieten_qt", lambda: None)
    monkeypatch.setattr(cv2, "namedWindow", lambda _title, _flags: None)
    monkeypatch.setattr(cv2, "resizeWindow", fake.resize)
    monkeypatch.setattr(cv2, "imshow", fake.show)
    monkeypatch.setattr(cv2, "waitKey", fake.wait)
    monkeypatch.setattr(cv2, "getWindowProperty", fake.property)
    monkeypatch.setattr(cv2, "setWindowProperty", fake.set_property)
    monkeypatch.setattr(cv2, "destroyWindow", fake.destroy)
    return fake


def test_keys_have_names(screen: FakeScreen) -> None:
    """Capital letters count as small ones, all other keys as none."""
    screen.codes = [ord(key) for key in " rmshqMxé"] + [27]
    with Pane("formcheck") as opened:
        names = [opened.key() for _ in range(11)]
    assert names == ["space", "r", "m", "s", "h", "q", "m", None, None, None, None]


def test_f_turns_the_full_screen_on_and_off(screen: FakeScreen) -> None:
    """The window does it by itself, and says so."""
    screen.codes = [ord("f"), ord("F")]
    with Pane("formcheck") as opened:
        assert [opened.key(), opened.key()] == ["f", "f"]
    assert screen.modes == [cv2.WINDOW_FULLSCREEN, cv2.WINDOW_NORMAL]


def test_closing_the_window_is_to_quit_and_it_stays_closed(screen: FakeScreen) -> None:
    """The next picture must not open it again."""
    with Pane("formcheck") as opened:
        opened.show(PICTURE)
        screen.is_visible = False
        assert opened.key() == "q"
        opened.show(PICTURE)
        assert opened.key() == "q"
    assert screen.shown == 1
    assert screen.destroyed == 0


def test_leaving_closes_the_window_once(screen: FakeScreen) -> None:
    """Closing what is closed does nothing."""
    with Pane("formcheck") as opened:
        pass
    opened.close()
    assert screen.destroyed == 1


def test_the_window_begins_in_the_shape_of_the_first_picture(screen: FakeScreen) -> None:
    """No empty borders."""
    with Pane("formcheck") as opened:
        opened.show(PICTURE)
    assert screen.size == (960, 720)


def test_an_opencv_without_windows_is_told_in_plain_words(
    screen: FakeScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The headless packages of OpenCV raise an error of their own."""

    def refuse(_title: str, _flags: int) -> None:
        raise cv2.error("The function is not implemented")

    monkeypatch.setattr(cv2, "namedWindow", refuse)
    with pytest.raises(DisplayError, match="cannot open a window"):
        Pane("formcheck")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there can it be taken away")
@pytest.mark.parametrize("display", [None, ":987"])
def test_without_a_screen_the_program_goes_on_with_an_error(display: str | None) -> None:
    """Qt by itself would end the whole program."""
    plain = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment = plain | ({"DISPLAY": display} if display else {})
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_SCREEN],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("3 There is no screen")
    assert ran.stderr == ""
