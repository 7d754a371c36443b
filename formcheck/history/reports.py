"""The reports of sessions, kept beside the history: pages with small pictures, for nobody else."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from formcheck.errors import OutputError, SourceError, reason_of
from formcheck.files.whole import cannot_write, write_whole
from formcheck.history.file import history_path

MOST = 200
"""Reports that are kept; the oldest go first."""
NAME = re.compile(r"(\d+)\.html")


def kept_reports(history: Path | None = None) -> dict[int, Path]:
    """The reports there are, by the numbers of their sessions."""
    return dict(sorted(_found((history or history_path()).parent / "reports")))


def _found(folder: Path) -> Iterator[tuple[int, Path]]:
    with suppress(OSError):
        for path in folder.iterdir():
            if (name := NAME.fullmatch(path.name)) and path.is_file():
                yield int(name[1]), path


def report_of(session: str) -> bytes | None:
    """The report of a session, by its number as somebody wrote it; none if there is none any more.

    SourceError if it cannot be read.
    """
    path = {str(number): path for number, path in kept_reports().items()}.get(session)
    if path is None:
        return None
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SourceError(
            "Can't read {file}: {reason}.", file=path, reason=reason_of(error)
        ) from error


def keep_report(session: int, page: bytes) -> None:
    """Keep the report of a session; OutputError if that cannot be."""
    path = history_path().parent / "reports" / f"{session}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise cannot_write(path, error) from error
    write_whole(path, page)
    with suppress(OSError):
        path.chmod(0o600)
    for old in list(kept_reports().values())[:-MOST]:
        forget(old)


def forget_reports(history: Path, session: int | None = None) -> None:
    """Remove the report of a session that is deleted, or all; OutputError if that cannot be."""
    for number, path in kept_reports(history).items():
        if session in (None, number):
            forget(path)


def forget(report: Path) -> None:
    """Remove a report."""
    try:
        report.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            "Can't remove {file}: {reason}.", file=report, reason=reason_of(error)
        ) from error
