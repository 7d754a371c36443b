"""One of several outputs: should it fail, that is told, and the others go on."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import TracebackType
from typing import Generic, Self, TypeVar

from formcheck.observer import Judged, Observer, Outcome

Written = TypeVar("Written")
Tell = Callable[[Exception], object]
"""Is told what goes wrong while the rest goes on."""


class Outlet(Generic[Written]):
    """What is written within a block; from the first error on it is left out."""

    def __init__(self, context: AbstractContextManager[Written], tell: Tell) -> None:
        """Enter the context, whose errors are raised: nothing has been done yet.

        Args:
            context: gives what is written, and finishes it at its end.
            tell: is told what goes wrong later.
        """
        self._context = context
        self._tell = tell
        self.written: Written | None = context.__enter__()
        """None once it failed, or is finished."""

    def __call__(self, write: Callable[[Written], object]) -> None:
        """Do something with what is written."""
        if self.written is None:
            return
        try:
            write(self.written)
        except Exception as error:
            self.written = None
            with suppress(Exception):  # the same again, while it is closed
                self._context.__exit__(type(error), error, error.__traceback__)
            self._tell(error)

    def __enter__(self) -> Self:
        """Return the outlet itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish what is written, or what is to be done with it when an error is on its way."""
        if self.written is None:
            return
        self.written = None
        try:
            self._context.__exit__(kind, error, trace)
        except Exception as failed:
            if failed is not error:
                self._tell(failed)


class Outside(Observer):
    """An observer of an outlet: should it fail, the others go on."""

    def __init__(self, outlet: Outlet[Observer]) -> None:
        """Take the outlet."""
        self._outlet = outlet
        self.needs_pictures = outlet.written is not None and outlet.written.needs_pictures

    def add(self, judged: Judged) -> None:
        """Hand it on."""
        self._outlet(lambda observer: observer.add(judged))

    def end(self, outcome: Outcome) -> None:
        """Hand it on."""
        self._outlet(lambda observer: observer.end(outcome))
