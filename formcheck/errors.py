"""What can go wrong, in words a user can act on.

Every message says what happened, where, and what to do about it. The command line turns each class
into its `exit_code`; a program that uses formcheck as a library catches `FormcheckError`.

What somebody who exercises, or who checks clips, may meet is written in English with places, as
`SourceError("{file} is empty.", file=file)`: the command line and the pages say it in their
language, and everything else has it in English. What only authors of files meet stays English.
"""

from pathlib import PurePath
from typing import Any

from formcheck.language.sentences import Sentence
from formcheck.printable import on_one_line


def reason_of(error: OSError) -> str:
    """What the system says went wrong, without the file's name where that can be told apart."""
    return error.strerror or str(error)


class FormcheckError(Exception):
    """Root of every error that formcheck raises on purpose."""

    exit_code = 2

    def __init__(self, text: str, /, **parts: Any) -> None:
        """Take what went wrong, in English, and what fills its places.

        What is no sentence may come from outside, as a file's name does, and is told on one line:
        else it could seem to be another message.
        """
        parts = {
            name: on_one_line(str(part)) if _is_from_outside(part) else part
            for name, part in parts.items()
        }
        self.sentence = Sentence(text, **parts) if parts else Sentence.of(text)
        """What to say in the language of whoever is told."""
        super().__init__(self.sentence)


def _is_from_outside(part: Any) -> bool:
    return isinstance(part, str | PurePath) and not isinstance(part, Sentence)


class ExerciseError(FormcheckError):
    """An exercise file is missing, unreadable or says something that cannot be meant."""


class LearningError(FormcheckError):
    """The reps that were told cannot be seen in the clips, so no exercise could be learnt."""


class SourceError(FormcheckError):
    """A video or recording is missing, damaged or shows nobody."""


class LabelError(FormcheckError):
    """A label file is missing, unreadable or says something that cannot be meant."""


class OutputError(FormcheckError):
    """A result could not be written."""


class HistoryError(FormcheckError):
    """The history could not be read or written: locked, full, damaged or of a newer formcheck."""


class PackageError(FormcheckError):
    """A Python package that only some features need is not installed."""

    exit_code = 3


class ModelError(FormcheckError):
    """The pose model could not be had: no network, a damaged file, a wrong path."""

    exit_code = 3


class CameraError(FormcheckError):
    """No camera, or a camera that does not give pictures."""

    exit_code = 3


class DisplayError(FormcheckError):
    """No screen to open a window on."""

    exit_code = 3


class Told(Exception):
    """What went wrong was told when it did; only the exit code is left to be given."""

    def __init__(self, exit_code: int) -> None:
        """Take the exit code."""
        super().__init__()
        self.exit_code = exit_code


class Stopped(FormcheckError):
    """Ctrl-C was heard when a part was done, which is kept."""

    exit_code = 130
