"""The coach decides what to say and show: from snapshots to utterances, a message and a state.

It has no clock of its own, no voice and no window, so that what is said can be tested as a table.
"""

from dataclasses import dataclass
from math import inf

from formcheck.coaching.placement import SetUpAdvice
from formcheck.coaching.scene import Coaching, State, Tone
from formcheck.coaching.speech import SpeechKind, Utterance
from formcheck.events import Event, Hold, PartialCode, Rep, Snapshot
from formcheck.exercise import SEVERITIES, Exercise, Severity, Side
from formcheck.wording import count, spaced

MESSAGE_SECONDS = 4.0
"""How long a cue or praise stays on the screen."""
PRAISE_AFTER = 2
"""Clean reps in a row before praise."""
GOT_UP = 8.0
"""Seconds out of the start position after which a set with reps in it is over."""
BETWEEN_HOLDS = 90.0
"""The same for timed exercises: who rests between two holds has left the position, not the set."""
BREATHER = 15.0
"""Seconds after a hold in which nobody is asked to take the position again."""
SPARSE_FROM, SPARSE_STEP = 10, 5
"""From so many seconds to hold on, only every so manieth is said."""

PARTIAL_WORDS: dict[PartialCode | None, str] = {
    "too_small": "That one did not count: go a little further.",
    "too_short": "That was too short to count.",
}
"""What to say after an attempt that did not count; nothing where it was no attempt at this."""

NUMBERS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)


@dataclass(frozen=True, slots=True)
class _Message:
    until: float
    text: str
    tone: Tone


