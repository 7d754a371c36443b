"""What somebody chose for the page: kept in a small file, and never in the way."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import platformdirs

from formcheck.coaching.speech import SAID, Say
from formcheck.files.whole import cannot_write, whole_file
from formcheck.language.catalogues import languages

ROUTINE = "back-care"
LOUDEST = 100
LONGEST = 1000
"""Letters of a camera's address."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen."""

    routine: str = ROUTINE
    camera: str = "0"
    mirror: bool = True
    """Whether people see themselves as in a mirror."""
    voice: bool = True
    tones: bool = True
    """Where nothing is said: a tone for each rep, each second of a hold and each fault."""
    reports: bool = True
    """Whether the report of each session is kept."""
    language: str = ""
    """Its code; empty for that of the computer."""
    volume: int = LOUDEST
    """How loud, in hundredths."""
    say: Say = "all"


def choices_file() -> Path:
    """The file of the choices."""
    return platformdirs.user_config_path("formcheck") / "app.json"


def load_choices() -> Choices:
    """What was chosen before; the usual where that is not known, or means nothing."""
    try:
        stored = json.loads(choices_file().read_text(encoding="utf-8"))
    except (OSError, RecursionError, ValueError):
        return Choices()
    return chosen(stored if isinstance(stored, dict) else {})


def is_address(camera: str) -> bool:
    """Whether a camera's number, path or address can be meant: what else it is shows on opening."""
    return 0 < len(camera) <= LONGEST and camera.isprintable()


SOUND: Mapping[str, Callable[[Any], bool]] = {
    "camera": is_address,
    "language": lambda code: not code or code in languages(),
    "volume": lambda volume: 0 <= volume <= LOUDEST,
    "say": lambda say: say in SAID,
}
"""What can be meant, where not every value of its kind can."""


def chosen(stored: dict[str, Any]) -> Choices:
    """Choices as they were stored, each by itself: one that means nothing is as usual."""
    usual = asdict(Choices())
    known = {name: stored[name] for name in usual if _means_something(name, stored, usual)}
    return replace(Choices(), **known)


def _means_something(name: str, stored: dict[str, Any], usual: dict[str, Any]) -> bool:
    value = stored.get(name)
    return type(value) is type(usual[name]) and (name not in SOUND or SOUND[name](value))


def save_choices(choices: Choices) -> None:
    """Keep them for the next time; OutputError if that cannot be."""
    path = choices_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    with whole_file(path) as file:
        file.write(json.dumps(asdict(choices)).encode())
