"""What goes into a report: the trace, the pictures, the bands, the video, the options."""

from datetime import UTC, datetime
from math import nan
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from helpers.coached import Mouth, Screen
from helpers.commands import run as run_command
from helpers.places import SAMPLES
from helpers.scenes import FPS

from formcheck.checking.judge_source import judge
from formcheck.coaching.routine_coach import LiveCoach
from formcheck.counting.session import Session
from formcheck.definition.limits import Band, rep_bands, top_band
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, RoutineStep
from formcheck.events import Snapshot
from formcheck.exercise import Exercise
from formcheck.figure.movements import MOVEMENTS, bridge, crunch, side_lying_leg_raise
from formcheck.figure.script import concatenate, pause
from formcheck.footage.video import open_video
from formcheck.live.loop import run
from formcheck.observer import Judged, Observer, Stretch
from formcheck.picture.close_up import SIZE, close_up, jpeg
from formcheck.pose import Frame, SourceInfo
from formcheck.report.chart import rows
from formcheck.report.keepsakes import Keeper
from formcheck.report.page import Section, report_page
from formcheck.report.sections import Sections
from formcheck.report.trace import PIECES, Trace
from formcheck.sources.opening import open_source

INFO = SourceInfo("clip.mp4", 10.0, 300, 299)


def followed(exercise: Exercise, poses: Any, picture: Any = None) -> Section:
    """A session over poses, with all that a report needs of it."""
    session, keeper = Session(exercise), Keeper(exercise)
    for pose in poses:
        keeper.add(pose, picture, session.update(pose))
    summary = session.finish()
    return Section(exercise, summary, INFO, keeper.finish(summary))


def snapshot(time: float, value: float) -> Snapshot:
    """A moment of a bridge at which the hips have this angle."""
    return Snapshot(time, "out", None, 0, 0.0, (), (), values={"hip_angle": value})


class Pictures(Observer):
    """Notes the pictures that come with the poses."""

    def __init__(self, seen: list[object]) -> None:
        """Note them here."""
        self._seen = seen

    def add(self, judged: Judged) -> None:
        """Note it."""
        self._seen.append(judged.picture)


# The trace.


def test_the_trace_stays_small_and_keeps_every_peak() -> None:
    """Three hours at 30 frames a second, with one frame that sticks out each way."""
    trace = Trace(load_exercise("bridge"))
    for i in range(3 * 3600 * 30):
        value = {100_000: 191.0, 200_000: 93.0}.get(i, 150 + 20 * np.sin(i / 50))
        trace.add(snapshot(i / 30, float(value)))
    points = [point for _, line in trace.lines() for point in line]
    assert len(points) <= 2 * PIECES
    assert (100_000 / 30, 191.0) in points
    assert (200_000 / 30, 93.0) in points
    assert points == sorted(points)


def test_a_line_is_broken_where_nothing_was_seen() -> None:
    """And nothing is drawn that was not measured."""
    trace = Trace(load_exercise("bridge"))
    for i in range(300):
        trace.add(snapshot(i / 30, nan if 100 < i < 200 else 150.0))
    first, second = trace.lines()
    assert (first[1][-1][0], second[1][0][0]) == (100 / 30, 200 / 30)


@pytest.mark.parametrize("name", MOVEMENTS)
def test_every_attempt_is_in_the_plot(name: str) -> None:
    """In each exercise, whatever is measured in it, from some row's beginning to its end."""
    section = followed(load_exercise(name), MOVEMENTS[name](3).poses(FPS))
    numbers = {fault.name: 1 for fault in section.exercise.faults}
    laid = rows(section.summary, section.keepsakes.trace, top_band(section.exercise), numbers)
    labels = [area.label for row in laid for area in row.attempts if area.label]
    assert len(labels) == len(section.summary.counted) == 3
    assert all(row.lines for row in laid)
    # A lunge is judged by its knee, and shown by its thigh.
    assert all(bool(row.target) != top_band(section.exercise).is_open for row in laid)


