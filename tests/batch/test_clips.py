"""Which clips are found."""

from pathlib import Path

import pytest

from formcheck.batch.clips import find_clips
from formcheck.errors import SourceError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two people's clips, and what lies about beside them."""
    for name in (
        *("anna/clip 10.MP4", "anna/clip 2.mp4", "anna/week 1/a.mov", "ben/x.npz", "loose.webm"),
        *("anna/notes.txt", ".hidden.mp4", ".cache/y.mp4", "ben/x.labels.json"),
    ):
        path = tmp_path / "clips" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "clips"


def test_a_folder_gives_its_clips_in_natural_order(folder: Path) -> None:
    """Those in folders within it are of the person that the folder is named by."""
    found = [(clip.name, clip.person) for clip in find_clips([folder])]
    assert found == [
        ("loose.webm", ""),
        ("anna/clip 2.mp4", "anna"),
        ("anna/clip 10.MP4", "anna"),
        ("anna/week 1/a.mov", "anna"),
        ("ben/x.npz", "ben"),
    ]


def test_a_person_who_is_named_goes_before_folders(folder: Path) -> None:
    """Somebody's own folder may be cut into weeks."""
    assert {clip.person for clip in find_clips([folder], "carla")} == {"carla"}


def test_a_clip_that_is_named_twice_is_checked_once(folder: Path) -> None:
    """By itself and by its folder, or through a link."""
    link = folder / "again.npz"
    link.symlink_to(folder / "ben" / "x.npz")
    found = find_clips([folder / "ben" / "x.npz", folder])
    assert [clip.name for clip in found if clip.path.suffix == ".npz"] == ["x.npz"]


def test_a_file_is_taken_whatever_it_is_called(folder: Path) -> None:
    """It may be a video all the same; whether it can be read turns out later."""
    assert [clip.name for clip in find_clips([folder / "anna" / "notes.txt"])] == ["notes.txt"]


def test_a_folder_without_clips_is_an_error(tmp_path: Path) -> None:
    """Rather than an empty table."""
    with pytest.raises(SourceError, match="no video or recording"):
        find_clips([tmp_path])
