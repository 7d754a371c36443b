"""The notice: shown once, remembered, and never waiting for somebody who is not there."""

import io
import sys
from pathlib import Path

import pytest

from formcheck.live import notice
from formcheck.live.notice import show_notice_once


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture
def remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is remembered that the notice was read."""
    path = tmp_path / "settings" / "notice-read"
    monkeypatch.setattr(notice, "acknowledgement", lambda: path)
    return path


def shown(monkeypatch: pytest.MonkeyPatch, answer: io.StringIO, out: io.StringIO) -> str:
    """What is shown to somebody who answers so."""
    monkeypatch.setattr(sys, "stdin", answer)
    monkeypatch.setattr(sys, "stderr", out)
    show_notice_once()
    return out.getvalue()


def test_the_notice_is_shown_once_to_whoever_reads_it(
    remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter says that it was read."""
    first = shown(monkeypatch, Terminal("\n"), Terminal())
    assert "not medical advice" in first
    assert first.endswith(notice.QUESTION)
    assert remembered.exists()
    assert shown(monkeypatch, Terminal("\n"), Terminal()) == ""


def test_without_a_terminal_nobody_is_asked(
    remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is shown, and shown again the next time."""
    for _ in range(2):
        words = shown(monkeypatch, io.StringIO("\n"), io.StringIO())
        assert "not medical advice" in words
        assert notice.QUESTION not in words
    assert not remembered.exists()


def test_the_end_of_the_input_is_no_answer(
    remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-D goes on, and the notice comes again the next time."""
    assert notice.QUESTION in shown(monkeypatch, Terminal(""), Terminal())
    assert not remembered.exists()


def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It only means to show the notice again."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(notice, "acknowledgement", lambda: tmp_path / "file" / "notice-read")
    assert "not medical advice" in shown(monkeypatch, Terminal("\n"), Terminal())


def test_the_notice_fits_a_terminal_and_says_what_matters() -> None:
    """Whom to ask, when to stop, and what is an emergency."""
    assert max(map(len, notice.wrapped(notice.NOTICE).splitlines())) <= 80
    for words in ("doctor", "Stop", "emergency", "numbness", "chest"):
        assert words in notice.NOTICE