@pytest.mark.parametrize("name", ["plank", "side_plank", "wall_sit"])
def test_of_a_timed_exercise_its_holds_are_plotted(name: str) -> None:
    """No line beyond them, no second mark for being still; one is pictured at its midst."""
    section = followed(load_exercise(name), MOVEMENTS[name](2).poses(fps=15))
    (row,) = rows(section.summary, section.keepsakes.trace, top_band(section.exercise), {})
    assert row.holds == ()
    places = [float(point.split(",")[0]) for line in row.lines for point in line.split()]
    for place in places:
        assert any(each.x <= place + 0.1 <= each.x + each.width + 0.2 for each in row.attempts)
    best = section.keepsakes.album.best
    assert best is not None
    hold = section.summary.holds[(best.rep or 0) - 1]
    assert best.time - hold.start == pytest.approx(section.exercise.hold.seconds / 2, abs=0.5)


def test_a_clean_set_of_holds_is_praised() -> None:
    """As one of reps is."""
    section = followed(load_exercise("plank"), MOVEMENTS["plank"](1).poses(fps=15))
    page = report_page("it", [section]).decode()
    assert "No fault was found." in page
    assert "held still" not in page


def test_a_long_set_is_cut_into_rows() -> None:
    """None longer than a minute, and no rep told twice."""
    section = followed(load_exercise("bridge"), bridge(15).poses(fps=10))
    laid = rows(section.summary, section.keepsakes.trace, Band(), {})
    assert len(laid) > 1
    assert all(row.end - row.start <= 60 for row in laid)
    labels = [area.label for row in laid for area in row.attempts if area.label]
    assert labels == [str(number) for number in range(1, 16)]


# Bands.


def test_bands_are_what_the_faults_leave() -> None:
    """165 to 195 degrees in the bridge; the range that leads there depends on the start."""
    section = followed(load_exercise("bridge"), bridge(1).poses())
    (rep,) = section.summary.reps
    assert top_band(section.exercise) == Band(165, 195)
    bands = rep_bands(section.exercise, rep)
    rest = rep.top - rep.range
    assert bands.range == Band(pytest.approx(165 - rest), pytest.approx(195 - rest))
    assert (bands.hold, bands.out, bands.back) == (Band(2.7), Band(0.7), Band(0.8))


@pytest.mark.parametrize(
    ("band", "value", "beyond"),
    [(Band(2, 4), 3, 0), (Band(2, 4), 1, 1), (Band(2, 4), 6, 2), (Band(), 9, 0), (Band(2), nan, 0)],
)
def test_how_far_beyond_a_band(band: Band, value: float, beyond: float) -> None:
    """0 within it, and never known to be beyond for what is unknown."""
    assert band.beyond(value) == beyond


# Pictures.


def test_the_pictures_are_of_the_worst_moment_and_of_the_best_rep() -> None:
    """Reps 1 to 3 arch as far as each other, rep 4 is clean."""
    script = bridge(4, faults={"over_arched": {1, 2, 3}})
    section = followed(load_exercise("bridge"), script.poses())
    album = section.keepsakes.album
    kept = album.worst["over_arched"]
    faults = [fault for fault in section.summary.faults if fault.name == "over_arched"]
    worst = max(faults, key=lambda fault: fault.value)
    assert kept.value == pytest.approx(worst.value)
    as_bad = [fault for fault in faults if fault.value == pytest.approx(worst.value)]
    assert any(fault.start - 0.2 <= kept.time <= fault.end + 0.2 for fault in as_bad)
    assert album.best_rep is not None
    assert (album.best_rep.number, album.best_rep.clean) == (4, True)
    assert set(album.worst) == {fault.name for fault in section.summary.faults}


def test_a_fault_that_is_told_at_the_end_is_shown_at_the_top() -> None:
    """A hold that was too short has no moment of its own."""
    section = followed(load_exercise("bridge"), bridge(2, faults={"hold_too_short": {2}}).poses())
    kept = section.keepsakes.album.worst["hold_too_short"]
    rep = section.summary.reps[1]
    assert kept.rep == 2
    assert rep.start < kept.time < rep.end


