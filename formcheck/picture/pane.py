"""The window itself, in the process that opens it: shows pictures, says which key was pressed."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2

from formcheck.closing import Closing
from formcheck.errors import DisplayError
from formcheck.pose import Image

HEIGHT = 720
"""Of the window at first, in pixels; it is as wide as the first picture asks for."""

KEYS: dict[int, str] = {ord(" "): "space"} | {ord(letter): letter for letter in "rnomsfhq"}
"""What OpenCV calls a key, and what it is called here."""

NO_DISPLAY = "There is no screen to open a window on. Run formcheck in a desktop session."


class Pane(Closing):
    """A window on the screen; a context manager that closes it. It keeps the pictures' shape."""

    def __init__(self, title: str) -> None:
        """Open the window.

        Raises:
            DisplayError: there is no screen, or OpenCV cannot use it.
        """
        _quieten_qt()
        self._title = title
        self.is_closed = False
        """Whether the window is closed, by its user or here."""
        self._is_full_screen = False
        self._has_size = False
        # Without GUI_NORMAL, Qt adds a toolbar and a status line.
        flags = cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL
        with _checked_display():
            try:
                cv2.namedWindow(title, flags)
            except cv2.error as error:  # a "headless" OpenCV, or one that finds no display
                reason = f"OpenCV cannot open a window: {error.err}."
                raise DisplayError(f"{reason} {NO_DISPLAY}") from error

    def show(self, image: Image) -> None:
        """Show a picture, (height, width, 3) blue, green, red, until the next one.

        It appears with the next call of `key`, which must follow soon.
        """
        if self.is_closed:  # OpenCV would open a new window
            return
        if not self._has_size:
            height, width = image.shape[:2]
            cv2.resizeWindow(self._title, max(1, round(width * HEIGHT / height)), HEIGHT)
            self._has_size = True
        cv2.imshow(self._title, image)

    def key(self) -> str | None:
        """The key pressed since the last call, if any: "space" or one of r, n, o, m, s, f, h, q.

        Closing the window counts as "q". What "f" asks for, the full screen, is done already.
        """
        if self.is_closed:
            return "q"
        code = cv2.waitKey(1)
        if not self._is_visible():
            self.is_closed = True
            return "q"
        key = KEYS.get(ord(chr(code & 0xFF).lower())) if code >= 0 else None
        if key == "f":
            self._toggle_full_screen()
        return key

    def close(self) -> None:
        """Close the window, if the user has not."""
        if not self.is_closed and self._is_visible():
            cv2.destroyWindow(self._title)
            cv2.waitKey(1)  # lets the window system carry it out
        self.is_closed = True

    def _is_visible(self) -> bool:
        try:
            return cv2.getWindowProperty(self._title, cv2.WND_PROP_VISIBLE) >= 1
        except cv2.error:  # some systems know nothing of a window that was closed
            return False

    def _toggle_full_screen(self) -> None:
        self._is_full_screen = not self._is_full_screen
        mode = cv2.WINDOW_FULLSCREEN if self._is_full_screen else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(self._title, cv2.WND_PROP_FULLSCREEN, mode)


@contextmanager
def _checked_display() -> Iterator[None]:
    """Make sure that Qt will start: where it cannot, on Linux, it ends the whole program.

    Qt's own parts are loaded here first, so that a missing library is an error like others; then
    the X server is asked, as Qt will. The connection is kept until Qt has its own: a server that
    loses its last client may begin anew, and turn Qt away meanwhile.
    """
    plugin = _qt_plugin()
    if not sys.platform.startswith("linux") or plugin is None:
        yield
        return
    try:
        ctypes.CDLL(str(plugin))
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError as error:
        raise DisplayError(f"The window needs a library that is missing: {error}.") from error
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        raise DisplayError(NO_DISPLAY)
    try:
        yield
    finally:
        x11.XCloseDisplay(ctypes.c_void_p(display))


def _qt_plugin() -> Path | None:
    """The part of OpenCV's Qt that talks to the X server, where OpenCV came with one."""
    folder = os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH")  # set when cv2 is imported
    plugin = Path(folder, "platforms", "libqxcb.so") if folder else None
    return plugin if plugin and plugin.is_file() else None


def _quieten_qt() -> None:
    """Keep Qt from writing to stderr about what does not matter here."""
    if _qt_plugin() is None:
        return
    os.environ["QT_QPA_PLATFORM"] = "xcb"  # the only one that OpenCV has, on Wayland, too
    # Fonts that OpenCV's packages lack since 4.13 (opencv-python issue 1205) are not needed here.
    os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")
