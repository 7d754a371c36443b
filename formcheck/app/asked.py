"""What a request names: a page may name exercises and routines, but no files."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from formcheck.definition.loading import exercise_files, load_exercise
from formcheck.definition.routine import Routine, load_routine, one_exercise, routine_files
from formcheck.exercise import Exercise, Side

SIDES: tuple[Side, ...] = ("left", "right")
LARGEST = 20_000
"""Bytes of a form."""
MOST = 1000
"""Reps that may be aimed at."""


def exercise_named(name: str) -> Exercise:
    """An exercise by its name."""
    if name not in exercise_files():
        raise HTTPException(404)
    return load_exercise(name)


def routine_named(name: str) -> Routine:
    """A routine by its name."""
    if name not in routine_files():
        raise HTTPException(404)
    return load_routine(name)


def exercise_asked(form: Mapping[str, str]) -> Routine:
    """An exercise as a form asks for it: how often, and on which side where there are two."""
    exercise, reps = exercise_named(form["exercise"]), number_asked(form.get("reps", ""))
    side: Side | None = next((each for each in SIDES if each == form.get("side")), None)
    return one_exercise(exercise, reps, side if exercise.sides == "each" else None)


def number_asked(words: str) -> int | None:
    """How many reps a form asks for; none where it means nothing."""
    few = words.isdecimal() and len(words) <= len(str(MOST))
    return int(words) if few and 1 <= int(words) <= MOST else None


async def form_of(request: Request) -> dict[str, str]:
    """What a form says; all that is sent must be text."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise HTTPException(400) from error
