"""The history as a user meets it: `history`, `log walk`, `check --save` and `convert`."""

import csv
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from helpers.coached import Mouth, played
from helpers.commands import BRIDGE, refused, run
from helpers.places import SAMPLES

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import one_exercise
from formcheck.errors import CameraError, HistoryError
from formcheck.events import Set, Summary
from formcheck.figure.movements import bridge
from formcheck.figure.script import concatenate, pause
from formcheck.history.file import history_path
from formcheck.history.saving import SetSaver, saved_live
from formcheck.history.store import History
from formcheck.observer import Judged, Outcome, hand_on
from formcheck.pose import SourceInfo

CHECK = ("check", BRIDGE, "--exercise", "bridge")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a history of its own."""
    path = tmp_path / "home" / "history.sqlite3"
    monkeypatch.setenv("FORMCHECK_HISTORY", str(path))
    return path


def test_nothing_is_saved_unless_it_is_asked_for(home: Path) -> None:
    """By `check`, which may look at anybody's video."""
    assert run(*CHECK).returncode == 0
    assert not home.exists()
    assert "You have no sessions yet." in run("history").stdout
    assert not home.exists()


def test_what_was_saved_is_listed_in_80_columns(home: Path) -> None:
    """With its number, day, reps, clean ones, hold and range, and the week's plan."""
    done = run(*CHECK, "--save", "--on", "2026-03-04")
    assert "Saved as session 1, done on 2026-03-04 (as you said)." in done.stderr
    assert "5 reps, " in done.stdout
    lines = run("history").stdout.splitlines()
    assert lines[0].split() == [
        "no",
        "when",
        "exercise",
        "sets",
        "counted",
        "clean",
        "hold",
        "range",
    ]
    assert lines[1].split()[:2] == ["1", "2026-03-04"]
    assert lines[1].split()[3:8] == ["Glute", "bridge", "1", "5", "0"]
    assert "Back care this week: 0 of 7 full days" in lines[-1]
    assert max(map(len, lines)) <= 80


def test_a_checked_file_is_dated_by_itself_and_saved_once(home: Path, tmp_path: Path) -> None:
    """However often it is checked, and whatever it is called by then."""
    path = tmp_path / "clip.npz"
    path.write_bytes(BRIDGE.read_bytes())
    long_ago = datetime(2026, 2, 3, 12, 0).timestamp()
    os.utime(path, (long_ago, long_ago))
    run("check", path, "-e", "bridge", "--save")
    copy, link = tmp_path / "copy.npz", tmp_path / "link.npz"
    copy.write_bytes(path.read_bytes())
    link.hardlink_to(copy)
    for again in (path, copy, link, path.rename(tmp_path / "moved.npz")):
        run("check", again, "-e", "bridge", "--save")
    with History.open(home) as history:
        (saved,) = history.sets()
    assert saved.day == date(2026, 2, 3)


def test_persons_are_kept_apart(home: Path, tmp_path: Path) -> None:
    """Whose sessions are shown, written and deleted; the same clip may be of two."""
    run("log", "walk", "30")
    run(*CHECK, "--save", "--on", "2026-03-04")
    saved = run(*CHECK, "--save", "--on", "2026-03-05", "--person", "anna")
    assert "Saved as session 2 of anna, done on 2026-03-05" in saved.stderr
    mine, hers = run("history").stdout, run("history", "--person", "anna").stdout
    assert "2026-03-04" in mine
    assert "2026-03-05" not in mine
    assert "There are also sessions for anna: show them with --person NAME." in mine
    assert "2026-03-05" in hers
    assert "2026-03-04" not in hers
    assert run("history", "--person", "ben").stdout.startswith("There are no sessions for ben yet.")
    told = json.loads(run("history", "--person", "anna", "--json", "-").stdout)
    assert [each["person"] for each in told["sessions"]] == ["anna"]
    assert told["walks"] == []
    run("history", "--delete-all", "--person", "anna", "--yes")
    assert run("history", "--person", "anna").stdout.startswith("There are no sessions for anna")
    assert "2026-03-04" in run("history").stdout
    assert "only works with" in refused(2, *CHECK, "--person", "anna")


