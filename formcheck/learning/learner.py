"""Learns an exercise from clips of good reps, and proves it by counting them.

What is proposed is written as a file, read back, and carried out by the session that every user
gets: only a file that counts exactly the reps that there are is handed out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from formcheck.counting.session import Session
from formcheck.definition.loading import parse_exercise
from formcheck.errors import LearningError
from formcheck.events import Rep
from formcheck.exercise import Camera, Condition, Exercise, HoldRule, Start
from formcheck.learning.choosing import Choice, is_upright, ranked, view_of
from formcheck.learning.clips import Clip
from formcheck.learning.proposal import (
    SHORTEST,
    Proposal,
    SeenNumber,
    held,
    hold_of,
    marks_of,
    posture_of,
    rule_of,
    tempo_of,
    too_small,
)
from formcheck.learning.writing import TOO_SMALL, learnt_text, way_of

OFF = 3
"""By how many reps somebody may have miscounted."""
CLEARER = 1.3
"""How many times better another number of reps must be seen to say so."""
TRIED = 12
"""Measures that are tried, the best first."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """The file, and what it was made of."""

    text: str
    proposal: Proposal
    doubts: tuple[str, ...] = ()
    """What speaks against the number of reps that was told."""

    @property
    def told(self) -> str:
        """In two sentences, which measure was chosen."""
        choice = self.proposal.choice
        name = choice.candidate.measure.name
        told = f"It tracks {name}, which goes {way_of(choice)}."
        if not self.proposal.others:
            return told
        return f"{told} Second best: {self.proposal.others[0].candidate.measure.name}."


@dataclass(frozen=True, slots=True)
class _Trial:
    """What came of a measure."""

    choice: Choice
    counted: tuple[int, ...]
    proposal: Proposal | None
    """None where it does not count the reps."""


def learn(name: str, clips: Sequence[Clip]) -> Learnt:
    """Propose an exercise of this name that counts exactly the reps of the clips.

    Raises:
        LearningError: no measure shows them; the message says what came nearest.
    """
    choices = ranked(clips)[:TRIED]
    trials = []
    for trial in _trials(name, clips, choices):
        trials.append(trial)
        if sum(each.proposal is not None for each in trials) == 2:
            break
    good = [trial.proposal for trial in trials if trial.proposal is not None]
    if not good:
        raise LearningError(_why_not(clips, trials))
    proposal = replace(good[0], others=tuple(each.choice for each in good[1:]))
    return Learnt(learnt_text(name, clips, proposal), proposal, _doubts(clips, proposal.choice))


def _trials(name: str, clips: Sequence[Clip], choices: Sequence[Choice]) -> Iterator[_Trial]:
    tried = set()
    for choice in choices:
        if choice.candidate.measure.name in tried:
            continue
        tried.add(choice.candidate.measure.name)
        yield _try(name, clips, choice, choices)


def _try(name: str, clips: Sequence[Clip], choice: Choice, choices: Sequence[Choice]) -> _Trial:
    """Whether the real engine counts the reps by this measure: bare, and then as the whole file."""
    proposal = Proposal(choice, rule_of(choice), hold_of(choice), marks=marks_of(choice, choices))
    reps = [_reps(_bare(clips, proposal), clip) for clip in clips]
    counted = tuple(map(len, reps))
    if counted != _wanted(clips) or any(map(_sides_coincide, reps)):
        return _Trial(choice, counted, None)
    whole = _completed(proposal, clips, reps)
    # A hallmark may fail good reps: without a pause between them, rest is not seen well.
    for each in (whole, replace(whole, marks=())):
        reps = [_reps(_read_back(name, clips, each), clip) for clip in clips]
        counted = tuple(map(len, reps))
        if counted == _wanted(clips):
            return _Trial(choice, counted, _forgiving(each, reps))
    return _Trial(choice, counted, None)


def _read_back(name: str, clips: Sequence[Clip], proposal: Proposal) -> Exercise:
    """The exercise that the file says, which is what a user would get."""
    exercise, problems = parse_exercise(learnt_text(name, clips, proposal), expected_name=name)
    if exercise is None:  # as where what moves does so by less than levels are written with
        raise LearningError(f"formcheck can't make an exercise of these clips: {problems[0]}.")
    return exercise


def _forgiving(proposal: Proposal, reps: Sequence[Sequence[Rep]]) -> Proposal:
    """The proposal without calling any rep too small that was shown as a good one."""
    found = [
        abs(fault.value)
        for own in reps
        for rep in own
        for fault in rep.faults
        if fault.name == TOO_SMALL
    ]
    if not found:
        return proposal
    seen = SeenNumber(tuple(found))
    return replace(proposal, too_small=too_small(proposal.choice, proposal.rule, seen))


def _wanted(clips: Sequence[Clip]) -> tuple[int, ...]:
    return tuple(clip.reps for clip in clips)


def _reps(exercise: Exercise, clip: Clip) -> tuple[Rep, ...]:
    session = Session(exercise)
    for pose in clip.poses:
        session.update(pose)
    return session.finish().reps


def _sides_coincide(reps: Sequence[Rep]) -> bool:
    """Whether both sides move at the same time: then they are not to be counted each for itself."""
    by_side = sorted(reps, key=lambda rep: rep.start)
    return any(b.side != a.side and b.start < a.peak for a, b in pairwise(by_side))


def _bare(clips: Sequence[Clip], proposal: Proposal) -> Exercise:
    """An exercise that counts by the proposal's levels, from any start position."""
    measure = proposal.choice.candidate.measure
    anywhere = Start(Condition("measure", measure.name, above=-1e9), "")
    return Exercise(
        name="",
        title="",
        summary="",
        camera=Camera(view_of(clips), ""),
        sides=proposal.choice.sides,
        reps=1,
        measures=(measure,),
        start=(anywhere,),
        rep=proposal.rule,
        hold=HoldRule(0.0, proposal.hold.within, proposal.hold.slower_than),
        faults=(),
    )


