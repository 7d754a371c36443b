"""`formcheck live`: joins camera, MediaPipe, window, voice and files to the live coach."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import typer

from formcheck import terminal
from formcheck.coaching.by_gesture import Guide
from formcheck.coaching.routine_coach import Mouth
from formcheck.coaching.scene import Scene
from formcheck.language.tongue import language, tr
from formcheck.live.lookout import Lookout
from formcheck.live.loop import Detect, Screen, Watch, run
from formcheck.live.notice import show_notice_once
from formcheck.live.outputs import growing_observers, growing_watches, whole_observers
from formcheck.observer import Observer, Outcome, hand_on
from formcheck.picture.overlay import draw_scene
from formcheck.picture.window import Window
from formcheck.pose import Image
from formcheck.results.hand_out import HandOut
from formcheck.results.outputs import Outputs
from formcheck.signals import polite_signals
from formcheck.sources.camera import LiveSource, open_live
from formcheck.sources.opening import FindModel
from formcheck.terminal import note
from formcheck.voice.speakers import makers
from formcheck.voice.voice import Voice

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower

VOICE_WITHIN = 1.0
"""Seconds that the voice may take until it is missed. It is looked for while MediaPipe loads."""


class _Mirror:
    """A `Screen`: a window in which people see themselves as in a mirror."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.key = window.key

    def show(self, image: Image, scene: Scene) -> None:
        """Draw the scene, and show it."""
        self._window.show(draw_scene(image, scene))


Begin = Callable[[Mouth], Guide]
"""Makes whoever guides through the exercises, given what speaks."""


def coach_live(
    address: str,
    title: str,
    begin: Begin,
    find_model: FindModel,
    outputs: Outputs,
    muted: bool = False,
    observers: Sequence[Observer] = (),
) -> list[Outcome]:
    """Coach someone in front of a camera, then tell how it went.

    Whatever ends it (the routine's end, `q`, Ctrl-C, a camera that is gone, a full disk), what was
    done until then is told and kept.

    Raises:
        FormcheckError: it could not begin, or ended before its time.
    """
    troubles: list[Exception] = []
    tell = troubles.append
    with ExitStack() as stack:
        source = stack.enter_context(open_live(address))
        show_notice_once()
        observers = [*observers, *whole_observers(stack, outputs, title, tell)]
        results = stack.enter_context(HandOut.to_file(outputs, tell))
        voice = stack.enter_context(Voice(makers(language=language()), muted=muted))
        coach = begin(voice)
        screen = _Mirror(stack.enter_context(Window(f"formcheck: {tr(title)}")))
        detect = stack.enter_context(_loaded_follower(find_model)).detect
        _tell_silence(voice)
        lookout = Lookout(coach, screen, voice, source)
        source.waiting = lookout.wait
        troubles += _run(source, detect, coach, screen, outputs, observers, lookout)
        note([source.ending] if source.ending else [])
        done = coach.results or ([coach.idle] if coach.idle else [])
        if not coach.results:
            hand_on(done, observers)
        results.give(done, indent=2 if len(done) == 1 else None)
        if not coach.results:
            typer.echo("No rep or hold was done.", file=sys.stderr)
    for error in troubles[1:]:
        terminal.tell(error)
    if troubles:
        raise troubles[0]
    return coach.results


def _run(
    source: LiveSource,
    detect: Detect,
    coach: Guide,
    screen: Screen,
    outputs: Outputs,
    observers: Sequence[Observer],
    lookout: Watch,
) -> list[Exception]:
    """Coach until the end, and finish what grew meanwhile; what went wrong, if anything."""
    troubles: list[Exception] = []
    with ExitStack() as stack:
        growing = growing_observers(stack, outputs, troubles.append)
        observers = [*observers, *growing]
        watches = [lookout, *growing_watches(stack, outputs, source.size, troubles.append)]
        try:
            with _stoppable(source):
                run(source, detect, coach, screen, observers, watches)
        except Exception as error:
            troubles.insert(0, error)  # what ended it is told first
    return troubles


def _loaded_follower(find_model: FindModel) -> "Follower":
    model = find_model()
    from formcheck.landmarks.follower import Follower

    return Follower(model)


def _tell_silence(voice: Voice) -> None:
    """Say why no words are heard, if nobody asked for that."""
    if voice.muted:
        return
    voice.wait_until_decided(VOICE_WITHIN)
    if voice.kind != "speech":
        instead = "tones instead" if voice.kind == "tones" else "read the screen"
        note([f"there is no voice ({voice.reason}); {instead}."])


@contextmanager
def _stoppable(source: LiveSource) -> Iterator[None]:
    """Let Ctrl-C end the session as `q` does, so that nothing is lost; a second one stops it.

    A terminal that is closed may say so more than once: that is heard once.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        source.stop()
        is_pressed = number == signal.SIGINT
        signal.signal(number, before[number] if is_pressed else signal.SIG_IGN)

    ending = (signal.SIGINT, *polite_signals())
    before = {int(number): signal.signal(number, stop) for number in ending}
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is stop:
                signal.signal(number, handler)
