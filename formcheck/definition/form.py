"""The form of an exercise file, checked by pydantic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from formcheck.exercise import (
    Seen,
    Severity,
    SinceRest,
    Subject,
    View,
)
from formcheck.measuring.kinds import COMPOSED, KINDS
from formcheck.printable import is_plain


class Entry(BaseModel):
    """A table of the file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _without_controls(value: str) -> str:
    if not is_plain(value):
        raise PydanticCustomError("controls", "must not hold line ends or control characters")
    return value


def _of_lines(value: str) -> str:
    if not is_plain(value, keep="\n\t"):
        raise PydanticCustomError("controls", "must not hold control characters")
    return value


MOST = 100
"""Entries in a list or table: several times as many as in any file that comes with formcheck, and
few enough to be read and judged at once."""
NAME_LENGTH = 60
"""Letters of a name, a title or a cue, which are shown in tables and spoken."""
Line = Annotated[str, Field(max_length=300), AfterValidator(_without_controls)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(_of_lines)]
"""A text of several lines."""
Name = Annotated[str, Field(max_length=NAME_LENGTH), AfterValidator(_without_controls)]
Names = Annotated[list[Name], Field(max_length=MOST)]


class CameraEntry(Entry):
    """`[camera]`."""

    view: View
    place: Text
    within: float = 45.0


class MeasureEntry(Entry):
    """One line of `[measures]`: exactly one kind, and how the value is taken."""

    angle: Names | None = None
    bend: Names | None = None
    tilt: Names | None = None
    lean: Names | None = None
    swing: Names | None = None
    rise: Names | None = None
    ahead: Names | None = None
    offset: Names | None = None
    distance: Names | None = None
    along: Names | None = None
    sideways: Names | None = None
    turn: Names | None = None
    chest: Names | None = None
    sum: Annotated[dict[str, float], Field(max_length=MOST)] | None = None
    mean: Names | None = None
    since_rest: SinceRest = "no"
    minus: float = 0.0
    unsigned: bool = False
    says: Name = ""


class ConditionEntry(Entry):
    """A condition: exactly one subject and its limits."""

    measure: Name | None = None
    peak: Name | None = None
    trough: Name | None = None
    duration: Name | None = None
    above: float | None = None
    below: float | None = None
    falls_by: float | None = None
    until: float | None = None
    lasting: float = 0.0


class StartEntry(Entry):
    """`[[start]]`."""

    measure: Name
    above: float | None = None
    below: float | None = None
    cue: Line
    slack: float | None = None


class RepEntry(Entry):
    """`[rep]`."""

    measure: Name
    direction: Literal["up", "down"]
    attempt: float
    counts: float
    reaches: float | None = None
    full: float | None = None
    without_hold: float | None = None
    shortest: float = 0.8
    begins_with: Name | None = None
    hangs: bool = False
    ways: Annotated[list[Name], Field(min_length=2, max_length=2)] = ["up", "down"]


class HoldEntry(Entry):
    """`[hold]`."""

    seconds: float
    within: float | None = None
    slower_than: float | None = None
    counts: float | None = None


class HallmarkEntry(Entry):
    """`[[hallmark]]`."""

    peak: Name | None = None
    trough: Name | None = None
    above: float | None = None
    below: float | None = None
    must_be_seen: bool = False
    otherwise: Line


class FaultEntry(Entry):
    """`[fault.NAME]`."""

    title: Annotated[Name, Field(min_length=1)] | None = None
    severity: Severity = "fault"
    during: list[Literal["out", "hold", "back"]] = ["out", "hold", "back"]
    when: Annotated[list[ConditionEntry], Field(max_length=20), BeforeValidator(_as_list)]
    seen: Seen = "square"
    within: Annotated[float, Field(gt=0, le=90)] | None = None
    cue: Line
    why: Text
    family: Name = ""
    also_called: Names = []


class ExerciseFile(Entry):
    """The whole file."""

    version: int = Field(alias="schema")
    name: Name
    title: Name
    summary: Text
    sides: Literal["both", "each"] = "both"
    reps: int
    also_called: Names = []
    variant_of: Name = ""
    caution: Text = ""
    not_seen: Annotated[list[Line], Field(max_length=MOST)] = []
    camera: CameraEntry
    measures: Annotated[dict[str, MeasureEntry], Field(max_length=MOST)]
    start: Annotated[list[StartEntry], Field(max_length=MOST)]
    rep: RepEntry | None = None
    hold: HoldEntry
    hallmark: Annotated[list[HallmarkEntry], Field(max_length=MOST)] = []
    fault: Annotated[dict[str, FaultEntry], Field(max_length=MOST)] = {}


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
    faults: Mapping[str, FaultEntry | None]


def draft_of(table: Mapping[str, Any]) -> Draft:
    """Take from a file, as TOML gave it, what has the right form."""
    version, name, reps = table.get("schema"), table.get("name"), table.get("reps")
    return Draft(
        version=version if type(version) is int else None,
        name=name if isinstance(name, str) else None,
        reps=reps if type(reps) is int else None,
        measures=_named_formed(MeasureEntry, table.get("measures")),
        start=_each_formed(StartEntry, table.get("start")),
        rep=_formed(RepEntry, table.get("rep")),
        is_timed="rep" not in table,
        hold=_formed(HoldEntry, table.get("hold")),
        hallmarks=_each_formed(HallmarkEntry, table.get("hallmark")),
        faults=_named_formed(FaultEntry, table.get("fault")),
    )


def _named_formed(form: type[AnyEntry], values: object) -> dict[str, AnyEntry | None]:
    named = islice(values.items() if isinstance(values, dict) else (), MOST)
    return {name: _formed(form, value) for name, value in named}


def _each_formed(form: type[AnyEntry], values: object) -> list[AnyEntry | None]:
    return [_formed(form, each) for each in values[:MOST]] if isinstance(values, list) else []


def _formed(form: type[AnyEntry], value: object) -> AnyEntry | None:
    try:
        return form.model_validate(value)
    except ValidationError:
        return None


def kinds_of(measure: MeasureEntry) -> list[str]:
    """The kinds that a measure names; it should be one."""
    return [kind for kind in (*KINDS, *COMPOSED) if getattr(measure, kind) is not None]


SUBJECTS: tuple[Subject, ...] = ("measure", "peak", "trough", "duration")
"""The keys of a condition that say what it looks at."""


def subjects_of(condition: ConditionEntry | HallmarkEntry) -> list[Subject]:
    """The subjects that a condition names; it should be one."""
    return [subject for subject in SUBJECTS if getattr(condition, subject, None) is not None]
