"""Which clips there are to check: those that were named, and those in folders."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import SourceError
from formcheck.reading import NotReadable, check_folder, is_folder
from formcheck.sources.opening import is_recording

VIDEOS = {
    *(".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".flv", ".3gp"),
    *(".ts", ".mts", ".m2ts", ".ogv"),
}
"""How the names of videos end; files of a folder that end otherwise are passed by."""


@dataclass(frozen=True, slots=True)
class FoundClip:
    """A video or recording to check."""

    path: Path
    name: str
    """Its path within the folder that was named, with slashes; else its file's name."""
    person: str = ""
    """Who exercises in it; empty where that is not known."""


def find_clips(places: Iterable[Path], person: str = "") -> list[FoundClip]:
    """List the clips that are named, and those in the folders that are named, each once.

    A folder in a named folder is taken for a person: its name, unless `person` says who it is.

    Raises:
        SourceError: a folder cannot be looked into, or there is no clip in it.
    """
    clips: dict[Path, FoundClip] = {}
    for place in places:
        found = list(_in_folder(place, person)) if is_folder(place) else []
        if is_folder(place) and not found:
            raise SourceError("There is no video or recording in {folder}.", folder=place)
        for clip in found or [FoundClip(place, place.name, person)]:
            clips.setdefault(Path(os.path.realpath(clip.path)), clip)
    return list(clips.values())


def _in_folder(folder: Path, person: str) -> Iterator[FoundClip]:
    """The clips in a folder and in those within it, in the order a person would list them."""
    try:
        check_folder(folder)
    except NotReadable as error:
        raise SourceError(error.sentence) from error
    for here, folders, files in os.walk(folder):
        folders[:] = sorted((each for each in folders if not each.startswith(".")), key=_natural)
        for file in sorted(filter(_is_clip, files), key=_natural):
            path = Path(here, file)
            within = path.relative_to(folder)
            whose = person or (within.parts[0] if len(within.parts) > 1 else "")
            yield FoundClip(path, within.as_posix(), whose)


def _is_clip(name: str) -> bool:
    is_shown = not name.startswith(".")
    return is_shown and (is_recording(name) or Path(name).suffix.lower() in VIDEOS)


def _natural(name: str) -> list[tuple[int, str]]:
    """A key by which clip 2 comes before clip 10."""
    parts = re.split(r"(\d+)", name.lower())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]
