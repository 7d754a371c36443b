"""The verb `log`: for what no camera sees."""

from datetime import date
from typing import Annotated

import typer

from formcheck.cli.options import LanguageOption, day_option
from formcheck.language.tongue import trn
from formcheck.terminal.lines import echo

LONGEST_WALK = 24 * 60

log = typer.Typer(help="Log walks.", rich_markup_mode=None)


@log.command(
    epilog="""Examples:

\b
  formcheck log walk 30
  formcheck log walk 45 --on 2026-10-05
  formcheck log walk 0             removes today's walks"""
)
def walk(
    minutes: Annotated[
        int, typer.Argument(metavar="MINUTES", min=0, max=LONGEST_WALK, help="How long.")
    ],
    on: Annotated[
        date | None, day_option("The day, such as 2026-11-28 or yesterday. Without it, today.")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Log minutes of walking; several walks on one day add up."""
    from formcheck.history.file import history_path
    from formcheck.history.rows import Walk
    from formcheck.history.store import History

    day = on or date.today()
    with History.open(history_path()) as opened:
        total = opened.add_walk(Walk(day, minutes))
    told = trn("{day}: walked {number} minute", "{day}: walked {number} minutes", total, day=day)
    echo(told)


@log.callback()
def _log() -> None:
    """Log walks."""
