"""Which clips there are to check: those that were named, and those in folders."""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from formcheck.errors import SourceError
from formcheck.files.names import as_compared
from formcheck.printable import person_name
from formcheck.reading import NotReadable, check_folder, is_folder, skipped_folder
from formcheck.sources.opening import is_recording
from formcheck.terminal.lines import note

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
    """No other clip has it: its path within the folder that was named, with slashes, or its file's
    name; if several are called so, its path within the folder that these share."""
    person: str = ""
    """Who exercises in it; empty where that is not known."""


def find_clips(places: Iterable[Path], person: str = "") -> list[FoundClip]:
    """List the clips that are named, and those in the folders that are named, each once.

    Folders in these that can't be read are told, and cost the others nothing. A folder in a named
    folder is taken for a person: its name, unless `person` says who it is.

    Raises:
        SourceError: a folder cannot be looked into, or there is no clip in it.
    """
    clips: dict[Path, FoundClip] = {}
    for place in places:
        found = list(_in_folder(place, person)) if is_folder(place) else []
        if is_folder(place) and not found:
            raise SourceError("{folder} holds no video or recording.", folder=place)
        for clip in found or [FoundClip(place, place.name, person)]:
            clips.setdefault(Path(os.path.realpath(clip.path)), clip)
    return _told_apart(list(clips.values()))


def _told_apart(clips: Sequence[FoundClip]) -> list[FoundClip]:
    """The clips, each with a name of its own: results are told, kept and written by it."""
    names, alike = [clip.name for clip in clips], set[int]()
    paths = ["/".join(_parts(clip.path)) for clip in clips]
    while more := _repeated(names, paths) - alike:  # a path may be what another clip is called
        alike |= more
        for number, path in zip(alike, _shortest([clips[n].path for n in alike]), strict=True):
            names[number] = path
    return [replace(clip, name=name) for clip, name in zip(clips, names, strict=True)]


def _repeated(names: Sequence[str], paths: Sequence[str]) -> set[int]:
    """The places of the names that are there more than once.

    So they are where they differ in case only, if their paths can tell them apart: some systems
    would give both clips the same folder.
    """
    times, written = Counter(names), defaultdict[str, set[str]](set)
    for name, path in zip(names, paths, strict=True):
        written[as_compared(name)].add(as_compared(path))
    return {
        number
        for number, name in enumerate(names)
        if times[name] > 1 or len(written[as_compared(name)]) > 1
    }


def _shortest(paths: Sequence[Path]) -> list[str]:
    """The paths of different files within the folder that all share, with slashes."""
    all_parts = [_parts(path) for path in paths]
    levels = zip(*(parts[:-1] for parts in all_parts), strict=False)
    shared = sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))
    return ["/".join(parts[shared:]) for parts in all_parts]


def _parts(path: Path) -> tuple[str, ...]:
    """The drive, the folders and the name of a file, whatever links or dots lead there."""
    real = Path(os.path.realpath(path.parent))
    return real.drive.strip("\\/:"), *real.parts[1:], path.name


def _in_folder(folder: Path, person: str) -> Iterator[FoundClip]:
    """The clips in a folder and in those within it, in the order a person would list them."""
    try:
        check_folder(folder)
    except NotReadable as error:
        raise SourceError(error.sentence) from error
    for here, folders, files in os.walk(folder, onerror=_tell_skipped):
        folders[:] = sorted((each for each in folders if not each.startswith(".")), key=_natural)
        for file in sorted(filter(_is_clip, files), key=_natural):
            path = Path(here, file)
            within = path.relative_to(folder)
            whose = person or (person_name(within.parts[0]) if len(within.parts) > 1 else "")
            yield FoundClip(path, within.as_posix(), whose)


def _tell_skipped(error: OSError) -> None:
    note([skipped_folder(error)])


def _is_clip(name: str) -> bool:
    is_shown = not name.startswith(".")
    return is_shown and (is_recording(name) or Path(name).suffix.lower() in VIDEOS)


def _natural(name: str) -> list[tuple[int, str]]:
    """A key by which clip 2 comes before clip 10."""
    parts = re.split(r"(\d+)", name.lower())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]
