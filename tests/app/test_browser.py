"""A whole routine as somebody does it: in Chromium, with a clip as the camera."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import needs_chromium, started_browser
from helpers.commands import COMMAND

ROUTINE = """
schema = 1
name = "three"
title = "Three"
summary = "One rep, one that hurts, one rep."
[[step]]
exercise = "bridge"
reps = 1
rest = 60
[[step]]
exercise = "crunch"
reps = 1
[[step]]
exercise = "bridge"
reps = 1
"""
LONG = 30_000
"""Milliseconds that a step of the test may take on a busy computer."""


def begun(words: Sequence[object], folder: Path, model: Path) -> "subprocess.Popen[str]":
    """Begin formcheck in this folder, with settings and a history of its own."""
    return subprocess.Popen(
        [*COMMAND, *map(str, words)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "FORMCHECK_MODEL": str(model),
            "FORMCHECK_HISTORY": str(folder / "history.sqlite3"),
            "XDG_CONFIG_HOME": str(folder / "settings"),
        },
    )


@contextmanager
def served(folder: Path, clip: Path, model: Path) -> Iterator[str]:
    """`formcheck app` with this clip as its camera; the address it tells."""
    routines = folder / "exercises" / "routines"
    routines.mkdir(parents=True)
    (routines / "three.toml").write_text(ROUTINE)
    settings = folder / "settings" / "formcheck"
    settings.mkdir(parents=True)
    chosen = {"routine": "three", "voice": False, "camera": str(clip)}
    (settings / "app.json").write_text(json.dumps(chosen))
    words = ["app", "--no-browser", "--events", "it.jsonl"]
    process = begun(words, folder, model)
    try:
        assert process.stdout is not None
        found = re.search(r"http\S+", process.stdout.readline())
        assert found, process.stderr and process.stderr.read()
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (0, "")


def violations(page: Any) -> list[str]:
    """What keeps people out of the page."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate("(source) => { if (!window.axe) (0, eval)(source); }", axe)
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    told = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]
    return [*told, *(["wider than the window"] if wide else [])]


@needs_chromium
@pytest.mark.skipif(os.name != "posix", reason="is ended by a POSIX signal")
def test_a_routine_from_today_to_the_end_card(
    half_bridge_video: Path, model_path: Path, tmp_path: Path
) -> None:
    """Every screen can be used by everybody; nothing is asked of the network; all of it is kept."""
    pytest.importorskip("axe_playwright_python")
    asked: list[str] = []
    troubles: list[str] = []
    wrong: dict[str, list[str]] = {}
    with served(tmp_path, half_bridge_video, model_path) as address, started_browser() as browser:
        # Only so that axe may be put into the page; the policy is tested without a browser.
        context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 720})
        page = context.new_page()
        page.set_default_timeout(LONG)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))

        def look(name: str) -> None:
            wrong[name] = violations(page)

        page.goto(address)
        look("notice")
        page.click("text=I have read this")
        page.wait_for_function("document.querySelector('#trouble')?.textContent === ''")
        look("camera")
        page.click("text=All is well")
        look("today")
        for name in ("exercises", "exercises/bridge", "choices", "history"):
            page.goto(address + name)
            look(name)
        page.goto(address)
        page.click("button:text-is('Start')")
        page.wait_for_selector("#stage[data-screen=coach]")
        look("coach")
        page.wait_for_selector("#rest:not([hidden])")
        look("rest")
        assert "Crunch" in page.inner_text("#rest-title")
        page.click("text=Start now")
        page.wait_for_selector("#rest[hidden]", state="attached")
        page.keyboard.press("o")
        page.wait_for_selector("#hurt:not([hidden])")
        look("hurt")
        page.click("text=Go on with the next")
        page.keyboard.press(" ")
        page.wait_for_selector("#paused:not([hidden])")
        look("paused")
        page.reload()
        page.wait_for_selector("#paused:not([hidden])")
        page.click("text=End")
        page.wait_for_url("**/end")
        look("end")
        page.click("label:has-text('4') >> nth=0")
        page.click("text=Note it")
        assert "Stopped: it hurt." in page.inner_text("main")
        page.goto(address + "report")
        assert "Glute bridge" in page.inner_text("body")
        page.goto(address)
        assert "Left out today: it hurt." in page.inner_text("main")
        page.goto(address + "history")
        look("history afterwards")
        assert "Crunch, on" in page.inner_text("main")
    assert {name: found for name, found in wrong.items() if found} == {}
    assert troubles == []
    assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []
    kinds = [json.loads(line)["kind"] for line in (tmp_path / "it.jsonl").read_text().splitlines()]
    assert "rep" in kinds


@needs_chromium
def test_the_pages_work_under_their_own_policy(model_path: Path, tmp_path: Path) -> None:
    """Scripts run, styles and pictures are there, and nothing is refused."""
    clip = tmp_path / "none.mp4"
    clip.write_bytes(b"no video")
    refused: list[str] = []
    folder = tmp_path / "it"
    folder.mkdir()
    with served(folder, clip, model_path) as address, started_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(LONG)
        page.on("console", lambda told: refused.append(told.text))
        page.goto(address)
        page.click("text=I have read this")
        page.goto(address)
        drawn = page.locator(".demo").first
        assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
        page.goto(address + "choices")
        page.click("text=Look for cameras")
        page.wait_for_selector("text=Look again")
        assert page.input_value("[name=address]") == str(clip)
        page.fill("[name=address]", "typed meanwhile")
        page.click("text=Look again")
        page.wait_for_selector("#cameras:not([aria-busy])")
        assert page.input_value("[name=address]") == "typed meanwhile"
        page.goto(address)
        page.click("button:text-is('Start')")
        page.wait_for_url("**/end")
        assert "none.mp4" in page.inner_text("main")
    assert refused == []


@needs_chromium
@pytest.mark.skipif(os.name != "posix", reason="is ended by a POSIX signal")
def test_live_has_its_page_until_that_is_closed(
    one_bridge: Path, model_path: Path, tmp_path: Path
) -> None:
    """What was asked for is written before; its end card and report can be read."""
    settings = tmp_path / "settings" / "formcheck"
    settings.mkdir(parents=True)
    (settings / "notice-read").touch()
    words = ["live", "bridge", "--reps", 1, "--camera", one_bridge, "--json", "it.json"]
    with started_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(LONG)
        process = begun([*words, "--mute", "--no-browser"], tmp_path, model_path)
        assert process.stderr is not None
        found = re.search(r"http\S+", process.stderr.readline())
        assert found
        page.goto(found[0])
        page.wait_for_selector("#stage[data-screen=coach]")
        page.wait_for_url("**/end")
        assert "1 rep" in page.inner_text("main")
        assert json.loads((tmp_path / "it.json").read_text())["exercise"] == "bridge"
        page.goto(page.url.replace("/end", "/report"))
        assert "Glute bridge" in page.inner_text("body")
        page.goto(page.url.replace("/report", "/end"))
        assert process.poll() is None
    told, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "1 rep, " in told
