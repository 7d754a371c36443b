"""Files that grow: whole at the end, kept when something goes wrong, never lost."""

import os
from pathlib import Path

import pytest
from helpers.full_disk import full_disk

from formcheck.errors import OutputError
from formcheck.files.growing import GrowingFile, told

on_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def contents(folder: Path) -> dict[str, bytes]:
    """What is in each file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def grow(path: Path, content: bytes, error: BaseException | None = None) -> None:
    """Write to a growing file, and hand it over; then something happens."""
    with told(GrowingFile(path)) as file:
        file.write(content)
        file.flush()
        if error:
            raise error


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    """Beside it the new one can be read."""
    path = tmp_path / "it"
    path.write_bytes(b"old")
    with GrowingFile(path) as growing:
        growing.file.write(b"new")
        growing.file.flush()
        assert contents(tmp_path) == {"it": b"old", "it.part": b"new"}
    assert contents(tmp_path) == {"it": b"new"}


@pytest.mark.parametrize("error", [ValueError(), KeyboardInterrupt(), SystemExit(1)])
def test_what_was_written_before_an_error_is_kept(
    tmp_path: Path, error: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    """And told. Nothing is no file."""
    (tmp_path / "it").write_bytes(b"old")
    with pytest.raises(type(error)):
        grow(tmp_path / "it", b"half", error)
    assert contents(tmp_path) == {"it": b"old", "it.part": b"half"}
    assert "it.part" in capsys.readouterr().err
    with pytest.raises(type(error)):
        grow(tmp_path / "other", b"", error)
    assert "other.part" not in contents(tmp_path)


def test_what_was_rescued_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However often a session is begun again and cut off."""
    path = tmp_path / "it.mp4"
    for number in range(3):
        (tmp_path / "it.mp4.part").write_bytes(b"%d" % number)
        grow(path, b"new")
        assert f"it.rescued-{number + 1}.mp4" in capsys.readouterr().err
    assert contents(tmp_path) == {
        "it.mp4": b"new",
        "it.rescued-1.mp4": b"0",
        "it.rescued-2.mp4": b"1",
        "it.rescued-3.mp4": b"2",
    }


def test_an_empty_leftover_is_nothing(tmp_path: Path) -> None:
    """A program that was killed before anything happened."""
    (tmp_path / "it.part").touch()
    grow(tmp_path / "it", b"new")
    assert contents(tmp_path) == {"it": b"new"}


def test_a_full_disk_keeps_what_there_is(tmp_path: Path) -> None:
    """The error names the file."""
    with full_disk(), pytest.raises(OutputError, match=r"Can't write .*it: .*too large"):
        grow(tmp_path / "it", b"x" * 200)
    assert contents(tmp_path) == {"it.part": b"x" * 100}


@on_posix
def test_two_programs_cannot_write_one_file(tmp_path: Path) -> None:
    """The second is refused, and disturbs nothing."""
    with GrowingFile(tmp_path / "it") as growing:
        growing.file.write(b"first")
        growing.file.flush()
        with pytest.raises(OutputError, match="Another formcheck is writing"):
            GrowingFile(tmp_path / "it")
    assert contents(tmp_path) == {"it": b"first"}


@on_posix
def test_through_a_link_it_grows_where_it_will_be(tmp_path: Path) -> None:
    """The link stays a link; so does what is no file."""
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far" / "it")
    grow(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "far") == {"it": b"new"}
    grow(Path(os.devnull), b"new")
    assert Path(os.devnull).is_char_device()
