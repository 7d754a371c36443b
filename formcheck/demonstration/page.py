"""A page of one HTML file: how an exercise goes, and how each of its faults looks."""

from markupsafe import Markup

from formcheck.demonstration.picture import ROOM, find_fault, shown_faults, svg
from formcheck.exercise import Exercise
from formcheck.templates.rendering import page_style, policy_hash, render, style_beside


def demonstration_page(exercise: Exercise, fault: str | None = None) -> str:
    """The page, as HTML text: with all faults that can be shown, or with one.

    Raises:
        ExerciseError: the figure does not know the exercise, or the exercise has no such fault.
    """
    known = shown_faults(exercise)
    names = [find_fault(exercise, fault)] if fault else list(known)
    style, drawn = page_style(ROOM, "demonstrations.css"), style_beside(ROOM, "demonstration.css")
    return render(
        ROOM,
        "demonstrations.html.j2",
        policy=f"default-src 'none'; style-src '{policy_hash(style)}' '{policy_hash(drawn)}'",
        style=Markup(style),
        exercise=exercise,
        picture=Markup(svg(exercise)),
        faults=[
            {"name": each.title, "why": each.why, "picture": Markup(svg(exercise, each.name))}
            for each in map(known.__getitem__, names)
        ],
    )
