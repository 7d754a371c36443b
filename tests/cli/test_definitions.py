"""`formcheck show --demo`: what is written, what is opened, and what is refused."""

import webbrowser
from pathlib import Path

import pytest
from helpers.commands import refused, run


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