def test_walks_are_noted_and_compared_with_the_plan(home: Path) -> None:
    """On days that have come."""
    assert run("log", "walk", "30").stdout == f"{date.today()}: walked 30 minutes\n"
    assert run("log", "walk", "15").stdout == f"{date.today()}: walked 45 minutes\n"
    assert "walked 45 of 210 min" in " ".join(run("history").stdout.split())
    assert run("log", "walk", "0").stdout == f"{date.today()}: walked 0 minutes\n"
    tomorrow = date.today() + timedelta(days=1)
    assert "is in the future" in refused(2, "log", "walk", "5", "--on", tomorrow)


def test_the_history_is_given_to_other_programs(home: Path, tmp_path: Path) -> None:
    """As CSV, JSON and a page."""
    run(*CHECK, "--save", "--on", "2026-03-04")
    rows = list(csv.DictReader(io.StringIO(run("history", "--csv", "-").stdout)))
    assert [row["rep"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert {row["session"] for row in rows} == {"1"}
    table = json.loads(run("history", "--json", "-").stdout)
    assert table["format"] == "formcheck-history/1"
    (each,) = table["sessions"][0]["sets"]
    assert (len(each["reps"]), each["faults"][0]["fault"]) == (5, "hold_too_short")
    page = tmp_path / "out.html"
    assert run("history", "--report", page).returncode == 0
    assert "Glute bridge" in page.read_text(encoding="utf-8")


def test_nothing_is_deleted_without_being_meant(home: Path) -> None:
    """Without a terminal --yes is needed; a number that is not there is told."""
    run(*CHECK, "--save")
    assert "--yes" in refused(2, "history", "--delete", 1)
    assert "There is no session 9." in refused(2, "history", "--delete", 9, "--yes")
    assert run("history", "--delete", 1, "--yes").stdout == "Deleted session 1.\n"
    run("log", "walk", "30")
    assert run("history", "--delete-all", "--yes").returncode == 0
    assert "You have no sessions yet." in run("history").stdout


def break_by_lock(path: Path) -> Callable[[], None]:
    """Hold the history's lock; what gives it back."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other.close


def break_by_newer(path: Path) -> Callable[[], None]:
    """Make it one of a newer formcheck."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    return lambda: None


@pytest.mark.parametrize(
    ("spoil", "message"), [(break_by_lock, "in use"), (break_by_newer, "newer formcheck")]
)
def test_the_result_is_shown_even_if_it_cannot_be_saved(
    home: Path,
    spoil: Callable[[Path], Callable[[], None]],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then one line says why, and the exit code is that of a file that cannot be used."""
    monkeypatch.setattr(History.open.__func__, "__defaults__", (0.01,))
    run("log", "walk", "1")
    mend = spoil(home)
    done = run(*CHECK, "--save")
    mend()
    assert (done.returncode, "5 reps, " in done.stdout) == (2, True)
    (line,) = done.stderr.splitlines()
    assert message in line


def test_reps_and_faults_of_several_sources_are_one_table(tmp_path: Path) -> None:
    """With the source in each row."""
    other, reps, faults = (tmp_path / name for name in ("b.npz", "reps.csv", "faults.csv"))
    other.write_bytes(BRIDGE.read_bytes())
    done = run("check", BRIDGE, other, "-e", "bridge", "--reps", reps, "--faults", faults)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(reps.read_text(encoding="utf-8"))))
    assert [row["source"] for row in rows] == [str(BRIDGE)] * 5 + [str(other)] * 5
    found = list(csv.DictReader(io.StringIO(faults.read_text(encoding="utf-8"))))
    holds = [row for row in found if row["fault"] == "hold_too_short"]
    assert [row["rep"] for row in holds] == list("1234512345")
    assert {(row["limit"], row["unit"]) for row in holds} == {("2.7", "s")}


def test_a_table_that_cannot_be_written_is_told_before_any_work(tmp_path: Path) -> None:
    """By its name."""
    assert ".csv or .parquet" in refused(2, *CHECK, "--reps", tmp_path / "reps.xls")


@pytest.mark.parametrize("ending", ["csv", "trc"])
def test_a_recording_is_converted(tmp_path: Path, ending: str) -> None:
    """To what the name says; anything else is refused."""
    output = tmp_path / f"clip.{ending}"
    done = run("convert", BRIDGE, "-o", output)
    assert done.returncode == 0, done.stderr
    assert output.stat().st_size > 10_000
    assert ".csv or .trc" in refused(2, "convert", BRIDGE, "-o", tmp_path / "clip.c3d")


@pytest.mark.parametrize("verb", ["history", "log", "log walk", "convert"])
def test_help_fits_80_columns(verb: str) -> None:
    """And is plain text."""
    done = run(*verb.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert max(map(len, done.stdout.splitlines())) <= 80


# Live.


def coach(reps: int = 9) -> LiveCoach:
    """A coach of the bridge."""
    return LiveCoach(one_exercise(load_exercise("bridge"), reps, None), Mouth())


def _outcome(each: Set, number: int = 0) -> Outcome:
    """A session of the bridge in which this set was done."""
    return Outcome(
        number, load_exercise("bridge"), Summary("bridge", (each,), ()), SourceInfo("0", 9, 9, 9)
    )


def reps_in(home: Path) -> list[int]:
    """How many reps there are in each set of the history."""
    with History.open(home) as history:
        return [len(each.labelled.set.reps) for each in history.sets()]


def test_a_rep_is_in_the_history_when_it_is_counted(home: Path) -> None:
    """Not only when its set or the session is over: it might be killed before."""
    saver = SetSaver("0", None)
    live = coach()
    script = concatenate([bridge(2), pause(45.0), bridge(1)])
    done = 0
    for pose in script.poses(fps=10):
        guided = live.update(pose, 120.0, 1.5)
        hand_on(guided.news, [saver])
        new = sum(len(each.snapshot.counted) for each in guided.news if isinstance(each, Judged))
        done += new
        if new:
            assert sum(reps_in(home)) == done
        if live.is_over:
            break
    assert done >= 2
    assert reps_in(home)[0] == 2
    hand_on(live.finish(), [saver])
    assert reps_in(home) == [2, 1]
    with History.open(home) as history:
        saved = history.sets()
    assert [each.labelled.number for each in saved] == [1, 2]
    assert {each.session for each in saved} == {saver.session}
    assert saved[0].labelled.set.reps == live.results[0].summary.sets[0].reps


def test_a_set_that_could_not_be_saved_is_saved_with_the_next(home: Path) -> None:
    """And the session is not disturbed."""
    saver = SetSaver("0", None)
    (each,) = _sets(bridge(1))
    home.parent.mkdir()
    home.write_bytes(b"no database" * 100)
    saver.end(_outcome(each))
    with pytest.raises(HistoryError, match="isn't a formcheck history"):
        saver.save_waiting()
    home.unlink()
    saver.end(_outcome(each, 1))
    with History.open(home) as history:
        assert len(history.sets()) == 2


def test_a_live_session_is_that_of_the_person_who_is_named(home: Path) -> None:
    """As what is checked."""
    (each,) = _sets(bridge(1))
    for person in ("anna", ""):
        SetSaver("0", None, person=person).end(_outcome(each))
    with History.open(home) as history:
        assert [each.origin.person for each in history.sets()] == ["anna", None]


def test_a_history_that_fails_is_told_when_the_session_is_over(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the error, or as a line before another one."""
    home.mkdir(parents=True)
    (each,) = _sets(bridge(1))
    with pytest.raises(HistoryError):
        _save_one(each)
    with pytest.raises(CameraError):
        _save_one(each, CameraError("gone"))
    assert "The history" in capsys.readouterr().err


def _save_one(each: Set, error: Exception | None = None) -> None:
    """A session with one set, which ends with this error."""
    saver = SetSaver("0", None)
    with saved_live(saver):
        saver.end(_outcome(each))
        if error:
            raise error


def _sets(script: Any) -> Any:
    live = coach()
    played(live, script.poses(fps=10))
    return live.results[0].summary.sets


def test_the_root_as_history_is_told(tmp_path: Path) -> None:
    """It has no name to which anything could be added."""
    root = Path(tmp_path.anchor)
    for command in (["history"], ["history", "--repair"], [*CHECK, "--json", tmp_path / "it"]):
        done = run(*command, FORMCHECK_HISTORY=str(root))
        assert done.returncode == (0 if "--json" in command else 2), done.stderr
        assert "--json" in command or f"{root} is a folder" in done.stderr


@pytest.mark.parametrize("name", ["a\nb", "a\x1bb", "a\u202eb", "a\udcffb"])
def test_any_name_is_found_again(home: Path, name: str) -> None:
    """The history keeps what can be shown of it, and so it is asked for."""
    assert run(*CHECK, "--save", "--person", name).returncode == 0
    assert "Glute bridge" in run("history", "--person", name).stdout
    assert run("history", "--delete-all", "--yes", "--person", name).returncode == 0
    assert "no sessions for" in run("history", "--person", name).stdout


def test_nothing_was_done_in_the_future(home: Path, tmp_path: Path) -> None:
    """A file's date may be wrong: then it is today's, and that is said."""
    clip = tmp_path / "it.npz"
    clip.write_bytes(BRIDGE.read_bytes())
    to_come = (datetime.now() + timedelta(days=3)).timestamp()
    os.utime(clip, (to_come, to_come))
    done = run("check", clip, "-e", "bridge", "--save")
    assert f"done on {date.today()} (today, because its file's date is in the future" in done.stderr


def test_a_terminal_of_no_width_is_one_of_unknown_width(home: Path) -> None:
    """As some say it."""
    run(*CHECK, "--save", "--on", "2026-03-04")
    as_usual = run("history", COLUMNS="80").stdout
    for columns in ("0", "-3", "wide"):
        assert run("history", COLUMNS=columns).stdout == as_usual


def test_no_password_gets_into_the_history(home: Path) -> None:
    """Nor the user: others may read it."""
    (each,) = _sets(bridge(1))
    SetSaver("rtsp://anna:secret@host/1", None).end(_outcome(each))
    with History.open(home) as history:
        assert [each.origin.source for each in history.sets()] == ["rtsp://host/1"]


def test_a_name_is_one_person_however_it_is_typed(home: Path, tmp_path: Path) -> None:
    """An accent in a letter or of its own, spaces around; from a folder, or kept so before."""
    one, two = "\u00c1gi", "A\u0301gi"
    assert run(*CHECK, "--save", "--person", f" {two} ").returncode == 0
    (tmp_path / "clips" / two).mkdir(parents=True)
    shutil.copy(SAMPLES / "squat_8.npz", tmp_path / "clips" / two)
    assert run("check", tmp_path / "clips", "--save", "--workers", 1).returncode == 0
    with closing(sqlite3.connect(history_path())) as connection:
        assert set(connection.execute("SELECT person FROM sessions")) == {(one,)}
        connection.execute("UPDATE sessions SET person = ? WHERE id = 1", (f"{two} ",))
        connection.commit()
    for name in (one, two, f"{one} "):
        told = json.loads(run("history", "--person", name, "--json", "-").stdout)
        assert [each["person"] for each in told["sessions"]] == [one, one]
