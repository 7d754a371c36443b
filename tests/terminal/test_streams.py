"""What is printed may go nowhere, and nothing else fails for it."""

import errno
import io
import sys

import pytest

from formcheck.errors import OutputError
from formcheck.terminal.streams import Stream, close_streams, open_streams, reader_has_left


class Failing(io.StringIO):
    """A stream that fails with this error."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def write(self, text: str, /) -> int:
        """Fail."""
        raise OSError(self.number, "it failed")


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EIO, errno.ENOSPC])
def test_a_stream_that_fails_is_dropped_and_remembered(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where somebody waits for it is that an error."""
    monkeypatch.setattr(sys, "stdout", Stream(Failing(number)))
    sys.stdout.write("it\n")
    sys.stdout.write("more\n")
    assert reader_has_left()
    if number == errno.ENOSPC:
        with pytest.raises(OutputError, match="Can't print the results: it failed"):
            close_streams()
    else:
        close_streams()


def test_a_stream_that_is_well_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every way."""
    text = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Stream(text))
    sys.stdout.write("it\n")
    close_streams()
    assert (text.getvalue(), reader_has_left()) == ("it\n", False)
    assert not sys.stdout.isatty()


def test_streams_that_are_not_there_take_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under pythonw."""
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    open_streams()
    sys.stdout.write("it\n")
    sys.stderr.write("it\n")
    close_streams()
    assert not reader_has_left()
    sys.stdout.close()
    sys.stderr.close()
