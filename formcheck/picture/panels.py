"""The panels around the person: count, hold, message, status."""

from dataclasses import dataclass

from formcheck.coaching.scene import Tone
from formcheck.events import Snapshot
from formcheck.exercise import Exercise, Phase
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.picture.canvas import (
    BLACK,
    CAP_HEIGHT,
    DARK,
    LINE_HEIGHT,
    REGULAR,
    WHITE,
    Box,
    Canvas,
    Color,
    Fitted,
    Point,
    Style,
    arc,
    fit,
    panel,
    put_centered,
    put_text,
    shortened,
    text_width,
)
from formcheck.picture.icons import COLORS, LOUD, check_mark, muted_sign, pause_sign, tone_icon
from formcheck.wording import SIDE_WORDS, count, raised

PHASES: dict[Phase, str] = {
    "away": Sentence("Set up"),
    "rest": Sentence("Ready"),
    "hold": Sentence("Hold"),
}
"""What is said of the phases that are called the same in every exercise."""
WAYS = {"up": Sentence("Raise"), "down": Sentence("Lower")}
"""What is said on the way up and down; another way is called by its own name."""

MARGIN, PADDING = 0.022, 0.028
"""Around panels and within them, as shares of the picture's height."""

PALE: Color = (216, 216, 216)
"""Of what matters less than what is white."""
TRACK: Color = (112, 108, 104)
"""Of a ring that is not yet filled."""


@dataclass(frozen=True, slots=True)
class MessageBox:
    """Where the message lies, and how it is broken into lines."""

    box: Box
    text: Fitted
    text_height: int
    icon: int
    """The radius of its icon."""


def draw_title(canvas: Canvas, exercise: Exercise, target: int) -> None:
    """While setting up: which exercise, and how much of it."""
    reps = count(target, "rep")
    if exercise.is_timed:
        reps = f"{target} x {exercise.hold.seconds:g} s"
    if exercise.sides == "each":
        reps = tr("{reps} each side", reps=reps)
    _draw_heading(canvas, tr(exercise.title), reps)


def draw_question(canvas: Canvas) -> None:
    """While it is not known which exercise is being done."""
    _draw_heading(canvas, tr("Which exercise?"), tr("begin with any"))


def _draw_heading(canvas: Canvas, name: str, reps: str) -> None:
    title = Style(canvas.px(0.085))
    goal = Style(canvas.px(0.065), PALE, REGULAR)
    margin, padding = canvas.px(MARGIN), canvas.px(PADDING)
    widest = canvas.width - 2 * (margin + padding)
    name = shortened(name, title.size, widest)
    reps = shortened(reps, goal.size, widest, goal.weight)
    width = max(text_width(name, title.size), text_width(reps, goal.size, goal.weight))
    first = margin + padding + round(title.size * CAP_HEIGHT)
    second = first + padding + round(goal.size * CAP_HEIGHT)
    panel(canvas, Box(margin, margin, width + 2 * padding, second + padding - margin))
    put_text(canvas, name, Point(margin + padding, first), title)
    put_text(canvas, reps, Point(margin + padding, second), goal)


def phase_words(exercise: Exercise) -> dict[Phase, str]:
    """What is said of each phase of an exercise."""
    if exercise.rep is None:
        return {phase: tr(words) for phase, words in PHASES.items()}
    there, back = (tr(WAYS[w]) if w in WAYS else raised(tr(w)) for w in exercise.rep.ways)
    return {phase: tr(said) for phase, said in PHASES.items()} | {"out": there, "back": back}


