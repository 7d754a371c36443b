"""Files appear whole or not at all."""

import os
from pathlib import Path

import pytest

from formcheck.errors import OutputError
from formcheck.whole_file import whole_file, write_whole

on_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def interrupted_write(path: Path, error: BaseException) -> None:
    """Write half a file, then fail."""
    with whole_file(path) as file:
        file.write(b"half")
        raise error


def test_a_file_is_written(tmp_path: Path) -> None:
    """And nothing stays beside it."""
    write_whole(tmp_path / "it", b"whole")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"whole"]


def test_a_file_that_was_there_is_replaced_at_the_end(tmp_path: Path) -> None:
    """Until then the old one can be read."""
    path = tmp_path / "it"
    path.write_bytes(b"old")
    with whole_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("error", [ValueError(), KeyboardInterrupt(), SystemExit(1)])
def test_what_goes_wrong_leaves_everything_as_it_was(tmp_path: Path, error: BaseException) -> None:
    """Ctrl-C included; the error goes on."""
    path = tmp_path / "it"
    path.write_bytes(b"old")
    with pytest.raises(type(error)):
        interrupted_write(path, error)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


def test_a_full_disk_is_an_output_error(tmp_path: Path) -> None:
    """With the file's name and the reason."""
    with pytest.raises(OutputError, match=r"Cannot write .*it: No space left"):
        interrupted_write(tmp_path / "it", OSError(28, "No space left on device"))
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """It is not made: a slip in its name would go unnoticed."""
    with pytest.raises(OutputError, match=r"there is no folder .*nowhere"):
        write_whole(tmp_path / "nowhere" / "it", b"")


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    """It is told before any work is done."""
    with pytest.raises(OutputError, match="it is a folder"):
        write_whole(tmp_path, b"")


def test_a_name_may_be_long_and_have_any_letters(tmp_path: Path) -> None:
    """As long as the system allows."""
    path = tmp_path / ("ä 膝 " + "x" * 200)
    write_whole(path, b"whole")
    assert path.read_bytes() == b"whole"


@on_posix
def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    """Not those of a temporary file, which nobody else may read."""
    (tmp_path / "usual").touch()
    write_whole(tmp_path / "it", b"")
    assert (tmp_path / "it").stat().st_mode == (tmp_path / "usual").stat().st_mode


@on_posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points to is replaced."""
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


@on_posix
def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """As /dev/null is: here a pipe."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(path, b"whole")
    assert os.read(reader, 100) == b"whole"
    os.close(reader)
    assert path.is_fifo()
