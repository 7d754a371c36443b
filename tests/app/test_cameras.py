"""Choosing a camera on the page, without a browser or a camera."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.staged import desk_before, own_settings
from starlette.testclient import TestClient

from formcheck.app import lens
from formcheck.app.desk import Desk
from formcheck.app.server import served
from formcheck.app.settings import Choices, chosen, load_choices
from formcheck.errors import CameraError
from formcheck.pose import Pose
from formcheck.sources.capture import pictures_from
from formcheck.sources.devices import CameraInfo, no_picture
from formcheck.stage import preview, sitting
from formcheck.stage.hub import Hub

HERE = "http://127.0.0.1:4711"
FRONT, SIDE = CameraInfo(0, (640, 480), 30.0), CameraInfo(2, (1280, 720), 30.0, "HD & wide")
Opened = tuple[Desk, TestClient]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """A desk whose camera was not named when formcheck was started, and its pages."""
    with own_settings(tmp_path, monkeypatch):
        monkeypatch.setattr(lens, "find_cameras", lambda stopped: [FRONT, SIDE])
        desk = desk_before([Pose.absent(each / 10) for each in range(600)], monkeypatch, pace=0.01)
        desk.world = replace(desk.world, camera=None)
        client = TestClient(served(desk, "it", 4711), base_url=f"{HERE}/it/")
        client.headers.update({"origin": HERE})
        with client:
            yield desk, client


def test_cameras_are_looked_for_on_request_and_offered(opened: Opened) -> None:
    """With their size, and the chosen one marked; from then on the settings have them, too."""
    _, client = opened
    assert "1280 x 720" not in client.get("choices").text
    part = client.post("cameras").text
    assert 'value="0" checked> Camera 0: 640 x 480' in part
    assert 'value="2"> Camera 2: 1280 x 720 (HD &amp; wide)' in part
    for page in ("choices", "camera"):
        assert part in client.get(page).text


def test_one_of_them_or_an_address_is_taken(opened: Opened) -> None:
    """Whatever is chosen counts for more than what stands in the field besides."""
    desk, client = opened
    client.post("cameras")
    assert client.post("camera", data={"camera": "2", "address": "x.mp4"}).url.path == "/it/camera"
    assert load_choices().camera == desk.camera == "2"
    address = "rtsp://127.0.0.1/it"
    page = client.post("choices", data={"camera": "", "address": address}).text
    assert load_choices().camera == address
    assert 'id="elsewhere" checked' in page
    assert f'value="{address}"' in page
    client.post("camera", data={"camera": "", "address": " "})
    assert desk.camera == address


def test_what_to_do_is_told_where_no_camera_works(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `formcheck cameras` does; an address can be typed all the same."""
    monkeypatch.setattr(lens, "find_cameras", lambda stopped: [])
    _, client = opened
    part = client.post("cameras").text
    assert "No camera works. Plug one in" in part
    assert "the terminal that formcheck runs in" in part
    assert 'name="address"' in part
    assert "radio" not in part


