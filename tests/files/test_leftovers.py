"""What killed programs left is swept, and nothing else."""

import os
from pathlib import Path

import pytest

from formcheck.files.leftovers import ENDING, free_name, hidden_file, sweep

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs locks of POSIX")


@on_posix
def test_only_what_nobody_holds_is_swept(tmp_path: Path) -> None:
    """A file that another program is writing stays, and is swept when that is gone."""
    handle, held = hidden_file(tmp_path / "it.json")
    left = tmp_path / f".it.json.abcdefgh{ENDING}"
    left.touch()
    assert sweep(tmp_path) == [left]
    assert list(tmp_path.iterdir()) == [held]
    os.close(handle)
    assert sweep(tmp_path) == [held]


@pytest.mark.parametrize(
    "name",
    [
        "it.json",
        ".it.json",
        ".it.formcheck",
        "it.json.part",
        f"it.json.abcdefgh{ENDING}",
        f".it.json.ABCDEFGH{ENDING}",
        f".it.json.abcdefgh{ENDING}.txt",
        ".it.json.abcdefgh.00000000.formcheck",
    ],
)
def test_what_is_not_surely_ours_is_never_swept(tmp_path: Path, name: str) -> None:
    """Another computer's in a shared folder, for instance."""
    (tmp_path / name).touch()
    assert sweep(tmp_path) == []
    assert (tmp_path / name).exists()


@on_posix
def test_a_link_and_a_folder_of_such_a_name_stay(tmp_path: Path) -> None:
    """Nothing that they lead to is touched either."""
    (tmp_path / "theirs").touch()
    (tmp_path / f".it.abcdefgh{ENDING}").symlink_to(tmp_path / "theirs")
    (tmp_path / f".it.bbcdefgh{ENDING}").mkdir()
    assert sweep(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 3
    assert sweep(tmp_path / "nowhere") == []


def test_a_free_name_is_free(tmp_path: Path) -> None:
    """Its ending stays, so that it opens with what opened the other."""
    names = [free_name(tmp_path / "it.npz", "rescued", ".part")]
    names[0].touch()
    names.append(free_name(tmp_path / "it.npz", "rescued", ".part"))
    assert [name.name for name in names] == ["it.rescued-1.npz.part", "it.rescued-2.npz.part"]
