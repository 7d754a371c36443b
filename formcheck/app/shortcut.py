"""An icon on the desktop that opens the coach, so that nobody has to type."""

import os
import shlex
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import platformdirs

from formcheck.files.whole import cannot_write, write_whole

ICON = "icon.svg"


@dataclass(frozen=True, slots=True)
class Launcher:
    """A file that opens the coach with a double click."""

    name: str
    text: str


def launcher(platform: str, python: str, icon: str = "") -> Launcher:
    """The file for such a computer.

    Args:
        platform: as `sys.platform`.
        python: the program that runs formcheck.
        icon: a picture for it, where one can be named.
    """
    if platform == "win32":
        # The window that stays is small, and closing it ends formcheck.
        command = f'"{python}" -m formcheck app'.replace("%", "%%")
        return Launcher("formcheck.cmd", f'@start "formcheck" /min {command}\r\n')
    if platform == "darwin":
        return Launcher(
            "formcheck.command", f"#!/bin/sh\nexec {shlex.quote(python)} -m formcheck app\n"
        )
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=formcheck",
        "Comment=Exercise in front of your camera",
        f"Exec={_quoted(python)} -m formcheck app",
        f"Icon={icon}",
        "Terminal=false",
        "Categories=Sports;MedicalSoftware;",
    ]
    return Launcher("formcheck.desktop", "\n".join(lines) + "\n")


def _quoted(path: str) -> str:
    """A path as an entry's command has it, in which some letters mean something."""
    for special in ("\\", '"', "`", "$"):
        path = path.replace(special, f"\\{special}")
    return '"' + path.replace("\\", "\\\\").replace("%", "%%") + '"'


def put_on_desktop(platform: str = sys.platform) -> list[Path]:
    """Put the icon there, and on Linux among the programs; where it is now.

    Raises:
        OutputError: it cannot be written.
    """
    places = [platformdirs.user_desktop_path()]
    if platform not in ("win32", "darwin"):
        places.append(platformdirs.user_data_path() / "applications")
    icon = files("formcheck.app") / "static" / ICON
    made = launcher(platform, sys.executable, str(icon))
    written = []
    for place in places:
        path = place / made.name
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from error
        write_whole(path, made.text.encode())
        os.chmod(path, 0o755)
        written.append(path)
    return written