class Coach:
    """Coaches one exercise to its target."""

    def __init__(
        self,
        exercise: Exercise,
        target: int,
        side: Side | None = None,
        asks_back: bool = True,
    ) -> None:
        """Coach an exercise.

        Args:
            exercise: what is done.
            target: reps to aim at, on each side where sides are counted for themselves.
            side: the only side to be done; none for both, or where sides do not matter.
            asks_back: whether who has left the start position is asked back into it; not where
                they may well do another exercise.
        """
        self._asks_back = asks_back
        self._exercise = exercise
        self._target = target
        self._sides: set[Side | None] = (
            {side}
            if side or exercise.sides == "both"
            else {
                "left",
                "right",
            }
        )
        self._reps: dict[Side | None, int] = dict.fromkeys(self._sides, 0)
        self._clean_in_a_row = 0
        self._message = _Message(0.0, "", "guide")
        self._held = 0
        self._last_hold = -inf
        self._was_ready = False
        self._away_since: float | None = None
        self._advised = ""
        self._not_judged: tuple[str, ...] = ()
        self.state: State = "setting up"

    def update(self, snapshot: Snapshot, advice: SetUpAdvice | None) -> Coaching:
        """Take in what is known now, and say what to say and show."""
        said = self._on_hold(snapshot)
        for done in snapshot.counted:
            self._not_judged = tuple(spaced(each.name) for each in done.unjudged)
        for rep in snapshot.completed:
            said += self._on_rep(rep, snapshot.time)
        for hold in snapshot.ended:
            said += self._on_held(hold, snapshot.time)
        for event in snapshot.events:
            said += self._on_event(event, snapshot.time)
        self._state_now(snapshot, advice, said)
        if self._needs(advice, snapshot.time):
            assert advice is not None
            self.show(snapshot.time, advice.words, seconds=0.5)
            if advice.words != self._advised:
                said.append(Utterance(snapshot.time, advice.words, "guide"))
        self._advised = advice.words if advice is not None else ""
        message = self._message if snapshot.time <= self._message.until else None
        return Coaching(
            self.state,
            message.text if message else "",
            message.tone if message else "guide",
            tuple(said),
            self._not_judged,
        )

    def _needs(self, advice: SetUpAdvice | None, time: float) -> bool:
        """Whether to give the advice: not to somebody who rests after a hold."""
        if advice is None or self.state not in ("setting up", "away"):
            return False
        if advice.problem != "start":
            return True
        asks = self._asks_back or not self._was_ready
        return asks and time - self._last_hold > BREATHER

    def remaining(self) -> dict[Side | None, int]:
        """Reps that are still to do, by side."""
        return {side: max(0, self._target - done) for side, done in self._reps.items()}

    @property
    def done(self) -> int:
        """Reps or holds counted so far, on both sides."""
        return sum(self._reps.values())

    def show(self, time: float, words: str, seconds: float = MESSAGE_SECONDS) -> None:
        """Put guidance on the screen for a while."""
        self._show(time, words, "guide", seconds)

    def _show(self, time: float, text: str, tone: Tone, seconds: float = MESSAGE_SECONDS) -> None:
        self._message = _Message(time + seconds, text, tone)

    def _state_now(
        self, snapshot: Snapshot, advice: SetUpAdvice | None, said: list[Utterance]
    ) -> None:
        if self.state == "done":
            return
        if not any(self.remaining().values()):
            self._finish(snapshot.time, said)
        elif snapshot.phase != "away":
            self._begin(snapshot, advice, said)
        elif self._was_ready:
            self._leave(snapshot, advice, said)

    def _begin(self, snapshot: Snapshot, advice: SetUpAdvice | None, said: list[Utterance]) -> None:
        """Go on, or begin, as soon as the person is in the start position."""
        if self.state == "going" or (advice is not None and snapshot.phase == "rest"):
            return
        words = "Go on." if self._was_ready else "Good. Begin when you are ready."
        if self._exercise.is_timed:
            words = "Hold."
        # Of a hold as its seconds are: whoever hears "two" needs no "hold" any more.
        kind: SpeechKind = "hold" if self._exercise.is_timed else "guide"
        said.append(Utterance(snapshot.time, words, kind))
        self._show(snapshot.time, words, "guide")
        self.state, self._was_ready, self._away_since = "going", True, None

    def _leave(self, snapshot: Snapshot, advice: SetUpAdvice | None, said: list[Utterance]) -> None:
        """Pause when the person leaves; a set is over when they have got up."""
        if self._away_since is None:
            self._away_since = snapshot.time
            self.state = "away"
        got_up = advice is not None and advice.problem == "start"
        patience = BETWEEN_HOLDS if self._exercise.is_timed else GOT_UP
        if got_up and any(self._reps.values()) and snapshot.time - self._away_since > patience:
            self._finish(snapshot.time, said)

    def _finish(self, time: float, said: list[Utterance]) -> None:
        self.state = "done"
        words = f"Done. {count(self.done, self._exercise.counted)}."
        said.append(Utterance(time, words, "guide"))
        self._show(time, words, "praise", seconds=60.0)

    # What happened.

    def _on_event(self, event: Event, time: float) -> list[Utterance]:
        if event.kind == "fault":
            return self._on_fault(event, time)
        if event.kind == "phase" and event.name == "raise" and self._message.tone == "guide":
            self._message = _Message(time, "", "guide")  # "begin" has been done
        if event.code in PARTIAL_WORDS:
            words = PARTIAL_WORDS[event.code]
            self._show(time, words, "hint")
            return [Utterance(time, words, "hint")]
        return []

    def _on_rep(self, rep: Rep, time: float) -> list[Utterance]:
        counted = self._count(rep.side, time)
        return [counted, *self._praise(rep, time), *self._change_side(rep.side, time)]

    def _on_held(self, hold: Hold, time: float) -> list[Utterance]:
        self._last_hold = time
        words = f"Held for {hold.seconds:.0f} seconds."
        self._show(time, words, "praise" if hold.clean else "guide")
        number = self._count(hold.side, time).text.capitalize()
        counted = Utterance(time, f"{number}. {words}", "count")
        return [counted, *self._change_side(hold.side, time)]

    def _count(self, side: Side | None, time: float) -> Utterance:
        self._held = 0
        self._reps[side] = self._reps.get(side, 0) + 1
        return Utterance(time, _number(self._reps[side]), "count")

    def _change_side(self, side: Side | None, time: float) -> list[Utterance]:
        """Ask for the other side when this one is done, after each that is more than enough."""
        other = self._other_side(side)
        left = self.remaining()
        if left.get(side) != 0 or other is None or not left[other]:
            return []
        words = "Now the other side."
        self._show(time, words, "guide")
        return [Utterance(time, words, "guide")]

    def _other_side(self, side: Side | None) -> Side | None:
        others = self._sides - {side}
        return next(iter(others)) if others else None

    def _on_fault(self, event: Event, time: float) -> list[Utterance]:
        severity: Severity = self._exercise.fault(event.name).severity
        if not self._is_more_urgent(time, severity):
            self._show(time, event.cue, severity)
        return [Utterance(time, event.cue, severity, key=event.name)]

    def _is_more_urgent(self, time: float, severity: Severity) -> bool:
        """Whether the message that is shown must not give way to a fault of this severity."""
        tone = self._message.tone
        if time > self._message.until or tone not in SEVERITIES:
            return False
        return SEVERITIES.index(tone) < SEVERITIES.index(severity)

    def _praise(self, rep: Rep, time: float) -> list[Utterance]:
        """Praise every second clean rep in a row; hints and praise do not go together."""
        is_clean = rep.clean and not rep.faults
        self._clean_in_a_row = self._clean_in_a_row + 1 if is_clean else 0
        if not self._clean_in_a_row or self._clean_in_a_row % PRAISE_AFTER:
            return []
        self._show(time, "Clean rep.", "praise")
        return [Utterance(time, "Clean rep.", "praise")]

    def _on_hold(self, snapshot: Snapshot) -> list[Utterance]:
        """Count the seconds of the hold, and say when it is long enough."""
        if snapshot.phase != "hold":
            self._held = 0 if snapshot.phase in ("rest", "raise", "away") else self._held
            return []
        goal = self._exercise.hold.seconds
        seconds = int(snapshot.held)
        if seconds <= self._held or self._held >= goal:
            return []
        self._held = seconds
        if seconds >= goal:
            words = self._after_hold()
            self._show(snapshot.time, f"Held. {words}", "praise")
            return [Utterance(snapshot.time, words, "hold")]
        if goal > SPARSE_FROM and seconds % SPARSE_STEP:
            return []
        return [Utterance(snapshot.time, _number(seconds), "hold")]

    def _after_hold(self) -> str:
        """What to do when the hold was long enough."""
        rep = self._exercise.rep
        if rep is None:
            return "You can let go."
        return "Lower slowly." if rep.ways[1] == "down" else f"Slowly {rep.ways[1]}."


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
