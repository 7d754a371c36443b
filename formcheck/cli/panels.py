"""The list of verbs in `formcheck --help`, in panels by what a person comes for."""

from typing import Any

import typer
from typer.core import TyperGroup

CHECK, COACH, HISTORY = "Check", "Coach", "History"
MAKE, PROVE = "Make your own", "Prove it"


class Panels(TyperGroup):
    """A group that lists its verbs under the panels they name, each with its whole purpose."""

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Write a section for each panel, in the order in which the verbs were added."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            panel = getattr(command, "rich_help_panel", None) or "Commands"
            purpose = command.get_short_help_str(formatter.width)
            panels.setdefault(panel, []).append((name, purpose))
        width = max(len(name) for name in self.commands)
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl([(name.ljust(width), purpose) for name, purpose in rows])
