"""Says the rules of an exercise's definition back, so that its author can check what they mean."""

from collections.abc import Iterator
from textwrap import wrap

from formcheck.exercise import Condition, Exercise, Fault, Hallmark, Measure, RepRule
from formcheck.language.tongue import tr
from formcheck.measuring.kinds import KINDS, LENGTH, measure_unit, unit_of
from formcheck.wording import count, limits

NARROWEST = 40
PHASE_WORDS = {"out": "the way out", "hold": "the hold", "back": "the way back"}
SEEN_WORDS = {
    "any": "from any view",
    "square": "only square on",
    "facing": "only square on and with the chest towards the camera",
}
SEVERITY_WORDS = {
    "safety": "Safety: the coach says it at once, and the {counted} is not clean",
    "fault": "Faults: the {counted} counts, but is not clean",
    "hint": "Hints: tips, the {counted} can still be clean",
}


def explain(exercise: Exercise, width: int = 80) -> str:
    """The whole definition, as text in lines of at most this width."""
    lines: list[str] = []
    for part in (_head, _camera, _start, _counted, _faults, _measures, _not_seen):
        for line in part(exercise):
            lines.extend(wrapped(line, width))
        lines.append("")
    return "\n".join(lines).rstrip()


def wrapped(line: str, width: int) -> list[str]:
    """A line in as many as it needs, indented like it; those of an item are indented more."""
    text = line.lstrip(" ")
    indent = line[: len(line) - len(text)]
    under = indent + ("    " if text.startswith("- ") else "")
    return wrap(text, max(width, NARROWEST), initial_indent=indent, subsequent_indent=under)


def condition_words(exercise: Exercise, condition: Condition) -> str:
    """One condition as part of a sentence."""
    words = _beyond_words(exercise, condition)
    words += f" for {condition.lasting:g} s" if condition.lasting else ""
    return words if condition.until is None else f"{words} (until {condition.until:g})"


def hallmark_words(exercise: Exercise, hallmark: Hallmark) -> str:
    """What a movement must show to count, as a sentence, and what is said if it doesn't."""
    seen = ", which must be seen" if hallmark.must_be_seen else ""
    words = condition_words(exercise, hallmark.when)
    return f"It only counts with {words}{seen}. Otherwise: {hallmark.otherwise}."


def _beyond_words(exercise: Exercise, condition: Condition) -> str:
    unit = unit_of(exercise, condition)
    if condition.subject == "fall":
        return f"{condition.name} more than {condition.limit:g}{unit} back from its farthest point"
    return f"{_subject_words(exercise, condition)} {limits(condition, unit)}"


def _subject_words(exercise: Exercise, condition: Condition) -> str:
    name = condition.name
    words = {
        "measure": name,
        "peak": f"the rep's highest {name}",
        "trough": f"the rep's lowest {name}",
        "duration": f"seconds of {_phase_word(exercise, name)}",
    }
    return words[condition.subject]


def _phase_word(exercise: Exercise, phase: str) -> str:
    """A phase as part of a sentence: the hold, the way up."""
    if phase == "hold" or exercise.rep is None:
        return PHASE_WORDS.get(phase, phase)
    return f"the way {exercise.rep.ways[phase == 'back']}"


def seen_words(fault: Fault) -> str:
    """From where a fault can be judged."""
    words = SEEN_WORDS[fault.seen]
    return words if fault.within is None else f"{words}, up to {fault.within:g} degrees off"


def rule_words(exercise: Exercise, fault: Fault) -> str:
    """When a fault is there, in words."""
    rule = " and ".join(condition_words(exercise, condition) for condition in fault.when)
    return f"{_while_words(exercise, fault)}{rule}" if fault.is_live else rule


def _while_words(exercise: Exercise, fault: Fault) -> str:
    """In which phases a live fault is looked for: `during the hold: `; nothing if always."""
    if exercise.is_timed or len(fault.during) == len(PHASE_WORDS):
        return ""
    return f"during {' and '.join(_phase_word(exercise, phase) for phase in fault.during)}: "


def _head(exercise: Exercise) -> Iterator[str]:
    sides = ", each side counted separately" if exercise.sides == "each" else ""
    yield f"{exercise.title} ({exercise.name})"
    yield f"  {exercise.summary}"
    yield f"  Aim for {aim(exercise)}{sides}."
    if exercise.also_called:
        yield f"  Also called: {', '.join(exercise.also_called)}."
    if exercise.variant_of:
        yield f"  A variant of {exercise.variant_of}: a camera can hardly tell them apart."
    if exercise.caution:
        yield f"  Take care: {exercise.caution}"


def aim(exercise: Exercise) -> str:
    """How much of it to do: `15 reps held for 3 s`, `3 holds of 20 s`."""
    what, seconds = count(exercise.reps, exercise.counted), exercise.hold.seconds
    if exercise.is_timed:
        return tr("{holds} of {seconds:g} s", holds=what, seconds=seconds)
    if not seconds:
        return what
    return tr("{reps} held for {seconds:g} s", reps=what, seconds=seconds)


