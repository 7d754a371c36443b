"""Where results go, besides the terminal: the files that were asked for."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.terminal.lines import STDOUT


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files of one command, those of `check` and those of `live`."""

    json: str | None = None
    """A file, or `-` for stdout instead of the summary."""
    events: Path | None = None
    record: Path | None = None
    """The landmarks, of a live session."""
    values: Path | None = None
    report: Path | None = None
    video: Path | None = None
    reps: Path | None = None
    faults: Path | None = None
    save: bool = False
    """Whether the history is to have the results too."""
    on: date | None = None
    """When it was done, for the history, if not when the source was written."""
    person: str = ""
    """Who did it, for the history; empty for whoever uses this computer."""

    @property
    def json_file(self) -> Path | None:
        """The file of JSON, if it is one."""
        return Path(self.json) if self.json and self.json != STDOUT else None

    @property
    def files(self) -> list[Path]:
        """All files that will be written."""
        grown = (self.json_file, self.events, self.record, self.values, self.reps, self.faults)
        return [path for path in (*grown, self.report, self.video) if path]

    @property
    def same_kind(self) -> list[Path]:
        """Those that are what their names say, which `check_names` sees to."""
        return [path for path in (self.record, self.video) if path]

    @property
    def is_kept(self) -> bool:
        """Whether anything stays when what was printed is gone."""
        return bool(self.files) or self.save


def check_names(outputs: Outputs) -> None:
    """OutputError if a file would not be what its name says, before any work is done."""
    for path, suffix in ((outputs.record, ".npz"), (outputs.video, ".mp4")):
        if path is not None and path.suffix.lower() != suffix:
            raise OutputError(
                "Can't write {file}: its name must end in {suffix}.", file=path, suffix=suffix
            )
