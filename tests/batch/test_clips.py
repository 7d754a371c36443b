"""Which clips are found."""

from pathlib import Path

import pytest
from helpers.places import closed_folder

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


def _made(folder: Path, *names: str) -> list[Path]:
    """Empty files in folders."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return [folder / name for name in names]


def test_clips_of_one_name_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    """By as much of them as is needed, and the others keep their names."""
    files = _made(tmp_path, "p/a/w/x.npz", "p/b/w/x.npz", "y.npz")
    assert [clip.name for clip in find_clips(files)] == ["a/w/x.npz", "b/w/x.npz", "y.npz"]
    folders = [tmp_path / "p" / "a", tmp_path / "p" / "b"]
    assert [clip.name for clip in find_clips(folders)] == ["a/w/x.npz", "b/w/x.npz"]


def test_names_that_differ_in_case_only_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    """They would share a folder on Windows and macOS; but not where their paths are no better."""
    files = _made(tmp_path, "a/Ü.npz", "b/u\u0308.npz", "c/x.npz")
    assert [clip.name for clip in find_clips(files)] == ["a/Ü.npz", "b/u\u0308.npz", "x.npz"]
    _made(tmp_path, "d/e/Y.npz", "d/e/y.npz")
    if len(list((tmp_path / "d" / "e").iterdir())) > 1:
        assert [clip.name for clip in find_clips([tmp_path / "d"])] == ["e/Y.npz", "e/y.npz"]


def test_a_path_that_is_the_name_of_another_clip_is_no_name(tmp_path: Path) -> None:
    """All of them are told apart then."""
    _made(tmp_path, "a/x.npz", "b/x.npz", "c/a/x.npz", "c/d.npz")
    found = find_clips([tmp_path / name for name in "abc"])
    assert [clip.name for clip in found] == ["a/x.npz", "b/x.npz", "d.npz", "c/a/x.npz"]


def test_dots_and_links_in_paths_hide_no_difference(tmp_path: Path) -> None:
    """Whatever way leads there, two files have two names, of which none leads out of a folder."""
    _made(tmp_path, "b/x.npz", "c/b/x.npz")
    (tmp_path / "link").symlink_to("c")
    found = find_clips([tmp_path / "c" / ".." / "b" / "x.npz", tmp_path / "link" / "b" / "x.npz"])
    assert [clip.name for clip in found] == ["b/x.npz", "c/b/x.npz"]


def test_a_folder_that_may_not_be_read_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is not the same as one without clips; the others are checked."""
    with closed_folder(folder / "ben"):
        found = find_clips([folder])
    assert "ben/x.npz" not in {clip.name for clip in found}
    assert len(found) == 4
    told = capsys.readouterr().err
    assert f"Note: formcheck skips the folder {folder / 'ben'} because it can't be read" in told
