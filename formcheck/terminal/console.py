"""Prints text with styles, of which none but these reach the terminal as anything but letters."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from formcheck.printable import printable

UNKNOWN_WIDTH = 80
"""Columns, where nobody says how many there are."""


class PrintableConsole(Console):
    """A console that shows what a terminal would obey in names, titles and cues as escapes."""

    def __init__(self, **how: Any) -> None:
        """Take what rich takes. A width of nothing, as COLUMNS=0, says that it is not known."""
        super().__init__(**how)
        if self.width < 1:
            self.width = UNKNOWN_WIDTH

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Give the pieces of what is to be printed; those with controls are rich's own."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(printable(piece.text), piece.style)
