"""Rows of the history that were not written by formcheck."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from helpers.abuse import Attack, held
from helpers.commands import BRIDGE, run

DAMAGE = {
    "a day that is none": "UPDATE sessions SET started_at = 'yesterday'",
    "a day before time": "UPDATE sessions SET started_at = '0001-01-01T00:00:00+02:00'",
    "a source that is noise": "UPDATE sessions SET source = x'00ff'",
    "a walk on no day": "INSERT INTO walks (day, minutes) VALUES ('soon', 30)",
    "a walk at the end of time": "INSERT INTO walks (day, minutes) VALUES ('9999-12-31', 30)",
    "a number that is a word": "UPDATE reps SET start_s = 'soon'",
    "a name that is noise": "UPDATE sets SET exercise = x'00ff'",
    "a severity that is none": "UPDATE faults SET severity = 'bad'",
    "reasons that are no JSON": "UPDATE reps SET unjudged = '{'",
    "reasons in reasons": f"UPDATE reps SET unjudged = '{'[' * 100_000}'",
}


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history with five bridges in it, none of them held for long enough."""
    path = tmp_path / "history.sqlite3"
    monkeypatch.setenv("FORMCHECK_HISTORY", str(path))
    assert run("check", BRIDGE, "-e", "bridge", "--save").returncode == 0
    return path


def change(path: Path, statement: str) -> None:
    """Do what formcheck would not."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_row_costs_only_itself_and_is_told(
    damage: str, history: Path, tmp_path: Path
) -> None:
    """And what it belongs to can be taken out."""
    change(history, DAMAGE[damage])
    held(Attack(damage, lambda _: ["history"], "items? of the history can't be read", 0), tmp_path)
    taken_out = Attack(damage, lambda _: ["history", "--delete", 1, "--yes"], "Deleted", 0)
    held(taken_out, tmp_path)


def test_names_in_a_history_are_shown_and_not_obeyed(history: Path, tmp_path: Path) -> None:
    """In the terminal, in CSV and on the page."""
    for column in ("exercise", "title"):
        change(history, f"UPDATE sets SET {column} = char(27) || '[2J<script>'")
    change(history, "UPDATE sessions SET source = '=cmd|calc'")
    held(Attack("list", lambda _: ["history"], r"(?i)\\x1b\[2J", 0), tmp_path)
    files = ["--csv", "it.csv", "--report", "it.html"]
    held(Attack("files", lambda _: ["history", *files], "", 0), tmp_path)
    assert ",'=cmd|calc," in (tmp_path / "it.csv").read_text("utf-8")
    page = (tmp_path / "it.html").read_text("utf-8")
    assert "[2J&lt;script&gt;" in page
    assert "\x1b" not in page
