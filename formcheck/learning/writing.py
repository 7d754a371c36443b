"""Writes a proposed exercise as a file for a person to go on with: every level with its reason."""

from collections.abc import Iterator, Sequence
from statistics import median
from textwrap import wrap

from formcheck.exercise import Measure, degrees_off
from formcheck.learning.choosing import Choice, is_upright, view_of
from formcheck.learning.clips import Clip
from formcheck.learning.proposal import Posture, Proposal, SeenNumber, change_of, rushed, too_short
from formcheck.wording import count, plain, spaced

COMMENT_COLUMN = 28
"""Where the comment beside a value begins."""
TOO_SMALL = "too_small"
"""The fault of a rep that is smaller than those that were shown."""
MEASURE_COLUMN = 66
"""The same beside a measure."""


def learnt_text(name: str, clips: Sequence[Clip], proposal: Proposal) -> str:
    """The whole file, in TOML."""
    parts = (_head, _camera, _measures, _start, _rep, _marks, _faults)
    texts = ["\n".join(part(name, clips, proposal)) for part in parts]
    return "\n\n".join(text for text in texts if text) + "\n"


def _head(name: str, clips: Sequence[Clip], proposal: Proposal) -> Iterator[str]:
    title = plain(name)
    reps = count(len(proposal.choice.ranges), "rep")
    yield f"# {title}: a proposal of `formcheck learn`, from {reps}."
    yield "#"
    yield from _comment(
        "Nothing here is a clinical rule. Each level was put where it leaves room around the reps "
        "that were shown; the comments give their median and, after ±, how far off it they usually "
        "were. Change what you know better: the words in quotes, the levels, the faults. Then ask:"
    )
    yield f"#   formcheck lint {name}.toml      is anything wrong in it?"
    yield f"#   formcheck show {name}.toml      does it say what you mean?"
    for clip in clips:
        yield f"# Learnt from {_one_line(clip.name)}, which shows {clip.reps}."
    yield ""
    yield "schema  = 1"
    yield f"name    = {_quoted(name)}"
    yield f"title   = {_quoted(title)}"
    yield 'summary = "Say here in two sentences how it is done."'
    together = (
        "the two sides move together"
        if proposal.choice.sides == "both"
        else ("each side is counted for itself")
    )
    yield _beside(f'sides   = "{proposal.choice.sides}"', together)
    yield _beside(f"reps    = {max(clip.reps for clip in clips)}", "to aim at")
    yield 'not_seen = ["pain"]'
    if not proposal.posture:
        yield "start   = []                  # drop this line when you add a [[start]] below"
    if not [*_range_fault(proposal), *_tempo_faults(proposal)]:
        yield "fault   = []                  # drop this line when you add a [[fault]] below"


def _camera(name: str, clips: Sequence[Clip], proposal: Proposal) -> Iterator[str]:
    view = view_of(clips)
    off = degrees_off(view, median([clip.turn for clip in clips]))
    where = "Beside you" if view == "side" else "In front of you"
    height = "at hip height" if is_upright(clips) else "30 to 60 cm high"
    yield "[camera]"
    yield _beside(f'view   = "{view}"', f"the clips were taken {off:.0f} degrees off it")
    yield f'place  = "{where}, {height}, 2 to 3 m away, the whole body in the picture."'
    yield _beside(f"within = {max(45, round(off + 15))}", "further off, faults are not judged")


def _measures(name: str, clips: Sequence[Clip], proposal: Proposal) -> Iterator[str]:
    yield "# --- What is measured. `formcheck plot` draws it."
    yield "[measures]"
    main = proposal.choice.candidate
    told: dict[str, tuple[Measure, str]] = {main.measure.name: (main.measure, main.words)}
    for posture in proposal.posture:
        told.setdefault(posture.measure.name, (posture.measure, posture.words))
    for mark in proposal.marks:
        told.setdefault(mark.measure.name, (mark.measure, mark.choice.candidate.words))
    if proposal.too_small is not None:
        change = change_of(main.measure)
        told[change.name] = change, "from rest"
    width = max(map(len, told))
    for measure, words in told.values():
        marks = ", ".join(map(_quoted, measure.landmarks))
        more = ', since_rest = "change"' if measure.since_rest == "change" else ""
        line = f"{measure.name:{width}} = {{ {measure.kind} = [{marks}]{more} }}"
        yield f"{line:{MEASURE_COLUMN}}  # {words}"