def _completed(
    proposal: Proposal, clips: Sequence[Clip], reps: Sequence[Sequence[Rep]]
) -> Proposal:
    """The proposal with all that can be told once it is known where the reps are."""
    every = [rep for of_clip in reps for rep in of_clip]
    ranges = SeenNumber(tuple(rep.range for rep in every))
    starts = [(c, rep.side, rep.start) for c, own in zip(clips, reps, strict=True) for rep in own]
    tempo = tempo_of(every)
    shortest = 0.6 * min(rep.end - rep.start for rep in every)
    rule = replace(proposal.rule, shortest=min(SHORTEST, round(shortest, 1)))
    return replace(
        proposal,
        rule=rule,
        hold=replace(proposal.hold, seconds=held(tempo)),
        posture=posture_of(proposal.choice, starts, is_upright(clips)),
        tempo=tempo,
        too_small=too_small(proposal.choice, rule, ranges),
        ranges=ranges,
        comes_down=_comes_down(clips, reps),
    )


def _comes_down(clips: Sequence[Clip], reps: Sequence[Sequence[Rep]]) -> bool:
    """Whether the trunk is lower at the tops of the reps than where they begin."""
    drops = []
    for clip, own in zip(clips, reps, strict=True):
        heights = clip.heights()
        at_rest = clip.around(heights, [rep.start for rep in own])
        at_top = clip.around(heights, [rep.peak for rep in own])
        drops += [a - b for a, b in zip(at_rest, at_top, strict=False)]
    return bool(drops) and median(drops) > 0


def _why_not(clips: Sequence[Clip], trials: Sequence[_Trial]) -> str:
    """What to say where no measure counts the reps: how many each clip shows most clearly."""
    told = ", ".join(f"{clip.reps} in {clip.name}" for clip in clips)
    return (
        f"No measure shows the reps you counted ({told}). {_nearest(clips, trials)} Count again. "
        "Film slow, complete reps without moving the camera, pause before each one, and cut out "
        "where you walk in and out. Or start with `formcheck new` and choose the measure "
        "yourself."
    )


def _nearest(clips: Sequence[Clip], trials: Sequence[_Trial]) -> str:
    clearest = [(clip, _clearest(clip)) for clip in clips]
    told = [
        f"{choice.candidate.measure.name} shows {len(choice.ranges)} in {clip.name}"
        for clip, choice in clearest
        if choice is not None and len(choice.ranges) != clip.reps
    ]
    if told:
        return f"The clearest: {' and '.join(told)}."
    if trials:
        best = trials[0]
        counted = ", ".join(map(str, best.counted))
        return f"The closest is {best.choice.candidate.measure.name}: with it, {counted} count."
    return "Nothing moves as often as that."


def _doubts(clips: Sequence[Clip], choice: Choice) -> tuple[str, ...]:
    """Each clip in which another number of reps is seen much more clearly."""
    if CLEARER * choice.merit >= 1:
        return ()  # nothing can be seen so much more clearly
    told = []
    for clip in clips:
        other = _clearest(clip)
        if other is None or other.merit < CLEARER * choice.merit:
            continue
        n = len(other.ranges)
        if n != clip.reps:
            name = other.candidate.measure.name
            told.append(
                f"in {clip.name}, {name} shows {n} reps more clearly than the {clip.reps} you "
                "gave. Count again before you go on."
            )
    return tuple(told)


def _clearest(clip: Clip) -> Choice | None:
    """The number of reps, near to the one that was told, that is seen most clearly."""
    numbers = range(max(1, clip.reps - OFF), clip.reps + OFF + 1)
    best = [choice for n in numbers for choice in ranked([replace(clip, reps=n)])[:1]]
    return max(best, key=lambda choice: choice.merit, default=None)
