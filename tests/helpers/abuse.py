"""The frame of the tests in `tests/abuse`: attacks, and what must be so after each of them.

A module there lists attacks, each with the exit code and the words that it must get, and runs them
by `held`. What takes long is marked `abuse_long`, what makes inputs by chance `fuzz`; neither runs
unless it is asked for, as by `pytest -m fuzz`.
"""

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from formcheck.printable import is_plain
from helpers.commands import PATIENCE, Done, run

FLOOD = 20_000
"""Letters on stderr that nobody reads."""


@dataclass(frozen=True, slots=True)
class Attack:
    """Something that should not be done to formcheck."""

    name: str
    command: Callable[[Path], Sequence[object]]
    """Makes in an empty folder what is attacked with, and gives the command line."""
    words: str
    """A regular expression for what must be said."""
    code: int = 2


def held(attack: Attack, folder: Path) -> Done:
    """Attack in an empty folder; what formcheck did, which is as it must be."""
    command = attack.command(folder)
    before = set(folder.rglob("*"))
    with not_for_ever():
        done = run(*command, cwd=folder)
    said = done.stdout + done.stderr
    assert done.returncode == attack.code, said
    assert re.search(attack.words, said), said
    assert is_plain(said, keep="\n\t"), "what a terminal would obey was printed"
    assert len(done.stderr) < FLOOD
    new = set(folder.rglob("*")) - before
    assert not [path for path in new if path.name.startswith(".")], "temporary files were left"
    if done.returncode:
        assert not new, "a file was written though nothing came of it"
    return done


@contextmanager
def not_for_ever() -> Iterator[None]:
    """Fail instead of waiting for what never comes, where the system can wake who waits."""
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(*_: object) -> None:
        raise TimeoutError("formcheck waits for ever")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def named(attacks: Sequence[Attack]) -> dict[str, object]:
    """The arguments of `pytest.mark.parametrize` for attacks."""
    return {"argvalues": attacks, "ids": [each.name for each in attacks]}