def test_no_camera_is_looked_for_while_a_session_has_one(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening it twice would take it away."""
    desk, client = opened
    monkeypatch.setattr(lens, "find_cameras", lambda stopped: pytest.fail("it was looked for"))
    client.post("begin", data={"exercise": "bridge"})
    assert "A session is going on" in client.post("cameras").text
    assert desk.lens.found is None


def test_a_preview_gives_way_to_looking_and_to_another_camera(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And while cameras are looked for none is shown."""
    desk, client = opened

    def is_shown() -> bool:
        return any(each.name == "formcheck preview" for each in threading.enumerate())

    def find(stopped: threading.Event) -> list[CameraInfo]:
        assert not is_shown()
        desk.obey({"press": "look"})
        assert not is_shown()
        return [FRONT]

    monkeypatch.setattr(lens, "find_cameras", find)
    desk.obey({"press": "look"})
    assert is_shown()
    assert "640 x 480" in client.post("cameras").text
    desk.obey({"press": "look"})
    assert is_shown()
    client.post("camera", data={"camera": "1"})
    assert not is_shown()


def test_who_looks_in_many_tabs_looks_once(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look takes seconds, and whoever wants to begin would wait for all of them."""
    _, client = opened
    looks = []

    def find(stopped: threading.Event) -> list[CameraInfo]:
        looks.append("once")
        if len(looks) == 1:
            stopped.wait(0.5)  # by then all have asked
        return [FRONT]

    monkeypatch.setattr(lens, "find_cameras", find)
    with ThreadPoolExecutor(8) as tabs:
        parts = list(tabs.map(lambda _: client.post("cameras").text, range(8)))
    assert all("640 x 480" in part for part in parts)
    assert looks == ["once"]
    client.post("cameras")
    assert len(looks) == 2


@pytest.mark.parametrize("ends", [False, True])
def test_looking_gives_way_to_a_session_and_to_the_end(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    """Nobody waits for the cameras that were not looked at yet, and what was known is known."""
    desk, client = opened
    begun = threading.Event()

    def find(stopped: threading.Event) -> list[CameraInfo]:
        begun.set()
        assert stopped.wait(20)
        return [FRONT]

    client.post("cameras")
    monkeypatch.setattr(lens, "find_cameras", find)
    with ThreadPoolExecutor(1) as tab:
        looking = tab.submit(client.post, "cameras")
        assert begun.wait(20)
        if ends:
            desk.close()
        else:
            client.post("begin", data={"exercise": "bridge"})
        assert "1280 x 720" in looking.result(20).text
    assert desk.is_busy is not ends
    monkeypatch.setattr(lens, "Preview", lambda *_: pytest.fail("the camera is not free"))
    desk.obey({"press": "look"})


@pytest.mark.parametrize("address", ["file://[", "a\0b"])
def test_what_is_no_address_is_told_as_such(address: str) -> None:
    """Though a library stumbles over it."""
    with pytest.raises(CameraError, match="sends no picture"):
        pictures_from(address)


def test_a_camera_that_failed_is_tried_again(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever went wrong with it: it may have been plugged in since."""
    desk, _ = opened
    works, tried = preview.open_live, []

    def fail(address: str) -> None:
        tried.append(address)
        raise ValueError

    monkeypatch.setattr(preview, "open_live", fail)
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    desk.obey({"press": "look"})
    while desk.hub.newest.state["screen"] != "trouble":
        time.sleep(0.01)
    assert "went wrong in formcheck itself" in desk.hub.newest.state["message"]
    monkeypatch.setattr(preview, "open_live", works)
    while desk.hub.newest.state["screen"] != "preview":
        desk.obey({"press": "look"})
        time.sleep(0.01)
    assert tried == ["0"]


def test_a_thread_keeps_nothing_where_python_keeps_its_own() -> None:
    """Or whether it is alive could not be told any more."""
    session: Any = None
    for thread in (preview.Preview("0", Hub()), sitting.OwnThread(session, session, session)):
        ours = vars(thread).keys() - vars(threading.Thread()).keys()
        assert [name for name in ours if hasattr(threading.Thread, name)] == []


@pytest.mark.parametrize("address", ["x" * 2000, "a\nb", "\x1b[31m", "\N{RIGHT-TO-LEFT OVERRIDE}a"])
def test_what_cannot_be_an_address_is_not_taken(opened: Opened, address: str) -> None:
    """From a page or from the file of the choices."""
    desk, client = opened
    client.post("camera", data={"address": address})
    assert desk.camera == Choices().camera == chosen({"camera": address}).camera


def test_a_camera_that_was_named_at_the_start_stays(opened: Opened) -> None:
    """The page says so, and looks for no other."""
    desk, client = opened
    desk.world = replace(desk.world, camera="clip.mp4")
    page = client.get("choices").text
    assert '<fieldset id="cameras" disabled>' in page
    assert "Chosen when formcheck was started." in page
    assert 'id="find"' not in page
    client.post("cameras")
    assert desk.lens.found is None


def test_what_is_wrong_with_a_camera_is_told_in_the_language_of_the_page(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a session, and at the end of one that could not begin; with a way to others."""
    desk, client = opened
    desk.world = replace(desk.world, language="de")

    def fail(address: str) -> None:
        raise CameraError(no_picture(int(address)))

    monkeypatch.setattr(preview, "open_live", fail)
    monkeypatch.setattr(sitting, "open_live", fail)
    with client.websocket_connect(
        "ws://127.0.0.1:4711/it/wire?shows=1", headers={"origin": HERE}
    ) as page:
        page.send_json({"press": "look"})
        while (told := page.receive_json()).get("screen") != "trouble":
            pass
    assert "Kamera 0 liefert kein Bild." in told["message"]
    client.post("begin", data={"exercise": "bridge"})
    while desk.is_busy:
        time.sleep(0.01)
    end = client.get("end").text
    assert "Kamera 0 liefert kein Bild." in end
    assert 'href="camera"' in end
