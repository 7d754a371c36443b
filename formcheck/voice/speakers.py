"""The ways to be heard: speech through a program of its own, or tones.

No speech engine runs inside this program. pyttsx3 2.99 says only the first of several utterances on
Windows (its issues 402, 419 and 440); on macOS, away from the main thread, it waits for ever or
ends the whole program (RapidWareTech/pyttsx issue 7: a callback comes to `NSApp().terminate_`); on
Linux it cannot be interrupted, and the player it calls writes to stderr. So each utterance gets a
process of its own, which can be ended whatever goes wrong in it. It is started beforehand and waits
for its words, so that no time is lost.
"""

import contextlib
import functools
import importlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Literal, Protocol

from formcheck.coaching.speech import Utterance
from formcheck.language.catalogues import ENGLISH
from formcheck.language.sentences import Sentence
from formcheck.printable import spoken
from formcheck.voice.failure import PYTTSX3_PACKAGE, CannotSpeak, no_voice
from formcheck.voice.tones import RATE, tone
from formcheck.voice.voices import voices

VoiceKind = Literal["speech", "tones", "silent"]

WORDS_PER_MINUTE = 155
"""A little slower than the usual 175 to 200, for people who are busy."""
STEP = 0.02
"""Seconds between two looks at whether the speech is over."""
LONGEST = 12.0
"""Seconds after which an utterance is taken to hang. A cue lasts two or three."""
TRIAL = 10.0
"""Seconds for an engine to start the first time; on Windows it then has files to make."""
LATENCY = 0.2
"""Seconds of sound to give to the sound card ahead. With PortAudio's own choice, about 0.03, ALSA
was seen to write hundreds of lines on underruns to stderr."""
BEHIND = 3.0
"""Seconds that a sound may come late before the sound card is taken to hang."""

PYTTSX3 = f"""
import sys, threading
import pyttsx3
engine = pyttsx3.init()
engine.setProperty("rate", {WORDS_PER_MINUTE})
if sys.argv[1:]:
    engine.setProperty("voice", sys.argv[1])
is_over = threading.Event()
engine.connect("finished-utterance", lambda **_: is_over.set())
text = sys.stdin.read()
if text:
    engine.say(text)
    engine.runAndWait()
    if sys.platform == "linux":
        is_over.wait({LONGEST})  # runAndWait does not: it comes back as soon as espeak has begun
"""


class Speaker(Protocol):
    """A way to be heard. Made, used and closed in one and the same thread."""

    kind: VoiceKind

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Say it, and return when it is over or soon after `interrupted` is set.

        Raises:
            CannotSpeak: this way does not work any more.
        """

    def close(self) -> None:
        """Free what is held."""


Maker = Callable[[], Speaker]
"""Makes a speaker, or raises `CannotSpeak`."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that says what it reads from its standard input, up to the end."""

    name: str
    command: tuple[str, ...]


def makers(platform: str = sys.platform, language: str = ENGLISH) -> list[Maker]:
    """Return the ways to be heard in a language on such a computer, the best first."""
    return [*speech_makers(language, platform), ToneSpeaker]


def speech_makers(language: str = ENGLISH, platform: str = sys.platform) -> list[Maker]:
    """Return the ways to speak a language on such a computer, the best first."""
    return [functools.partial(_speech, each, language) for each in _programs(platform)]


def _programs(platform: str) -> list[Program]:
    """The programs that may speak, in English until they are told a voice."""
    python = (sys.executable, "-P", "-X", "utf8", "-c", PYTTSX3)
    if platform == "darwin":
        return [Program("say", ("say", "-r", str(WORDS_PER_MINUTE)))]
    if platform == "win32":
        return [Program("pyttsx3", python)]
    # -z: no pause at the end, which would make a count last twice as long.
    espeak = ("-s", str(WORDS_PER_MINUTE), "-z", "--stdin")
    return [Program("espeak-ng", ("espeak-ng", *espeak)), Program("pyttsx3", python)]


def _in_language(program: Program, language: str) -> Program:
    """The program with its voice for a language; most speak English by themselves.

    Raises:
        CannotSpeak: it has none.
    """
    if language == ENGLISH and program.name != "espeak-ng":
        return program
    voice = ENGLISH if language == ENGLISH else voices(program.name).get(language)
    if voice is None:
        raise CannotSpeak(no_voice(program.name, language))
    option = () if program.name == "pyttsx3" else ("-v",)
    return Program(program.name, (*program.command, *option, voice))


def _speech(program: Program, language: str = ENGLISH) -> Speaker:
    _check_output()
    if program.name == "pyttsx3":
        _check_pyttsx3()
    elif shutil.which(program.command[0]) is None:
        raise CannotSpeak(Sentence("{program} is not installed", program=program.name))
    return ProgramSpeaker(_in_language(program, language))