def draw_count(canvas: Canvas, exercise: Exercise, target: int, snapshot: Snapshot) -> None:
    """How many reps or holds; beside them on which side, the phase, and of how many."""
    count = Style(canvas.px(0.3), WHITE, BLACK)
    margin, padding = canvas.px(MARGIN), canvas.px(PADDING)
    left = margin + padding
    height = round(count.size * CAP_HEIGHT)
    reps = str(snapshot.reps)
    # As wide as zeros, so that the panel only grows at ten.
    digits = text_width("0" * len(reps), count.size, count.weight)
    beside = left + digits + padding // 2
    words = phase_words(exercise)
    if exercise.is_timed and snapshot.reps:
        # Between two holds the position is left, and rightly so.
        words |= {"away": tr("Rest") if snapshot.reps < target else tr("Done")}
    rows = [
        (words[snapshot.phase], Style(canvas.px(0.088))),
        (f"/ {target}", Style(canvas.px(0.082), PALE)),
    ]
    if snapshot.side:
        rows.insert(0, (tr(SIDE_WORDS[snapshot.side]), Style(canvas.px(0.07), PALE)))
    phase = rows[-2][1].size
    widest = max(text_width(each, phase) for each in (*words.values(), f"/ {target}"))
    panel(canvas, Box(margin, margin, beside + widest + padding - margin, height + 2 * padding))
    put_centered(canvas, reps, Point(left + digits // 2, left + height // 2), count)
    _put_rows(canvas, rows, Point(beside, left), height)


def _put_rows(canvas: Canvas, rows: list[tuple[str, Style]], top: Point, height: int) -> None:
    """Write lines below each other, the first at the top of the height, the last at its bottom."""
    caps = [round(style.size * CAP_HEIGHT) for _, style in rows]
    gap = (height - sum(caps)) // (len(rows) - 1)
    baseline = top.y - gap
    for (words, style), cap in zip(rows, caps, strict=True):
        baseline += gap + cap
        put_text(canvas, words, Point(top.x, baseline), style)


def draw_hold(canvas: Canvas, seconds: float, held: float, phase: Phase) -> None:
    """A ring that fills while the person holds still; a check mark when it is full."""
    if phase not in ("out", "hold") or seconds <= 0:
        return
    done = min(1.0, held / seconds)
    margin, size = canvas.px(MARGIN), canvas.px(0.225 + 2 * PADDING)
    box = Box(canvas.width - margin - size, margin, size, size)
    radius, width = round(0.4 * size), canvas.px(0.032)
    panel(canvas, box)
    arc(canvas, box.middle, radius, (0, 360), TRACK, width)
    if done > 0:
        arc(canvas, box.middle, radius, (-90, -90 + 360 * done), COLORS["praise"], width)
    if done < 1:
        _put_seconds(canvas, box.middle, held, seconds)
    else:
        check_mark(canvas, box.middle, round(0.8 * radius), COLORS["praise"])


def _put_seconds(canvas: Canvas, middle: Point, held: float, seconds: float) -> None:
    x, y = middle
    large = Style(canvas.px(0.135), WHITE if held > 0 else PALE, BLACK)
    put_centered(canvas, str(int(held)), Point(x, y - canvas.px(0.02)), large)
    small = Style(canvas.px(0.044), PALE)
    put_centered(canvas, f"/ {seconds:g} s", Point(x, y + canvas.px(0.058)), small)


def message_box(canvas: Canvas, message: str) -> MessageBox:
    """Lay out the message at the bottom of the picture; a box without height if there is none."""
    margin, padding = canvas.px(MARGIN), canvas.px(PADDING)
    icon = canvas.px(0.06)
    width = canvas.width - 2 * margin
    room = max(1, width - 3 * padding - 2 * icon)
    text = fit(message, canvas.px(0.088), room) if message.split() else Fitted(0, ())
    if not text.lines:
        return MessageBox(Box(margin, canvas.height - margin, width, 0), text, 0, icon)
    steps = round(text.size * LINE_HEIGHT) * (len(text.lines) - 1)
    text_height = round(text.size * CAP_HEIGHT) + steps
    height = max(text_height + 2 * padding, 2 * icon + padding)
    box = Box(margin, canvas.height - margin - height, width, height)
    return MessageBox(box, text, text_height, icon)


def draw_message(canvas: Canvas, band: MessageBox, tone: Tone) -> None:
    """Draw the message with the sign of its tone."""
    if not band.text.lines:
        return
    is_loud = tone in LOUD
    padding = canvas.px(PADDING)
    box, size = band.box, band.text.size
    panel(canvas, box, COLORS[tone] if is_loud else None)
    sign = Point(box.left + padding + band.icon, box.middle.y)
    tone_icon(canvas, tone, sign, band.icon, DARK if is_loud else COLORS[tone])
    style = Style(size, DARK if is_loud else WHITE)
    baseline = box.middle.y - band.text_height // 2 + round(size * CAP_HEIGHT)
    for number, words in enumerate(band.text.lines):
        below = baseline + number * round(size * LINE_HEIGHT)
        put_text(canvas, words, Point(sign.x + band.icon + padding, below), style)


def draw_status(canvas: Canvas, aside: str, is_muted: bool, floor: int) -> None:
    """Small, above the row `floor`: what is said aside, and whether the sound is off."""
    margin, padding = canvas.px(MARGIN), canvas.px(PADDING)
    height, width = canvas.px(0.062), canvas.px(0.09)
    top, right = floor - margin // 2 - height, canvas.width - margin
    if is_muted:
        box = Box(right - width, top, width, height)
        panel(canvas, box)
        sign = canvas.px(0.046)
        muted_sign(
            canvas, Box(box.middle.x - sign // 2, top + (height - sign) // 2, sign, sign), WHITE
        )
        right -= width + margin
    if aside:
        style = Style(canvas.px(0.04), WHITE, REGULAR)
        room = right - margin - padding
        words = shortened(aside, style.size, room, style.weight)
        wide = text_width(words, style.size, style.weight)
        panel(canvas, Box(margin, top, wide + padding, height))
        baseline = top + (height + round(style.size * CAP_HEIGHT)) // 2
        put_text(canvas, words, Point(margin + padding // 2, baseline), style)


def draw_pause(canvas: Canvas) -> None:
    """A large sign of pause, in the middle."""
    size = canvas.px(0.3)
    middle = Point(canvas.width // 2, canvas.height // 2)
    panel(canvas, Box(middle.x - size // 2, middle.y - size // 2, size, size))
    pause_sign(canvas, middle, round(0.38 * size), WHITE)