def test_what_the_end_cuts_off_keeps_its_pictures() -> None:
    """As a partial, in which faults are told too."""
    script = bridge(1, faults={"over_arched": {1}})
    during = script.truth[0]
    middle = (during.start + during.end) / 2
    poses = (pose for pose in script.poses() if pose.time < middle)
    section = followed(load_exercise("bridge"), poses)
    assert section.keepsakes.album.worst["over_arched"].rep is None


def test_a_hold_that_the_end_cuts_off_keeps_its_number() -> None:
    """It counts, however it ended."""
    script = MOVEMENTS["side_plank"](1, faults={"hips_too_high": {1}}, hold=6.0)
    poses = (pose for pose in script.poses() if pose.time < script.truth[0].end - 1.5)
    section = followed(load_exercise("side_plank"), poses)
    assert section.keepsakes.album.worst["hips_too_high"].rep == 1
    assert section.keepsakes.album.best_rep is section.summary.holds[0]


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (320, 240), None])
def test_a_picture_is_cut_out_around_the_body(size: tuple[int, int] | None) -> None:
    """Of the same size from any picture, or from none, with the body in it."""
    pose = bridge(1).poses()[40]
    picture = None if size is None else np.full((size[1], size[0], 3), 200, np.uint8)
    view = close_up(pose, picture, "left", {"hip_angle": 150.0})
    assert view.image.shape == (SIZE[1], SIZE[0], 3)
    seen = view.pose.image[view.pose.visibility > 0.5]
    assert seen[:, 1].min() >= 0
    assert seen[:, 1].max() <= 1
    assert seen[:, 0].max() - seen[:, 0].min() > 0.6
    encoded = np.frombuffer(jpeg(view, load_exercise("bridge"), "over_arched"), np.uint8)
    assert cv2.imdecode(encoded, cv2.IMREAD_COLOR).shape == view.image.shape


# The page.


def test_a_page_without_a_rep_says_why() -> None:
    """And still carries the safety notice."""
    page = report_page("Nothing", [followed(load_exercise("bridge"), pause(3.0).poses())]).decode()
    assert "goal 15" in page
    assert "no rep was counted" in page
    assert "For your safety" in page
    assert "<video" not in page
    assert "<script" not in page


def test_a_page_of_a_routine_has_a_section_for_each_exercise() -> None:
    """In the order in which they were done; the time of writing is told."""
    sections = [
        followed(load_exercise("bridge"), bridge(1).poses()),
        followed(load_exercise("side_lying_leg_raise"), side_lying_leg_raise(1).poses()),
    ]
    page = report_page("Back care", sections, written=datetime(2025, 3, 1, 9, 5, tzinfo=UTC))
    text = page.decode()
    first, second = text.index(">Glute bridge</h2>"), text.index(">Side-lying leg raise</h2>")
    assert first < second
    assert "Written on 2025-03-01 09:05" in text


def test_a_file_name_that_is_no_text_does_not_stop_a_report() -> None:
    """Linux lets names hold any bytes."""
    assert b"bad \\udcff.npz" in report_page("bad \udcff.npz", [])


def test_a_report_says_why_nothing_was_counted() -> None:
    """With the time, and what it may have been."""
    bridge = load_exercise("bridge")
    unknown = Stretch(None, 1.0, 9.0, (("bridge", 1),), exercises={"bridge": bridge})
    page = report_page("Nothing", [], [unknown]).decode()
    assert "Not counted, 1.0 to 9.0 s:" in page
    assert "it may be Glute bridge (1), but that is too little to tell." in page
    assert "No reps yet" not in page


# Live.


