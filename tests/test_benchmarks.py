"""The benchmarks are run by hand and seldom: what they import must still be there."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
from helpers.places import ROOT

BENCHMARKS = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_all_that_a_benchmark_imports_is_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is measured; other tests see neither the folder nor its modules."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    try:
        module = import_module(name)
        assert Path(module.__file__ or "") == ROOT / "benchmarks" / f"{name}.py"
        assert callable(getattr(module, "main", None)) or name == "atlas_rules"
    finally:
        for own in BENCHMARKS:
            sys.modules.pop(own, None)
