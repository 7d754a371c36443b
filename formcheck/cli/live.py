"""The verbs that need a camera: app, live and cameras; and the icon that opens the first."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from formcheck.cli.options import (
    EventsOption,
    JsonOption,
    LanguageOption,
    ModelOption,
    ReportOption,
    SideOption,
)
from formcheck.cli.written import ready_to_write
from formcheck.errors import CameraError
from formcheck.language.tongue import about, speak, tr, untranslated
from formcheck.printable import person_name
from formcheck.terminal.lines import echo, echo_line, note

if TYPE_CHECKING:
    from formcheck.app.desk import World
    from formcheck.definition.routine import Routine
    from formcheck.exercise import Exercise, Side
    from formcheck.landmarks.follower import Follower
    from formcheck.sources.opening import FindModel

LIVE_EPILOG = """Examples:

\b
  formcheck live                             recognises what you do
  formcheck live bridge
  formcheck live bridge --reps 8 --mute
  formcheck live --routine back-care --record today.npz
  formcheck live crunch --camera clip.mp4    a video, as if it were a camera
  formcheck live bridge --no-browser         by ear, without opening the page

The page has large buttons, with a key for each: space pause, n next exercise, o it hurts, m mute,
s other side, q end. From the mat: one arm held straight up for two seconds pauses and goes on; for
five, it hurts. At the end formcheck prints the results and saves all files, and stays until you
close the page. Ctrl-C in the terminal does all of that at once.

The exit code is 0 if the session ended in one of these ways, 2 for a file that can't be used, 3
without a camera or pose model, or if the camera was lost (formcheck still prints
the results so far)."""

APP_EPILOG = """Examples:

\b
  formcheck app
  formcheck app --camera 1
  formcheck app --camera clip.mp4      a video, as if it were a camera

Only browsers on this computer can open the page, at an address that nobody else knows. It ends
with Ctrl-C, or ten minutes after you close its last page. The history keeps everything you did.

