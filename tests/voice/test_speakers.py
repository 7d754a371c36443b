"""The ways to be heard, with programs and a sound card that only pretend."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from formcheck.coaching.speech import Utterance
from formcheck.voice import speakers
from formcheck.voice.failure import CannotSpeak
from formcheck.voice.speakers import Program, ProgramSpeaker, ToneSpeaker, makers
from formcheck.voice.tones import RATE, tone

CUE = Utterance(0.0, "Heels down, s'il vous plaît.", "fault")


class FakeStream:
    """Plays for a while, in no time or for ever."""

    def __init__(self, polls: float) -> None:
        self.polls = polls
        self.is_aborted = False

    @property
    def active(self) -> bool:
        """Whether it still plays."""
        self.polls -= 1
        return self.polls > 0 and not self.is_aborted

    def abort(self) -> None:
        """End at once."""
        self.is_aborted = True


class FakeSoundDevice(ModuleType):
    """Remembers what was played."""

    class PortAudioError(Exception):
        """As sounddevice has it."""

    def __init__(self, has_device: bool = True, polls: float = 1) -> None:
        super().__init__("sounddevice")
        self.has_device = has_device
        self.stream = FakeStream(polls)
        self.played: list[Any] = []
        self.breaks = False

    def query_devices(self, kind: str) -> None:
        """Raise, as sounddevice does, if there is none."""
        if not self.has_device:
            raise self.PortAudioError("Error querying device -1")

    def play(self, samples: Any, rate: int, latency: float) -> None:
        """Play nothing."""
        if self.breaks:
            raise self.PortAudioError("unplugged")
        self.played.append((samples, rate))

    def get_stream(self) -> FakeStream:
        """What plays."""
        return self.stream

    def stop(self) -> None:
        """Nothing to stop."""


def install(monkeypatch: pytest.MonkeyPatch, sounddevice: FakeSoundDevice) -> FakeSoundDevice:
    """Let it be the sounddevice that is imported."""
    monkeypatch.setitem(sys.modules, "sounddevice", sounddevice)
    return sounddevice


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    """The file to which a pretended program writes what it was to say."""
    return tmp_path / "heard.txt"


def python(code: str) -> Program:
    """A program that runs this, with the words in `text`."""
    start = "import os, sys, time\ntext = sys.stdin.buffer.read().decode()\n"
    return Program("fake", (sys.executable, "-c", start + code))


def writing(path: Path) -> Program:
    """A program that writes what it was to say, each on a line."""
    return python(f"text and open({str(path)!r}, 'a', encoding='utf-8').write(text + '\\n')")


@pytest.fixture
def made() -> Iterator[list[ProgramSpeaker]]:
    """Speakers to be closed when the test is over."""
    made: list[ProgramSpeaker] = []
    yield made
    for speaker in made:
        speaker.close()


def test_a_program_is_given_the_words(heard: Path, made: list[ProgramSpeaker]) -> None:
    """Each utterance, in order, and returns when it is over."""
    made.append(ProgramSpeaker(writing(heard)))
    for text in ("One.", CUE.text, "-v rm; $(reboot)"):
        made[0].speak(Utterance(0.0, text, "count"), threading.Event())
    assert heard.read_text("utf-8").splitlines() == ["One.", CUE.text, "-v rm; $(reboot)"]


def test_nothing_is_said_before_there_is_something_to_say(
    heard: Path, made: list[ProgramSpeaker]
) -> None:
    """The trial and the process that waits are silent."""
    made.append(ProgramSpeaker(writing(heard)))
    made[0].close()
    assert not heard.exists()


def test_an_interrupted_program_is_ended(heard: Path, made: list[ProgramSpeaker]) -> None:
    """At once, although it would go on for a minute; the next is said."""
    slow = python(
        "text == 'slow' and time.sleep(60)\n"
        f"text and open({str(heard)!r}, 'a', encoding='utf-8').write(text)"
    )
    made.append(ProgramSpeaker(slow))
    interrupted = threading.Event()
    threading.Timer(0.2, interrupted.set).start()
    made[0].speak(Utterance(0.0, "slow", "fault"), interrupted)
    interrupted.clear()
    made[0].speak(Utterance(0.0, "next", "fault"), interrupted)
    assert heard.read_text("utf-8") == "next"


def test_a_program_that_hangs_is_ended(
    monkeypatch: pytest.MonkeyPatch, heard: Path, made: list[ProgramSpeaker]
) -> None:
    """Without being interrupted: it does not come to its end."""
    monkeypatch.setattr(speakers, "LONGEST", 0.3)
    ending = f"open({str(heard)!r}, 'a').write(text)"
    made.append(ProgramSpeaker(python(f"text and (time.sleep(60), {ending})")))
    made[0].speak(CUE, threading.Event())
    assert not heard.exists()


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("raise RuntimeError('no voice here')", "no voice here"),
        ("sys.exit(3)", "gives no reason"),
    ],
)
def test_a_program_that_fails_at_the_trial_is_not_used(code: str, why: str) -> None:
    """And the user is told why."""
    with pytest.raises(CannotSpeak, match=why):
        ProgramSpeaker(python(code))


def test_a_program_that_hangs_at_the_trial_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user would wait for ever."""
    monkeypatch.setattr(speakers, "TRIAL", 0.5)
    with pytest.raises(CannotSpeak, match="does not answer"):
        ProgramSpeaker(python("time.sleep(60)"))


