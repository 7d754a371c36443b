"""The form of an exercise file, checked by pydantic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from formcheck.exercise import (
    Seen,
    Severity,
    SinceRest,
    Subject,
    View,
)
from formcheck.measuring.kinds import COMPOSED, KINDS


class Entry(BaseModel):
    """A table of the file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


class CameraEntry(Entry):
    """`[camera]`."""

    view: View
    place: str
    within: float = 45.0


class MeasureEntry(Entry):
    """One line of `[measures]`: exactly one kind, and how the value is taken."""

    angle: list[str] | None = None
    tilt: list[str] | None = None
    lean: list[str] | None = None
    swing: list[str] | None = None
    rise: list[str] | None = None
    ahead: list[str] | None = None
    offset: list[str] | None = None
    distance: list[str] | None = None
    along: list[str] | None = None
    sideways: list[str] | None = None
    turn: list[str] | None = None
    sum: dict[str, float] | None = None
    mean: list[str] | None = None
    since_rest: SinceRest = "no"
    minus: float = 0.0
    unsigned: bool = False


class ConditionEntry(Entry):
    """A condition: exactly one subject and its limits."""

    measure: str | None = None
    drop: str | None = None
    peak: str | None = None
    trough: str | None = None
    duration: str | None = None
    above: float | None = None
    below: float | None = None
    lasting: float = 0.0


class StartEntry(Entry):
    """`[[start]]`."""

    measure: str
    above: float | None = None
    below: float | None = None
    cue: str
    slack: float | None = None


class RepEntry(Entry):
    """`[rep]`."""

    measure: str
    direction: Literal["up", "down"]
    attempt: float
    counts: float
    reaches: float | None = None
    shortest: float = 0.8
    ways: Annotated[list[str], Field(min_length=2, max_length=2)] = ["up", "down"]


class HoldEntry(Entry):
    """`[hold]`."""

    seconds: float
    within: float | None = None
    slower_than: float | None = None
    counts: float | None = None


class HallmarkEntry(Entry):
    """`[[hallmark]]`."""

    peak: str | None = None
    trough: str | None = None
    above: float | None = None
    below: float | None = None
    otherwise: str


class FaultEntry(Entry):
    """`[[fault]]`."""

    name: str
    severity: Severity = "fault"
    during: list[Literal["raise", "hold", "lower"]] = ["raise", "hold", "lower"]
    when: Annotated[list[ConditionEntry], BeforeValidator(_as_list)]
    until: float | None = None
    seen: Seen = "square"
    within: Annotated[float, Field(gt=0, le=90)] | None = None
    cue: str
    why: str
    also_called: list[str] = []


class ExerciseFile(Entry):
    """The whole file."""

    version: int = Field(alias="schema")
    name: str
    title: str
    summary: str
    sides: Literal["both", "each"] = "both"
    reps: int
    also_called: list[str] = []
    caution: str = ""
    not_seen: list[str] = []
    camera: CameraEntry
    measures: dict[str, MeasureEntry]
    start: list[StartEntry]
    rep: RepEntry | None = None
    hold: HoldEntry
    hallmark: list[HallmarkEntry] = []
    fault: list[FaultEntry]


AnyEntry = TypeVar("AnyEntry", bound=Entry)


@dataclass(frozen=True, slots=True)
class Draft:
    """What has the right form in a file; None stands for each entry whose form is wrong."""

    version: int | None
    name: str | None
    reps: int | None
    measures: Mapping[str, MeasureEntry | None]
    start: Sequence[StartEntry | None]
    rep: RepEntry | None
    is_timed: bool
    """Whether there is no `[rep]`, right or wrong."""
    hold: HoldEntry | None
    hallmarks: Sequence[HallmarkEntry | None]
    faults: Sequence[FaultEntry | None]


def draft_of(table: Mapping[str, Any]) -> Draft:
    """Take from a file, as TOML gave it, what has the right form."""
    version, name, reps = table.get("schema"), table.get("name"), table.get("reps")
    measures = table.get("measures")
    return Draft(
        version=version if type(version) is int else None,
        name=name if isinstance(name, str) else None,
        reps=reps if type(reps) is int else None,
        measures={
            key: _formed(MeasureEntry, value)
            for key, value in (measures.items() if isinstance(measures, dict) else ())
        },
        start=_each_formed(StartEntry, table.get("start")),
        rep=_formed(RepEntry, table.get("rep")),
        is_timed="rep" not in table,
        hold=_formed(HoldEntry, table.get("hold")),
        hallmarks=_each_formed(HallmarkEntry, table.get("hallmark")),
        faults=_each_formed(FaultEntry, table.get("fault")),
    )


def _each_formed(form: type[AnyEntry], values: object) -> list[AnyEntry | None]:
    return [_formed(form, each) for each in values] if isinstance(values, list) else []


def _formed(form: type[AnyEntry], value: object) -> AnyEntry | None:
    try:
        return form.model_validate(value)
    except ValidationError:
        return None


def kinds_of(measure: MeasureEntry) -> list[str]:
    """The kinds that a measure names; it should be one."""
    return [kind for kind in (*KINDS, *COMPOSED) if getattr(measure, kind) is not None]


def subjects_of(condition: ConditionEntry | HallmarkEntry) -> list[Subject]:
    """The subjects that a condition names; it should be one."""
    subjects: tuple[Subject, ...] = get_args(Subject)
    return [subject for subject in subjects if getattr(condition, subject, None) is not None]
