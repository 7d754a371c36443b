"""The form of a label file, `NAME.labels.json`, checked by pydantic, and its JSON schema."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from formcheck.evaluation.labels import Labels, RepLabel, or_nan
from formcheck.exercise import Side
from formcheck.printable import everyday

FORMAT = "formcheck-labels/1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TIMES = ("start_s", "peak_s", "end_s")
EPSILON = 0.001
"""Seconds by which rounding may put times out of order."""


MOST_REPS = 10_000
"""In one clip; more cannot be done, and matching them would take long."""
LabelName = Annotated[str, Field(max_length=200)]
LabelNames = Annotated[list[LabelName], Field(max_length=100)]


class _Form(BaseModel):
    """Unknown keys are errors, so that a slip of the pen is not silently no label."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class RepForm(_Form):
    """A rep, a partial or, in a timed exercise, a hold. At least one of its times is needed."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": [t]} for t in TIMES]})

    side: Side | None = None
    """The person's own left or right; null where both sides move together or it is not said."""
    start_s: float | None = Field(None, ge=0)
    """When it begins: the first movement away from rest."""
    peak_s: float | None = Field(None, ge=0)
    """When it is at its farthest; in a hold, any moment of it, its middle best."""
    end_s: float | None = Field(None, ge=0)
    """When it is over: back at rest."""
    hold_s: float | None = Field(None, ge=0)
    """Seconds held still at the top; in a timed exercise, the seconds of the hold. It also answers
    rules about the length of the hold: those need not be named in `faults` then."""
    complete: bool = True
    """False: a partial, which does not count. Faults in partials are not scored."""
    faults: LabelNames = []
    """Names of the exercise's rules that are broken, as `formcheck show` lists them."""
    unsure: LabelNames = []
    """Faults about which either answer is right: they are not scored in this rep."""

    @model_validator(mode="after")
    def _is_placed_in_time(self) -> Self:
        known = [t for t in (getattr(self, name) for name in TIMES) if t is not None]
        if not known:
            raise ValueError("needs start_s, peak_s or end_s")
        if any(later < earlier - EPSILON for earlier, later in pairwise(known)):
            raise ValueError("start_s, peak_s and end_s must come in this order")
        return self


class LabelForm(_Form):
    """What is seen in one clip: the labels that formcheck's answer is compared with."""

    schema_: str | None = Field(None, alias="$schema")
    """For editors only: where this schema is."""
    format: Literal["formcheck-labels/1"]
    source: str = Field(min_length=1, max_length=1000)
    """The clip's file name: a recording or a video beside this file, or a path from here."""
    exercise: LabelName | None
    """The exercise's name; null: none that formcheck knows, so that nothing may count."""
    view: str = ""
    """From where the camera looks, in words."""
    reps: list[RepForm] = Field([], max_length=MOST_REPS)
    """Every rep, and every partial that is described, in order of time."""
    count: int | None = Field(None, ge=0, le=MOST_REPS)
    """How many reps count, where only their number is known."""
    partials: int | None = Field(None, ge=0, le=MOST_REPS)
    """How many partials there are in all; null: not said, unless `reps` describes some."""
    unsure: LabelNames = []
    """Faults about which either answer is right, in every rep."""
    not_judged: LabelNames = []
    """Rules that cannot be judged in this clip, and must not be."""
    judgeable: bool = True
    """False: the exercise cannot be judged from this view. Counting nothing is right, and so is
    counting what is there; finding a fault, or calling a rep clean, is wrong."""
    exhaustive: bool = False
    """True: every fault that is to be seen is labelled, so that `formcheck test` takes any other
    for a mistake. Otherwise it does so only with safety faults."""
    note: str = ""
    """Anything else to know, for people."""

    @model_validator(mode="after")
    def _counts_agree(self) -> Self:
        complete = sum(rep.complete for rep in self.reps)
        if self.count is not None and complete and complete != self.count:
            raise ValueError(f"count is {self.count}, but reps has {complete} that are complete")
        partial = len(self.reps) - complete
        if self.partials is not None and self.partials < partial:
            raise ValueError(f"partials is {self.partials}, but reps has {partial} of them")
        if self.exercise is None and (complete or self.count):
            raise ValueError("reps need an exercise: with exercise null nothing may count")
        return self


def labels_of(form: LabelForm) -> Labels:
    """The labels that a file says."""
    partial = sum(not rep.complete for rep in form.reps)
    return Labels(
        source=form.source,
        exercise=form.exercise,
        reps=tuple(_rep_of(rep) for rep in form.reps),
        view=form.view,
        count=form.count,
        partial_count=(partial or None) if form.partials is None else form.partials,
        unsure=tuple(form.unsure),
        not_judged=tuple(form.not_judged),
        judgeable=form.judgeable,
        exhaustive=form.exhaustive,
        note=form.note,
    )


def _rep_of(rep: RepForm) -> RepLabel:
    return RepLabel(
        side=rep.side,
        start=or_nan(rep.start_s),
        peak=or_nan(rep.peak_s),
        end=or_nan(rep.end_s),
        hold=or_nan(rep.hold_s),
        complete=rep.complete,
        faults=tuple(rep.faults),
        unsure=tuple(rep.unsure),
    )


def form_errors(error: ValidationError) -> list[str]:
    """Pydantic's errors, one line each with the place in the file."""
    return [f"{_place(each['loc'])}{_message(each['msg'])}" for each in error.errors()]


def _place(keys: Sequence[str | int]) -> str:
    words = [f"{key + 1}" if isinstance(key, int) else key for key in keys]
    return f"{' '.join(words)}: " if words else ""


def _message(message: str) -> str:
    said = everyday(message)
    return (
        "unknown key" if said == "Extra inputs are not permitted" else said[:1].lower() + said[1:]
    )


def schema() -> dict[str, Any]:
    """The JSON schema of a label file, for editors and for other programs."""
    plain: dict[str, Any] = _without_noise(LabelForm.model_json_schema(by_alias=True))
    return {"$schema": DIALECT, "title": FORMAT} | plain


def _without_noise(node: Any) -> Any:
    """A part of pydantic's schema without its titles, which only repeat names, and line ends."""
    if isinstance(node, list):
        return [_without_noise(each) for each in node]
    if isinstance(node, dict):
        return {key: _without_noise(each) for key, each in node.items() if key != "title"}
    return " ".join(node.split()) if isinstance(node, str) else node


def schema_text() -> str:
    """The schema as it stands in `labels.schema.json`."""
    return json.dumps(schema(), indent=2) + "\n"
