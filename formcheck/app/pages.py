"""The pages as HTML: today, the exercises, the session, its end, the choices, the notice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import escape

from formcheck.app.asked import MOST, exercise_named
from formcheck.app.camera_pages import cameras_known, read_camera
from formcheck.app.desk import Desk
from formcheck.app.past import Past, read_past
from formcheck.app.settings import LOUDEST, Choices
from formcheck.app.today import Due, once_more, rest_of_today
from formcheck.coaching.speech import Say
from formcheck.definition.loading import usable_exercises
from formcheck.definition.routine import load_routine, routine_files
from formcheck.demonstration.picture import shown_faults, svg
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise
from formcheck.history.page import history_body
from formcheck.history.progress import ready_for_more
from formcheck.history.reports import kept_reports
from formcheck.history.rows import HIGHEST
from formcheck.history.trends import plan_weeks
from formcheck.history.trouble import is_damaged
from formcheck.language.catalogues import OWN_NAMES
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.live.notice import NOTICE
from formcheck.stage.drawing import demo_of, goal_of
from formcheck.templates.rendering import render

ROOM = "formcheck.app"
ROUTINES = (Sentence("Back care"), Sentence("Gentle back"))
"""The titles of formcheck's own routines, for the catalogues."""
SCORES = {str(each): each for each in range(HIGHEST + 1)}
"""How hard or painful something can be, as a form says it."""
SAYS: dict[Say, str] = {
    "all": Sentence("Everything"),
    "faults": Sentence("Only what to correct"),
    "counts": Sentence("Only the count"),
}


def _page(template: str, here: str, *, up: str = "", **values: object) -> str:
    """A page; `up` leads from it to where the addresses begin."""
    return render(ROOM, f"{template}.html.j2", here=here, up=up, **values)


def today_page(desk: Desk) -> str:
    """What is due today."""
    routine, past = desk.routine(), read_past()
    due = desk.due(past)
    (*_, week) = plan_weeks(past.sets, [], routine, date.today())
    left = rest_of_today(routine, due)
    return _page(
        "today",
        "today",
        routine=routine,
        rows=[_due_row(each, ready_for_more(each.step.exercise, past.sets)) for each in due],
        left_out=[tr(each.title) for each in routine.left_out],
        is_begun=any(each.done for each in due),
        is_done=left is None,
        is_hurt=any(each.is_hurt for each in due),
        is_startable=once_more(routine, due) is not None,
        minutes=_minutes(due),
        days=routine.plan.days,
        full_days=week.full_days,
        is_busy=desk.is_busy,
        **_unread(past),
    )


def _unread(past: Past) -> dict[str, Any]:
    """Why nothing is told of the history, if it could not be read."""
    error = past.trouble
    if error is None:
        return {"trouble": "", "is_repairable": False}
    return {"trouble": tr(error.sentence), "is_repairable": is_damaged(error)}


def _due_row(due: Due, more: str) -> dict[str, object]:
    exercise = due.step.exercise
    state = "hurt" if due.is_hurt else "done" if due.is_done else "due"
    is_begun = due.done and not due.is_done
    so_far = tr("{done} of {needed} done", done=due.done, needed=due.needed) if is_begun else ""
    return {
        "more": "" if due.is_hurt else more,
        "title": tr(due.step.title),
        "name": exercise.name,
        "demo": demo_of(exercise),
        "goal": goal_of(exercise, due.step.side),
        "so_far": so_far,
        "state": state,
    }


def _minutes(due: Iterable[Due]) -> int:
    """About how long what is left takes: five seconds for a rep besides its hold, and rests."""
    seconds = 0.0
    for each in due:
        if not each.is_done and not each.is_hurt:
            left = each.needed - each.done
            seconds += left * (5 + each.step.exercise.hold.seconds) + each.step.rest
    return max(1, round(seconds / 60))


def exercises_page(desk: Desk) -> str:
    """All exercises and routines, to choose from."""
    exercises, _ = usable_exercises()
    return _page(
        "exercises",
        "exercises",
        exercises=[_card(each) for each in exercises.values()],
        routines=_routines(),
        chosen=desk.routine().name,
    )


def _card(exercise: Exercise) -> dict[str, str]:
    return {
        "name": exercise.name,
        "title": tr(exercise.title),
        "goal": goal_of(exercise),
        "demo": demo_of(exercise),
        "summary": tr(exercise.summary),
    }


