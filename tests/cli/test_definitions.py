"""`formcheck list`, `show` and `lint`: what they tell, write, open and refuse."""

import json
import webbrowser
from pathlib import Path

import pytest
from helpers.commands import BRIDGE, refused, run
from helpers.places import EXERCISES

SHIPPED = len(list(EXERCISES.glob("*.toml")))


def test_list_names_the_exercises() -> None:
    """With title and view."""
    lines = run("list").stdout.partition("\n\n")[0].splitlines()
    assert len(lines) == SHIPPED
    listed = dict(line.split(maxsplit=1) for line in lines)
    assert listed["bridge"] == "Glute bridge, seen from the side"


def test_a_file_of_ones_own_works_wherever_a_name_does(tmp_path: Path) -> None:
    """In `list` and by name, if it is in a folder `exercises`; by its path from anywhere."""
    own = tmp_path / "exercises" / "my_bridge.toml"
    own.parent.mkdir()
    text = (EXERCISES / "bridge.toml").read_text(encoding="utf-8")
    own.write_text(text.replace('name    = "bridge"', 'name    = "my_bridge"'), encoding="utf-8")
    assert "my_bridge" in run("list", cwd=tmp_path).stdout
    for name in ("my_bridge", own):
        assert "(my_bridge)" in run("show", name, "--rules", cwd=tmp_path).stdout
        found = run("check", BRIDGE, "-e", name, "--json", "-", cwd=tmp_path).stdout
        assert json.loads(found)["exercise"] == "my_bridge"
    assert run("lint", own).returncode == 0


def test_a_bad_file_does_not_hide_the_others_in_the_list(tmp_path: Path) -> None:
    """It is told as bad, with what to do."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "bad.toml").write_text("a =", encoding="utf-8")
    done = run("list", cwd=tmp_path)
    assert done.returncode == 0
    assert "formcheck lint exercises" in done.stdout
    assert len(done.stdout.partition("\n\n")[0].splitlines()) == SHIPPED + 1


def test_the_shipped_exercises_have_no_problems() -> None:
    """As users are told to lint theirs."""
    done = run("lint", *sorted(EXERCISES.glob("*.toml")))
    assert (done.returncode, done.stdout) == (0, f"{SHIPPED} exercise files are good.\n")


def test_routines_are_listed_shown_and_linted(tmp_path: Path) -> None:
    """In a block of their own, step by step, and with their problems."""
    block = run("list").stdout.partition("\n\n")[2].splitlines()
    assert block[0].startswith("Routines")
    assert block[1].startswith("back-care ")
    assert "1. Glute bridge: 15 reps" in run("show", "back-care").stdout
    shipped = EXERCISES / "routines" / "back-care.toml"
    assert run("show", shipped).stdout == run("show", "back-care").stdout
    done = run("lint", shipped, EXERCISES / "bridge.toml")
    assert (done.returncode, done.stdout) == (
        0,
        "1 exercise file and 1 routine file are good.\n",
    )
    own = tmp_path / "back-care.toml"
    text = shipped.read_text(encoding="utf-8")
    own.write_text(text.replace('"bridge"', '"bridg"'), encoding="utf-8")
    done = run("lint", own)
    assert (done.returncode, done.stdout) == (2, "")
    assert "step 1 > exercise: there is no exercise 'bridg', did you mean" in done.stderr


def test_lint_tells_every_problem_of_every_file(tmp_path: Path) -> None:
    """One line each, with file and place."""
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    text = (EXERCISES / "bridge.toml").read_text(encoding="utf-8")
    one.write_text(text.replace("[rep]\n", "[rep]\nreches = 3\n"), encoding="utf-8")
    other.write_text("a = ", encoding="utf-8")
    done = run("lint", one, other, tmp_path / "nowhere.toml")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert any("rep: unknown key 'reches', did you mean 'reaches'?" in line for line in lines)
    assert any("name: is 'bridge' but the file is called one.toml" in line for line in lines)
    assert any("other.toml: not valid TOML" in line and "line 1" in line for line in lines)
    assert any("nowhere.toml: doesn't exist" in line for line in lines)


def test_a_word_of_its_title_leads_to_the_exercise() -> None:
    """Nobody has to know that the glute bridge is `bridge` in files."""
    assert "Did you mean 'bridge' or 'single_leg_bridge'?" in refused(2, "show", "glute")


# Demonstrations.


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were given to the browser, instead of being opened."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: addresses.append(url) or True)
    return addresses


def test_a_demonstration_opens_in_the_browser(tmp_path: Path, opened: list[str]) -> None:
    """From a page in the folder where one is."""
    done = run("show", "march", "--demo", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Wrote march_demo.html and opened it in a browser.\n"
    assert opened == [(tmp_path / "march_demo.html").as_uri()]
    assert "Lift your knees a bit higher." in (tmp_path / "march_demo.html").read_text("utf-8")


def test_where_there_is_no_browser_it_says_where_the_page_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a computer without a screen."""
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    done = run("show", "march", "--demo", "--fault", "sways", cwd=tmp_path)
    assert done.stdout == "Wrote march_demo.html. Open it in a browser.\n"


def test_a_demonstration_is_written_as_picture_or_page(tmp_path: Path, opened: list[str]) -> None:
    """By the ending of the file; nothing is opened then."""
    for name, begins in (("a.svg", "<svg"), ("b.html", "<!doctype html>")):
        done = run("show", "march", "--demo", "--fault", "low knee", "-o", tmp_path / name)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / name).read_text("utf-8").lstrip().startswith(begins)
    assert opened == []


def test_what_cannot_be_shown_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """An unknown fault lists those there are; the options of --demo need it."""
    out = tmp_path / "a.svg"
    line = refused(2, "show", "march", "--demo", "--fault", "slow", "-o", out)
    assert "no mistake 'slow'" in line
    assert line.endswith("There are: knee too low, swaying, standing leg bends.")
    assert "only work with --demo" in refused(2, "show", "march", "--fault", "sways")
    assert ".html or .svg" in refused(2, "show", "march", "--demo", "-o", tmp_path / "a.png")
    assert "this is a routine" in refused(2, "show", "back-care", "--demo", "-o", out)
    assert "no folder" in refused(2, "show", "march", "--demo", "-o", tmp_path / "no" / "a.svg")
    assert list(tmp_path.iterdir()) == []


def test_show_tells_of_the_moving_picture_where_there_is_one(tmp_path: Path) -> None:
    """Not of an exercise of one's own, which the figure does not know."""
    hint = "formcheck show bridge --demo"
    assert hint in run("show", "bridge").stdout
    run("new", "mine.toml", "--from", "bridge", cwd=tmp_path)
    assert "--demo" not in run("show", "mine.toml", cwd=tmp_path).stdout
    assert "no moving picture" in run("show", "mine.toml", "--demo", cwd=tmp_path).stderr
