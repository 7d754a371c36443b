"""The overview as its readers meet it: opened in Chromium, sorted and filtered."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import needs_chromium, started_browser

from formcheck.overview.clips import ClipRow, MainFault
from formcheck.overview.page import overview_page

MARKUP = "<img src=x onerror=alert(1)>"
LOW = MainFault("hips_too_low", "fault", 2, f"Higher {MARKUP}")
ARCHED = MainFault("over_arched", "safety", 1, "Ease down.")
ROWS = [
    ClipRow("ben/clip 10.mp4", "ben", "Squat", 4, 4, report="ben/clip%2010/report.html"),
    ClipRow(
        "anna/clip 9.mp4", "anna", "Glute bridge", 12, 3, 1, 0.0, LOW, unjudged=("heels_lift",)
    ),
    ClipRow("anna/clip 2.mp4", "anna", "Squat", 5, 1, fault=ARCHED),
    ClipRow(f"ben/{MARKUP}.mp4", "ben", remark="It is no video."),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One for all tests."""
    with started_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The overview, which has nothing to complain of and asks for nothing else."""
    path = tmp_path / "index.html"
    path.write_bytes(overview_page(f"Week {MARKUP}", ROWS))
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda request: complaints.append(request.url))
    opened.goto(path.as_uri())
    yield opened
    opened.close()
    assert complaints == [path.as_uri()]


def _clips(page: Any) -> list[str]:
    """The clips that are shown, from top to bottom."""
    rows = page.locator(".clips tbody tr:not([hidden]) th").all_inner_texts()
    return [row.strip() for row in rows]


def _sort(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).click()


@needs_chromium
def test_a_column_sorts_upward_and_then_downward(page: Any) -> None:
    """Numbers within names by their size, so that clip 2 comes before clip 10."""
    names = [row.clip for row in ROWS]
    assert _clips(page) == names
    _sort(page, "Clip")
    assert _clips(page)[:2] == ["anna/clip 2.mp4", "anna/clip 9.mp4"]
    _sort(page, "Clip")
    assert _clips(page)[-2:] == ["anna/clip 9.mp4", "anna/clip 2.mp4"]
    _sort(page, "Reps")
    assert _clips(page)[-1] == "anna/clip 9.mp4"
    _sort(page, "Work on first")
    assert _clips(page)[0] == "anna/clip 2.mp4"


@needs_chromium
def test_filters_go_together_and_say_how_many_are_left(page: Any) -> None:
    """A person, an exercise, and words that are anywhere in the row."""
    page.get_by_role("combobox", name="Person").select_option("anna")
    assert _clips(page) == ["anna/clip 9.mp4", "anna/clip 2.mp4"]
    assert page.locator("output").inner_text() == "2 of 4 shown"
    page.get_by_label("Find").fill("hips low")
    assert _clips(page) == ["anna/clip 9.mp4"]
    page.get_by_role("combobox", name="Person").select_option("")
    page.get_by_label("Find").fill("no video")
    assert _clips(page) == [ROWS[3].clip]


@needs_chromium
def test_a_row_leads_to_its_report(page: Any) -> None:
    """By an address relative to the overview, so that the folder can be moved."""
    links = page.locator(".clips a")
    assert links.count() == 1
    assert links.first.get_attribute("href") == "ben/clip%2010/report.html"


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_never_scrolls_sideways(page: Any, width: int) -> None:
    """On a phone each clip becomes a block of its own."""
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_from_outside_is_never_taken_for_markup() -> None:
    """Names of files and cues may hold anything."""
    assert MARKUP not in overview_page(f"Week {MARKUP}", ROWS).decode()


def test_without_a_person_there_is_no_column_for_it() -> None:
    """One person's clips."""
    text = overview_page("Mine", [ClipRow("a.mp4", "", "Squat", 3, 3)]).decode()
    assert "Person" not in text