def _start(name: str, clips: Sequence[Clip], proposal: Proposal) -> Iterator[str]:
    yield "# --- The start position. Nothing counts before it is seen, so its limits are wide."
    for posture in proposal.posture:
        yield ""
        yield from _posture(posture)


def _posture(posture: Posture) -> Iterator[str]:
    yield "[[start]]"
    yield _beside(f'measure = "{posture.measure.name}"', f"seen: {_seen(posture.seen, 'degrees')}")
    if posture.above is not None:
        yield f"above   = {posture.above:g}"
    if posture.below is not None:
        yield f"below   = {posture.below:g}"
    if posture.slack is not None:
        yield _beside(f"slack   = {posture.slack:g}", "in a rep: further off, somebody has got up")
    yield f"cue     = {_quoted(posture.cue)}"


def _rep(name: str, clips: Sequence[Clip], proposal: Proposal) -> Iterator[str]:
    choice, rule, hold = proposal.choice, proposal.rule, proposal.hold
    yield "# --- A rep: the measure leaves its rest level, and comes back."
    yield from _comment(
        f"It goes {way_of(choice)}. Chosen because it shows the reps most clearly"
        f"{_runner_up(proposal)}"
    )
    yield "[rep]"
    yield f'measure   = "{rule.measure}"'
    yield f'direction = "{rule.direction}"'
    yield _beside(
        f"attempt   = {rule.attempt:g}", f"from rest; less is no attempt; {_other(choice)}"
    )
    ranges = _seen(proposal.ranges or SeenNumber(choice.ranges), choice.unit)
    yield _beside(f"counts    = {rule.counts:g}", f"so far it counts; seen: {ranges}")
    if rule.reaches is not None:
        yield _beside(f"reaches   = {rule.reaches:g}", "and it must also get here")
    if rule.shortest < 0.8:
        yield _beside(f"shortest  = {rule.shortest:g}", "seconds; what is over sooner is noise")
    if proposal.comes_down:
        yield _beside('ways      = ["down", "up"]', "the body goes down first")
    yield ""
    yield "[hold]"
    usual = _seen(proposal.tempo.holding, "s") if proposal.tempo else "unknown"
    aim = "to aim at" if hold.seconds else "these reps have no hold"
    yield _beside(f"seconds     = {hold.seconds:g}", f"{aim}; seen: {usual}")
    yield _beside(f"within      = {hold.within:g}", "of the farthest point, to be holding still")
    yield _beside(f"slower_than = {hold.slower_than:g}", f"{choice.unit} per second")


def _runner_up(proposal: Proposal) -> str:
    if not proposal.others:
        return "; no other measure that was tried counts all of them."
    other = proposal.others[0]
    name, ranges = other.candidate.measure.name, _seen(SeenNumber(other.ranges), other.unit)
    return f"; the runner-up is {name}, which moves by {ranges}."


def _other(choice: Choice) -> str:
    if choice.other <= 0:
        return "nothing else moved"
    return f"next to the reps, it moved {_shown(choice.other, choice)}"


def _marks(name: str, clips: Sequence[Clip], proposal: Proposal) -> Iterator[str]:
    for mark in proposal.marks:
        other = mark.choice
        yield "# What moves less is another exercise, and does not count. A third of what was seen."
        yield "[[hallmark]]"
        subject, limit = ("peak", "above") if other.direction == "up" else ("trough", "below")
        moved = _seen(SeenNumber(other.ranges), other.unit)
        yield _beside(f'{subject:9} = "{mark.measure.name}"', f"seen: moves by {moved}")
        yield f"{limit:9} = {mark.level:g}"
        words = spaced(other.candidate.measure.name)
        yield f'otherwise = "{words} did not change enough"'


def _faults(name: str, clips: Sequence[Clip], proposal: Proposal) -> Iterator[str]:
    yield "# --- Faults, the most important first. These know only the clips: add your own."
    yield "# severity: safety, fault (the rep is not clean) or hint."
    yield from _too_fast(proposal)
    yield from _range_fault(proposal)
    yield from _tempo_faults(proposal)


