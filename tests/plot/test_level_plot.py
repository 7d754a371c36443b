"""The plot of levels: what is drawn, where, and how it is named."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from formcheck.counting.session import Session
from formcheck.definition.limits import from_rest, is_change_of_main, levels_of
from formcheck.definition.loading import exercise_files, load_exercise, read_exercise
from formcheck.definition.template import starting_text
from formcheck.exercise import Exercise
from formcheck.figure.movements import bridge, standing_leg_raise
from formcheck.figure.script import Script
from formcheck.measuring.kinds import measure_unit
from formcheck.observer import Judged
from formcheck.plot.level_plot import Plotted, draw_plot, save
from formcheck.plot.source_plot import with_measures
from formcheck.plot.style import PARTIAL, kept_apart
from formcheck.plot.tape import Tape

EVERY_MEASURE = [
    (name, measure.name) for name in exercise_files() for measure in load_exercise(name).measures
]


def plotted(name: str, script: Script, *measures: str) -> Plotted:
    """What a figure's session has to be drawn."""
    exercise, names = with_measures(load_exercise(name), list(measures))
    tape, session = Tape(exercise, tuple(names)), Session(exercise)
    for pose in script.poses():
        tape.add(Judged(0, exercise, pose, None, session.update(pose)))
    return Plotted("a title", exercise, tape, session.finish())


def words(figure: Figure) -> set[str]:
    """All that is written beside and over the panels, and below them."""
    texts = [text for panel in figure.axes for text in panel.texts] + figure.texts
    return {text.get_text().strip() for text in texts}


def test_every_level_of_the_main_measure_is_named() -> None:
    """The start, the rep, the hold and each fault, with their numbers."""
    figure = draw_plot(plotted("bridge", bridge(3), "hip_angle"))
    assert {
        "start: below 165",
        "attempt: +8 from rest",
        "counts: +12 from rest",
        "reaches 138",
        "hold: within 8",
        "hips_too_low: peak below 165",
        "over_arched: above 195",
        "over_arched: over at 190",
    } <= words(figure)


def test_a_level_far_outside_is_named_at_the_edge() -> None:
    """So that it does not press the course flat."""
    figure = draw_plot(plotted("bridge", bridge(3), "knee_angle"))
    assert {"feet_too_far: above 115 ↑"} <= words(figure)
    low, high = figure.axes[0].get_ylim()
    assert high - low < 60


def test_reps_are_numbered_and_their_faults_marked_and_listed() -> None:
    """By the marks of the report, the rep's number beside the name below."""
    figure = draw_plot(plotted("bridge", bridge(3, faults={"hold_too_short": {2}}), "hip_angle"))
    assert {"1", "2\n!", "3", "!  hold_too_short: 2"} <= words(figure)


def test_a_fault_of_the_measure_has_a_marker_at_its_worst_moment() -> None:
    """One for each rep that has it, on the course."""
    figure = draw_plot(plotted("bridge", bridge(3, faults={"over_arched": {2}}), "hip_angle"))
    markers = [line for line in figure.axes[0].lines if line.get_marker() in ("v", "^")]
    assert len(markers) == 1
    assert markers[0].get_ydata()[0] > 195  # type: ignore[index]


def test_partials_are_hatched_and_reps_are_not() -> None:
    """To be told apart without colours."""
    panel = draw_plot(plotted("bridge", bridge(3, faults={"partial": {2}}), "hip_angle")).axes[0]
    assert [bool(patch.get_hatch()) for patch in panel.patches].count(True) == 1
    assert len(panel.patches) == 3


def test_sides_that_are_counted_apart_have_lines_and_names_of_their_own() -> None:
    """Two courses, named, and reps that say whose they are."""
    figure = draw_plot(
        plotted("standing_leg_raise", standing_leg_raise(2, alternate=True), "leg_raise")
    )
    assert {"left", "right", "left 1", "right 1"} <= words(figure)


def test_several_measures_share_the_time() -> None:
    """A panel each, one below the other; seconds below the last."""
    figure = draw_plot(plotted("bridge", bridge(2), "hip_angle", "heel_rise", "head_rise"))
    assert len(figure.axes) == 3
    assert len({panel.get_xlim() for panel in figure.axes}) == 1
    assert [panel.get_xlabel() for panel in figure.axes] == ["", "", "seconds"]


