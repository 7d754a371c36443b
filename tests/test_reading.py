"""What is opened to be read: regular files of bounded size."""

import os
import socket
from pathlib import Path

import pytest

from formcheck.printable import on_one_line
from formcheck.reading import (
    NotReadable,
    check_file,
    check_folder,
    is_file,
    is_folder,
    open_file,
    read_bytes,
    read_text,
)

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs pipes and devices with names")


def why_not(path: str | Path, most: int = 100) -> str:
    """What is said of a path that cannot be read, whichever way it is asked for."""
    assert not is_file(path)
    said = set()
    for ask in (check_file, open_file, read_bytes, read_text):
        with pytest.raises(NotReadable) as refusal:
            ask(path, most)  # type: ignore[operator]
        assert str(refusal.value) == f"{on_one_line(str(path))} {refusal.value.why}."
        said.add(refusal.value.why)
    (why,) = said
    return why


def test_a_file_is_read(tmp_path: Path) -> None:
    """Whole, up to as many bytes as may be."""
    path = tmp_path / "it"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo")
    assert is_file(path)
    assert check_file(path, 11) == 11
    assert read_bytes(path, 11).endswith(b"two")
    assert read_text(path, 11) == "one\ntwo"
    with open_file(path) as file:
        assert file.read(3) == b"\xef\xbb\xbf"


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    """With what to do."""
    assert why_not(tmp_path / "nowhere") == "doesn't exist. Check the name and the folder"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "x" * 300])
def test_what_is_no_name_is_told(name: str) -> None:
    """Labels and routines name files in words of their own."""
    assert "can't be" in why_not(name)
    assert not is_folder(name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """And a file is no folder."""
    assert why_not(tmp_path) == "is a folder. Give a file"
    assert is_folder(tmp_path)
    check_folder(tmp_path)
    path = tmp_path / "it"
    path.touch()
    assert not is_folder(path)
    with pytest.raises(NotReadable):
        check_folder(path)


@on_posix
def test_nothing_is_waited_for(tmp_path: Path) -> None:
    """Opening a pipe, or a link to one, would wait until somebody writes into it."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    assert "is a pipe" in why_not(tmp_path / "pipe")
    assert "is a pipe" in why_not(tmp_path / "link")
    reading, writing = os.pipe()
    assert "is a pipe" in why_not(f"/dev/fd/{reading}")
    os.close(reading)
    os.close(writing)


@on_posix
def test_a_device_and_a_socket_are_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/dev/zero never ends."""
    assert "is a device" in why_not("/dev/zero")
    monkeypatch.chdir(tmp_path)  # a socket's name must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("it")
        assert "is a socket" in why_not("it")


@on_posix
def test_a_link_that_leads_back_to_itself_is_told(tmp_path: Path) -> None:
    """The system says what is wrong with it."""
    (tmp_path / "loop").symlink_to("loop")
    assert "can't be read: Too many levels" in why_not(tmp_path / "loop")


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Told before it is opened."""
    path = tmp_path / "it"
    path.write_bytes(b"x" * 1_500_000)
    with pytest.raises(NotReadable, match=r"is too large \(1\.5 MB; the limit is 1 MB\)"):
        read_bytes(path, 1_000_000)


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs /proc, of Linux")
def test_a_file_that_hides_its_size_is_read_no_further() -> None:
    """Those of /proc say that they are empty."""
    with pytest.raises(NotReadable, match="too large"):
        read_bytes("/proc/self/status", 10)


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    """With what to do."""
    path = tmp_path / "it"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(NotReadable, match="is not UTF-8 text"):
        read_text(path, 10)


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="no file that fails when read")
def test_a_file_that_fails_when_it_is_read_is_named() -> None:
    """The system names a file only where it cannot be opened."""
    with open_file("/proc/self/mem") as file, pytest.raises(OSError, match="error") as failure:
        file.read(1)
    assert failure.value.filename == "/proc/self/mem"
