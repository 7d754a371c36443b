"""The verbs that need a camera: app, live and cameras; and the icon that opens the first."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
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
from formcheck.language.catalogues import ENGLISH, language_name
from formcheck.language.tongue import about, language, speaking, untranslated
from formcheck.terminal import echo, note

if TYPE_CHECKING:
    from formcheck.coaching.by_gesture import Guide
    from formcheck.coaching.routine_coach import Mouth
    from formcheck.coaching.speech import Say
    from formcheck.definition.routine import Routine
    from formcheck.exercise import Side

LIVE_EPILOG = """Examples:

\b
  formcheck live                             recognises what you do
  formcheck live bridge
  formcheck live bridge --reps 8 --mute
  formcheck live --routine back-care --record today.npz
  formcheck live crunch --camera clip.mp4    a video, as if it were a camera

Keys in the window: space pause, n next exercise, o it hurts, r begin again, m mute, s other side,
f full screen, h help, q quit. From the mat: one arm held straight up for two seconds pauses and
goes on; for five, it hurts. Ctrl-C in the terminal ends the session like q: formcheck prints the
results so far and saves all files.

The exit code is 0 when the session ended in one of these ways, 2 for a file that can't be used, 3
without a camera, screen or pose model, or if the camera was lost (the results so far are printed
all the same)."""

APP_EPILOG = """Examples:

\b
  formcheck app
  formcheck app --camera 1
  formcheck app --camera clip.mp4      a video, as if it were a camera

The page is for this computer's own browser only, at an address that nobody else knows. It ends with
Ctrl-C, or ten minutes after its last page was closed. What was done until then is in the history.

