"""The verb `history`: show, write, repair and delete it."""

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import LanguageOption, as_page
from formcheck.cli.written import ready_to_write
from formcheck.errors import HistoryError
from formcheck.language.sentences import Sentence, of_number
from formcheck.language.tongue import tr, trn
from formcheck.printable import person_name
from formcheck.terminal.lines import STDOUT, echo, echo_line, note
from formcheck.wording import count

if TYPE_CHECKING:
    from formcheck.history.rows import SavedSet, Walk
    from formcheck.history.store import History

ALL = Sentence("all sessions and walks")

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
            callback=person_name,
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
    from formcheck.history.trouble import REPAIR

    bad = len(opened.bad) if opened else 0
    if not bad:
        return []
    return [
        of_number(
            "{number} item of the history can't be read. {repair}",
            "{number} items of the history can't be read. {repair}",
            bad,
            repair=REPAIR,
        )
    ]


def _repair() -> None:
    from formcheck.history.file import history_path
    from formcheck.history.repair import repair

    path = history_path()
    done = repair(path)
    holds = tr(
        "{sessions} with {reps}, and {walks}",
        sessions=count(done.sessions, "session"),
        reps=count(done.counted, "rep"),
        walks=count(done.walks, "walk"),
    )
    if done.kept is None:
        echo_line(tr("The history is fine: {file}: {holds}.", file=path, holds=holds))
        return
    echo_line(
        tr("Rebuilt {file} from everything that can be read: {holds}.", file=path, holds=holds)
    )
    if done.left_out and not done.is_unknown:
        echo_line(
            trn(
                "Lost: {number} item that can't be read.",
                "Lost: {number} items that can't be read.",
                done.left_out,
            )
        )
    if done.is_unknown:
        echo_line(
            tr(
                "Some of it, or all, can't be read at all, so formcheck can't say what is missing. "
                "It is lost only if you delete the old file: {file} ({size:,} bytes).",
                file=done.kept,
                size=done.kept.stat().st_size,
            )
        )
        return
    echo_line(
        tr("The old one is saved as {file}. Delete it when you no longer need it.", file=done.kept)
    )


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
    from formcheck.definition.routine import load_routine
    from formcheck.history.text import print_history, print_week, session_rows
    from formcheck.terminal.console import PrintableConsole

    routine = load_routine(plan)
    sets, walks, others = _of_person(opened, person)
    if not sets and not walks:
        echo_line(
            tr("There are no sessions for {person} yet.", person=person)
            if person
            else tr(
                "You have no sessions yet. `formcheck live` saves each session; `formcheck check "
                "--save` saves one from a video."
            )
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
        names = ", ".join(others)
        echo_line(
            tr("There are also sessions for {names}: show them with --person NAME.", names=names)
        )


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
        raise _nothing_to_delete(session)
    what = ALL if session is None else Sentence("session {number}", number=session)
    if not yes:
        _confirm(tr("Delete {what} ({holds})?", what=what, holds=_words(chosen)))
    if session is None:
        opened.delete_all()
    else:
        opened.delete(session)
        _tell_copies(opened.path)
    echo_line(tr("Deleted {what}.", what=what))


def _nothing_to_delete(session: int | None) -> HistoryError:
    if session is None:
        return HistoryError("There is no history yet, so there is nothing to delete.")
    return HistoryError(
        "There is no session {number}. `formcheck history` lists your sessions.", number=session
    )


def _delete_person(opened: "History | None", person: str, yes: bool) -> None:
    sets, _, _ = _of_person(opened, person)
    if opened is None or not sets:
        raise HistoryError("The history has nothing for {person}.", person=person)
    if not yes:
        what = tr("Delete everything for {person} ({holds})?", person=person, holds=_words(sets))
        _confirm(what)
    for session in {each.session for each in sets}:
        opened.delete(session)
    _tell_copies(opened.path)
    echo_line(tr("Deleted everything for {person}.", person=person))


def _tell_copies(path: Path) -> None:
    """Tell of copies of the history, in which what was deleted may still be."""
    from formcheck.history.file import copies

    note(
        Sentence("{file} may still contain it. Delete that, too.", file=copy)
        for copy in copies(path)
    )


def _confirm(question: str) -> None:
    if not sys.stdin.isatty():
        raise typer.BadParameter("not running in a terminal: add --yes to confirm.")
    typer.confirm(question, abort=True)


def _words(sets: "list[SavedSet]") -> str:
    reps = sum(len(each.labelled.set.counted) for each in sets)
    names = ", ".join(sorted({each.labelled.exercise for each in sets})) or tr("nothing")
    sets_done = count(len(sets), "set")
    return tr(
        "{exercises}: {reps} in {sets}", exercises=names, reps=count(reps, "rep"), sets=sets_done
    )
