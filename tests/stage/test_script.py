"""What is said in a routine, word for word, and when: as a script that can be read."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from helpers.places import SAMPLES
from helpers.staged import Knowing, own_settings
from helpers.timed_voice import TimedCamera, TimedSpeaker

from formcheck.app.desk import Desk, World
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, RoutineStep
from formcheck.live.outputs import events_log
from formcheck.pose import Pose
from formcheck.sources.recording import read_recording
from formcheck.stage import sitting
from formcheck.voice.voice import Voice

SCRIPT = """\
   0.0  Crunch. 4 reps. Good. Start when you're ready.
   2.6  Rest your arms on your chest.
   7.4  Rep two
  10.3  Rest your arms on your chest.
  12.4  Rep three
  17.2  Rep four
  17.9  Done. 4 reps, all clean. Next time: hold at the top and breathe.
  22.7  Rest for 5 seconds. Next: Squat.
  26.5  Squat. 6 reps.
  27.4  Move the laptop so I can see your feet.
  31.9  Good. Start when you're ready.
  33.7  Rep one
  34.6  Rep two
  35.3  Good rep.
  36.3  Rep three
  38.0  Rep four
  39.8  Rep five
  41.6  Rep six
  42.3  Done. 6 reps, all clean.
"""


def poses_of(name: str, start: float = 0.0) -> list[Pose]:
    """The poses of a sample, from this time on."""
    poses = read_recording(SAMPLES / f"{name}.npz").poses()
    return [Pose(p.time + start, p.image, p.world, p.visibility) for p in poses]


def two_exercises() -> list[Pose]:
    """Crunches, a rest on the mat, and squats."""
    first = poses_of("crunch_4")
    lying, end = first[0], first[-1].time
    still = [
        Pose(end + number / 25, lying.image, lying.world, lying.visibility)
        for number in range(1, 300)
    ]
    return [*first, *still, *poses_of("squat_8", still[-1].time + 0.04)]


def said_in(routine: Routine, poses: list[Pose], file: Path, patch: pytest.MonkeyPatch) -> str:
    """What is said to somebody who does this, a line each with its time."""
    speaker = TimedSpeaker()
    camera = TimedCamera(poses)
    camera.speaker = speaker

    class HeardVoice(Voice):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            camera.voice = self

    patch.setattr(sitting, "Voice", HeardVoice)
    patch.setattr(sitting, "open_live", lambda address: camera)
    patch.setattr(sitting, "LAST_WORDS", 0.1)
    knowing: Any = Knowing(poses)
    world = World(
        lambda: knowing, lambda code: [speaker], camera="7", shows=False, clock=speaker.clock
    )
    with ExitStack() as stack:
        desk = Desk(world, events_log(stack, file, pytest.fail))
        desk.begin(routine)
        assert desk._thread is not None
        desk._thread.join()
    told = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    said = [(each["time_s"], each["words"]) for each in told if each["kind"] == "said"]
    return "".join(f"{time:6.1f}  {words}\n" for time, words in said)


def test_a_routine_of_two_exercises_is_coached_in_these_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exactly these, at these times; nothing late, and nothing twice."""
    crunch, squat = load_exercise("crunch"), load_exercise("squat")
    steps = (RoutineStep(crunch, 4, None, rest=5.0), RoutineStep(squat, 6, None, rest=0.0))
    with own_settings(tmp_path, monkeypatch):
        said = said_in(
            Routine("two", "Two", "", steps), two_exercises(), tmp_path / "it", monkeypatch
        )
    assert said == SCRIPT
