"""What every verb asks before it writes: would anybody lose a file?"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import typer

from formcheck.files.names import as_compared
from formcheck.files.swept import tell_swept
from formcheck.files.whole import is_device, refuse_unwritable
from formcheck.landmarks import model_names

TWICE = "is named twice"
BESIDE_HISTORY = ("", "-wal", "-shm", "-journal")
"""What is added to the name of an SQLite database, for the files that belong to it."""


def ready_to_write(
    outputs: Iterable[Path],
    inputs: Iterable[Path] = (),
    model: str | None = None,
    same_kind: Iterable[Path] = (),
) -> None:
    """Refuse, before any work is done, to write over what is needed; sweep what was left behind.

    Args:
        outputs: the files to write.
        inputs: the files that are read.
        model: the pose model, if one was named.
        same_kind: those of the outputs that are what their names say, and so may replace another
            of their kind, such as a video.

    Raises:
        typer.BadParameter: an output is named twice, or is an input, an exercise, the history, the
            pose model, or anything else that formcheck reads.
        OutputError: it cannot be written.
    """
    outputs = [path for path in outputs if not is_device(path)]
    taken = _own_files(model) if outputs else {}
    taken |= {_key(path): TWICE for path in inputs}
    alike = {_key(path) for path in same_kind}
    for path in outputs:
        why = taken.get(_key(path)) or _printed_to(path)
        if why := why or ("" if _key(path) in alike else _read_as(path)):
            raise typer.BadParameter(f"{path} {why} and would be overwritten.")
        taken[_key(path)] = TWICE
        refuse_unwritable(path)
    tell_swept(Path(os.path.realpath(path)).parent for path in outputs)


def _key(path: Path) -> str:
    """What two names of one file have in common, on systems of all kinds and through links."""
    return as_compared(os.path.realpath(path))


def _own_files(model: str | None) -> dict[str, str]:
    """What formcheck itself reads, and what to say of it."""
    from formcheck.definition.loading import exercise_files
    from formcheck.definition.routine import routine_files
    from formcheck.history.file import history_path

    history = history_path()
    named = model or os.environ.get(model_names.ENVIRONMENT_VARIABLE) or ""
    own = {
        "is an exercise": [*exercise_files().values(), *routine_files().values()],
        "is the pose model": [*model_names.kept_models(), Path(os.path.expanduser(named))],
        "is the history": [Path(f"{history}{each}") for each in BESIDE_HISTORY],
    }
    return {_key(path): why for why, paths in own.items() for path in paths}


def _read_as(path: Path) -> str:
    """What to say of a file that is there, and whose name is that of something formcheck reads."""
    if not path.exists():
        return ""
    from formcheck.batch.clips import VIDEOS
    from formcheck.definition.loading import SUFFIX
    from formcheck.evaluation.label_files import LABELS, TRUTH
    from formcheck.files.growing import PART
    from formcheck.sources.opening import RECORDING_SUFFIX

    kinds = {
        "holds labels": (LABELS, TRUTH),
        "is an exercise, a routine or a translation": (SUFFIX,),
        "is a recording": (RECORDING_SUFFIX, RECORDING_SUFFIX + PART),
        "is a video": tuple(VIDEOS),
        "is a pose model": (model_names.SUFFIX,),
    }
    name = os.path.basename(_key(path))
    return next((why for why, endings in kinds.items() if name.endswith(endings)), "")


def _printed_to(path: Path) -> str:
    """What to say if standard output goes to this file."""
    try:
        printed, there = os.fstat(1), path.stat()
    except OSError:
        return ""
    is_same = stat.S_ISREG(printed.st_mode) and os.path.samestat(printed, there)
    return "is where the printed text goes" if is_same else ""
