"""Who is let in: this computer's own browser, on pages of formcheck itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.staged import desk_before, own_settings
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from formcheck.app.server import served
from formcheck.app.settings import Choices, load_choices
from formcheck.live.notice import acknowledge

TOKEN, PORT = "secret-of-this-start", 4711
HERE = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Somebody who asks."""
    with own_settings(tmp_path, monkeypatch):
        acknowledge()
        app = served(desk_before([], monkeypatch), TOKEN, PORT)
        with TestClient(app, base_url=HERE, follow_redirects=False) as asking:
            yield asking


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/wrong/", {}),
        (f"/{TOKEN}", {}),
        (f"/{TOKEN}x/", {}),
        (f"//{TOKEN}/", {}),
        (f"/{TOKEN}/", {"host": f"evil.example:{PORT}"}),
        (f"/{TOKEN}/", {"host": "127.0.0.1"}),
        (f"/{TOKEN}/", {"host": f"127.0.0.1:{PORT + 1}"}),
        (f"/{TOKEN}/", {"host": ""}),
        (f"/{TOKEN}/", {"sec-fetch-site": "cross-site"}),
        (f"/{TOKEN}/", {"sec-fetch-site": "same-site"}),
    ],
)
def test_who_does_not_know_the_address_is_told_nothing(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    """Nor who comes by another name, or from another page."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 403
    assert "Back care" not in answer.text


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}"])
def test_who_knows_it_is_let_in(client: TestClient, host: str) -> None:
    """With rules that let a page load and run nothing but formcheck's own."""
    answer = client.get(f"/{TOKEN}/", headers={"host": host})
    assert answer.status_code == 200
    assert "Back care" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", f"{HERE}0", "https://127.0.0.1:4711"]
)
@pytest.mark.parametrize("path", ["begin", "choices", "notice", "feel", "take"])
def test_nothing_is_changed_from_another_page(
    client: TestClient, path: str, origin: str | None
) -> None:
    """Even by who knows the address."""
    headers = {} if origin is None else {"origin": origin}
    assert client.post(f"/{TOKEN}/{path}", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        (f"/{TOKEN}/wire", "http://evil.example"),
        (f"/{TOKEN}/wire", "null"),
        (f"/{TOKEN}/wire", ""),
        ("/wrong/wire", HERE),
        ("/wire", HERE),
    ],
)
def test_the_wire_is_for_formchecks_own_pages(client: TestClient, path: str, origin: str) -> None:
    """Any page may open a WebSocket to anywhere."""
    headers = {"origin": origin} if origin else {}
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(f"ws://127.0.0.1:{PORT}{path}", headers=headers),
    ):
        pass


@pytest.mark.parametrize(
    "text", ["no json", "[1]", "7", '{"press": ' + "9" * 20_000 + "}", "[" * 9_000]
)
def test_nonsense_closes_the_wire(client: TestClient, text: str) -> None:
    """And nothing else happens."""
    with client.websocket_connect(
        f"ws://127.0.0.1:{PORT}/{TOKEN}/wire", headers={"origin": HERE}
    ) as wire:
        wire.send_text(text)
        with pytest.raises(WebSocketDisconnect):
            wire.receive_text()
    assert client.get(f"/{TOKEN}/").status_code == 200


def test_what_is_no_text_closes_the_wire_too(client: TestClient) -> None:
    """In good order, and a command that is no word does nothing."""
    address, headers = f"ws://127.0.0.1:{PORT}/{TOKEN}/wire", {"origin": HERE}
    with client.websocket_connect(address, headers=headers) as wire:
        wire.send_text('{"press": ["q"]}')
        wire.send_bytes(b"\x00")
        with pytest.raises(WebSocketDisconnect) as closed:
            wire.receive_text()
    assert closed.value.code == 1003


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("feel", {"effort": "9" * 5000, "pain": "\u0663"}),
        ("choices", {"volume": "9" * 5000, "routine": "/etc/passwd"}),
        ("choices", {"volume": "700", "camera": "3"}),
        ("choices", {"camera": "\0"}),
    ],
)
def test_numbers_that_no_form_has_are_left_alone(
    client: TestClient, path: str, form: dict[str, str]
) -> None:
    """They are neither kept nor an error."""
    answer = client.post(f"/{TOKEN}/{path}", data=form, headers={"origin": HERE})
    assert answer.status_code == 303
    kept = load_choices()
    assert (kept.volume, kept.routine) == (Choices().volume, Choices().routine)
    assert kept.camera == form.get("camera", "").strip("\0") or Choices().camera


@pytest.mark.parametrize(
    "path", ["exercises/..%2f..%2fetc%2fpasswd", "exercises/nothing", "pictures/none.svg",
             "pictures/bridge.svg?fault=none", "static/app.css", "static/..%2fpages.py", "report"],
)  # fmt: skip
def test_only_what_is_known_is_handed_out(client: TestClient, path: str) -> None:
    """By its name, never by a path."""
    assert client.get(f"/{TOKEN}/{path}").status_code == 404


def test_an_exercise_is_not_loaded_from_a_file_that_a_page_names(
    client: TestClient, tmp_path: Path
) -> None:
    """`live` may be given a path; a page may not."""
    file = tmp_path / "bridge.toml"
    file.write_text("x")
    for form in ({"exercise": str(file)}, {"routine": str(file)}):
        answer = client.post(f"/{TOKEN}/begin", data=form, headers={"origin": HERE})
        assert answer.status_code == 404


def test_a_form_that_is_too_large_is_not_read(client: TestClient) -> None:
    """It is no form of formcheck's pages."""
    answer = client.post(f"/{TOKEN}/choices", content=b"x" * 30_000, headers={"origin": HERE})
    assert answer.status_code == 413