def test_a_live_report_has_each_exercise() -> None:
    """Its pictures and plots are those of what was kept; the camera's address is not told."""
    steps = (
        RoutineStep(load_exercise("bridge"), 1, None, rest=5.0),
        RoutineStep(load_exercise("crunch"), 1, None, rest=0.0),
    )
    coach = LiveCoach(Routine("r", "Both", "", steps), Mouth(), source="rtsp://me:secret@camera")
    script = concatenate([bridge(1), pause(14.0), crunch(1), pause(6.0)])
    poses = iter(script.poses(fps=10))
    grey = np.full((180, 320, 3), 128, np.uint8)
    frames = [Frame(pose.time, grey) for pose in script.poses(fps=10)]
    sections = Sections("live session")
    run(frames, lambda frame: next(poses), coach, Screen(), [sections])
    page = sections.page("Both", Path("a/x.html"), Path("b/x.mp4")).decode()
    assert page.count("<h2 id=") - 1 == len(coach.results)
    assert page.count("<polyline") >= len(coach.results)
    assert "secret" not in page
    assert 'src="../b/x.mp4"' in page


# The annotated video, and the command.


def test_the_video_keeps_the_times_of_the_recording(tmp_path: Path) -> None:
    """However unevenly its frames come; its index lies in front, so that browsers can jump."""
    pytest.importorskip("av", reason="annotated video is written with PyAV: pip install av")
    done = run_command(
        "check", SAMPLES / "bridge_5.npz", "-e", "bridge", "--video", "out.mp4", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    with open_source(SAMPLES / "bridge_5.npz", Path) as source:
        times = [pose.time for pose in source]
    with open_video(tmp_path / "out.mp4") as video:
        written = [frame.time for frame in video]
    assert written == pytest.approx([time - times[0] for time in times], abs=0.002)
    content = (tmp_path / "out.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert b"moof" not in content
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]


def test_a_video_shows_its_newest_picture_and_a_recording_none(model_path: Path) -> None:
    """So that pictures can be kept while they go by."""
    clip = SAMPLES / "rendered_bridge_side_right_clean.mp4"
    with open_source(clip, lambda: model_path) as source:
        assert source.picture is None
        next(iter(source))
        assert source.picture is not None
        assert source.picture.shape[:2] == source.size[::-1]
    with open_source(SAMPLES / "bridge_5.npz", Path) as source:
        seen: list[object] = []
        judge(source, load_exercise("bridge"), observers=[Pictures(seen)])
    assert seen
    assert set(seen) == {None}


def test_nothing_is_written_when_nobody_is_found(tmp_path: Path) -> None:
    """Neither report nor video, nor anything half done beside them."""
    pytest.importorskip("av", reason="annotated video is written with PyAV: pip install av")
    with np.load(SAMPLES / "bridge_5.npz") as before:
        arrays = dict(before)
    arrays["visibility"] = np.zeros_like(arrays["visibility"])
    np.savez(tmp_path / "nobody.npz", **arrays)
    outputs = ["--report", "out.html", "--video", "out.mp4"]
    done = run_command("check", "nobody.npz", "-e", "bridge", *outputs, cwd=tmp_path)
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["nobody.npz"]


@pytest.mark.parametrize(("option", "file"), [("--report", "x.html"), ("--video", "x.mp4")])
def test_report_and_video_are_of_one_source(tmp_path: Path, option: str, file: str) -> None:
    """As events and values are."""
    clip = SAMPLES / "bridge_5.npz"
    done = run_command("check", clip, clip, "-e", "bridge", option, file, cwd=tmp_path)
    assert done.returncode == 2
    assert "one source at a time" in done.stderr


@pytest.mark.parametrize(("option", "file"), [("--report", "x.html"), ("--video", "x.mp4")])
def test_a_folder_that_is_not_there_is_told_at_once(tmp_path: Path, option: str, file: str) -> None:
    """Before any work is done for it."""
    pytest.importorskip("av", reason="annotated video is written with PyAV: pip install av")
    done = run_command(
        "check", SAMPLES / "bridge_5.npz", "-e", "bridge", option, f"no/{file}", cwd=tmp_path
    )
    assert done.returncode == 2
    assert "there is no folder" in done.stderr
