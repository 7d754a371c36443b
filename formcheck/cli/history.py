"""The verbs of the history: `history`, and `log` for what no camera sees."""

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import LanguageOption, as_page, day_option
from formcheck.cli.written import ready_to_write
from formcheck.errors import HistoryError
from formcheck.terminal import STDOUT, echo, note
from formcheck.wording import count

if TYPE_CHECKING:
    from formcheck.history.rows import SavedSet, Walk
    from formcheck.history.store import History

LONGEST_WALK = 24 * 60

log = typer.Typer(help="Log walks.", rich_markup_mode=None)

YesOption = Annotated[bool, typer.Option("--yes", help="Delete without asking.")]

HISTORY_EPILOG = """Examples:

\b
  formcheck history
  formcheck history --report weeks.html
  formcheck history --csv reps.csv
  formcheck history --person anna
  formcheck history --delete 12
  formcheck history --repair

`formcheck live` adds to the history; `formcheck check` only with --save. To use another file, set
the environment variable FORMCHECK_HISTORY."""


def history(
    last: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many sessions to show, latest first.")
    ] = 20,
    plan: Annotated[
        str,
        typer.Option(metavar="NAME|FILE", help="The routine whose weekly plan to compare with."),
    ] = "back-care",
    report: Annotated[
        Path | None,
        typer.Option(
            callback=as_page,
            metavar="FILE.html",
            help="Write the trends over weeks as an HTML page.",
        ),
    ] = None,
    csv: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Write every rep as CSV. - prints it."),
    ] = None,
    json: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Write everything as JSON. - prints it."),
    ] = None,
    delete: Annotated[
        int | None, typer.Option(metavar="NO", help="Delete the session with this number.")
    ] = None,
    delete_all: Annotated[
        bool,
        typer.Option("--delete-all", help="Delete all sessions and walks; with --person, theirs."),
    ] = False,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Check the history. If it is damaged, start a new one with everything that can "
            "be read, and keep the old one.",
        ),
    ] = False,
    yes: YesOption = False,
    person: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Show this person's sessions. Without it, yours, which have no name.",
        ),
    ] = "",
    language: LanguageOption = None,
) -> None:
    """Show your sessions week by week, next to your plan.

    Sessions have numbers. Hold and range are averages.
    """
    from formcheck.history.file import history_path
    from formcheck.history.store import History

    if sum((delete is not None, delete_all, repair, any((report, csv, json)))) > 1:
        raise typer.BadParameter(
            "use --delete, --delete-all and --repair one at a time, with no other option."
        )
    if repair:
        _repair()
        return
    files = [report, *(Path(each) for each in (csv, json) if each and each != STDOUT)]
    ready_to_write([each for each in files if each], [])
    with ExitStack() as stack:
        opened = History.open_to_read(history_path())
        if opened is not None:
            stack.enter_context(opened)
        if delete_all and person:
            _delete_person(opened, person, yes)
        elif delete is not None or delete_all:
            _delete(opened, delete, yes)
        elif report or csv or json:
            _write(opened, person, plan, (report, csv, json))
        else:
            _show(opened, person, plan, last)
        note(_left_out(opened))


def _left_out(opened: "History | None") -> list[str]:
    """What to say of rows that mean nothing."""
    from formcheck.history.file import REPAIR

    bad = len(opened.bad) if opened else 0
    return [f"{count(bad, 'item')} of the history can't be read. {REPAIR}"] if bad else []


def _repair() -> None:
    from formcheck.history.file import history_path
    from formcheck.history.repair import repair

    path = history_path()
    done = repair(path)
    holds = (
        f"{count(done.sessions, 'session')} with {count(done.counted, 'rep')}, and "
        f"{count(done.walks, 'walk')}"
    )
    if done.kept is None:
        echo(f"The history is fine: {path}: {holds}.")
        return
    echo(f"The history {path} is rebuilt from everything that could be read: {holds}.")
    if done.left_out:
        echo(f"Lost: {count(done.left_out, 'item')} that could not be read.")
    echo(f"The old one is saved as {done.kept}. Delete it when you no longer need it.")


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
) -> None:
    """Log minutes of walking; several walks on one day add up."""
    from formcheck.history.file import history_path
    from formcheck.history.rows import Walk
    from formcheck.history.store import History

    day = on or date.today()
    with History.open(history_path()) as opened:
        total = opened.add_walk(Walk(day, minutes))
    echo(f"{day}: walked {total} minutes")


