"""What somebody chose for the page: kept in a small file, and never in the way."""

import json
from dataclasses import asdict, dataclass, fields
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


def chosen(stored: dict[str, Any]) -> Choices:
    """Choices as they were stored, each by itself: one that means nothing is as usual."""
    usual = Choices()
    known: dict[str, Any] = {}
    for field in fields(Choices):
        value = stored.get(field.name)
        if type(value) is type(getattr(usual, field.name)):
            known[field.name] = value
    choices = Choices(**known)
    is_sound = choices.say in SAID and 0 <= choices.volume <= LOUDEST and is_address(choices.camera)
    is_spoken = not choices.language or choices.language in languages()
    return choices if is_sound and is_spoken else usual


def is_address(camera: str) -> bool:
    """Whether a camera's number, path or address can be meant: what else it is shows on opening."""
    return 0 < len(camera) <= LONGEST and camera.isprintable()


def save_choices(choices: Choices) -> None:
    """Keep them for the next time; OutputError if that cannot be."""
    path = choices_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    with whole_file(path) as file:
        file.write(json.dumps(asdict(choices)).encode())
