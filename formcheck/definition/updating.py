"""Brings a file of schema 1 up to schema 2, with all its comments."""

from collections import Counter
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Comment, Item, Key, SingleKey, Table, Trivia

from formcheck.definition.loading import MOST_BYTES, parse_exercise
from formcheck.definition.schema_one import condition, phase_word
from formcheck.errors import ExerciseError
from formcheck.files.whole import write_whole
from formcheck.reading import read_text
from formcheck.wording import count, plain


def update_file(path: Path) -> str:
    """Bring a file up to schema 2, whole or not at all; in words, what was changed.

    Raises:
        ExerciseError: it cannot be, and stays as it is.
        OutputError: it cannot be written.
    """
    try:
        new, told = updated_text(read_text(path, MOST_BYTES))
    except ExerciseError as error:
        raise ExerciseError(
            "{file} is unchanged: {error}.", file=path, error=error.sentence
        ) from error
    write_whole(path, new.encode())
    return told


def updated_text(text: str) -> tuple[str, str]:
    """The file in schema 2, and in words what was changed.

    Args:
        text: a file of schema 1 in which nothing is wrong.

    Raises:
        ExerciseError: it would no longer say the same, or a comment would be lost.
    """
    done: Counter[str] = Counter()
    try:
        new = _updated(text, done)
    except (TOMLKitError, KeyError, TypeError, ValueError) as error:
        raise ExerciseError(f"formcheck can't convert the way it is written ({error})") from error
    if parse_exercise(new)[0] != parse_exercise(text)[0]:
        raise ExerciseError("formcheck can't convert it without changing")
    if lost := [comment for comment in _comments(text) if comment not in new]:
        raise ExerciseError(f"the comment {lost[0]!r} would be lost: give it a line of its own")
    return new, _told(done)


def _comments(text: str) -> Iterator[str]:
    """What stands behind the first # of each line: at least its comment, if it has one."""
    for line in text.splitlines():
        _, mark, comment = line.partition("#")
        if mark:
            yield comment.strip()


def _told(done: Counter[str]) -> str:
    words = []
    if done["faults"]:
        words.append(f"{count(done['faults'], 'fault')} with the name in the heading, and a title")
    if done["until"]:
        words.append(f"{count(done['until'], 'until')} beside the limit")
    if done["drop"]:
        words.append(f"{count(done['drop'], 'drop')} as falls_by")
    if done["phases"]:
        words.append(f"{count(done['phases'], 'phase')} called out and back")
    return "; ".join(["now schema 2", *words])


def _updated(text: str, done: Counter[str]) -> str:
    document = tomlkit.parse(text)
    version = tomlkit.item(2)
    _take_comment(version, _item(document, "schema"))
    new = tomlkit.document()
    new.parsing(True)  # or else it adds empty lines of its own
    for key, item in document.body:
        if key is not None and key.key == "schema":
            new.append(key, version)
        elif key is not None and key.key == "fault":
            new.append(*_faults(item, done))
        else:
            new.append(key, item)
    new.parsing(False)
    return tomlkit.dumps(new)


def _faults(item: Item, done: Counter[str]) -> tuple[Key | None, Item]:
    """All faults as tables below `fault`; of an empty list only what is said beside it."""
    if isinstance(item, Array) and not item:
        return None, Comment(item.trivia)
    if not isinstance(item, AoT):
        raise ValueError("write each fault below a [[fault]] of its own")
    faults = Table(Container(parsed=True), Trivia(), False, is_super_table=True)
    for table in item.body:
        name = str(table["name"])
        faults.value.append(SingleKey(name), _fault(name, table, done))
        done["faults"] += 1
    return SingleKey("fault"), faults


def _fault(name: str, table: Table, done: Counter[str]) -> Table:
    body = Container(parsed=True)
    for key, item in table.value.body:
        if key is None:
            body.append(key, item)
        elif key.key == "name":
            title = tomlkit.item(plain(name))
            _take_comment(title, item)
            body.append(_key_like(key, "title"), title)
        elif key.key == "during":
            body.append(key, _in_new_phases(item, done))
        elif key.key == "when":
            body.append(key, _when(item, table, done))
        elif key.key != "until":
            body.append(key, item)
    return Table(body, Trivia(), False, name=name)


def _key_like(key: Key, name: str) -> Key:
    """Another key, as far from its value, if there is room, as one was."""
    room = len(key.as_string()) - len(key.key)
    original = f"{name:{len(key.as_string())}}" if room > 1 else f"{name}{' ' * room}"
    return SingleKey(name, sep=key.sep, original=original)


def _in_new_phases(during: Any, done: Counter[str]) -> Item:
    for place, phase in enumerate(during):
        if phase_word(phase) != phase:
            during[place] = phase_word(phase)
            done["phases"] += 1
    return during  # type: ignore[no-any-return]


def _when(when: Item, fault: Table, done: Counter[str]) -> Item:
    """The conditions, `until` in the first one, and its comment behind them."""
    until = _item(fault.value, "until")
    done["until"] += until is not None
    if isinstance(when, Array):
        for place, each in enumerate(when):
            when[place] = _condition(each, until if place == 0 else None, done)
        new: Item = when
    else:
        new = _condition(when, until, done)
        _take_comment(new, when)
    if until is not None and until.trivia.comment:
        mine = new.trivia.comment
        added = until.trivia.comment
        new.trivia.comment = f"{mine}; {added.lstrip('# ')}" if mine else added
        new.trivia.comment_ws = new.trivia.comment_ws or until.trivia.comment_ws
    return new


def _condition(old: Any, until: Item | None, done: Counter[str]) -> Any:
    done["drop"] += "drop" in old
    done["phases"] += phase_word(old.get("duration")) != old.get("duration")
    new = condition(old, until)
    if new == old:
        return old
    words = ", ".join(f"{key} = {_bare(value)}" for key, value in new.items())
    return tomlkit.parse(f"made = {{ {words} }}")["made"]


def _bare(value: Any) -> str:
    """A value as it is written, without what stands beside it."""
    written: str = tomlkit.item(value).as_string()
    return written


def _item(table: Container, key: str) -> Item | None:
    """What stands there, with the comment beside it; not the bare value."""
    return next((item for each, item in table.body if each is not None and each.key == key), None)


def _take_comment(new: Item, old: Item | None) -> None:
    if old is None:
        return
    trivia = copy(old.trivia)
    new.trivia.comment_ws, new.trivia.comment = trivia.comment_ws, trivia.comment
    new.trivia.trail = trivia.trail
