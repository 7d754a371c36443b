"""Files appear whole or not at all."""

import os
from pathlib import Path

import pytest
from helpers.full_disk import full_disk

from formcheck.errors import OutputError
from formcheck.files.whole import whole_file, write_whole

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


def test_a_full_disk_is_told_with_the_name_of_the_file(tmp_path: Path) -> None:
    """Whether it is noticed when something is written, or when all is handed over."""
    (tmp_path / "it").write_bytes(b"old")
    for length in (150, 200_000):
        with full_disk(), pytest.raises(OutputError, match=r"Can't write .*it: .*too large"):
            write_whole(tmp_path / "it", b"x" * length)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


def test_what_fails_meanwhile_is_not_taken_for_the_file(tmp_path: Path) -> None:
    """A camera that cannot be read is another matter."""
    with pytest.raises(OSError, match="No space left"):
        interrupted_write(tmp_path / "it", OSError(28, "No space left on device"))
    assert not list(tmp_path.iterdir())


@on_posix
def test_a_file_keeps_its_rights(tmp_path: Path) -> None:
    """A report that only its owner could read stays so."""
    (tmp_path / "it").touch(0o600)
    write_whole(tmp_path / "it", b"new")
    assert (tmp_path / "it").stat().st_mode & 0o777 == 0o600


def test_a_read_only_file_is_refused(tmp_path: Path) -> None:
    """Somebody wanted it to stay."""
    (tmp_path / "it").write_bytes(b"old")
    (tmp_path / "it").chmod(0o444)
    with pytest.raises(OutputError, match="it is read-only"):
        write_whole(tmp_path / "it", b"new")
    assert (tmp_path / "it").read_bytes() == b"old"
    (tmp_path / "it").chmod(0o644)


def test_what_cannot_take_its_place_is_kept_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where the old table is open in a spreadsheet."""
    path, replace = tmp_path / "it.csv", os.replace
    path.write_bytes(b"old")

    def refuse(source: Path, target: Path) -> None:
        if target == path:
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match=r"Can't write .*saved as .*it\.new-1\.csv"):
        write_whole(path, b"new")
    found = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert found == {"it.csv": b"old", "it.new-1.csv": b"new"}


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
