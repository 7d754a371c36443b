"""Files of schema 1, as their table would be in schema 2; `updating` writes them anew."""

from collections.abc import Mapping
from typing import Any

from formcheck.definition.form import MOST
from formcheck.definition.form_problems import Problem, fault_place

PHASES = {"raise": "out", "lower": "back"}
"""The phases that schema 1 calls otherwise."""


def is_old(table: Mapping[str, Any]) -> bool:
    """Whether the table of a file is of schema 1."""
    version = table.get("schema")
    return type(version) is int and version == 1


def upgraded(table: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The same in schema 2, and what is wrong with the names of its faults.

    Whatever else is wrong stays as it is, for others to tell.
    """
    faults = table.get("fault")
    if not isinstance(faults, list):
        return {**table, "schema": 2}, []
    named: dict[str, Any] = {}
    problems = []
    for number, fault in enumerate(faults[: MOST + 1], 1):
        name = fault.get("name") if isinstance(fault, dict) else None
        if not isinstance(name, str):
            problems.append(Problem(f"fault {number}", "must be a table with a name in it"))
        elif name in named:
            problems.append(Problem(fault_place(name), "there are two faults of this name"))
        else:
            named[name] = _fault(fault)
    return {**table, "schema": 2, "fault": named}, problems


def _fault(fault: Mapping[str, Any]) -> dict[str, Any]:
    """A fault without its name, its `until` within its first condition."""
    new = {key: value for key, value in fault.items() if key not in ("name", "until")}
    if isinstance(during := fault.get("during"), list):
        new["during"] = [phase_word(phase) for phase in during]
    if "when" not in fault:
        return new
    when = fault["when"]
    first, *others = when if isinstance(when, list) and when else [when]
    conditions = [condition(first, fault.get("until")), *map(condition, others)]
    new["when"] = conditions if isinstance(when, list) and when else conditions[0]
    return new


def phase_word(phase: Any) -> Any:
    """What schema 2 calls a phase."""
    return PHASES.get(phase, phase) if isinstance(phase, str) else phase


def condition(old: Any, until: Any = None) -> Any:
    """A condition of schema 2, its keys in the order in which they are read."""
    if not isinstance(old, dict):
        return old
    new = dict(old)
    if "drop" in new and "above" in new:
        new = {"measure": new.pop("drop"), "falls_by": new.pop("above"), **new}
    if "duration" in new:
        new["duration"] = phase_word(new["duration"])
    if until is not None:
        lasting = {"lasting": new.pop("lasting")} if "lasting" in new else {}
        new |= {"until": until, **lasting}
    return new