The exit code is 0 when it was ended, 2 for a file that cannot be used, 3 if the pose model is
unavailable."""

CAMERAS_EPILOG = "The exit code is 3 if there is none."


ExerciseArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME|FILE]",
        help="The exercise to do. Without it, and without --routine, formcheck recognises what "
        "you do.",
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
    str,
    typer.Option(
        metavar="N|PATH|URL",
        help="A camera number (see `formcheck cameras`), a stream's address, or a video, played "
        "at its own speed.",
    ),
]
RepsOption = Annotated[
    int | None,
    typer.Option(min=1, max=1000, metavar="N", help="Your goal: how many reps, on each side."),
]
MuteOption = Annotated[bool, typer.Option("--mute", help="Say nothing.")]
SayOption = Annotated[
    Literal["all", "faults", "counts"],
    typer.Option(metavar="all|faults|counts", help="What to say."),
]
RecordOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.npz",
        help="Save the landmarks for `formcheck check`. If the program crashes, FILE.npz.part is "
        "kept, and `check` reads it, too.",
    ),
]
VideoOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE.mp4", help="Save an annotated video. Needs formcheck[video]."),
]

NoSaveOption = Annotated[
    bool, typer.Option("--no-save", help="Don't add this session to the history.")
]


def app_verb(
    camera: Annotated[
        str | None,
        typer.Option(
            metavar="N|PATH|URL",
            help="A camera's number, a stream's address, or a video, in place of what was chosen "
            "on the page.",
        ),
    ] = None,
    events: EventsOption = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open the browser.")
    ] = True,
    model: ModelOption = None,
    language: LanguageOption = None,
) -> None:
    """Get coached on a page in your browser.

    What is due today, how each exercise goes, the coach, and what it was worth.
    """
    from formcheck.app.serving import serve
    from formcheck.sources.model_finder import model_finder_with_bar

    sources = [Path(camera)] if camera else []
    ready_to_write([events] if events else [], sources, model)
    serve(camera, model_finder_with_bar(model), events, browser, echo)


def shortcut() -> None:
    """Put an icon on the desktop that opens the coach."""
    from formcheck.app.shortcut import put_on_desktop

    for path in put_on_desktop():
        echo(f"Written: {path}")


def live(
    exercise: ExerciseArgument = None,
    routine: RoutineOption = None,
    camera: CameraOption = "0",
    reps: RepsOption = None,
    side: SideOption = "auto",
    mute: MuteOption = False,
    say: SayOption = "all",
    record: RecordOption = None,
    video: VideoOption = None,
    report: ReportOption = None,
    json: JsonOption = None,
    events: EventsOption = None,
    no_save: NoSaveOption = False,
    model: ModelOption = None,
    language: LanguageOption = None,
) -> None:
    """Get coached in front of a camera.

    Lie down or stand where the camera sees your whole body. formcheck tells you what to move,
    starts counting when you are in position, tells you how to fix each mistake, and stops at your
    goal or when you get up. It keeps and sends no pictures unless you ask it to.
    """
    if exercise is not None and routine is not None:
        raise typer.BadParameter("name an exercise, or give --routine, not both.")
    if exercise is None and routine is None and reps is not None:
        raise typer.BadParameter("--reps needs an exercise to be named.")
    if routine is not None and (reps is not None or side != "auto"):
        raise typer.BadParameter("--reps and --side are said in the routine's file.")
    from formcheck.results.outputs import Outputs, check_names
    from formcheck.sources.model_finder import model_finder_with_bar

    outputs = Outputs(json=json, events=events, record=record, video=video, report=report)
    watched = None if side == "auto" else side
    chosen, definitions = _chosen(exercise, routine, reps, watched)
    check_names(outputs)
    ready_to_write(outputs.files, [Path(camera), *definitions], model)
    from formcheck.history.saving import saved_live
    from formcheck.live.program import coach_live

    name = chosen.name if chosen and routine else None
    with told(chosen, mute), saved_live(camera, name, is_saved=not no_save) as savers:
        if chosen is None:
            title, begin = "any exercise", partial(_free, say=say, source=camera, side=watched)
        else:
            note(chosen.warnings)
            title, begin = chosen.title, partial(_guided, chosen, say=say, source=camera)
        coach_live(camera, title, begin, model_finder_with_bar(model), outputs, mute, savers)


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


@contextmanager
def told(chosen: "Routine | None", mute: bool) -> Iterator[None]:
    """Coach in the language of here and now, as far as the exercises and a voice speak it.

    Where there is no voice for it, English is spoken and shown: who reads and hears two languages
    at once follows neither.
    """
    from formcheck.definition.loading import usable_exercises
    from formcheck.voice.speakers import has_no_voice

    code = language()
    if code == ENGLISH:
        yield
        return
    exercises = list(usable_exercises()[0].values())
    if chosen is not None:
        exercises = [step.exercise for step in chosen.steps]
    note(untranslated(*exercises))
    if not mute and has_no_voice(code):
        name = language_name(code)
        note([f"there is no {name} voice here, so the coach speaks English; --mute keeps {name}."])
        code = ENGLISH
    with speaking(code), about(*exercises):
        yield


def _guided(routine: "Routine", mouth: "Mouth", say: "Say", source: str) -> "Guide":
    from formcheck.coaching.by_gesture import ByGesture
    from formcheck.coaching.routine_coach import LiveCoach

    return ByGesture(LiveCoach(routine, mouth, say, source))


def _free(mouth: "Mouth", say: "Say", source: str, side: "Side | None") -> "Guide":
    from formcheck.coaching.by_gesture import ByGesture
    from formcheck.coaching.free_coach import FreeCoach
    from formcheck.definition.loading import left_out, usable_exercises

    exercises, unusable = usable_exercises()
    note(left_out(unusable))
    return ByGesture(FreeCoach(list(exercises.values()), mouth, say, source, side))


def cameras() -> None:
    """List the cameras that work."""
    from formcheck.sources.capture import find_cameras

    found = find_cameras()
    for each in found:
        width, height = each.size
        rate = f", {each.fps:.0f} frames a second" if each.fps > 0 else ""
        echo(f"{each.index}  {width}x{height}{rate}")
    if not found:
        raise CameraError(
            "No camera gives a picture. Is one plugged in, not used by another program, and is "
            "this terminal allowed to use it (macOS: System Settings, Privacy, Camera)?"
        )
