"""Bars are for terminals; elsewhere a download is one line, and a check says nothing."""

import os
import subprocess
import sys

import pytest

from formcheck.terminal.bars import download_bar, time_bar


def test_without_a_terminal_a_check_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A log is no place for a bar."""
    with time_bar("it.mp4", 10.0) as show:
        show(5.0)
    assert capsys.readouterr() == ("", "")


def test_without_a_terminal_a_download_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """When it begins; nothing if there is none."""
    with download_bar("Fetching it"):
        pass
    assert capsys.readouterr() == ("", "")
    with download_bar("Fetching it") as show:
        show(0, None)
        show(100, 200)
    assert capsys.readouterr() == ("", "Fetching it ...\n")


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX terminal")
def test_on_a_terminal_a_download_shows_how_much_there_is() -> None:
    """In megabytes; and a source of unknown length shows that something goes on."""
    import pty

    program = (
        "from formcheck.terminal.bars import download_bar, time_bar\n"
        "with download_bar('[red]Fetching') as show:\n"
        "    show(0, None); show(3_000_000, 6_000_000)\n"
        "with time_bar('x' * 100 + '.mp4', None) as show:\n"
        "    show(1.0)\n"
    )
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm"}
    done = subprocess.run(
        [sys.executable, "-c", program], stdout=follower, stderr=follower, env=environment
    )
    os.close(follower)
    shown = os.read(leader, 100_000).decode()
    os.close(leader)
    assert done.returncode == 0
    assert "[red]Fetching" in shown
    assert "3.0 of 6.0 MB" in shown
    assert "...xxxx" in shown
    assert "x" * 60 not in shown
