"""The pose model: found, fetched once, never half there, and clear when it cannot be had."""

import email.message
import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from formcheck.errors import ModelError
from formcheck.landmarks import model_bundle, model_file, model_names
from formcheck.landmarks.model_file import find_model, model_state
from formcheck.landmarks.model_names import cached_path
from formcheck.reading import NotReadable

CONTENT = b"weights " * 100_000


class Response(io.BytesIO):
    """What an address answers."""

    def __init__(self, content: bytes) -> None:
        """Answer this content, with its length."""
        super().__init__(content)
        self.headers = email.message.Message()
        self.headers["Content-Length"] = str(len(content))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; and nothing goes to the network."""

    def offline(*_: Any, **__: Any) -> Any:
        raise urllib.error.URLError("no network in tests")

    folder = tmp_path / "cache"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: folder)
    monkeypatch.delenv(model_names.ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.setattr(urllib.request, "urlopen", offline)
    monkeypatch.setattr(subprocess, "run", failing_pip("no network in tests"))
    return folder


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The official address answers `CONTENT`, and that is the expected model."""
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: Response(CONTENT))
    expected = hashlib.sha256(CONTENT).hexdigest()
    monkeypatch.setattr(
        model_file, "OFFICIAL_SHA256", {"lite": expected, "full": expected, "heavy": expected}
    )


def failing_pip(message: str) -> Any:
    """A `subprocess.run` that fails as pip does."""

    def run(command: list[str], **_: Any) -> Any:
        return subprocess.CompletedProcess(command, 1, "", f"WARNING: slow\nERROR: {message}\n")

    return run


def test_the_model_is_fetched_from_its_address(address: None, cache: Path) -> None:
    """And kept where the next use finds it."""
    path = find_model()
    assert path == cached_path("full")
    assert path.read_bytes() == CONTENT
    assert model_state(path) == "whole"


def test_a_kept_model_is_not_fetched_again(address: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time needs no network."""
    find_model()
    monkeypatch.setattr(model_file, "_fetch", lambda *_: pytest.fail("fetched again"))
    assert find_model().read_bytes() == CONTENT


def test_a_damaged_model_is_fetched_again(address: None) -> None:
    """Not used, and not left there."""
    path = find_model()
    path.write_bytes(CONTENT[:-1] + b"!")
    assert model_state(path) == "damaged"
    assert find_model().read_bytes() == CONTENT


def test_a_model_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    """Whoever checks many clips asks for it at each."""
    path = tmp_path / "model.task"
    path.write_bytes(b"one")
    first = model_file.sha256(path)
    read = model_file._sha256.cache_info().misses
    assert model_file.sha256(path) == first
    assert model_file._sha256.cache_info().misses == read
    path.write_bytes(b"another")
    assert model_file.sha256(path) != first


def test_progress_is_told(address: None) -> None:
    """Bytes had and bytes in all, to the end."""
    told: list[tuple[int, int | None]] = []
    find_model(progress=lambda had, total: told.append((had, total)))
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert len(told) > 1


@pytest.mark.usefixtures("address")
def test_an_interruption_leaves_nothing_behind(cache: Path) -> None:
    """Ctrl-C in the middle of a download."""

    def interrupt(_had: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_model(progress=interrupt)
    assert not list(cache.rglob("*"))


@pytest.mark.usefixtures("address")
def test_an_interruption_while_writing_leaves_nothing_half_written(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a model nor a part of one."""

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        find_model()
    assert not list(cache.rglob("*"))


@pytest.mark.usefixtures("address")
def test_a_cache_that_cannot_be_written_is_reported(cache: Path) -> None:
    """A file stands where the folder should be."""
    cache.write_text("in the way")
    with pytest.raises(ModelError, match=r"--model PATH|Can't read"):
        find_model()


def test_content_that_is_not_expected_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log-in page of a hotel network, for example."""
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: Response(b"<html>log in"))
    with pytest.raises(ModelError, match="not the expected"):
        find_model()


def test_an_address_that_does_not_answer_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when it is the look-up of the name that hangs."""
    end = threading.Event()
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: end.wait())
    monkeypatch.setattr(model_file, "ANSWER_SECONDS", 0.1)
    with pytest.raises(ModelError, match=r"no answer within 0\.1 s"):
        find_model()
    end.set()


