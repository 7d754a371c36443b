"""What `import formcheck` calls."""

from pathlib import Path

import numpy as np
import pytest
from helpers.commands import BRIDGE

import formcheck
from formcheck.figure.legs import walks_away
from formcheck.sources.recording import RecordingWriter


def test_without_an_exercise_the_one_that_is_recognised_is_checked() -> None:
    """And the result is that of naming it."""
    named = formcheck.check(BRIDGE, "bridge")
    assert len(named.reps) == 5
    assert repr(formcheck.check(BRIDGE)) == repr(named)  # as text, in which NaN is NaN


def test_an_unknown_movement_is_not_guessed_at(tmp_path: Path) -> None:
    """The error says to name the exercise."""
    path = tmp_path / "waits.npz"
    with RecordingWriter(path, (640, 480)) as writer:
        for pose in walks_away(4.0).poses():
            writer.add(pose)
    with pytest.raises(formcheck.FormcheckError, match="name it"):
        formcheck.check(path)


def test_progress_is_told_up_to_the_end() -> None:
    """With the length, so that a bar can be drawn."""
    told: list[tuple[float, float | None]] = []
    formcheck.check(BRIDGE, "bridge", progress=lambda *at: told.append(at))
    times = [time for time, _ in told]
    assert times == sorted(times)
    assert times[-1] == pytest.approx(told[-1][1], abs=0.1)


def test_every_measure_has_a_value_in_every_frame() -> None:
    """As `--values` writes them: where the hips are highest is within a rep."""
    course = formcheck.measures(BRIDGE, "bridge")
    summary = formcheck.check(BRIDGE, "bridge")
    frames = len(course.times)
    assert len(course.phases) == frames > 200
    assert {len(values) for values in course.values.values()} == {frames}
    top = course.times[np.nanargmax(course.values["hip_angle"])]
    assert any(rep.start < top < rep.end for rep in summary.reps)


def test_measures_become_a_table_of_pandas() -> None:
    """With a column for the time, the phase and each measure."""
    pytest.importorskip("pandas")
    course = formcheck.measures(BRIDGE, "bridge")
    assert list(course.to_frame().columns) == ["time_s", "phase", *course.values]


def test_the_version_is_that_of_the_package() -> None:
    """As other packages tell it."""
    assert formcheck.__version__.count(".") == 2
