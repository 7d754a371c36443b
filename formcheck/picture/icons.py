"""Signs that are told apart by their shape, so that nobody has to see their colour."""

from collections.abc import Callable
from math import cos, pi, sin

from formcheck.coaching.scene import Tone
from formcheck.picture.canvas import (
    BLACK,
    DARK,
    WHITE,
    Box,
    Canvas,
    Color,
    Point,
    Style,
    arc,
    dot,
    polygon,
    put_centered,
    stroke,
)

COLORS: dict[Tone, Color] = {
    "safety": (16, 102, 235),
    "fault": (58, 196, 250),
    "hint": (240, 190, 98),
    "praise": (158, 208, 62),
    "guide": WHITE,
}
"""Vermilion, amber, sky blue, bluish green and white: told apart in deuteranopia, too, where the
first two look like a dark and a light yellow (after Okabe and Ito)."""

LOUD: tuple[Tone, ...] = ("safety", "fault")
"""Tones whose message is dark on a bright band; the others are bright on a dark one."""


def tone_icon(canvas: Canvas, tone: Tone, middle: Point, radius: int, color: Color) -> None:
    """Draw the sign of a tone: stop sign, warning triangle, information, star or arrow."""
    _TONES[tone](canvas, middle, radius, color)


def check_mark(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    """Draw a check mark."""
    x, y = middle
    points = [(-0.62, 0.05), (-0.18, 0.5), (0.66, -0.45)]
    path = [(x + dx * radius, y + dy * radius) for dx, dy in points]
    stroke(canvas, path, color, max(1, round(radius * 0.3)))


def pause_sign(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    """Draw two upright bars."""
    x, y = middle
    for left, right in ((-0.5, -0.14), (0.14, 0.5)):
        sides = (x + left * radius, x + right * radius)
        ends = (y - 0.62 * radius, y + 0.62 * radius)
        corners = [(sides[i], ends[j]) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))]
        polygon(canvas, corners, color)


def muted_sign(canvas: Canvas, box: Box, color: Color) -> None:
    """Draw a loudspeaker with a cross beside it."""
    x, y = box.middle
    unit = box.height / 2
    outline = [(-1, -0.3), (-0.6, -0.3), (-0.1, -0.75), (-0.1, 0.75), (-0.6, 0.3), (-1, 0.3)]
    polygon(canvas, [(x + dx * unit, y + dy * unit) for dx, dy in outline], color)
    for sign in (-1, 1):
        ends = [
            (x + 0.25 * unit, y - 0.35 * sign * unit),
            (x + 0.95 * unit, y + 0.35 * sign * unit),
        ]
        stroke(canvas, ends, color, max(1, round(unit * 0.2)))


def _stop(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    polygon(canvas, _regular(8, middle, radius, pi / 8), color)
    half, thick = 0.55 * radius, 0.15 * radius
    x, y = middle
    bar = [
        (x - half, y - thick),
        (x + half, y - thick),
        (x + half, y + thick),
        (x - half, y + thick),
    ]
    polygon(canvas, bar, _on(color))


def _triangle(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    low = Point(middle.x, middle.y + round(0.14 * radius))
    polygon(canvas, _regular(3, low, round(1.14 * radius), -pi / 2), color)
    _bar_and_dot(canvas, Point(low.x, low.y - round(0.08 * radius)), radius, _on(color))


def _information(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    dot(canvas, middle, radius, color)
    put_centered(canvas, "i", middle, Style(max(4, round(1.7 * radius)), _on(color), BLACK))


def _star(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    outer = _regular(5, middle, radius, -pi / 2)
    inner = _regular(5, middle, 0.45 * radius, -pi / 2 + pi / 5)
    polygon(canvas, [point for pair in zip(outer, inner, strict=True) for point in pair], color)


def _arrow(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    x, y = middle
    arc(canvas, middle, round(0.9 * radius), (0, 360), color, max(1, round(0.16 * radius)))
    head = [(-0.18, -0.45), (0.3, 0.0), (-0.18, 0.45)]
    path = [(x + dx * radius, y + dy * radius) for dx, dy in head]
    stroke(canvas, path, color, max(1, round(0.22 * radius)))


def _bar_and_dot(canvas: Canvas, middle: Point, radius: int, color: Color) -> None:
    """Draw an exclamation mark."""
    x, y = middle
    wide, narrow = 0.14 * radius, 0.09 * radius
    top, bottom = y - 0.4 * radius, y + 0.2 * radius
    polygon(
        canvas,
        [(x - wide, top), (x + wide, top), (x + narrow, bottom), (x - narrow, bottom)],
        color,
    )
    dot(canvas, Point(x, round(y + 0.44 * radius)), max(1, round(0.13 * radius)), color)


def _regular(corners: int, middle: Point, radius: float, start: float) -> list[tuple[float, float]]:
    """The corners of a regular polygon, the first one in a direction given in radians."""
    turns = [start + 2 * pi * i / corners for i in range(corners)]
    return [(middle.x + radius * cos(turn), middle.y + radius * sin(turn)) for turn in turns]


def _on(color: Color) -> Color:
    """What can be seen on a colour."""
    return DARK if color != DARK else WHITE


_TONES: dict[Tone, Callable[[Canvas, Point, int, Color], None]] = {
    "safety": _stop,
    "fault": _triangle,
    "hint": _information,
    "praise": _star,
    "guide": _arrow,
}