def _camera(exercise: Exercise) -> Iterator[str]:
    camera = exercise.camera
    yield f"Camera: {camera.view} view"
    yield f"  {camera.place}"
    off = f"If the camera is more than {camera.within:g} degrees off"
    yield f"  {off}, checks that need this view are skipped."


def _start(exercise: Exercise) -> Iterator[str]:
    yield "Start position: nothing counts before it"
    for start in exercise.start:
        words = condition_words(exercise, start.when)
        if start.slack:
            end = "the hold ends" if exercise.is_timed else "the person has got up"
            words += f" (during a {exercise.counted}, {start.slack:g} more; beyond that, {end})"
        yield from _item(words, start.cue)


def _counted(exercise: Exercise) -> Iterator[str]:
    hold = exercise.hold
    if exercise.rep is None:
        yield "A hold: staying in the start position"
        yield f"  A hold counts from {hold.counts:g} s on. A shorter one is a partial."
    else:
        yield from _rep(exercise, exercise.rep)
    for hallmark in exercise.hallmarks:
        yield f"  - {hallmark_words(exercise, hallmark)}"


def _rep(exercise: Exercise, rep: RepRule) -> Iterator[str]:
    hold, unit = exercise.hold, measure_unit(exercise, exercise.main)
    way = "rises" if rep.direction == "up" else "falls"
    yield f"A rep: {rep.measure} {way} from its rest level and comes back"
    yield f"  {counts_words(exercise, rep, rep.measure)}"
    yield from (f"  {words}" for words in beginning_words(rep, rep.begins_with))
    yield (
        f"  The hold is the time within {hold.within:g}{unit} of the farthest point, moving slower "
        f"than {hold.slower_than:g} per second."
    )


def beginning_words(rep: RepRule, lead: str | None) -> Iterator[str]:
    """When a rep begins, if not with its measure; `lead` is how what grows before is written."""
    if rep.begins_with is not None:
        yield f"It begins when {lead} begins to grow."
    if rep.hangs:
        yield "It begins a little before that shows, as the limb hangs straight down at rest."


def counts_words(exercise: Exercise, rep: RepRule, name: str) -> str:
    """From where on a rep counts, and what is a partial; `name` is how its measure is written."""
    unit = measure_unit(exercise, exercise.main)
    way, beyond = ("rises", "above") if rep.direction == "up" else ("falls", "below")
    words = f"A rep counts once {name} {way} by {rep.counts:g}{unit}"
    if rep.full is not None:
        words += f", or by half of the way to {rep.full:g} if that is less"
    if rep.without_hold is not None:
        words += f" (without a hold by {rep.without_hold:.0%} of that way)"
    if rep.reaches is not None:
        words += f", and gets {beyond} {rep.reaches:g}"
    return f"{words}. Smaller attempts, from {rep.attempt:g}{unit} on, are partials."


def _faults(exercise: Exercise) -> Iterator[str]:
    for severity, words in SEVERITY_WORDS.items():
        faults = [fault for fault in exercise.faults if fault.severity == severity]
        if faults:
            yield words.format(counted=exercise.counted)
        for fault in faults:
            yield from _fault(exercise, fault)


def _fault(exercise: Exercise, fault: Fault) -> Iterator[str]:
    yield from _item(f"{fault.name}: {rule_words(exercise, fault)}", fault.cue)
    yield f"      {fault.why} Judged {seen_words(fault)}."


def _measures(exercise: Exercise) -> Iterator[str]:
    yield "Measures"
    for measure in exercise.measures:
        yield f"  - {measure.name}: {measure_words(measure)}"


def measure_words(measure: Measure) -> str:
    """What a measure is, in words."""
    if measure.kind == "sum":
        words = " + ".join(f"{factor:g} x {name}" for name, factor in measure.terms)
    elif measure.kind == "mean":
        words = f"mean of {' and '.join(name for name, _ in measure.terms)}, as far as visible"
    else:
        words = KINDS[measure.kind].meaning
        if measure.landmarks:
            words += f" ({', '.join(measure.landmarks)})"
        if KINDS[measure.kind].unit == LENGTH and measure.since_rest != "ratio":
            words += ", in torsos"
    words += {
        "no": "",
        "change": ", change since rest",
        "ratio": ", as a share of its value at rest",
    }[measure.since_rest]
    if measure.minus:
        words += f", counted from {measure.minus:g}"
    return words + (", in either direction" if measure.unsigned else "")


def _not_seen(exercise: Exercise) -> Iterator[str]:
    if exercise.not_seen:
        yield "What a camera can't judge here"
    for thing in exercise.not_seen:
        yield f"  - {thing}"


def _item(words: str, cue: str) -> Iterator[str]:
    yield f"  - {words}"
    yield f'      "{cue}"'
