"""Whether everything on the stage can be seen and reached, in windows narrow and wide."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from helpers.browser import needs_chromium, started_browser

from formcheck.app import pages
from formcheck.templates.rendering import render, style_beside

HERE = "http://127.0.0.1:9/it/"
WIRE = """
window.WebSocket = class {
  static OPEN = 1;
  constructor() {
    this.readyState = 1;
    window.feed = (data) => this.onmessage({ data });
    setTimeout(() => this.onopen());
  }
  send() {}
};
"""
"""In place of the wire to formcheck: scenes are fed by the test."""
TURN = "Turn so that the camera sees you from the side, and move back until head and feet are seen."
SCENE = {
    "kind": "scene",
    "screen": "coach",
    "title": "Glute bridge",
    "count": 12,
    "target": "of 15",
    "side": "Left",
    "phase": "Hold",
    "ring": {"held": 2.2, "share": 0.7, "words": "of 3 s"},
    "message": TURN,
    "tone": "hint",
    "sides": True,
    "words": {"pause": "Pause", "unseen": "Not judged: knees apart, heels lifted"},
}
BOX = "element => { const b = element.getBoundingClientRect(); return [b.top, b.bottom]; }"
LINES = "element => element.offsetHeight / parseFloat(getComputedStyle(element).fontSize)"


def answered(route: Any) -> None:
    """Give the stage, and what it is made of."""
    name = route.request.url.removeprefix(HERE)
    script = pages.static_file(name.removeprefix("static/"))
    if name == "session":
        shown = {"here": name, "up": "", "title": "Bridge", "mirror": True, "pain": ""}
        route.fulfill(body=render(pages.ROOM, "session.html.j2", **shown), content_type="text/html")
    elif name == "style.css":
        route.fulfill(body=style_beside(pages.ROOM, "app.css"), content_type="text/css")
    elif script is not None:
        kind = "image/svg+xml" if name.endswith("svg") else "text/javascript"
        route.fulfill(body=script, content_type=kind)
    else:
        route.fulfill(status=404)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One for all windows."""
    with started_browser() as started:
        yield started


@needs_chromium
@pytest.mark.parametrize(
    ("width", "height", "enlarged"),
    [(1280, 720, 1), (1280, 800, 2), (390, 844, 1), (390, 844, 2), (900, 800, 1)],
)
def test_all_of_the_stage_is_in_the_window(
    browser: Any, width: int, height: int, enlarged: int
) -> None:
    """With a long message too, and in large type; and a count stands in one line."""
    with closing(browser.new_page(viewport={"width": width, "height": height})) as page:
        page.add_init_script(WIRE)
        page.route("**/*", answered)
        page.goto(f"{HERE}session")
        page.add_style_tag(content=f"html {{ font-size: {100 * enlarged}% !important }}")
        for place in ("low", "high"):
            page.evaluate("scene => feed(scene)", json.dumps({**SCENE, "cue": place}))
            assert page.eval_on_selector("#count", LINES) < 1.5
            ends = page.eval_on_selector_all("#keys button", f"all => all.map({BOX})")
            assert max(bottom for _, bottom in ends) <= height
            top, bottom = page.eval_on_selector("#cue", BOX)
            assert 0 <= top < bottom <= height
        has_room = width > 1.5 * height and enlarged == 1
        assert not has_room or bottom < height / 2
