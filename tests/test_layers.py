"""The layers of the package: who may import whom, read from the source."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "formcheck"

LAYERS: dict[str, str] = {
    "data": "errors closing pose exercise events whole_file labels",
    "pure": "geometry timing label_words waves spacing",
    "pieces": "body measure_kinds measures attempt foothold reps faults "
    "exercise_file form_problems measure_problems exercise_problems exercise_building "
    "start_position holding loading label_form foreign_labels",
    "core": "judging lane hold_lane session explain routine placement speech coach tidy "
    "exercise_page recognition "
    "matching nearest scoring tally "
    "candidates courses choosing proposal learnt_file learning levels tape",
    "rim": "video landmarker journal recording model_bundle model_file progress export report "
    "doctor quiet privacy capture camera video_writer notice drawing icons panels skeleton "
    "overlay window tones speakers voice "
    "table_files landmark_files history_file history_rows history trends history_export "
    "history_table history_charts history_page "
    "trace tracking bands close_up gallery keepsakes chart gauges report_parts report_page "
    "annotate "
    "label_files differences evaluation evaluation_table evaluation_report "
    "plot_theme plot_notes level_plot",
    "door": "sources checking messages saving extras recognising check_source batch live "
    "live_loop free_live live_outputs live_report "
    "live_command options definition_verbs live_verbs history_cli convert_cli evaluating "
    "proof_verbs clips starting_file plotting authoring_verbs cli __init__ "
    "__main__",
}
"""From the lowest to the highest: each may import all that are below it."""

BESIDE: dict[str, str] = {
    "labels": "exercise",
    "events": "exercise",
    "whole_file": "errors",
    "measure_kinds": "body",
    "measures": "body measure_kinds",
    "foothold": "attempt",
    "reps": "attempt foothold",
    "exercise_file": "measure_kinds",
    "exercise_building": "exercise_file measure_kinds",
    "form_problems": "exercise_file",
    "measure_problems": "body measure_kinds exercise_file form_problems",
    "exercise_problems": "exercise_file form_problems measure_problems",
    "holding": "reps",
    "loading": "exercise_building exercise_file form_problems exercise_problems",
    "lane": "judging",
    "hold_lane": "judging lane",
    "session": "explain lane hold_lane",
    "placement": "judging",
    "coach": "placement speech",
    "routine": "explain",
    "exercise_page": "explain",
    "recognition": "session",
    "tidy": "explain",
    "history": "history_file history_rows",
    "choosing": "candidates courses",
    "proposal": "candidates choosing courses",
    "learnt_file": "choosing courses proposal",
    "learning": "choosing courses learnt_file proposal session",
    "trends": "history_rows",
    "history_export": "export history_rows table_files",
    "history_table": "history_rows report trends",
    "history_charts": "trends",
    "history_page": "history_charts history_rows history_table report trends",
    "saving": "messages",
    "landmarker": "video quiet",
    "recording": "journal",
    "capture": "video quiet",
    "camera": "video capture",
    "video_writer": "video",
    "icons": "drawing",
    "panels": "drawing icons",
    "drawing": "video",
    "skeleton": "drawing icons",
    "overlay": "drawing panels skeleton video",
    "window": "video",
    "speakers": "tones",
    "voice": "speakers",
    "trace": "skeleton",
    "tracking": "skeleton",
    "bands": "skeleton",
    "close_up": "drawing skeleton video",
    "gallery": "bands close_up skeleton video",
    "keepsakes": "gallery trace tracking video",
    "chart": "bands skeleton trace",
    "gauges": "bands report",
    "report_parts": "chart close_up gallery report gauges",
    "report_page": "bands chart keepsakes report report_parts skeleton gauges",
    "nearest": "matching",
    "scoring": "explain matching nearest",
    "tally": "scoring",
    "differences": "report",
    "evaluation": "label_files",
    "evaluation_table": "differences evaluation export",
    "evaluation_report": "differences evaluation report",
    "annotate": "close_up overlay video video_writer",
    "plot_notes": "report",
    "level_plot": "plot_notes plot_theme",
    "model_file": "model_bundle",
    "doctor": "model_file model_bundle privacy speakers voice",
    "checking": "sources",
    "extras": "sources checking",
    "recognising": "sources checking",
    "check_source": "sources checking extras options recognising",
    "history_cli": "options",
    "batch": "sources messages options saving check_source",
    "free_live": "live",
    "live_loop": "live",
    "live_outputs": "live live_loop messages options",
    "live_report": "live live_loop",
    "live_command": "live live_loop live_outputs live_report messages sources",
    "clips": "checking messages sources",
    "plotting": "checking messages sources",
    "authoring_verbs": "batch clips messages options plotting starting_file",
    "live_verbs": "batch free_live live live_loop live_outputs live_command messages options "
    "recognising saving",
    "evaluating": "sources",
    "proof_verbs": "batch evaluating messages options",
    "cli": "authoring_verbs sources checking messages batch check_source options "
    "definition_verbs live_verbs "
    "history_cli convert_cli proof_verbs",
    "__init__": "sources checking recognising",
    "__main__": "cli",
}
"""What a module may import from its own layer."""

CORE_LAYERS = ("data", "pure", "pieces", "core")
CORE_PACKAGES = {"numpy", "pydantic", "formcheck"}
NOT_IN_CORE = {"time", "random", "threading", "logging", "datetime", "subprocess", "socket"}
"""Of the standard library. The core knows no clock, no chance and no other thread."""

OPENERS = {"loading", "routine", "whole_file"}
"""The modules of the core that open files."""
FILE_MODULES = {"os", "io", "pathlib", "tempfile", "shutil", "zipfile"}

LAYER_OF = {module: layer for layer, modules in LAYERS.items() for module in modules.split()}
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))
CORE = [module for module in MODULES if LAYER_OF.get(module) in CORE_LAYERS]


def tree(module: str) -> ast.Module:
    """The source of a module, parsed."""
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


def imported(node: ast.Module) -> Iterator[str]:
    """The dotted names of all that is imported anywhere, for types only or in functions too."""
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names)
        elif isinstance(each, ast.ImportFrom):
            assert not each.level, "imports are absolute"
            if each.module == "formcheck":
                yield from (f"formcheck.{alias.name}" for alias in each.names)
            elif each.module:
                yield each.module


def siblings(node: ast.Module) -> set[str]:
    """The modules of formcheck that are imported."""
    names = (name.split(".") for name in imported(node))
    return {name[1] for name in names if name[0] == "formcheck" and len(name) > 1}


def called(node: ast.Module) -> set[str]:
    """The plain names that are called, as `print(...)`."""
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def allowed(module: str) -> set[str]:
    """The modules that a module may import."""
    order = list(LAYERS)
    below = order[: order.index(LAYER_OF[module])]
    return {name for layer in below for name in LAYERS[layer].split()} | set(
        BESIDE.get(module, "").split()
    )


def test_every_module_is_in_a_layer() -> None:
    """A new module has to be given its place, and one that is gone gives it up."""
    assert sorted(LAYER_OF) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_is_below_it(module: str) -> None:
    """Or what the table names beside it."""
    assert siblings(tree(module)) <= allowed(module)


def test_the_table_allows_nothing_that_is_not_used() -> None:
    """So that it tells how things are."""
    used = {module: siblings(tree(module)) for module in BESIDE}
    unused = {m: set(names.split()) - used[m] for m, names in BESIDE.items()}
    assert {module: names for module, names in unused.items() if names} == {}


@pytest.mark.parametrize("module", CORE)
def test_the_core_knows_neither_cameras_nor_clocks(module: str) -> None:
    """The standard library, NumPy and pydantic are all it needs."""
    packages = {name.split(".")[0] for name in imported(tree(module))}
    assert packages <= (sys.stdlib_module_names | CORE_PACKAGES) - NOT_IN_CORE


@pytest.mark.parametrize("module", [module for module in CORE if module not in OPENERS])
def test_the_core_opens_no_files(module: str) -> None:
    """But for the loading of exercises and the writing of whole files."""
    assert not FILE_MODULES & {name.split(".")[0] for name in imported(tree(module))}
    assert "open" not in called(tree(module))


@pytest.mark.parametrize("module", [m for m in MODULES if LAYER_OF.get(m) != "door"])
def test_nothing_below_the_door_prints(module: str) -> None:
    """What is found is returned; whoever called may print it."""
    assert "print" not in called(tree(module))