def test_where_nobody_is_in_the_start_position_is_shown() -> None:
    """Nothing can count there."""
    straight = bridge(2).poses()[:10]
    exercise, names = with_measures(load_exercise("standing_leg_raise"), [])
    tape, session = Tape(exercise, tuple(names)), Session(exercise)
    for pose in straight:
        tape.add(Judged(0, exercise, pose, None, session.update(pose)))
    assert tape.away == [(tape.times[0], tape.times[-1])]
    panel = draw_plot(Plotted("", exercise, tape, session.finish())).axes[0]
    assert [patch.get_facecolor()[:3] for patch in panel.patches] == [
        pytest.approx(tuple(int(PARTIAL[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    ]


def test_a_course_without_an_exercise_has_no_levels() -> None:
    """It is only a course to look at."""
    exercise, names = with_measures(None, ["hip_angle"])
    tape, session = Tape(exercise, tuple(names)), Session(exercise)
    for pose in bridge(1).poses():
        tape.add(Judged(0, exercise, pose, None, session.update(pose)))
    figure = draw_plot(Plotted("", exercise, tape, None))
    assert words(figure) <= {""}
    assert len(figure.axes[0].lines) == 1


def test_a_file_s_name_is_no_formula() -> None:
    """Whatever letters it has, the plot can be written, and says them."""
    odd = replace(plotted("bridge", bridge(1), "hip_angle"), title=r"$\frac{1$ 橋.npz")
    figure, file = draw_plot(odd), BytesIO()
    save(figure, file, "svg")
    assert odd.title in words(figure)
    assert file.getvalue()


def test_a_long_recording_has_a_wide_plot() -> None:
    """So that its reps can be told apart; a short one fits on a screen."""
    widths = []
    for reps in (3, 20):
        widths.append(draw_plot(plotted("bridge", bridge(reps), "hip_angle")).get_size_inches()[0])
    assert widths[0] == 11
    assert 18 < widths[1] < 40


def test_a_recording_without_anybody_can_be_drawn() -> None:
    """Nothing is known, and nothing breaks."""
    exercise, names = with_measures(load_exercise("bridge"), [])
    figure = draw_plot(
        Plotted("", exercise, Tape(exercise, tuple(names)), Session(exercise).finish())
    )
    assert len(figure.axes) == 1


@pytest.mark.parametrize(("name", "measure"), EVERY_MEASURE)
def test_the_levels_of_a_measure_are_the_numbers_of_the_file(name: str, measure: str) -> None:
    """Each once or more, and no other number."""
    exercise = load_exercise(name)
    conditions = [start.when for start in exercise.start]
    conditions += [condition for fault in exercise.faults for condition in fault.when]
    conditions += [hallmark.when for hallmark in exercise.hallmarks]
    limits = {
        limit
        for each in conditions
        if each.name == measure and each.subject in ("measure", "peak", "trough")
        for limit in (each.above, each.below)
        if limit is not None
    }
    assert limits <= {level.value for level in levels_of(exercise, exercise.measure(measure))}


def test_counts_are_drawn_from_rest_or_as_levels_of_the_change() -> None:
    """On the rep's own measure they depend on the rest, on its change they do not."""
    exercise = load_exercise("standing_leg_raise")
    main, change = exercise.measure("leg_direction"), exercise.measure("leg_raise")
    assert exercise.rep is not None
    assert [each.distance for each in from_rest(exercise, main)] == [
        exercise.rep.attempt,
        exercise.rep.counts,
    ]
    assert from_rest(exercise, change) == []
    assert is_change_of_main(exercise, change)
    assert exercise.rep.counts in {level.value for level in levels_of(exercise, change)}


def test_a_timed_exercise_can_be_drawn(tmp_path: Path) -> None:
    """It has no rep to count from rest, and its holds are numbered."""
    file = tmp_path / "my_plank.toml"
    file.write_text(starting_text("my_plank", timed=True), encoding="utf-8")
    exercise, _ = read_exercise(file)
    assert isinstance(exercise, Exercise)
    tape, session = Tape(exercise, (exercise.main.name,)), Session(exercise)
    for pose in bridge(1).poses():
        tape.add(Judged(0, exercise, pose, None, session.update(pose)))
    assert "start: above -35" in words(draw_plot(Plotted("", exercise, tape, session.finish())))


def test_a_measure_of_the_file_comes_before_one_of_the_same_name() -> None:
    """What an author calls hip_angle is the author's."""
    exercise = load_exercise("crunch")
    extended, names = with_measures(exercise, ["trunk_tilt", "elbow_angle"])
    assert names == ["trunk_tilt", "elbow_angle"]
    assert extended.measure("trunk_tilt") == exercise.measure("trunk_tilt")
    assert measure_unit(extended, extended.measure("elbow_angle")) == " degrees"


@given(st.lists(st.floats(0, 1), max_size=12))
def test_labels_are_moved_apart_and_no_farther_than_needed(wanted: list[float]) -> None:
    """They keep their order and a gap, stay inside, and stay where they were if there is room."""
    gap = 0.08
    wanted = sorted(wanted)
    places = kept_apart(wanted, gap, 0.0, 1.0)
    assert all(b - a >= gap - 1e-9 for a, b in pairwise(places))
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in places)
    if all(b - a >= gap for a, b in pairwise(wanted)):
        assert places == pytest.approx(wanted)


def test_too_many_labels_begin_at_the_bottom() -> None:
    """And go on above the top, rather than over each other."""
    assert kept_apart([0.5] * 3, 0.6, 0.0, 1.0) == pytest.approx([0.0, 0.6, 1.2])