@log.callback()
def _log() -> None:
    """Log walks."""


def _of_person(
    opened: "History | None", person: str
) -> "tuple[list[SavedSet], list[Walk], list[str]]":
    """A person's sets and walks, and who else there is; walks are those of whoever has no name."""
    sets = opened.sets() if opened else []
    walks = opened.walks() if opened and not person else []
    others = {each.origin.person for each in sets} - {person or None}
    whose = [each for each in sets if each.origin.person == (person or None)]
    return whose, walks, sorted(name for name in others if name)


def _show(opened: "History | None", person: str, plan: str, last: int) -> None:
    from formcheck.console import PrintableConsole
    from formcheck.definition.routine import load_routine
    from formcheck.history.text import print_history, print_week, session_rows

    routine = load_routine(plan)
    sets, walks, others = _of_person(opened, person)
    if not sets and not walks:
        echo(
            f"There are no sessions for {person} yet."
            if person
            else "You have no sessions yet. `formcheck live` saves each session; `formcheck check "
            "--save` saves one from a video."
        )
        _tell_others(others)
        return
    console = PrintableConsole(highlight=False)
    if sets:
        print_history(console, session_rows(sets), last)
    print_week(console, sets, walks, routine, date.today())
    _tell_others(others)


def _tell_others(others: list[str]) -> None:
    if others:
        echo(f"There are also sessions for {', '.join(others)}: show them with --person NAME.")


def _write(
    opened: "History | None",
    person: str,
    plan: str,
    outputs: tuple[Path | None, str | None, str | None],
) -> None:
    from formcheck.definition.routine import load_routine
    from formcheck.files.whole import write_whole
    from formcheck.history.export import history_csv, history_json

    report, csv, json = outputs
    sets, walks, _ = _of_person(opened, person)
    if report:
        from formcheck.history.page import history_page

        feelings = opened.feelings() if opened else []
        page = history_page(sets, walks, load_routine(plan), date.today(), feelings)
        write_whole(report, page.encode())
    if csv:
        _hand_out(csv, history_csv(sets))
    if json:
        _hand_out(json, history_json(sets, walks) + "\n")


def _hand_out(where: str, text: str) -> None:
    from formcheck.files.whole import write_whole

    if where == STDOUT:
        echo(text, nl=False)
    else:
        write_whole(where, text.encode())


def _delete(opened: "History | None", session: int | None, yes: bool) -> None:
    sets = opened.sets() if opened else []
    chosen = sets if session is None else [each for each in sets if each.session == session]
    if opened is None or (session is not None and session not in opened.sessions()):
        what = "history" if session is None else f"session {session}"
        raise HistoryError(f"There is no {what}. `formcheck history` lists your sessions.")
    what = "all sessions and walks" if session is None else f"session {session}"
    if not yes:
        _confirm(f"Delete {what} ({_words(chosen)})?")
    if session is None:
        opened.delete_all()
    else:
        opened.delete(session)
        _tell_copies(opened.path)
    echo(f"Deleted {what}.")


def _delete_person(opened: "History | None", person: str, yes: bool) -> None:
    sets, _, _ = _of_person(opened, person)
    if opened is None or not sets:
        raise HistoryError(f"The history has nothing for {person}.")
    if not yes:
        _confirm(f"Delete everything for {person} ({_words(sets)})?")
    for session in {each.session for each in sets}:
        opened.delete(session)
    _tell_copies(opened.path)
    echo(f"Deleted everything for {person}.")


def _tell_copies(path: Path) -> None:
    """Tell of copies of the history, in which what was deleted may still be."""
    from formcheck.history.file import copies

    note([f"{copy} may still contain it. Delete that, too." for copy in copies(path)])


def _confirm(question: str) -> None:
    if not sys.stdin.isatty():
        raise typer.BadParameter("not running in a terminal: add --yes to confirm.")
    typer.confirm(question, abort=True)


def _words(sets: "list[SavedSet]") -> str:
    reps = sum(len(each.labelled.set.counted) for each in sets)
    names = ", ".join(sorted({each.labelled.exercise for each in sets})) or "nothing"
    return f"{names}: {count(reps, 'rep')} in {count(len(sets), 'set')}"
