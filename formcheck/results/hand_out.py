"""Gives each result to whoever is to have it: a file, a program or a person."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, Self

from formcheck.files.growing import GrowingFile, told
from formcheck.files.outlet import Outlet, Tell
from formcheck.language.tongue import about, untranslated
from formcheck.observer import Outcome
from formcheck.results.as_json import summary_table, to_json
from formcheck.results.outputs import Outputs
from formcheck.results.text import print_recognised, print_report
from formcheck.terminal.console import PrintableConsole
from formcheck.terminal.lines import STDOUT, echo, note


class HandOut:
    """Hands out one result after the other."""

    def __init__(self, outputs: Outputs, file: Outlet[BinaryIO] | None) -> None:
        """Take note of where results go; `file` is the open one of JSON, if there is one."""
        self._is_printed = outputs.json != STDOUT
        self._file = file
        self._has_begun = False

    @classmethod
    @contextmanager
    def to_file(cls, outputs: Outputs, tell: Tell) -> Iterator[Self]:
        """Hand out with a file of JSON, if one was asked for; `tell` is told if it fails.

        It grows with the results: should the program be killed, those that were given are there.
        """
        if outputs.json_file is None:
            yield cls(outputs, None)
            return
        with Outlet(told(GrowingFile(outputs.json_file)), tell) as file:
            yield cls(outputs, file)

    def give(self, outcomes: Sequence[Outcome], indent: int | None = None) -> None:
        """Hand out some results; `indent` is that of the file of JSON, none for one line each."""
        self.write(outcomes, indent)
        self.show(outcomes)

    def write(self, outcomes: Sequence[Outcome], indent: int | None = None) -> None:
        """Put some results into the file of JSON, if there is one."""
        if self._file is None:
            return
        for outcome in outcomes:
            self._file(partial(_append, f"{_json(outcome, indent)}\n".encode()))

    def show(self, outcomes: Sequence[Outcome]) -> None:
        """Print some results: for a person, or as JSON."""
        for outcome in outcomes:
            if self._is_printed:
                self._print(outcome)
            else:
                echo(_json(outcome))

    def _print(self, outcome: Outcome) -> None:
        if self._has_begun:
            echo()
        self._has_begun = True
        console = PrintableConsole(highlight=False)
        note(untranslated(outcome.exercise))
        if outcome.stretch is not None:
            with about(*outcome.stretch.exercises.values()):
                print_recognised(console, outcome.stretch, outcome.source.path)
        if outcome.exercise is not None:
            with about(outcome.exercise):
                print_report(console, outcome.exercise, outcome.summary, outcome.source)


def _json(outcome: Outcome, indent: int | None = None) -> str:
    return to_json(summary_table(outcome.summary, outcome.source, outcome.stretch), indent)


def _append(line: bytes, file: BinaryIO) -> None:
    """Write, and hand over to the operating system."""
    file.write(line)
    file.flush()