def test_a_program_that_is_not_there_is_not_used() -> None:
    """Removed since it was looked for."""
    with pytest.raises(CannotSpeak, match="cannot be started"):
        ProgramSpeaker(Program("fake", ("formcheck-has-no-such-program",)))


def test_two_failures_in_a_row_are_the_end(made: list[ProgramSpeaker]) -> None:
    """One may be chance."""
    made.append(ProgramSpeaker(python("sys.exit(text == 'bad')")))
    say = [Utterance(0.0, text, "fault") for text in ("bad", "good", "bad", "bad")]
    for utterance in say[:3]:
        made[0].speak(utterance, threading.Event())
    with pytest.raises(CannotSpeak, match="stopped working"):
        made[0].speak(say[3], threading.Event())


PRETENDED_PYTTSX3 = """
import os
class Engine:
    def setProperty(self, name, value): self.rate = value
    def connect(self, topic, callback): self.over = callback
    def say(self, text): self.text = text
    def runAndWait(self):
        with open(os.environ["HEARD"], "a", encoding="utf-8") as file:
            file.write(f"{self.rate} {self.text}")
        self.over(name=None, completed=True)
def init(): return Engine()
"""


def test_pyttsx3_is_given_the_words_and_a_calm_rate(
    tmp_path: Path, heard: Path, monkeypatch: pytest.MonkeyPatch, made: list[ProgramSpeaker]
) -> None:
    """The real program, with a pretended engine."""
    (tmp_path / "pyttsx3.py").write_text(PRETENDED_PYTTSX3, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("HEARD", str(heard))
    made.append(ProgramSpeaker(speakers._programs("win32")[0]))
    made[0].speak(CUE, threading.Event())
    assert heard.read_text("utf-8") == f"155 {CUE.text}"


def test_an_engine_that_does_not_start_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its last words are the reason."""
    code = "def init(): raise RuntimeError('eSpeak or eSpeak-ng not installed')"
    (tmp_path / "pyttsx3.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(CannotSpeak, match=r"pyttsx3 does not work.*eSpeak-ng not installed"):
        ProgramSpeaker(speakers._programs("win32")[0])


@pytest.mark.parametrize(
    ("platform", "names"),
    [("darwin", ["say"]), ("win32", ["pyttsx3"]), ("linux", ["espeak-ng", "pyttsx3"])],
)
def test_each_system_has_its_programs(platform: str, names: list[str]) -> None:
    """And tones after them."""
    assert [program.name for program in speakers._programs(platform)] == names
    assert makers(platform)[-1] is ToneSpeaker
    assert len(makers(platform)) == len(names) + 1


def test_without_a_sound_output_no_way_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs would speak to nobody and not tell."""
    install(monkeypatch, FakeSoundDevice(has_device=False))
    for make in makers("linux"):
        with pytest.raises(CannotSpeak, match="no sound output"):
            make()


def test_a_program_that_is_not_installed_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named."""
    install(monkeypatch, FakeSoundDevice())
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(CannotSpeak, match="espeak-ng is not installed"):
        makers("linux")[0]()


def test_without_pyttsx3_the_user_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra."""
    install(monkeypatch, FakeSoundDevice())
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(CannotSpeak, match=r"formcheck\[voice\]"):
        makers("win32")[0]()


def test_without_portaudio_speech_is_tried_all_the_same(
    monkeypatch: pytest.MonkeyPatch, heard: Path
) -> None:
    """The programs have their own ways to a sound card; tones do not."""
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    speaker = speakers._speech(Program("fake", writing(heard).command))
    speaker.close()
    with pytest.raises(CannotSpeak, match="sounddevice is not installed"):
        ToneSpeaker()


def test_each_kind_has_its_tone_played(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, at its rate."""
    sounddevice = install(monkeypatch, FakeSoundDevice())
    speaker = ToneSpeaker()
    speaker.speak(CUE, threading.Event())
    speaker.close()
    [(samples, rate)] = sounddevice.played
    assert rate == RATE
    np.testing.assert_array_equal(samples, tone("fault"))


def test_an_interrupted_tone_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without waiting for what is on its way."""
    sounddevice = install(monkeypatch, FakeSoundDevice(polls=float("inf")))
    interrupted = threading.Event()
    interrupted.set()
    ToneSpeaker().speak(CUE, interrupted)
    assert sounddevice.stream.is_aborted


def test_a_sound_card_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than the tone and a little more; it would play for ever."""
    monkeypatch.setattr(speakers, "BEHIND", 0.0)
    sounddevice = install(monkeypatch, FakeSoundDevice(polls=float("inf")))
    ToneSpeaker().speak(CUE, threading.Event())
    assert sounddevice.played


def test_a_sound_card_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Headphones unplugged."""
    sounddevice = install(monkeypatch, FakeSoundDevice())
    speaker = ToneSpeaker()
    sounddevice.breaks = True
    with pytest.raises(CannotSpeak, match="unplugged"):
        speaker.speak(CUE, threading.Event())


@pytest.mark.skipif(os.name != "posix", reason="process groups are a thing of POSIX")
def test_a_player_is_ended_with_the_program_that_called_it(
    tmp_path: Path, made: list[ProgramSpeaker]
) -> None:
    """Or it would go on talking."""
    alive = tmp_path / "alive"
    child = f"import time\nwhile True: open({str(alive)!r}, 'a').write('.'); time.sleep(0.05)"
    made.append(
        ProgramSpeaker(
            python(f"import subprocess; text and subprocess.run([sys.executable, '-c', {child!r}])")
        )
    )
    interrupted = threading.Event()
    speaking = threading.Thread(target=made[0].speak, args=(CUE, interrupted))
    speaking.start()
    while not alive.exists():
        time.sleep(0.02)
    interrupted.set()
    speaking.join(5.0)
    size = alive.stat().st_size
    time.sleep(0.3)
    assert alive.stat().st_size == size


def test_a_program_without_its_master_ends(tmp_path: Path) -> None:
    """Even if the voice is never closed, nothing is left running, and nothing is said."""
    heard = tmp_path / "heard.txt"
    code = (
        "import sys; from formcheck.voice.speakers import Program, ProgramSpeaker\n"
        f"speaker = ProgramSpeaker(Program('fake', {writing(heard).command!r}))\n"
        "print(speaker._waiting.pid)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    assert int(done.stdout) > 0
    time.sleep(0.3)
    assert not heard.exists()
