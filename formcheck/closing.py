"""Things that are used in a `with` block and closed at its end, however it ends."""

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """A thing that its `with` block closes."""

    @abstractmethod
    def close(self) -> None:
        """Free what it holds; calling it again does nothing."""

    def __enter__(self) -> Self:
        """Return the thing itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
