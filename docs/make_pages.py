"""Make the pages of `docs/exercises` anew: run it after changing an exercise.

python docs/make_pages.py
"""

from pathlib import Path

from formcheck.definition.loading import load_exercise
from formcheck.definition.page import exercise_page, index_page

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "exercises"


def pages() -> dict[str, str]:
    """The text of every page, by its file's name."""
    exercises = [load_exercise(path) for path in sorted((ROOT / "exercises").glob("*.toml"))]
    texts = {f"{exercise.name}.md": exercise_page(exercise) for exercise in exercises}
    return texts | {"README.md": index_page(exercises)}


def main() -> None:
    """Write them, and remove those of exercises that are gone."""
    texts = pages()
    PAGES.mkdir(exist_ok=True)
    for path in PAGES.glob("*.md"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (PAGES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
