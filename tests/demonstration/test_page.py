"""The page as it is met in a browser: it moves, stands alone, and can be still."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import needs_chromium, started_browser

from formcheck.definition.loading import load_exercise
from formcheck.demonstration.page import demonstration_page


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One for all tests."""
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the bridge, with one fault."""
    path = tmp_path_factory.mktemp("a page") / "bridge.html"
    path.write_text(demonstration_page(load_exercise("bridge"), "heels_lift"), "utf-8")
    return path


@needs_chromium
def test_it_moves_in_its_own_colours_and_loads_nothing(file: Path, browser: Any) -> None:
    """The page's own policy lets its styles through, and the browser has nothing to complain of."""
    page = browser.new_page()
    messages: list[str] = []
    addresses: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(file.as_uri())
    at = "s => { const svg = document.querySelector('svg'); svg.setCurrentTime(s); return svg"
    hips = ".querySelector('.moving .works').getBBox().y }"
    assert page.evaluate(at + hips, 4.0) < page.evaluate(at + hips, 0.0) - 30
    fill = page.locator(".moving .works").first.evaluate("e => getComputedStyle(e).fill")
    assert fill == "rgb(59, 143, 199)"
    assert messages == []
    assert addresses == [file.as_uri()]
    page.close()


@needs_chromium
@pytest.mark.parametrize("width", [360, 1366])
def test_it_fits_a_phone_and_a_laptop(file: Path, browser: Any, width: int) -> None:
    """The page itself is not pushed sideways, and the words in a picture can be read."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator(".fault .heading").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 12
    page.close()


@needs_chromium
def test_on_paper_it_is_a_still(file: Path, browser: Any) -> None:
    """Whatever moment it is printed at."""
    page = browser.new_page()
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    assert page.locator(".still").first.is_visible()
    assert not page.locator(".moving").first.is_visible()
    page.close()


@needs_chromium
def test_who_wants_no_motion_sees_a_still(file: Path, browser: Any) -> None:
    """And who likes it dark has it dark."""
    page = browser.new_page(reduced_motion="reduce", color_scheme="dark")
    page.goto(file.as_uri())
    assert not page.locator(".moving").first.is_visible()
    assert page.locator(".still").first.is_visible()
    card = page.locator(".card").first.evaluate("e => getComputedStyle(e).fill")
    assert card == "rgb(33, 36, 39)"
    page.close()


def test_it_shows_all_faults_or_the_one_that_is_asked_for() -> None:
    """In the order of the exercise's file."""
    squat = load_exercise("squat")
    text = demonstration_page(squat)
    places = [text.index(fault.cue) for fault in squat.faults]
    assert places == sorted(places)
    assert text.count("<svg") == 1 + len(squat.faults)
    assert demonstration_page(squat, "heels lift").count("<svg") == 2
