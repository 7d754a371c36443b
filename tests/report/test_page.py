"""The report as its readers meet it: opened in Chromium, clicked, and compared with the JSON."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import needs_chromium, started_browser
from helpers.places import ROOT

MARKUP = "<img src=x onerror=alert(1)>"
NAME = f"clip {MARKUP} & 100%.npz"
CUE = f"Hold <b>still</b> & {MARKUP}"


@dataclass
class Opened:
    """A report that is open in a browser, and all that the browser had to say."""

    page: Any
    table: dict[str, Any]
    """The JSON of the same result."""
    messages: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def texts(self, selector: str) -> list[str]:
        """The text of each element, as it is seen."""
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]

    def exact(self, selector: str) -> list[str]:
        """The exact numbers of `data` elements."""
        found: list[str] = self.page.locator(selector).evaluate_all("all => all.map(e => e.value)")
        return found

    def time(self) -> float:
        """Where the video is, once it has got there."""
        video = self.page.locator("video")
        return float(
            video.evaluate(
                "v => new Promise(r => { const look = () => v.seeking || v.readyState < 2 ? "
                "setTimeout(look, 20) : r(v.currentTime); setTimeout(look, 50); })"
            )
        )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with report, video and JSON of a recording; names and cues are full of markup."""
    pytest.importorskip("av", reason="annotated video is written with PyAV: pip install av")
    folder = tmp_path_factory.mktemp("a report")
    shutil.copy(ROOT / "samples" / "bridge_5.npz", folder / NAME)
    exercise = (ROOT / "exercises" / "bridge.toml").read_text("utf-8")
    exercise = exercise.replace("Stay up for a full count of three.", CUE)
    (folder / "mine.toml").write_text(exercise.replace('"bridge"', '"mine"'), "utf-8")
    outputs = ["--report", "out.html", "--video", "out 1.mp4", "--json", "out.json"]
    command = [sys.executable, "-m", "formcheck", "check", NAME, "-e", "mine.toml", *outputs]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One for all tests."""
    with started_browser() as browser:
        yield browser


@pytest.fixture
def opened(files: Path, browser: Any) -> Iterator[Opened]:
    """The report in a page of its own."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    table = json.loads((files / "out.json").read_text("utf-8"))
    report = Opened(page, table)
    page.on("console", lambda message: report.messages.append(message.text))
    page.on("pageerror", lambda error: report.messages.append(str(error)))
    page.on("dialog", lambda dialog: report.messages.append(dialog.message))
    page.on("request", lambda request: report.addresses.append(request.url))
    page.goto((files / "out.html").as_uri())
    yield report
    page.close()


@needs_chromium
def test_it_opens_without_an_error_and_without_the_network(opened: Opened) -> None:
    """Only the page itself and the video beside it are read."""
    assert opened.time() == 0
    opened.page.locator(".plot svg").first.click()
    opened.time()
    assert opened.messages == []
    schemes = {address.split(":")[0] for address in opened.addresses}
    assert schemes <= {"file", "data"}
    named = {a.split("/")[-1] for a in opened.addresses if a.startswith("file:")}
    assert named == {"out.html", "out%201.mp4"}


@needs_chromium
def test_nothing_else_can_be_loaded_or_run(opened: Opened) -> None:
    """The page's own policy forbids it, should any markup ever slip through."""
    broken = opened.page.evaluate(
        """async () => {
            const broken = [];
            document.addEventListener(
                "securitypolicyviolation", event => broken.push(event.violatedDirective)
            );
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            const image = document.createElement("img");
            image.src = "https://example.org/x.png";
            document.body.append(script, image);
            await new Promise(done => setTimeout(done, 200));
            return [window.ran === true, ...broken.sort()];
        }"""
    )
    assert broken == [False, "img-src", "script-src-elem"]


@needs_chromium
def test_a_click_on_the_plot_moves_the_video_there(opened: Opened) -> None:
    """To the moment that lies under the pointer."""
    row = opened.page.locator(".plot svg").first
    start, end = (float(row.get_attribute(f"data-{name}")) for name in ("start", "end"))
    box = row.bounding_box()
    left, right = (box["width"] * place / 720 for place in (46, 708))
    row.click(position={"x": left + 0.75 * (right - left), "y": box["height"] / 2})
    assert opened.time() == pytest.approx(start + 0.75 * (end - start), abs=0.05)
    assert opened.page.locator(".plot .now.shown").count() == 1