The exit code is 0 if you ended it, 2 for a file that can't be used, 3 if the pose model is
unavailable."""

CAMERAS_EPILOG = "The exit code is 3 if no camera works."


ExerciseArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME|FILE]",
        help="The exercise to do. If you name no exercise and no --routine, formcheck recognises "
        "what you do.",
    ),
]
RoutineOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE",
        help="Several exercises in a row, hands-free: back-care, or your own .toml file.",
    ),
]
CameraOption = Annotated[
    str | None,
    typer.Option(
        metavar="N|PATH|URL",
        help="A camera number (see `formcheck cameras`), a stream's address, or a video, played "
        "at its own speed, in place of what you chose on the page.",
    ),
]
RepsOption = Annotated[
    int | None,
    typer.Option(min=1, max=1000, metavar="N", help="Your goal: how many reps, on each side."),
]
MuteOption = Annotated[bool, typer.Option("--mute", help="Say nothing.")]
SayOption = Annotated[
    Literal["all", "faults", "counts"] | None,
    typer.Option(
        metavar="all|faults|counts", help="What to say, in place of what you chose on the page."
    ),
]
RecordOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.npz",
        help="Save the landmarks for `formcheck check`. If the program crashes, FILE.npz.part is "
        "kept, and `check` reads it, too.",
    ),
]
FilmOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE.mp4", help="Save an annotated video. Needs formcheck[video]."),
]

BrowserOption = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")
]
NoSaveOption = Annotated[
    bool, typer.Option("--no-save", help="Don't add this session to the history.")
]
WhoOption = Annotated[
    str,
    typer.Option(
        "--person",
        callback=person_name,
        metavar="NAME",
        help="Who exercises, if not you: the history keeps people apart.",
    ),
]


def app_verb(
    camera: CameraOption = None,
    events: EventsOption = None,
    browser: BrowserOption = True,
    model: ModelOption = None,
    language: LanguageOption = None,
) -> None:
    """Get coached on a page in your browser.

    The page shows what is due today and how each exercise works, coaches you, and tells you how it
    went.
    """
    from formcheck.app.serving import serve
    from formcheck.sources.model_finder import model_finder_with_bar

    sources = [Path(camera)] if camera else []
    ready_to_write([events] if events else [], sources, model)
    find_model = model_finder_with_bar(model)
    find_model()  # fetched before any page is opened
    serve(_world(find_model, camera, language, browser), events, echo)


def _world(find_model: "FindModel", camera: str | None, code: str | None, shows: bool) -> "World":
    from formcheck.app.desk import World
    from formcheck.voice.speakers import ToneSpeaker, speech_makers

    def follower() -> "Follower":
        from formcheck.landmarks.follower import Follower

        return Follower(find_model())

    return World(follower, speech_makers, [ToneSpeaker], camera, code, shows)


def shortcut() -> None:
    """Put an icon on the desktop that opens the coach."""
    from formcheck.app.shortcut import put_on_desktop

    for path in put_on_desktop():
        echo_line(f"Written: {path}")


def live(
    exercise: ExerciseArgument = None,
    routine: RoutineOption = None,
    camera: CameraOption = None,
    reps: RepsOption = None,
    side: SideOption = "auto",
    mute: MuteOption = False,
    say: SayOption = None,
    record: RecordOption = None,
    video: FilmOption = None,
    report: ReportOption = None,
    json: JsonOption = None,
    events: EventsOption = None,
    no_save: NoSaveOption = False,
    person: WhoOption = "",
    browser: BrowserOption = True,
    model: ModelOption = None,
    language: LanguageOption = None,
) -> None:
    """Get coached in front of a camera, on a page in your browser.

    Lie down or stand where the camera sees your whole body. formcheck tells you what to move,
    starts counting when you are in position, tells you how to fix each mistake, and stops at your
    goal or when you get up. It sends no pictures to anyone, and keeps only the few small ones of
    the report, unless you choose otherwise on the page.
    """
    watched = None if side == "auto" else side
    _refuse_unfit(exercise, routine, reps, watched)
    if person and no_save:
        raise typer.BadParameter("--person is for the history: leave out --no-save.")
    from formcheck.app.desk import Desk
    from formcheck.app.serving import Lone, warming_up
    from formcheck.history.saving import SetSaver, saved_live
    from formcheck.live.program import coach_live, kept_though_stopped
    from formcheck.results.outputs import Outputs, check_names
    from formcheck.sources.model_finder import model_finder_with_bar

    outputs = Outputs(json=json, events=events, record=record, video=video, report=report)
    chosen, definitions = _chosen(exercise, routine, reps, watched)
    check_names(outputs)
    find_model = model_finder_with_bar(model)
    desk = Desk(_world(find_model, camera, language, browser))
    ready_to_write(outputs.files, [Path(desk.camera), *definitions], model, outputs.same_kind)
    order = desk.order(chosen, say or desk.choices.say, watched)
    saver = SetSaver(desk.camera, order.routine if routine else None, person=person)
    with kept_though_stopped(), ExitStack() as stack:
        stack.enter_context(warming_up())
        speak(desk.language)
        _tell_first(chosen, order.exercises)
        stack.enter_context(about(*order.exercises))
        if not no_save:
            stack.enter_context(saved_live(saver))
        page = Lone(desk, order, saver, stack)
        coach_live(
            desk.camera,
            order.title if chosen else "any exercise",
            order.begin,
            find_model,
            outputs,
            page.open,
            mute or desk.is_silent,
            [] if no_save else [saver],
        )


def _refuse_unfit(
    exercise: str | None, routine: str | None, reps: int | None, side: "Side | None"
) -> None:
    """Wrong usage if what is to be done does not go together."""
    if exercise is not None and routine is not None:
        raise typer.BadParameter("name an exercise or a --routine, not both.")
    if exercise is None and routine is None and reps is not None:
        raise typer.BadParameter("--reps only works with a named exercise.")
    if routine is not None and (reps is not None or side is not None):
        raise typer.BadParameter("--reps and --side don't work with --routine: its file sets them.")


def _tell_first(chosen: "Routine | None", exercises: Sequence["Exercise"]) -> None:
    """Tell what to know before anything is done."""
    note(untranslated(*exercises))
    if chosen is None:
        note(_left_out())
        return
    with about(*exercises, *chosen.left_out):
        note(chosen.warnings)


def _left_out() -> list[str]:
    """What to tell of exercises that cannot be recognised."""
    from formcheck.definition.loading import left_out, usable_exercises

    return list(left_out(usable_exercises()[1]))


def _chosen(
    exercise: str | None, routine: str | None, reps: int | None, side: "Side | None"
) -> "tuple[Routine | None, list[Path]]":
    """The routine to go through, and the files it is from; none for whatever is done."""
    from formcheck.definition.loading import find_exercise, load_exercise
    from formcheck.definition.routine import find_routine, load_routine, one_exercise

    if exercise is not None:
        chosen = one_exercise(load_exercise(exercise), reps, side)
        return chosen, [find_exercise(exercise)]
    if routine is not None:
        return load_routine(routine), [find_routine(routine)]
    return None, []


def cameras(language: LanguageOption = None) -> None:
    """List the cameras that work."""
    from formcheck.sources.devices import NO_CAMERA, find_cameras

    found = find_cameras()
    for each in found:
        width, height = each.size
        rate = tr(", {rate:.0f} frames a second", rate=each.fps) if each.fps > 0 else ""
        name = f", {each.name}" if each.name else ""
        echo_line(f"{each.index}  {width}x{height}{rate}{name}")
    if not found:
        raise CameraError(NO_CAMERA)