def _routines() -> list[dict[str, str]]:
    found = []
    for name in routine_files():
        try:
            routine = load_routine(name)
        except ExerciseError:
            continue
        steps = ", ".join(tr(step.title) for step in routine.steps)
        found.append({"name": name, "title": routine.title, "steps": steps})
    return found


def exercise_page(exercise: Exercise) -> str:
    """How an exercise goes, and its faults."""
    faults = shown_faults(exercise) if demo_of(exercise) else {}
    return _page(
        "exercise",
        "exercises",
        up="../",
        exercise=exercise,
        demo=demo_of(exercise),
        goal=goal_of(exercise),
        most=MOST,
        faults=[
            {"name": each.name, "title": tr(each.title), "why": tr(each.why), "cue": tr(each.cue)}
            for each in faults.values()
        ],
    )


@cache
def picture(name: str, fault: str | None, language: str) -> str:
    """A moving picture, which takes a moment to make; its words are in the language of now."""
    return svg(exercise_named(name), fault)


def session_page(desk: Desk) -> str:
    """The stage on which the coach is shown."""
    title = tr(desk.sitting.title) if desk.sitting else ""
    return _page("session", "session", title=title, mirror=desk.choices.mirror, pain=pain_words())


def end_page(desk: Desk, noted: bool = False) -> str:
    """The end card of the last session."""
    sitting, card = desk.sitting, desk.card()
    assert sitting is not None
    assert card is not None
    return _page(
        "end",
        "end",
        title=tr(sitting.title),
        card=card,
        trouble=sitting.trouble,
        unkept=tr(sitting.unkept.sentence) if sitting.unkept else "",
        is_repairable=sitting.unkept is not None and is_damaged(sitting.unkept),
        pain=pain_words(),
        scores=SCORES,
        noted=noted,
        has_report=bool(sitting.kept.sections.done),
        is_kept=sitting.kept.saver.session is not None,
        is_report_kept=sitting.kept.saver.session in kept_reports(),
    )


def choices_page(desk: Desk, noted: bool = False) -> str:
    """Camera, voice and the rest."""
    return _page(
        "choices",
        "choices",
        choices=desk.choices,
        is_spoken=desk.world.language is not None,
        languages=OWN_NAMES,
        routines=_routines(),
        says=SAYS,
        noted=noted,
        **cameras_known(desk),
    )


def read_choices(form: dict[str, str], before: Choices) -> Choices:
    """The choices that a page sent back."""
    routine, language = form.get("routine"), form.get("language", before.language)
    volumes = {str(each): each for each in range(LOUDEST + 1)}
    return replace(
        before,
        camera=read_camera(form, before.camera),
        routine=routine if routine in routine_files() else before.routine,
        mirror="mirror" in form,
        voice="voice" in form,
        tones="tones" in form,
        reports="reports" in form,
        volume=volumes.get(form.get("volume", ""), before.volume),
        language=language if language in ("", *OWN_NAMES) else before.language,
        say=next((each for each in SAYS if each == form.get("say")), before.say),
    )


def history_of(desk: Desk, is_repaired: bool = False) -> str:
    """What was done over weeks."""
    past, routine, today = read_past(), desk.routine(), date.today()
    body = history_body(past.sets, past.walks, routine, today, past.feelings, kept_reports())
    more = {"is_repaired": is_repaired, **_unread(past)}
    return _page("history", "history", body=body, **more)


def with_way_back(report: bytes, address: str, words: str) -> bytes:
    """A report, which is a page of its own, with a link from it to where it was opened."""
    link = f'<nav class="back"><a href="{address}">{escape(words)}</a></nav>'
    return report.replace(b"<body>", b"<body>\n" + link.encode(), 1)


def trouble_page(words: str) -> str:
    """What went wrong."""
    return _page("trouble", "trouble", up="", words=words)


def notice_page() -> str:
    """Whom to ask first, and when to stop."""
    title, *paragraphs = tr(NOTICE).strip().split("\n\n")
    return _page("notice", "notice", title=title, paragraphs=paragraphs)


def pain_words() -> str:
    """What the notice says of pain."""
    _, _, words, _ = tr(NOTICE).split("\n\n")
    return words


def static_file(name: str) -> bytes | None:
    """A script of the pages, if there is one of that name."""
    folder = files(ROOM) / "static"
    known = {each.name: each for each in folder.iterdir() if each.is_file()}
    return known[name].read_bytes() if name in known else None