@needs_chromium
def test_a_rep_moves_the_video_to_its_beginning_with_the_keyboard_too(opened: Opened) -> None:
    """Enter on its button."""
    reps = opened.table["sets"][0]["reps"]
    button = opened.page.get_by_role("button", name="Show Rep 3 in the video")
    button.focus()
    button.press("Enter")
    assert opened.time() == pytest.approx(reps[2]["start_s"], abs=0.01)


def _told(seconds: float | None) -> str:
    return "not seen" if seconds is None else f"{seconds:.1f} s"


@needs_chromium
def test_what_is_shown_is_what_the_json_says(opened: Opened) -> None:
    """Every number of every rep, the counts, the faults and what was not judged."""
    (only,) = opened.table["sets"]
    reps = only["reps"]
    keys = ("start_s", "range_deg", "hold_s", "out_s", "back_s")
    exact = [float(value) if value else None for value in opened.exact(".reps tbody data")]
    assert exact == [rep[key] for rep in reps for key in keys]
    shown = opened.texts(".reps tbody .value")
    told = [(f"{r['range_deg']:.0f}°", *(_told(r[key]) for key in keys[2:])) for r in reps]
    assert reps[0]["out_s"] is None  # the recording begins as the first rep does
    assert shown == [value for values in told for value in values]
    clean = sum(rep["clean"] for rep in reps)
    assert opened.texts(".tile .number")[:2] == [f"{len(reps)}", f"{clean} of {len(reps)}"]
    faults = [
        [
            text.strip().lower().replace(" ", "_")
            for text in row.locator("li span").all_inner_texts()
        ]
        for row in opened.page.locator(".reps tbody tr").all()
    ]
    assert faults == [rep["faults"] for rep in reps]
    source = opened.table["source"]
    assert [float(value) for value in opened.exact(".facts data")] == [
        source["duration_s"],
        source["frames"],
        source["frames_with_pose"],
    ]


@needs_chromium
def test_names_and_cues_are_text_whatever_they_hold(opened: Opened) -> None:
    """A file's name and a cue with markup in them are shown as they are written."""
    assert opened.texts("h1") == [f"Glute bridge: {NAME}"]
    assert opened.texts(".cue") == [f"“{CUE}”"]
    assert opened.page.locator("img[src=x], .cue b").count() == 0


@needs_chromium
@pytest.mark.parametrize("width", [320, 390, 1366])
def test_it_fits_a_phone_and_a_laptop(opened: Opened, width: int) -> None:
    """Only the plot is moved sideways, in its own frame."""
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@needs_chromium
def test_everything_has_a_name_for_those_who_do_not_see_it(opened: Opened) -> None:
    """Pictures and plots have a text, and headings go down step by step."""
    alts = opened.page.locator("img").evaluate_all("all => all.map(e => e.alt)")
    assert alts
    assert all(alts)
    drawn = "svg:not([aria-hidden]):not([aria-label])"
    assert opened.page.locator(drawn).count() == 0
    levels = opened.page.locator("h1, h2, h3, h4").evaluate_all(
        "all => all.map(e => +e.tagName[1])"
    )
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@needs_chromium
def test_it_prints_without_what_only_a_screen_can_do(opened: Opened) -> None:
    """No video and no buttons on paper, and nothing cut off at its side."""
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": 680, "height": 900})
    assert not opened.page.locator("video").is_visible()
    assert not any(button.is_visible() for button in opened.page.locator("button").all())
    assert opened.page.evaluate(
        "[...document.querySelectorAll('.plot .scroll')].every(e => e.scrollWidth <= e.clientWidth)"
    )


def test_the_page_stands_alone(files: Path) -> None:
    """No address of anything elsewhere is in it; its video is named relative to it."""
    page = (files / "out.html").read_text("utf-8")
    assert 'src="out%201.mp4"' in page
    assert "http://" not in page
    assert "https://" not in page
