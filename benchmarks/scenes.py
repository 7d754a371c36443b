"""What formcheck makes of title cards, cuts, fades, a moving camera and somebody who leaves.

    python benchmarks/scenes.py                               a table of all scenes
    python benchmarks/scenes.py --only cut --keep FOLDER      some, and keep their videos

Each scene is made from one labelled clip of a sample, whose reps are known, so it is known as well
how many a person would count. It prints the reps expected and found, and the notes.
"""

import argparse
import itertools
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from formcheck.checking.judge_source import judge
from formcheck.definition.loading import load_exercise
from formcheck.footage.video import open_video
from formcheck.pose import Image
from formcheck.sources.model_finder import model_finder
from formcheck.sources.opening import open_source

CLIP = Path(__file__).parent.parent / "samples" / "rendered_bridge_side_right_clean.mp4"
Picture = Callable[[Image, float], Image]
"""What becomes of a picture, given its time in the clip."""


@dataclass(frozen=True)
class Clip:
    """Pictures of one size, evenly spaced, and from when to when each rep was done."""

    pictures: list[Image]
    fps: float
    reps: list[tuple[float, float]]

    def part(self, start: float = 0.0, end: float = float("inf")) -> list[Image]:
        return self.pictures[round(start * self.fps) : round(min(end, self.length) * self.fps)]

    @property
    def length(self) -> float:
        return len(self.pictures) / self.fps

    def middle(self, number: int) -> float:
        return sum(self.reps[number]) / 2

    def pause(self, number: int) -> float:
        """A moment between a rep and the next."""
        return (self.reps[number][1] + self.reps[number + 1][0]) / 2

    def changed(
        self, change: Picture, start: float = 0.0, end: float = float("inf")
    ) -> list[Image]:
        return [change(each, start + i / self.fps) for i, each in enumerate(self.part(start, end))]


Scene = Callable[[Clip], tuple[list[Image], int]]
SCENES: dict[str, Scene] = {}
"""By name: the pictures, and the reps that a person would count."""


def scene(name: str) -> Callable[[Scene], Scene]:
    def keep(make: Scene) -> Scene:
        SCENES[name] = make
        return make

    return keep


# What is done to pictures.


