"""Shapes and words on a picture, in sizes that grow with it.

Text is in OpenCV's own TrueType font, so that nothing has to be installed. A line takes 0.03 ms
once its glyphs are in OpenCV's cache.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.pose import Image

Color = tuple[int, int, int]
"""Blue, green, red."""

WHITE: Color = (247, 247, 247)
DARK: Color = (28, 26, 24)

REGULAR, BOLD, BLACK = 500, 700, 800
"""Weights of the font. Thinner ones break up when seen from far away."""

CAP_HEIGHT = 0.75
"""How tall digits and capitals are, of the font's size."""

LINE_HEIGHT = 1.08
"""From one baseline to the next, of the font's size."""

NARROW = 0.9
"""The part of its width that a narrow picture, such as a portrait, is laid out by."""


class Point(NamedTuple):
    """A place in the picture, in pixels."""

    x: int
    y: int


class Box(NamedTuple):
    """An upright rectangle, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row beyond it."""
        return self.top + self.height

    @property
    def middle(self) -> Point:
        """Its middle."""
        return Point(self.left + self.width // 2, self.top + self.height // 2)


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A picture that may be drawn on."""

    image: Image

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.image.shape[0])

    def px(self, share: float) -> int:
        """Pixels, at least one: a share of the picture's height, or of less if it is narrow."""
        return max(1, round(share * min(self.height, NARROW * self.width)))


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks."""

    size: int
    """Of the font, in pixels."""
    color: Color = WHITE
    weight: int = BOLD


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text broken into lines of one size that fit a width."""

    size: int
    lines: tuple[str, ...]


@lru_cache(maxsize=2048)
def text_width(text: str, size: int, weight: int = BOLD) -> int:
    """Pixels from the beginning of the text to where more text would go on."""
    left, _, width, _ = cv2.getTextSize((0, 0), _plain(text), (0, 0), _font(), size, weight)
    return left + width


def put_text(canvas: Canvas, text: str, at: Point, style: Style) -> int:
    """Write one line that begins at this end of its baseline; where more text would go on."""
    cv2.putText(canvas.image, _plain(text), at, style.color, _font(), style.size, style.weight)
    return at.x + text_width(text, style.size, style.weight)


def put_centered(canvas: Canvas, text: str, middle: Point, style: Style) -> None:
    """Write one line whose capitals lie around a point."""
    left = middle.x - text_width(text, style.size, style.weight) // 2
    baseline = middle.y + round(style.size * CAP_HEIGHT / 2)
    put_text(canvas, text, Point(left, baseline), style)


def put_outlined(canvas: Canvas, text: str, at: Point, style: Style) -> None:
    """Write one line that can be read on anything: dark all around its letters."""
    reach = max(1, style.size // 12)
    outline = Style(style.size, DARK, style.weight)
    for dx, dy in (
        (-1, 0),
        (1, 0),
        (0, -1),
        (0, 1),
        (-0.7, -0.7),
        (0.7, -0.7),
        (-0.7, 0.7),
        (0.7, 0.7),
    ):
        put_text(canvas, text, Point(at.x + round(dx * reach), at.y + round(dy * reach)), outline)
    put_text(canvas, text, at, style)


@lru_cache(maxsize=256)
def fit(text: str, size: int, width: int) -> Fitted:
    """Break text into one line or two, no wider than `width`; smaller where that is not enough.

    One line may be a fifth smaller, two may be half as large. Beyond that it is cut off.
    """
    step = max(1, size // 20)
    for most_lines, smallest in ((1, round(0.8 * size)), (2, max(1, size // 2))):
        for smaller in range(size, smallest - 1, -step):
            lines = _broken(text, smaller, width)
            if len(lines) <= most_lines and _widest(lines, smaller) <= width:
                return Fitted(smaller, _balanced(lines, smaller, width))
    smallest = max(1, size // 2)
    first, *others = _broken(text, smallest, width)
    cut = [shortened(line, smallest, width) for line in (first, " ".join(others))]
    return Fitted(smallest, tuple(line for line in cut if line))


@lru_cache(maxsize=256)
def shortened(text: str, size: int, width: int, weight: int = BOLD) -> str:
    """The text, or as much of its beginning as fits the width, with an ellipsis."""
    if text_width(text, size, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""


def panel(canvas: Canvas, box: Box, color: Color | None = None) -> None:
    """Draw a rounded panel: of one colour, or else a dark glass that the picture shines through."""
    left, top = max(0, box.left), max(0, box.top)
    right, bottom = min(canvas.width, box.right), min(canvas.height, box.bottom)
    if right <= left or bottom <= top:
        return
    under = canvas.image[top:bottom, left:right]
    radius = min(canvas.px(0.03), under.shape[0] // 2, under.shape[1] // 2)
    corners = [(rows, columns) for rows in (1, -1) for columns in (1, -1)] if radius else []
    kept = [under[::rows, ::columns][:radius, :radius].copy() for rows, columns in corners]
    if color is None:
        cv2.convertScaleAbs(under, under, alpha=0.34, beta=10)
    else:
        under[:] = color
    for (rows, columns), before in zip(corners, kept, strict=True):
        corner = under[::rows, ::columns][:radius, :radius]
        corner[:] = before + (corner.astype(np.float32) - before) * _corner(radius)


def polygon(canvas: Canvas, points: Sequence[tuple[float, float]], color: Color) -> None:
    """Fill a polygon."""
    corners = np.rint(np.array(points)).astype(np.int32)
    cv2.fillPoly(canvas.image, [corners], color, cv2.LINE_AA)


def lines(
    canvas: Canvas, ends: Sequence[tuple[Point, Point]], color: Color, thickness: int
) -> None:
    """Draw straight lines with round ends, dark along both edges."""
    paths = [np.array(pair, dtype=np.int32) for pair in ends]
    edge = max(1, thickness // 3)
    cv2.polylines(canvas.image, paths, False, DARK, thickness + 2 * edge, cv2.LINE_AA)
    cv2.polylines(canvas.image, paths, False, color, thickness, cv2.LINE_AA)


def stroke(
    canvas: Canvas, points: Sequence[tuple[float, float]], color: Color, thickness: int
) -> None:
    """Draw one line through all the points."""
    path = np.rint(np.array(points)).astype(np.int32)
    cv2.polylines(canvas.image, [path], False, color, thickness, cv2.LINE_AA)


def ring(canvas: Canvas, middle: Point, radius: int, color: Color, thickness: int) -> None:
    """Draw a circle, dark along both edges."""
    edge = max(1, thickness // 3)
    cv2.circle(canvas.image, middle, radius, DARK, thickness + 2 * edge, cv2.LINE_AA)
    cv2.circle(canvas.image, middle, radius, color, thickness, cv2.LINE_AA)


def dot(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    """Fill a circle."""
    cv2.circle(canvas.image, middle, radius, color, cv2.FILLED, cv2.LINE_AA)


def arc(
    canvas: Canvas,
    middle: Point,
    radius: int,
    degrees: tuple[float, float],
    color: Color,
    width: int,
) -> None:
    """Draw a part of a circle between two directions: 0 to the right, growing clockwise."""
    axes = (radius, radius)
    cv2.ellipse(canvas.image, middle, axes, 0, *degrees, color, width, cv2.LINE_AA)


def _plain(text: str) -> str:
    """The text as it is drawn. The font's zero has a stroke that from afar makes it look like 8."""
    return text.replace("0", "O")


@cache
def _font() -> cv2.FontFace:
    return cv2.FontFace("sans")


def _broken(text: str, size: int, width: int) -> list[str]:
    """Lines as full as the width allows; a word that is wider has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _balanced(lines: list[str], size: int, width: int) -> tuple[str, ...]:
    """The same text in as many lines, of about the same length: no single word in the last one."""
    text = " ".join(lines)
    evenly = text_width(text, size) // max(1, len(lines))
    for narrower in range(evenly, width, max(1, size // 4)):
        attempt = _broken(text, size, narrower)
        if len(attempt) == len(lines):
            return tuple(attempt)
    return tuple(lines)


def _widest(lines: Sequence[str], size: int) -> int:
    return max((text_width(line, size) for line in lines), default=0)


@cache
def _corner(radius: int) -> NDArray[np.float32]:
    """How much of each pixel (radius, radius, 1) lies within a round top left corner, 0..1."""
    x = np.arange(radius, dtype=np.float32) + 0.5 - radius
    within: NDArray[np.float32] = radius + 0.5 - np.hypot(x[:, None], x[None, :])
    return within.clip(0, 1)[..., None]