def _range_fault(proposal: Proposal) -> Iterator[str]:
    if proposal.too_small is None:
        return
    choice = proposal.choice
    is_up = choice.direction == "up"
    subject, limit = ("peak", "below") if is_up else ("trough", "above")
    change = change_of(choice.candidate.measure).name
    condition = f'{subject} = "{change}", {limit} = {choice.sign * proposal.too_small:g}'
    yield from _fault(
        TOO_SMALL,
        "fault",
        condition,
        f"seen: {_seen(proposal.ranges or SeenNumber(choice.ranges), choice.unit)}",
        "Go a little further.",
        "The movement stops short, so the muscles do not work through their range.",
        proposal.choice.candidate.view is None,
    )


def _tempo_faults(proposal: Proposal) -> Iterator[str]:
    tempo = proposal.tempo
    if tempo is None:
        return
    if proposal.hold.seconds:
        yield from _fault(
            "hold_too_short",
            "fault",
            f'duration = "hold", below = {too_short(tempo):g}',
            f"seen: {_seen(tempo.holding, 's')}",
            "Stay there a little longer.",
            "The hold is where the muscles learn to steady the body.",
        )
    words = ("down", "up") if proposal.comes_down else ("up", "down")
    for phase, seen, word in zip(
        ("raise", "lower"), (tempo.raising, tempo.lowering), words, strict=True
    ):
        limit = rushed(seen)
        if limit is None:
            continue
        yield from _fault(
            f"rushed_{word}",
            "hint",
            f'duration = "{phase}", below = {limit:g}',
            f"seen: {_seen(seen, 's')}",
            f"Slow and smooth on the way {word}.",
            "What is done fast is done by swing, not by strength.",
        )


def _too_fast(proposal: Proposal) -> Iterator[str]:
    """Say why there is no fault of rushing."""
    if proposal.tempo is None:
        return
    for phase, seen in (("raise", proposal.tempo.raising), ("lower", proposal.tempo.lowering)):
        if not seen.values:
            yield f"# The {phase} was not seen from its beginning, so a rushed one cannot be told."
        elif rushed(seen) is None:
            yield f"# The {phase} took {_seen(seen, 's')}: too short to tell a rushed one from it."


def _fault(
    name: str, severity: str, when: str, seen: str, cue: str, why: str, anywhere: bool = True
) -> Iterator[str]:
    yield ""
    yield "[[fault]]"
    yield f"name     = {_quoted(name)}"
    yield f'severity = "{severity}"'
    yield _beside(f"when     = {{ {when} }}", seen)
    if anywhere:
        yield _beside('seen     = "any"', "judged from any view")
    yield f"cue      = {_quoted(cue)}"
    yield f"why      = {_quoted(why)}"


def _seen(seen: SeenNumber, unit: str) -> str:
    """A median and how far the values usually are from it."""
    digits = 0 if unit == "degrees" else 2
    number = f"{seen.middle:.{digits}f} {unit}"
    if len(seen.values) == 1:
        return f"{number}, once"
    return f"{number} ± {seen.spread:.{max(1, digits)}f}"


def way_of(choice: Choice) -> str:
    """How the measure goes in a rep, in words; where its places mean nothing, only how far."""
    if not choice.candidate.has_places:
        far = _shown(median(choice.ranges), choice)
        return f"{choice.direction} by {far} from rest"
    return f"from {_shown(choice.rest, choice)} to {_shown(choice.top, choice)}"


def _shown(value: float, choice: Choice) -> str:
    return f"{value:.0f} degrees" if choice.unit == "degrees" else f"{value:.2f} {choice.unit}"


def _beside(line: str, comment: str) -> str:
    """A line with a comment beside it."""
    return f"{line:{COMMENT_COLUMN}}  # {comment}"


def _comment(text: str) -> Iterator[str]:
    yield from wrap(text, 98, initial_indent="# ", subsequent_indent="# ")


def _quoted(text: str) -> str:
    """A string of TOML; what is written here holds no quotes or backslashes but in file names."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _one_line(name: str) -> str:
    """A file's name as it may stand in a comment."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