def card(clip: Clip, seconds: float, words: str = "Lower back, day 3") -> list[Image]:
    """A title card."""
    height, width = clip.pictures[0].shape[:2]
    picture = np.full((height, width, 3), (70, 40, 20), np.uint8)
    cv2.putText(picture, words, (width // 8, height // 2), 0, width / 500, (255,) * 3, 2)
    return [picture] * round(seconds * clip.fps)


def faded(pictures: Iterable[Image], start: float, end: float) -> list[Image]:
    """The pictures, their brightness going from one share to another."""
    pictures = list(pictures)
    shares = np.linspace(start, end, len(pictures))
    return [(each * share).astype(np.uint8) for each, share in zip(pictures, shares, strict=True)]


def moved(
    picture: Image, zoom: float = 1.0, turn: float = 0.0, right: float = 0.0, down: float = 0.0
) -> Image:
    """As a camera sees it that is zoomed in, turned by degrees, or points elsewhere (in widths)."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, zoom)
    matrix[:, 2] += right * width, down * width
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def other_camera(picture: Image, _: float) -> Image:
    """As from the other side of the mat, and nearer."""
    return moved(np.ascontiguousarray(picture[:, ::-1]), zoom=1.2, down=0.05)


def dark(picture: Image, _: float) -> Image:
    noise = np.random.default_rng(len(picture)).normal(3, 2, picture.shape)
    return np.clip(picture * 0.02 + noise, 0, 255).astype(np.uint8)


# Scenes.


@scene("as it is")
def as_it_is(clip: Clip) -> tuple[list[Image], int]:
    return clip.part(), len(clip.reps)


@scene("title card before")
def title_card(clip: Clip) -> tuple[list[Image], int]:
    return card(clip, 3) + clip.part(), len(clip.reps)


@scene("title card amid, between reps")
def card_between(clip: Clip) -> tuple[list[Image], int]:
    at = clip.pause(0)
    return clip.part(0, at) + card(clip, 3) + clip.part(at), len(clip.reps)


@scene("fade in and out")
def fades(clip: Clip) -> tuple[list[Image], int]:
    start, end = clip.reps[0][0] - 0.3, clip.reps[-1][1] + 0.3
    lead, tail = clip.part(0, start), clip.part(end)
    return faded(lead, 0, 1) + clip.part(start, end) + faded(tail, 1, 0), len(clip.reps)


@scene("cut to another camera between reps")
def cut_between(clip: Clip) -> tuple[list[Image], int]:
    at = clip.pause(0)
    return clip.part(0, at) + clip.changed(other_camera, at), len(clip.reps)


@scene("cut to another camera in a rep")
def cut_within(clip: Clip) -> tuple[list[Image], int]:
    at = clip.middle(1)
    return clip.part(0, at) + clip.changed(other_camera, at), len(clip.reps) - 1


@scene("cut there and back in a rep")
def cut_and_back(clip: Clip) -> tuple[list[Image], int]:
    at = clip.middle(1)
    there = clip.changed(other_camera, at, at + 1)
    return clip.part(0, at) + there + clip.part(at + 1), len(clip.reps) - 1


@scene("cut from one rep's top to another's, other camera")
def cut_over(clip: Clip) -> tuple[list[Image], int]:
    first, second = clip.middle(0), clip.middle(1)
    return clip.part(0, first) + clip.changed(other_camera, second), len(clip.reps) - 2


@scene("cut to a closer picture in a rep")
def punch_in(clip: Clip) -> tuple[list[Image], int]:
    at = clip.middle(1)
    return clip.part(0, at) + clip.changed(lambda p, _: moved(p, 1.5), at), len(clip.reps) - 1


@scene("cut from one rep's top to another's, same camera")
def cut_unseen(clip: Clip) -> tuple[list[Image], int]:
    return clip.part(0, clip.middle(0)) + clip.part(clip.middle(1)), len(clip.reps) - 1


@scene("title card from one rep's top to another's")
def card_over(clip: Clip) -> tuple[list[Image], int]:
    first, second = clip.middle(0), clip.middle(1)
    return clip.part(0, first) + card(clip, 1.5) + clip.part(second), len(clip.reps) - 2


@scene("short black from one rep's top to another's")
def black_over(clip: Clip) -> tuple[list[Image], int]:
    first, second = clip.middle(0), clip.middle(1)
    black = [np.zeros_like(clip.pictures[0])] * round(0.4 * clip.fps)
    return clip.part(0, first) + black + clip.part(second), len(clip.reps) - 2


@scene("fade over black from one rep's top to another's")
def fade_over(clip: Clip) -> tuple[list[Image], int]:
    first, second = clip.middle(0), clip.middle(1)
    out = faded(clip.part(first, first + 0.5), 1, 0)
    back = faded(clip.part(second - 0.5, second), 0, 1)
    return clip.part(0, first) + out + back + clip.part(second), len(clip.reps) - 2


@scene("cross-fade to another camera between reps")
def cross_fade(clip: Clip) -> tuple[list[Image], int]:
    at, count = clip.pause(0), round(0.6 * clip.fps)
    one, other = clip.part(at), clip.changed(other_camera, at)
    shares = np.linspace(0, 1, count)
    between = [
        (a * (1 - share) + b * share).astype(np.uint8)
        for a, b, share in zip(one, other, shares, strict=False)
    ]
    return clip.part(0, at) + between + other[count:], len(clip.reps)


@scene("jump from a rep's top to rest, same camera")
def jump(clip: Clip) -> tuple[list[Image], int]:
    return clip.part(0, clip.middle(1)) + clip.part(clip.pause(1)), len(clip.reps) - 1


@scene("slow zoom in")
def zoom_in(clip: Clip) -> tuple[list[Image], int]:
    return clip.changed(lambda p, t: moved(p, 1 + 0.25 * t / clip.length)), len(clip.reps)


@scene("zoom in and out within each 4 s")
def zoom_waves(clip: Clip) -> tuple[list[Image], int]:
    return (
        clip.changed(lambda p, t: moved(p, 1.12 + 0.12 * np.sin(2 * np.pi * t / 4))),
        len(clip.reps),
    )


@scene("hand-held")
def hand_held(clip: Clip) -> tuple[list[Image], int]:
    def shaken(picture: Image, t: float) -> Image:
        sway = [np.sin(2 * np.pi * t * f + f) for f in (0.3, 0.7, 1.1, 1.9)]
        right, down = 0.012 * (sway[0] + sway[2]), 0.01 * (sway[1] + sway[3])
        return moved(picture, 1.0, 1.2 * (sway[1] + 0.5 * sway[2]), right, down)

    return clip.changed(shaken), len(clip.reps)


@scene("camera turns round itself, 8 degrees in all")
def rolls(clip: Clip) -> tuple[list[Image], int]:
    return clip.changed(lambda p, t: moved(p, turn=8 * t / clip.length - 4)), len(clip.reps)


@scene("camera pans, a fifth of the picture in all")
def pans(clip: Clip) -> tuple[list[Image], int]:
    return clip.changed(lambda p, t: moved(p, 0.8, right=0.2 * t / clip.length - 0.1)), len(
        clip.reps
    )


def gone(clip: Clip, at: float, seconds: float) -> list[Image]:
    """The person slides out of the picture within a second, is gone, and slides back."""
    ways = [*np.linspace(0, 1.3, round(clip.fps)), *[1.3] * round(seconds * clip.fps)]
    ways += [*np.linspace(1.3, 0, round(clip.fps))]
    still = clip.part(at)[0]
    return [moved(still, right=float(way)) for way in ways]


@scene("leaves between reps, 10 s")
def leaves(clip: Clip) -> tuple[list[Image], int]:
    at = clip.pause(0)
    return clip.part(0, at) + gone(clip, at, 10) + clip.part(at), len(clip.reps)


@scene("leaves in a rep, 3 s")
def leaves_within(clip: Clip) -> tuple[list[Image], int]:
    at = clip.middle(1)
    return clip.part(0, at) + gone(clip, at, 3) + clip.part(at), len(clip.reps) - 1


@scene("light off for a whole rep")
def light_off(clip: Clip) -> tuple[list[Image], int]:
    start, end = clip.pause(0), clip.pause(1)
    return clip.part(0, start) + clip.changed(dark, start, end) + clip.part(end), len(clip.reps) - 1


@scene("light off in a rep, 3 s")
def light_off_within(clip: Clip) -> tuple[list[Image], int]:
    start = clip.middle(1)
    end = clip.middle(2)
    return clip.part(0, start) + clip.changed(dark, start, end) + clip.part(end), len(clip.reps) - 2


@scene("light off in a rep, 0.5 s")
def light_flickers(clip: Clip) -> tuple[list[Image], int]:
    start, end = clip.middle(1) - 0.25, clip.middle(1) + 0.25
    return clip.part(0, start) + clip.changed(dark, start, end) + clip.part(end), len(clip.reps)


@scene("fade to black and back in a rep, 0.5 s")
def fade_within(clip: Clip) -> tuple[list[Image], int]:
    start, middle, end = (clip.middle(1) + at for at in (-0.25, 0.0, 0.25))
    fade = faded(clip.part(start, middle), 1, 0) + faded(clip.part(middle, end), 0, 1)
    return clip.part(0, start) + fade + clip.part(end), len(clip.reps)


@scene("dim")
def dim(clip: Clip) -> tuple[list[Image], int]:
    def dimmed(picture: Image, t: float) -> Image:
        noise = np.random.default_rng(round(t * 1000)).normal(0, 6, picture.shape)
        return np.clip(picture * 0.15 + noise, 0, 255).astype(np.uint8)

    return clip.changed(dimmed), len(clip.reps)


@scene("far away")
def far(clip: Clip) -> tuple[list[Image], int]:
    return clip.changed(lambda p, _: moved(p, 0.3)), len(clip.reps)


@scene("out of focus")
def blurred(clip: Clip) -> tuple[list[Image], int]:
    return clip.changed(lambda p, _: np.asarray(cv2.GaussianBlur(p, (0, 0), 6))), len(clip.reps)


@scene("legs behind something")
def blanket(clip: Clip) -> tuple[list[Image], int]:
    def hidden(picture: Image, t: float) -> Image:
        covered = picture.copy()
        height, width = picture.shape[:2]
        cv2.rectangle(covered, (width // 2, height // 4), (width, height), (90, 120, 150), -1)
        return covered

    return clip.changed(hidden), len(clip.reps)


# All together.


def read(path: Path) -> Clip:
    with open_video(path) as video:
        frames = list(video)
    labels = json.loads(path.with_suffix("").with_suffix(".labels.json").read_text())
    reps = [(each["start_s"], each["end_s"]) for each in labels["reps"]]
    fps = (len(frames) - 1) / (frames[-1].time - frames[0].time)
    return Clip([frame.image for frame in frames], fps, reps)


def write(path: Path, pictures: list[Image], fps: float) -> None:
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, (width, height))
    for picture in pictures:
        writer.write(picture)
    writer.release()


def rows(clip: Clip, exercise: str, only: str, folder: Path) -> Iterator[tuple[str, int, int]]:
    for name, make in SCENES.items():
        if only not in name:
            continue
        path = folder / f"{name.replace(' ', '_').replace(',', '').replace(chr(39), '')}.mp4"
        pictures, expected = make(clip)
        if not path.exists():
            write(path, pictures, clip.fps)
        with open_source(path, model_finder(None)) as source:
            outcome = judge(source, load_exercise(exercise))
        summary = outcome.summary
        print(f"{name:50} {expected} expected, {len(summary.counted)} found", flush=True)
        for each in summary.counted:
            print(f"    {each.start:5.1f} to {each.end:5.1f} {[f.name for f in each.faults]}")
        for part in summary.partials:
            print(f"    {part.start:5.1f} to {part.end:5.1f} not counted: {part.reason}")
        for note in itertools.chain(outcome.warnings, summary.notes):
            print(f"    {note}")
        yield name, expected, len(summary.counted)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default="", help="scenes with this in their name")
    parser.add_argument("--keep", type=Path, help="a folder for the videos")
    parser.add_argument("--clip", type=Path, default=CLIP, help="with labels beside it")
    parser.add_argument("--exercise", default="bridge")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = args.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        found = list(rows(read(args.clip), args.exercise, args.only, kept))
    right = sum(expected == count for _, expected, count in found)
    print(f"{right} of {len(found)} scenes as a person would count")
    return 0 if right == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
