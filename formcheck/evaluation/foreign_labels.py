"""Labels in two other forms, read as they are: notes by eye, and the truth of rendered clips.

* Notes by eye name a `recording` or `video` and say how many reps are `counted`, with `peaks_s`,
  `sides`, and `faults` in plain words.
* The truth of a rendered clip has exact `reps`, each with the beginning and end of its top, and a
  list of `faults` by rep, named for what was done to the movement.

Neither claims to name every fault. Keys that say nothing about the movement are left alone.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from formcheck.evaluation.label_form import MOST_REPS
from formcheck.evaluation.label_words import TURNED_BACK
from formcheck.evaluation.labels import Labels, RepLabel, or_nan
from formcheck.exercise import Side
from formcheck.wording import as_name

END_VIEWS = ("foot_end", "head_end")
"""Views along the body, from which no exercise can be judged."""

SOME_REPS = re.compile(r"reps?\s+((?:\d+\s*(?:,|and|to|-|–)?\s*)+)", re.IGNORECASE)  # noqa: RUF001


class _Loose(BaseModel):
    """Keys that are not needed may be there."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class NotedRep(_Loose):
    """A rep in notes by eye."""

    side: Side | None = None
    start_s: float | None = None
    peak_s: float | None = None
    end_s: float | None = None
    hold_s: float | None = None
    complete: bool = True
    faults: list[str] = []


class Notes(_Loose):
    """Notes by eye."""

    recording: str | None = None
    video: str | None = None
    exercise: str | None
    view: str = ""
    side: Side | None = None
    counted: int
    partials: int | None = None
    peaks_s: list[float] = Field([], max_length=MOST_REPS)
    sides: list[Side] = Field([], max_length=MOST_REPS)
    reps: list[NotedRep] = Field([], max_length=MOST_REPS)
    faults: dict[str, Any] | list[str] = {}
    uncertain: list[str] = []
    note: str = ""


class TrueRep(_Loose):
    """A rep in the truth of a rendered clip."""

    rep: int
    exercise: str
    side: Side | None = None
    start_s: float
    top_start_s: float | None = None
    top_end_s: float | None = None
    end_s: float
    hold_s: float | None = None
    """From the end of the raise to the beginning of the lowering; of a timed one, the hold."""
    time_above_90pct_rom_s: float | None = None
    """What formcheck calls the hold: the time within a tenth of the range from the top."""
    timed: bool = False
    complete: bool = True


class TrueFault(_Loose):
    """A fault in the truth of a rendered clip: what was done to which rep."""

    rep: int | None = None
    exercise: str | None = None
    kind: str


class Truth(_Loose):
    """The truth of a rendered clip."""

    name: str
    exercise: str | None = None
    view: str = ""
    mirrored: bool = False
    partial_attempts: int | None = None
    reps: list[TrueRep] = Field(max_length=MOST_REPS)
    faults: list[TrueFault] = Field([], max_length=MOST_REPS)


def is_notes(table: Mapping[str, Any]) -> bool:
    """Whether a file's table looks like notes by eye."""
    return "counted" in table and ("recording" in table or "video" in table)


def is_truth(table: Mapping[str, Any]) -> bool:
    """Whether a file's table looks like the truth of a rendered clip."""
    return "reps" in table and "name" in table


def noted(notes: Notes) -> Labels:
    """The labels that notes by eye say."""
    return Labels(
        source=notes.recording or notes.video or "",
        exercise=notes.exercise,
        reps=tuple(_with_faults(_noted_reps(notes), notes.faults)),
        view=notes.view,
        count=notes.counted,
        partial_count=notes.partials,
        unsure=tuple(words.partition(":")[0].strip() for words in notes.uncertain),
        note=notes.note,
    )


def _noted_reps(notes: Notes) -> list[RepLabel]:
    if notes.reps:
        return [
            RepLabel(
                side=rep.side or notes.side,
                start=or_nan(rep.start_s),
                peak=or_nan(rep.peak_s),
                end=or_nan(rep.end_s),
                hold=or_nan(rep.hold_s),
                complete=rep.complete,
                faults=tuple(rep.faults),
            )
            for rep in notes.reps
        ]
    sides: Sequence[Side | None] = notes.sides or [notes.side] * len(notes.peaks_s)
    if len(sides) != len(notes.peaks_s):
        raise ValueError(f"has {len(notes.peaks_s)} peaks_s and {len(sides)} sides")
    return [RepLabel(side=side, peak=peak) for peak, side in zip(notes.peaks_s, sides, strict=True)]


def _with_faults(reps: list[RepLabel], faults: Mapping[str, Any] | list[str]) -> list[RepLabel]:
    """Each rep with the faults of the clip that are in it: in all reps, unless some are named."""
    where = dict.fromkeys(faults) if isinstance(faults, list) else faults
    return [
        RepLabel(
            rep.side,
            rep.start,
            rep.peak,
            rep.end,
            rep.hold,
            rep.complete,
            rep.faults + tuple(words for words, said in where.items() if _is_in(said, number)),
        )
        for number, rep in enumerate(reps, 1)
    ]


def _is_in(said: object, number: int) -> bool:
    """Whether what is said of a fault, such as `reps 1 and 3: ...`, is said of that rep."""
    if isinstance(said, list):
        return number in said
    named = SOME_REPS.match(said.strip()) if isinstance(said, str) else None
    return named is None or _is_among(number, named[1])


def _is_among(number: int, words: str) -> bool:
    """Whether a number is one of `1, 3 to 5 and 7`."""
    ranges = re.findall(r"(\d+)(?:\s*(?:to|-|–)\s*(\d+))?", words)  # noqa: RUF001
    return any(int(low) <= number <= int(high or low) for low, high in ranges)


def truths(truth: Truth, source: str) -> tuple[Labels, ...]:
    """The labels that the truth of a rendered clip says: one for each exercise done in it."""
    names = list(dict.fromkeys(rep.exercise for rep in truth.reps))
    if not names:
        names = [] if truth.exercise is None else [truth.exercise]
        if not names:
            return (Labels(source, None, view=truth.view, partial_count=0),)
    return tuple(_truth_of(truth, name, source) for name in names)


def _truth_of(truth: Truth, exercise: str, source: str) -> Labels:
    reps = tuple(_true_rep(rep, truth) for rep in truth.reps if rep.exercise == exercise)
    note = "The picture is mirrored, so the side is unknown." if truth.mirrored else ""
    return Labels(
        source=source,
        exercise=exercise,
        reps=reps,
        view=truth.view,
        partial_count=sum(not rep.complete for rep in reps),
        judgeable=not truth.view.startswith(END_VIEWS),
        note=note,
    )


def _true_rep(rep: TrueRep, truth: Truth) -> RepLabel:
    kinds = [
        fault.kind
        for fault in truth.faults
        if fault.rep == rep.rep and fault.exercise in (None, rep.exercise)
    ]
    turned_back = any(as_name(kind) in TURNED_BACK for kind in kinds)
    near_top = None if rep.timed else rep.time_above_90pct_rom_s
    return RepLabel(
        side=None if truth.mirrored else rep.side,
        start=rep.start_s,
        peak=(or_nan(rep.top_start_s) + or_nan(rep.top_end_s)) / 2,
        end=rep.end_s,
        hold=or_nan(rep.hold_s if near_top is None else near_top),
        complete=rep.complete and not turned_back,
        faults=tuple(kind for kind in kinds if as_name(kind) not in TURNED_BACK),
    )
