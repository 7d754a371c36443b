"""`formcheck live`: joins camera, MediaPipe, window, voice and files to the live coach."""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING

from formcheck.coaching.routine_coach import Mouth, StepResult
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Utterance
from formcheck.errors import FormcheckError, OutputError
from formcheck.events import Snapshot
from formcheck.live.loop import Detect, Guide, Screen, Watcher, run
from formcheck.live.notice import show_notice_once
from formcheck.live.outputs import LiveOutputs, Results, StepFrames, opened_watchers
from formcheck.live.report import LiveReport
from formcheck.picture.overlay import draw
from formcheck.picture.window import Window
from formcheck.pose import Frame, Pose
from formcheck.sources.camera import LiveSource, open_live
from formcheck.sources.capture import SILENCE
from formcheck.sources.opening import FindModel
from formcheck.terminal import note
from formcheck.voice.speakers import makers
from formcheck.voice.voice import Voice
from formcheck.whole_file import whole_file

if TYPE_CHECKING:
    from formcheck.sources.landmarker import Landmarker

ENDING_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, a polite request to end, a terminal that was closed; not all systems have all."""
VOICE_WITHIN = 1.0
"""Seconds that the voice may take until it is missed. It is looked for while MediaPipe loads."""
NO_PICTURE = "The camera gives no picture. Is it plugged in?"


class _Lookout:
    """Looks after window and keys while the camera is silent; a watcher, to know the last scene."""

    def __init__(self, coach: Guide, screen: Screen, voice: Voice, source: LiveSource) -> None:
        self._coach, self._screen, self._voice, self._source = coach, screen, voice, source
        self._last: tuple[Frame, Scene] | None = None
        self._has_told = False

    def __call__(self, frame: Frame, pose: Pose, scene: Scene, snapshot: Snapshot | None) -> None:
        self._last = frame, scene
        self._has_told = False

    def wait(self, silent: float) -> None:
        """Be called a few times a second, with the seconds of silence."""
        if silent > SILENCE and self._last is not None and not self._has_told:
            self._tell(*self._last, silent)
        while (key := self._screen.key()) is not None:
            self._coach.press(key)
            if self._coach.is_over:
                self._source.stop()
                return

    def _tell(self, frame: Frame, scene: Scene, silent: float) -> None:
        """Say it once, on every way."""
        self._has_told = True
        note([f"{NO_PICTURE} Trying to open it again."])
        self._screen.show(draw(frame.image, replace(scene, message=NO_PICTURE, tone="hint")))
        self._voice.say(Utterance(frame.time + silent, NO_PICTURE, "guide"))


Begin = Callable[[Mouth], Guide]
"""Makes whoever guides through the exercises, given what speaks."""


def coach_live(
    address: str,
    title: str,
    begin: Begin,
    find_model: FindModel,
    outputs: LiveOutputs,
    muted: bool = False,
) -> list[StepResult]:
    """Coach someone in front of a camera, then tell how it went.

    Whatever ends it (the routine's end, `q`, Ctrl-C, a camera that is gone, a full disk), what was
    done until then is told and kept.

    Raises:
        FormcheckError: it could not begin, or ended before its time.
    """
    with ExitStack() as stack:
        source = stack.enter_context(open_live(address))
        show_notice_once()
        results = stack.enter_context(Results(outputs))
        page = stack.enter_context(whole_file(outputs.report)) if outputs.report else None
        voice = stack.enter_context(Voice(makers(), muted=muted))
        coach = begin(voice)
        counter = StepFrames(coach)
        reporter = LiveReport(coach)
        window = stack.enter_context(Window(f"formcheck: {title}"))
        detect = stack.enter_context(_loaded_landmarker(find_model)).detect
        _tell_silence(voice)
        lookout = _Lookout(coach, window, voice, source)
        source.waiting = lookout.wait
        watchers: list[Watcher] = [counter, lookout, *([reporter] if page else [])]
        lost = _run(source, detect, coach, window, outputs, watchers)
        done = coach.results or _nothing_done(coach)
        infos = [counter.info(number, address) for number in range(len(done))]
        if page and outputs.report:
            page.write(reporter.page(title, done, infos, outputs.report, outputs.video))
        results.hand_out(done, infos)
    if lost:
        raise lost
    return coach.results


def _run(
    source: LiveSource,
    detect: Detect,
    coach: Guide,
    window: Window,
    outputs: LiveOutputs,
    watchers: list[Watcher],
) -> FormcheckError | None:
    """Coach until the end, and finish the files; what ended it before its time, if anything."""
    lost: FormcheckError | None = None
    try:
        with ExitStack() as stack:
            watchers = [*watchers, *opened_watchers(stack, outputs, source.size, coach)]
            stack.callback(coach.finish)
            try:
                with _stoppable(source):
                    run(source, detect, coach, window, watchers)
            except FormcheckError as error:
                lost = error
    except OutputError as error:  # of a file that could not be begun, or finished
        if not coach.is_over:
            raise
        lost = lost or error
    return lost


def _loaded_landmarker(find_model: FindModel) -> "Landmarker":
    model = find_model()
    from formcheck.sources.landmarker import Landmarker

    return Landmarker(model)


def _tell_silence(voice: Voice) -> None:
    """Say why no words are heard, if nobody asked for that."""
    if voice.muted:
        return
    voice.wait_until_decided(VOICE_WITHIN)
    if voice.kind != "speech":
        instead = "tones instead" if voice.kind == "tones" else "read the screen"
        note([f"there is no voice ({voice.reason}); {instead}."])


def _nothing_done(coach: Guide) -> list[StepResult]:
    """The result of someone who did no rep at all of an exercise that is known."""
    session = coach.session
    return [StepResult(session.exercise, session.finish())] if session else []


@contextmanager
def _stoppable(source: LiveSource) -> Iterator[None]:
    """Let Ctrl-C end the session as `q` does, so that nothing is lost; a second one stops it."""

    def stop(number: int, frame: FrameType | None) -> None:
        source.stop()
        signal.signal(number, before[number])

    before = {
        number: signal.signal(number, stop)
        for name in ENDING_SIGNALS
        if (number := getattr(signal, name, None)) is not None
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
