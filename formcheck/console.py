"""Prints text with styles, of which none but these reach the terminal as anything but letters."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from formcheck.printable import printable


class PrintableConsole(Console):
    """A console that shows what a terminal would obey in names, titles and cues as escapes."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Give the pieces of what is to be printed; those with controls are rich's own."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(printable(piece.text), piece.style)
