"""The coach decides what to say and show: from snapshots to utterances, a message and a state.

It has no clock of its own, no voice and no window, so that what is said can be tested as a table.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from formcheck.coaching import spoken
from formcheck.coaching.hold_count import HoldCount
from formcheck.coaching.placement import SetUpAdvice
from formcheck.coaching.scene import Coaching, State, Tone
from formcheck.coaching.speech import SpeechKind, Utterance
from formcheck.events import Counted, Event, Hold, Rep, Snapshot
from formcheck.exercise import SEVERITIES, Exercise, Severity, Side
from formcheck.language.sentences import Sentence
from formcheck.wording import lowered_titles

MESSAGE_SECONDS = 4.0
"""How long a cue, praise, or what was borderline stays on the screen."""
PRAISE_AFTER = 2
"""Clean reps in a row before praise."""
GOT_UP = 8.0
"""Seconds out of the start position after which a set with reps in it is over."""
BETWEEN_HOLDS = 90.0
"""The same for timed exercises: who rests between two holds has left the position, not the set."""
BREATHER = 15.0
"""Seconds after a hold in which nobody is asked to take the position again."""


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
        is_one = side is not None or exercise.sides == "both"
        self._sides: set[Side | None] = {side} if is_one else {"left", "right"}
        self._reps: dict[Side | None, int] = dict.fromkeys(self._sides, 0)
        self._clean = self._clean_in_a_row = 0
        self._cues: Counter[str] = Counter()
        """What was said of faults, and of how many reps."""
        self._worst: Severity | None = None
        """The severity of what was said of the rep that is going on."""
        self._message = _Message(0.0, "", "guide")
        self._hold = HoldCount(exercise)
        self._last_hold = -inf
        self._was_ready = False
        self._away_since: float | None = None
        self._advised = ""
        self._not_judged: tuple[str, ...] = ()
        self._borderline: tuple[str, ...] = ()
        """Of the last rep or hold, if nothing else was wrong with it."""
        self._last_counted = -inf
        self.state: State = "setting up"

    def update(self, snapshot: Snapshot, advice: SetUpAdvice | None) -> Coaching:
        """Take in what is known now, and say what to say and show."""
        said = self._on_hold(snapshot)
        for done in snapshot.counted:
            self._note(done, snapshot.time)
        for rep in snapshot.completed:
            said += self._on_rep(rep, snapshot.time)
        for hold in snapshot.ended:
            said += self._on_held(hold, snapshot.time)
        said += self._on_faults(snapshot)
        for event in snapshot.events:
            said += self._on_event(event, snapshot.time)
        self._state_now(snapshot, advice, said)
        said += self._on_advice(advice, snapshot.time)
        message = self._message if snapshot.time <= self._message.until else None
        return Coaching(
            self.state,
            message.text if message else "",
            message.tone if message else "guide",
            tuple(said),
            self._not_judged,
            self._borderline if snapshot.time - self._last_counted <= MESSAGE_SECONDS else (),
            self._hold.held,
        )

    def _on_advice(self, advice: SetUpAdvice | None, time: float) -> list[Utterance]:
        """Show the advice where it is needed, and say it when it is new."""
        before, self._advised = self._advised, advice.words if advice is not None else ""
        if advice is None or not self._needs(advice, time):
            return []
        self.show(time, advice.words, seconds=0.5)
        return [Utterance(time, advice.words, "guide")] if advice.words != before else []

    def _needs(self, advice: SetUpAdvice, time: float) -> bool:
        """Whether to give the advice: not to somebody who rests after a hold."""
        if self.state not in ("setting up", "away"):
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
        words = spoken.GO_ON if self._was_ready else spoken.READY
        if self._exercise.is_timed:
            words = spoken.HOLD
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
        """End the set; what it says to do next time need not be said for the last rep besides."""
        self.state = "done"
        said[:] = [each for each in said if each.kind not in SEVERITIES]
        words = spoken.ending(self.done, self._clean, self._exercise.counted, self._cues)
        said.append(Utterance(time, words, "guide"))
        self._show(time, words, "praise" if self._clean else "guide", seconds=60.0)

    # What happened.

    def _note(self, done: Counted, time: float) -> None:
        """Keep what is only shown: it is too little, or too unsure, to be said."""
        self._last_counted = time
        self._not_judged = lowered_titles(done.unjudged)
        self._borderline = lowered_titles(done.borderline if done.clean and not done.faults else ())

    def _on_event(self, event: Event, time: float) -> list[Utterance]:
        if event.kind == "phase" and event.name == "out" and self._message.tone == "guide":
            self._message = _Message(time, "", "guide")  # "begin" has been done
        if event.kind == "partial":
            self._worst = None
        if words := spoken.failed(event):
            self._show(time, words, "hint")
            return [Utterance(time, words, "hint")]
        return []

    def _on_rep(self, rep: Rep, time: float) -> list[Utterance]:
        self._count(rep)
        words = spoken.rep_number(self._reps[rep.side])
        counted = Utterance(time, words, "count")
        return [counted, *self._praise(rep, time), *self._change_side(rep.side, time)]

    def _on_held(self, hold: Hold, time: float) -> list[Utterance]:
        self._last_hold = time
        self._count(hold)
        words = spoken.held(self._reps[hold.side], hold.hold)
        self._show(time, words, "praise" if hold.clean else "guide")
        return [Utterance(time, words, "count"), *self._change_side(hold.side, time)]

    def _count(self, done: Counted) -> None:
        self._hold.begin_anew()
        self._reps[done.side] = self._reps.get(done.side, 0) + 1
        self._clean += done.clean
        self._cues.update(dict.fromkeys((fault.cue for fault in done.faults), 1))

    def _change_side(self, side: Side | None, time: float) -> list[Utterance]:
        """Ask for the other side when this one is done, after each that is more than enough."""
        other = self._other_side(side)
        left = self.remaining()
        if left.get(side) != 0 or other is None or not left[other]:
            return []
        self._show(time, spoken.OTHER_SIDE, "guide")
        return [Utterance(time, spoken.OTHER_SIDE, "guide")]

    def _other_side(self, side: Side | None) -> Side | None:
        others = self._sides - {side}
        return next(iter(others)) if others else None

    def _on_faults(self, snapshot: Snapshot) -> list[Utterance]:
        """Correct one thing in a rep: the worst, and another only if it is worse than that."""
        faults = [event for event in snapshot.events if event.kind == "fault"]
        said = self._correction(faults, snapshot.time)
        if snapshot.counted:
            self._worst = None
        return said

    def _correction(self, faults: Iterable[Event], time: float) -> list[Utterance]:
        rank = {event: SEVERITIES.index(self._severity(event)) for event in faults}
        worst = min(rank, key=rank.__getitem__, default=None)
        if worst is None or (
            self._worst is not None and SEVERITIES.index(self._worst) <= rank[worst]
        ):
            return []
        self._worst = severity = self._severity(worst)
        if not self._is_more_urgent(time, severity):
            self._show(time, worst.cue, severity)
        return [Utterance(time, worst.cue, severity, key=worst.name)]

    def _severity(self, event: Event) -> Severity:
        return self._exercise.fault(event.name).severity

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
        self._show(time, spoken.GOOD_REP, "praise")
        return [Utterance(time, spoken.GOOD_REP, "praise")]

    def _on_hold(self, snapshot: Snapshot) -> list[Utterance]:
        """Count the seconds of the hold, and say when it is long enough."""
        utterance = self._hold.update(snapshot)
        if utterance is None:
            return []
        if self._hold.is_enough:
            words = Sentence("Held. {words}", words=Sentence.of(utterance.text))
            self._show(snapshot.time, words, "praise")
        return [utterance]
