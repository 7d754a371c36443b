"""The voice: its thread, its manners and its end, with speakers that only pretend."""

import threading
from collections.abc import Callable, Iterator

import pytest

from formcheck.coaching.speech import MANNERS, SpeechKind, Utterance
from formcheck.voice import speakers, voice
from formcheck.voice.failure import CannotSpeak
from formcheck.voice.speakers import VoiceKind
from formcheck.voice.voice import Voice

SOON = 5.0
"""Seconds in which anything that happens at all has happened."""


class FakeSpeaker:
    """Says one thing at a time, for as long as the test wants."""

    def __init__(self, kind: VoiceKind = "speech") -> None:
        self.kind: VoiceKind = kind
        self.said: list[str] = []
        self.cut: list[str] = []
        self.threads: set[int] = set()
        self.begin: Callable[[Utterance], None] = lambda utterance: None
        """Called when something begins to be said."""
        self.free = threading.Event()
        self.free.set()
        self.begun = threading.Semaphore(0)
        self.is_deaf = False
        self.breaks = False
        self.is_closed = False

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Say it until `free` is set."""
        self.threads.add(threading.get_ident())
        self.said.append(utterance.text)
        self.begin(utterance)
        self.begun.release()
        while not self.free.wait(0.005):
            if interrupted.is_set() and not self.is_deaf:
                self.cut.append(utterance.text)
                return
        if self.breaks:
            raise CannotSpeak("it broke")

    def close(self) -> None:
        """Remember that it was closed."""
        self.is_closed = True


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        """Now."""
        return self.time


@pytest.fixture
def speaker() -> Iterator[FakeSpeaker]:
    """A speaker that is set free in the end, lest its thread go on."""
    speaker = FakeSpeaker()
    yield speaker
    speaker.free.set()


def cannot(why: str) -> Callable[[], FakeSpeaker]:
    """A way that does not work."""

    def make() -> FakeSpeaker:
        raise CannotSpeak(why)

    return make


def utterance(text: str, kind: SpeechKind = "fault", at: float = 0.0) -> Utterance:
    """Something to say."""
    return Utterance(at, text, kind)


def decided(voice: Voice) -> Voice:
    """The same, when it knows how to be heard."""
    voice.wait_until_decided(SOON)
    return voice


def test_what_is_given_is_said_in_the_thread_of_the_voice(speaker: FakeSpeaker) -> None:
    """And not in the one that gives it."""
    with decided(Voice([lambda: speaker])) as mouth:
        mouth.say(utterance("Heels down."))
        assert mouth.wait_until_quiet(SOON)
    assert speaker.said == ["Heels down."]
    assert speaker.threads.isdisjoint({threading.get_ident()})
    assert speaker.is_closed


def test_the_first_way_that_works_is_used(speaker: FakeSpeaker) -> None:
    """And the reason why not a better one is told."""
    tones = FakeSpeaker("tones")
    ways = [cannot("no engine"), cannot("no engine"), lambda: tones, lambda: speaker]
    with decided(Voice(ways)) as mouth:
        assert mouth.kind == "tones"
        assert mouth.reason == "no engine"


def test_one_that_speaks_needs_no_reason(speaker: FakeSpeaker) -> None:
    """Nothing better is to be had."""
    with decided(Voice([cannot("no espeak-ng"), lambda: speaker])) as mouth:
        assert (mouth.kind, mouth.reason) == ("speech", "")


def test_if_no_way_works_it_is_silent() -> None:
    """And takes what it is given, and forgets it."""
    with decided(Voice([cannot("no engine"), cannot("no sound output")])) as mouth:
        assert mouth.kind == "silent"
        assert mouth.reason == "no engine; no sound output"
        mouth.say(utterance("Heels down."))
        assert mouth.wait_until_quiet(SOON)


def test_a_way_that_breaks_gives_way_to_the_next(speaker: FakeSpeaker) -> None:
    """In the middle of a session."""
    tones = FakeSpeaker("tones")
    speaker.breaks = True
    with decided(Voice([lambda: speaker, lambda: tones])) as mouth:
        mouth.say(utterance("One.", "count"))
        assert speaker.begun.acquire(timeout=SOON)
        assert mouth.wait_until_quiet(SOON)
        mouth.say(utterance("Two.", "count"))
        assert mouth.wait_until_quiet(SOON)
        assert (tones.said, mouth.kind, mouth.reason) == (["Two."], "tones", "it broke")
    assert speaker.is_closed


def test_it_is_not_quiet_while_something_is_said(speaker: FakeSpeaker) -> None:
    """But before and after."""
    speaker.free.clear()
    with decided(Voice([lambda: speaker])) as mouth:
        assert mouth.wait_until_quiet(0)
        mouth.say(utterance("Heels down."))
        assert speaker.begun.acquire(timeout=SOON)
        assert not mouth.wait_until_quiet(0.01)
        speaker.free.set()
        assert mouth.wait_until_quiet(SOON)


def test_what_becomes_stale_while_another_is_said_is_not_said(speaker: FakeSpeaker) -> None:
    """A count of two seconds ago is worthless; a guide is not."""
    clock = Clock()
    speaker.free.clear()
    with decided(Voice([lambda: speaker], clock=clock)) as mouth:
        mouth.say(utterance("long", at=50.0))
        assert speaker.begun.acquire(timeout=SOON)
        mouth.say(utterance("One.", "count", at=50.1))
        mouth.say(utterance("Lie down.", "guide", at=50.1))
        clock.time += 2.0
        speaker.free.set()
        assert mouth.wait_until_quiet(SOON)
    assert speaker.said == ["long", "Lie down."]


def test_twenty_in_a_second_never_pile_up(speaker: FakeSpeaker) -> None:
    """If each takes a second and a half to say, the last one said is less than two seconds old."""
    clock = Clock()
    ages = []

    def take_long(said: Utterance) -> None:
        ages.append(clock.time - 1000.0 - said.time)
        clock.time += 1.5

    speaker.begin = take_long
    speaker.free.clear()
    kinds: tuple[SpeechKind, ...] = ("fault", "count", "hold", "hint", "praise")
    with decided(Voice([lambda: speaker], clock=clock)) as mouth:
        for number in range(20):
            clock.time = 1000.0 + number / 20
            mouth.say(utterance(f"{number}", kinds[number % 5], at=number / 20))
            if number == 0:
                assert speaker.begun.acquire(timeout=SOON)
        clock.time = 1001.5
        speaker.free.set()
        assert mouth.wait_until_quiet(SOON)
    assert speaker.said == ["0", "15", "10"]
    assert max(ages) < MANNERS["fault"].life
    assert ages[1] < 2.0


def test_safety_interrupts(speaker: FakeSpeaker) -> None:
    """Whatever is being said."""
    speaker.free.clear()
    with decided(Voice([lambda: speaker])) as mouth:
        mouth.say(utterance("long"))
        assert speaker.begun.acquire(timeout=SOON)
        mouth.say(utterance("Stop.", "safety"))
        assert speaker.begun.acquire(timeout=SOON)
        assert speaker.cut == ["long"]
        assert speaker.said == ["long", "Stop."]


@pytest.mark.parametrize(("first", "second"), [("fault", "fault"), ("safety", "safety")])
def test_nothing_else_interrupts(
    speaker: FakeSpeaker, first: SpeechKind, second: SpeechKind
) -> None:
    """Nor does safety interrupt itself."""
    speaker.free.clear()
    with decided(Voice([lambda: speaker])) as mouth:
        mouth.say(utterance("first", first))
        assert speaker.begun.acquire(timeout=SOON)
        mouth.say(utterance("second", second))
        assert not speaker.begun.acquire(timeout=0.05)
        assert speaker.cut == []


def test_safety_that_was_said_a_moment_ago_does_not_interrupt(speaker: FakeSpeaker) -> None:
    """It would cut the other off to say nothing."""
    with decided(Voice([lambda: speaker])) as mouth:
        mouth.say(utterance("Stop.", "safety"))
        assert mouth.wait_until_quiet(SOON)
        assert speaker.begun.acquire(timeout=SOON)
        speaker.free.clear()
        mouth.say(utterance("long"))
        assert speaker.begun.acquire(timeout=SOON)
        mouth.say(utterance("Stop.", "safety"))
        assert not speaker.begun.acquire(timeout=0.05)
        assert speaker.cut == []


def test_muted_it_says_nothing_and_forgets(speaker: FakeSpeaker) -> None:
    """What was given meanwhile is not said later."""
    with decided(Voice([lambda: speaker], muted=True)) as mouth:
        assert mouth.muted
        mouth.say(utterance("lost"))
        mouth.muted = False
        mouth.say(utterance("heard"))
        assert mouth.wait_until_quiet(SOON)
    assert speaker.said == ["heard"]


def test_to_mute_it_cuts_it_off(speaker: FakeSpeaker) -> None:
    """And drops what waits."""
    speaker.free.clear()
    with decided(Voice([lambda: speaker])) as mouth:
        mouth.say(utterance("long"))
        assert speaker.begun.acquire(timeout=SOON)
        mouth.say(utterance("waits"))
        mouth.muted = True
        assert mouth.wait_until_quiet(SOON)
    assert (speaker.said, speaker.cut) == (["long"], ["long"])


def test_closing_cuts_it_off(speaker: FakeSpeaker) -> None:
    """And what is given afterwards is not said."""
    speaker.free.clear()
    mouth = decided(Voice([lambda: speaker]))
    mouth.say(utterance("long"))
    assert speaker.begun.acquire(timeout=SOON)
    mouth.close()
    assert speaker.cut == ["long"]
    assert speaker.is_closed
    mouth.say(utterance("late"))
    mouth.close()
    assert speaker.said == ["long"]


def test_closing_does_not_wait_for_an_engine_that_hangs(
    speaker: FakeSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its thread is left behind, and does not keep the program from ending."""
    monkeypatch.setattr(voice, "CLOSE_WITHIN", 0.1)
    speaker.free.clear()
    speaker.is_deaf = True
    mouth = decided(Voice([lambda: speaker]))
    mouth.say(utterance("long"))
    assert speaker.begun.acquire(timeout=SOON)
    mouth.close()
    assert mouth._thread.is_alive()
    assert mouth._thread.daemon


def test_an_engine_that_hangs_at_its_start_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Until it is ready, if ever, the voice is silent."""
    release = threading.Event()

    def hanging() -> FakeSpeaker:
        release.wait(SOON)
        raise CannotSpeak("late")

    monkeypatch.setattr(voice, "CLOSE_WITHIN", 0.05)
    with Voice([hanging]) as mouth:
        assert not mouth.is_decided
        assert mouth.kind == "silent"
        assert mouth.reason == "still looking for a way to be heard"
        mouth.say(utterance("words"))
    release.set()


def test_without_a_sound_output_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to be heard by, and it says so."""

    def no_output() -> None:
        raise CannotSpeak("no sound output was found")

    monkeypatch.setattr(speakers, "_check_output", no_output)
    with decided(Voice(speakers.makers("linux")[:-1], muted=True)) as mouth:
        assert mouth.kind == "silent"
        assert mouth.reason == "no sound output was found"
        assert mouth.muted


def test_saying_returns_at_once(speaker: FakeSpeaker) -> None:
    """The camera must not wait for the mouth."""
    speaker.free.clear()
    with decided(Voice([lambda: speaker])) as mouth:
        for number in range(100):
            mouth.say(utterance(f"{number}"))
        assert speaker.said in ([], ["0"])
