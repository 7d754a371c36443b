"""What a measure in a file cannot mean: a landmark that is not there, a sum of unlikes."""

from collections.abc import Collection, Iterable, Sequence

from formcheck.definition.form import Draft, MeasureEntry, kinds_of
from formcheck.definition.form_problems import (
    NAME,
    NAME_RULE,
    Problem,
    exactly_one,
    short,
    shown,
    suggest,
)
from formcheck.events import BESIDE_VALUES
from formcheck.measuring.kinds import COMPOSED, KINDS
from formcheck.measuring.tracker import POINTS
from formcheck.pose import LANDMARKS


def measure_problems(draft: Draft) -> Iterable[Problem]:
    """Every measure that has the right form and cannot be meant."""
    for name, measure in draft.measures.items():
        yield from _measure_problems(name, measure, draft)


def _measure_problems(name: str, measure: MeasureEntry | None, draft: Draft) -> Iterable[Problem]:
    place = f"measures > {short(name)}"
    if not NAME.match(name):
        yield Problem(place, NAME_RULE)
    if name in BESIDE_VALUES:
        yield Problem(place, "is the name of another column of `--values`: use another")
    if measure is None:
        return
    if set(measure.says.replace("{value}", "", 1)) & set("{}"):
        yield Problem(
            f"{place} > says", "may hold {value} once, where the number goes, and no other {"
        )
    kinds = kinds_of(measure)
    if len(kinds) != 1:
        yield Problem(place, exactly_one((*KINDS, *COMPOSED), kinds))
    elif kinds[0] in COMPOSED:
        yield from _composed_problems(place, kinds[0], getattr(measure, kinds[0]), draft)
    else:
        yield from _landmark_problems(place, kinds[0], getattr(measure, kinds[0]))


def _composed_problems(
    place: str, kind: str, terms: Collection[str], draft: Draft
) -> Iterable[Problem]:
    verb = "sum" if kind == "sum" else "average"
    simple = [
        name
        for name, measure in draft.measures.items()
        if measure is None or (not _is_composed(measure) and measure.since_rest == "no")
    ]
    if not terms:
        yield Problem(place, f"must name the measures to {verb}")
    for name in terms:
        if name not in draft.measures:
            yield Problem(place, f"unknown measure {shown(name)}{suggest(name, simple)}")
        elif name not in simple:
            rule = "are neither composed themselves nor compared with rest"
            yield Problem(
                place, f"cannot {verb} {shown(name)}: a {kind} is of measures that {rule}"
            )
    units = {_unit(draft.measures.get(name)) for name in terms} - {None}
    if len(units) > 1:
        yield Problem(place, f"cannot {verb} {' and '.join(sorted(map(str, units)))}")


def _is_composed(measure: MeasureEntry) -> bool:
    return any(kind in COMPOSED for kind in kinds_of(measure))


def _unit(measure: MeasureEntry | None) -> str | None:
    """The unit of a measure that is no sum; none where it is not known."""
    kinds = kinds_of(measure) if measure is not None else []
    return KINDS[kinds[0]].unit if len(kinds) == 1 and kinds[0] in KINDS else None


def _landmark_problems(place: str, kind: str, names: Sequence[str]) -> Iterable[Problem]:
    wanted = KINDS[kind].landmarks
    if len(names) not in wanted:
        *others, last = ("no" if number == 0 else str(number) for number in wanted)
        count = f"{', '.join(others)} or {last}" if others else last
        plural = "" if wanted == (1,) else "s"
        yield Problem(place, f"{kind} takes {count} landmark{plural}, not {len(names)}")
    if len(set(names)) < len(names):
        yield Problem(place, f"{kind} names the same landmark twice")
    known = landmark_names()
    for name in names:
        if name not in known:
            yield Problem(place, f"unknown landmark {shown(name)}{suggest(name, known)}")


def landmark_names() -> list[str]:
    """Every name that a measure may use."""
    sided = [n.removeprefix("left_") for n in LANDMARKS if n.startswith("left_")]
    return [*POINTS, *sided, *(f"other_{name}" for name in sided)]