def _check_output() -> None:
    """The programs do not tell: espeak-ng says nothing, and reports success, without a card."""
    try:
        sounddevice = importlib.import_module("sounddevice")
    except (ImportError, OSError):
        return  # Not known, then. The programs have their own ways to a sound card.
    _check_device(sounddevice)


def _check_device(sounddevice: ModuleType) -> None:
    try:
        sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError):
        raise CannotSpeak(Sentence("no sound output was found")) from None


def _check_pyttsx3() -> None:
    if importlib.util.find_spec("pyttsx3") is None:
        raise CannotSpeak(Sentence("{program} is not installed", program=PYTTSX3_PACKAGE))
    if sys.platform == "linux" and shutil.which("aplay") is None:
        # pyttsx3 takes no notice, and says nothing.
        raise CannotSpeak("pyttsx3 lacks the program aplay (package alsa-utils)")


class ProgramSpeaker:
    """Speaks through a program, one process for each utterance."""

    kind: VoiceKind = "speech"

    def __init__(self, program: Program) -> None:
        """Try the program with nothing to say, and start it for the first utterance.

        Raises:
            CannotSpeak: it does not run.
        """
        self._program = program
        self._has_failed = False
        self._try()
        self._waiting = self._start()

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Say it; see `Speaker`."""
        process = self._waiting
        is_told = _tell(process, utterance.text)
        # While this one speaks, the next one starts.
        self._waiting = self._start()
        end = time.monotonic() + LONGEST
        while process.poll() is None:
            if interrupted.wait(STEP) or time.monotonic() > end:
                _stop(process)
                return
        self._judge(is_told and process.returncode == 0)

    def close(self) -> None:
        """End the process that waits."""
        if self._waiting.stdin:
            with contextlib.suppress(OSError):
                self._waiting.stdin.close()
        _stop(self._waiting)

    def _judge(self, is_good: bool) -> None:
        """One failure may be chance; the second in a row is not."""
        if not is_good and self._has_failed:
            raise CannotSpeak(f"{self._program.name} stopped working")
        self._has_failed = not is_good

    def _try(self) -> None:
        name = self._program.name
        try:
            done = subprocess.run(
                self._program.command, input=b"", capture_output=True, timeout=TRIAL, check=False
            )
        except subprocess.TimeoutExpired:
            raise CannotSpeak(f"{name} does not answer") from None
        except OSError as error:
            raise CannotSpeak(f"{name} cannot be started: {error}") from None
        if done.returncode:
            lines = done.stderr.decode(errors="replace").split("\n")
            why = [line.strip() for line in lines if line.strip()] or ["it gives no reason"]
            raise CannotSpeak(f"{name} does not work: {why[-1]}")

    def _start(self) -> subprocess.Popen[bytes]:
        """Start a process that waits for its words.

        In a session of its own, so that the player it may call can be ended with it. It needs no
        Ctrl-C: if this program ends, its words end too, and it says nothing.
        """
        try:
            return subprocess.Popen(
                self._program.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise CannotSpeak(f"{self._program.name} cannot be started: {error}") from None


def _tell(process: subprocess.Popen[bytes], text: str) -> bool:
    """Give a waiting process its words; whether it took them."""
    try:
        if process.stdin:
            process.stdin.write(spoken(text).encode())
            process.stdin.close()
    except OSError:
        return False
    return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process at once, with all it started."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(0.5)


class ToneSpeaker:
    """Plays a short tone for each kind of utterance."""

    kind: VoiceKind = "tones"

    def __init__(self) -> None:
        """Look for a sound output.

        Raises:
            CannotSpeak: there is none, or no PortAudio to play with.
        """
        try:
            self._sounddevice = importlib.import_module("sounddevice")
        except ImportError:
            raise CannotSpeak("sounddevice is not installed") from None
        except OSError:
            raise CannotSpeak("PortAudio is missing (package libportaudio2)") from None
        _check_device(self._sounddevice)

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Play the tone; see `Speaker`."""
        samples = tone(utterance.kind)
        try:
            self._sounddevice.play(samples, RATE, latency=LATENCY)
            self._wait(len(samples) / RATE + BEHIND, interrupted)
            self._sounddevice.stop()
        except self._sounddevice.PortAudioError as error:
            raise CannotSpeak(f"the sound output stopped working: {error}") from None

    def close(self) -> None:
        """Nothing is held between two tones."""

    def _wait(self, longest: float, interrupted: threading.Event) -> None:
        """Wait until the tone has been heard.

        To stop when it should be over would cut it off where the sound comes late. sounddevice's
        own wait does not end if the sound card takes no more samples.
        """
        stream = self._sounddevice.get_stream()
        end = time.monotonic() + longest
        while stream.active and time.monotonic() < end:
            if interrupted.wait(STEP):
                # Stopping would wait for what is on its way to the sound card.
                stream.abort()