def test_without_network_the_error_says_what_to_do() -> None:
    """Which file to put where, and the other way."""
    with pytest.raises(ModelError) as failure:
        find_model()
    said = str(failure.value)
    assert "no network in tests" in said
    assert "pip failed: ERROR: no network in tests" in said
    assert model_file.official_address("full") in said
    assert str(cached_path("full")) in said
    assert "--model PATH" in said
    assert "\n" not in said


def test_without_pip_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some environments are made without it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="pip is not installed"):
        find_model()


@pytest.mark.parametrize("variant", ["lite", "heavy"])
def test_only_the_full_model_can_be_had_from_pypi(variant: str) -> None:
    """The wheel carries no other."""
    with pytest.raises(ModelError, match="it only has 'full'"):
        find_model(variant)


def test_a_wheel_without_the_networks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another release, or a changed one."""

    def run(command: list[str], **_: Any) -> Any:
        folder = Path(command[command.index("--dest") + 1])
        with zipfile.ZipFile(folder / "mediapipe-0.10.21-any.whl", "w") as wheel:
            wheel.writestr(model_bundle.DETECTOR.member, b"something else")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(ModelError, match="not the expected"):
        find_model()


def test_a_path_is_taken_as_it_is(model_path: Path, tmp_path: Path) -> None:
    """No cache, no network."""
    path = tmp_path / "my model.task"
    shutil.copy(model_path, path)
    assert find_model(str(path)) == path


def test_the_environment_variable_names_the_model(
    model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When nothing else does."""
    monkeypatch.setenv(model_names.ENVIRONMENT_VARIABLE, str(model_path))
    assert find_model() == model_path


@pytest.mark.usefixtures("address")
def test_what_is_asked_for_goes_before_the_environment_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The option on the command line wins."""
    monkeypatch.setenv(model_names.ENVIRONMENT_VARIABLE, "somewhere.task")
    assert find_model("lite") == cached_path("lite")


def test_a_path_to_nothing_is_refused() -> None:
    """A wrong name of a variant too; the right ones are named."""
    with pytest.raises(ModelError, match="lite, full, heavy"):
        find_model("medium")


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    """Before MediaPipe sees it."""
    path = tmp_path / "it.task"
    path.write_bytes(b"hello")
    with pytest.raises(ModelError, match="not a pose landmarker"):
        find_model(str(path))


def test_the_bundle_is_the_same_each_time(model_path: Path) -> None:
    """So that its SHA-256 means something, whenever and wherever it is made."""
    with zipfile.ZipFile(model_path) as archive:
        network = archive.read(model_bundle.DETECTOR.bundled_as)
    made = [
        model_bundle._stored_zip([("a", model_bundle._with_scaling(network, 127.5, 127.5))])
        for _ in range(2)
    ]
    assert made[0] == made[1]


def test_the_networks_lie_aligned_in_the_bundle() -> None:
    """TFLite copies what is not aligned, and complains."""
    bundle = model_bundle._stored_zip([("first.tflite", b"F" * 77), ("second.tflite", b"S" * 9)])
    assert bundle.index(b"F" * 77) % model_bundle.ALIGNMENT == 0
    assert bundle.index(b"S" * 9) % model_bundle.ALIGNMENT == 0
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.testzip() is None
        assert archive.read("second.tflite") == b"S" * 9


@pytest.mark.parametrize("module", ["landmarks.model_file", "sources.recording"])
def test_neither_opencv_nor_mediapipe_is_needed_to_import(module: str) -> None:
    """Recordings can be checked where neither is installed."""
    program = (
        f"import sys, formcheck.{module}\n"
        "print([name for name in ('cv2', 'mediapipe', 'flatbuffers') if name in sys.modules])"
    )
    done = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert done.communicate()[0].strip() == "[]"


def test_a_given_file_that_cannot_be_read_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read whatever there is, so it is only said here that it cannot."""
    path = tmp_path / "it.task"
    path.write_bytes(CONTENT)

    def forbid(path: Path) -> None:
        raise NotReadable(path, "can't be read: Permission denied")

    monkeypatch.setattr("formcheck.landmarks.model_bundle.open_file", forbid)
    with pytest.raises(ModelError, match=r"it\.task can't be read: Permission denied\. Give"):
        find_model(str(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_the_kept_model_is_told(cache: Path) -> None:
    """It is not waited for."""
    cached_path("full").parent.mkdir(parents=True)
    os.mkfifo(cached_path("full"))
    with pytest.raises(ModelError, match=r"is a pipe.* Delete it so that"):
        find_model()
