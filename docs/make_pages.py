"""Make what the documents take from the exercises' definitions: run it after changing an exercise.

python docs/make_pages.py

These are the pages and pictures in `docs/exercises`, and the table in `docs/camera.md`.
"""

from collections.abc import Iterable
from pathlib import Path

from formcheck.definition.loading import load_exercise
from formcheck.definition.page import exercise_page, index_page
from formcheck.demonstration.picture import svg
from formcheck.exercise import Exercise

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "exercises"
PICTURES = PAGES / "pictures"
CAMERA = ROOT / "docs" / "camera.md"
HEAD = "| Exercise | Name | Camera |\n|---|---|---|\n"


def exercises() -> list[Exercise]:
    """All exercises, in order of their names."""
    return [load_exercise(path) for path in sorted((ROOT / "exercises").glob("*.toml"))]


def pages() -> dict[str, str]:
    """The text of every page, by its file's name."""
    known = exercises()
    texts = {f"{e.name}.md": exercise_page(e, f"{PICTURES.name}/{e.name}.svg") for e in known}
    return texts | {"README.md": index_page(known)}


def pictures() -> dict[str, str]:
    """How each exercise goes, by the picture's file's name."""
    return {f"{exercise.name}.svg": svg(exercise) for exercise in exercises()}


def camera_page() -> str:
    """The page on the camera, with its table as the definitions have it."""
    before, rest = CAMERA.read_text(encoding="utf-8").split(HEAD)
    return before + HEAD + _places(exercises()) + rest[rest.index("\n\n") + 1 :]


def _places(known: Iterable[Exercise]) -> str:
    rows = (
        f"| [{e.title}](exercises/{e.name}.md) | `{e.name}` | {e.camera.place} |" for e in known
    )
    return "\n".join(rows) + "\n"


def main() -> None:
    """Write them, and remove those of exercises that are gone."""
    write_all(PAGES, "*.md", pages())
    write_all(PICTURES, "*.svg", pictures())
    CAMERA.write_text(camera_page(), encoding="utf-8", newline="\n")


def write_all(folder: Path, kind: str, texts: dict[str, str]) -> None:
    """Write texts by name into a folder, and remove what else of this kind is there."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob(kind):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
