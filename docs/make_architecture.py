"""Make the picture of the rooms in `docs/architecture.md` from the imports that there really are.

python docs/make_architecture.py

A room is a folder of the package. The modules beside the folders are the ground that all rooms
stand on. Imports within functions, and those for types only, count like any other.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "formcheck"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN = "<!-- made by docs/make_architecture.py -->\n"
END = "<!-- end -->\n"
GROUND = "ground"
DOORS = ("__init__", "__main__")
"""They lead in from outside, and no room imports them."""

Imports = Mapping[str, frozenset[str]]


def rooms() -> dict[str, Path]:
    """The file that says what a room is, by the room's name."""
    return {path.parent.name: path for path in sorted(PACKAGE.glob("*/__init__.py"))}


def ground() -> dict[str, Path]:
    """The modules beside the rooms."""
    return {path.stem: path for path in sorted(PACKAGE.glob("*.py")) if path.stem not in DOORS}


def imports() -> dict[str, frozenset[str]]:
    """What each room, and the ground, imports of the others."""
    graph = grimp.build_graph("formcheck", cache_dir=None)
    found: dict[str, set[str]] = {room: set() for room in [*rooms(), GROUND]}
    for module in graph.modules:
        here = _room(module)
        if here is not None:
            there = map(_room, graph.find_modules_directly_imported_by(module))
            found[here].update(room for room in there if room not in (here, None))
    return {room: frozenset(others) for room, others in found.items()}


def _room(module: str) -> str | None:
    """The room of a module; none of one that leads in from outside."""
    name = [*module.split("."), "__init__"][1]
    if name in DOORS:
        return None
    return name if name in rooms() else GROUND


def heights(arrows: Imports) -> dict[str, int]:
    """How many rooms lie below each, one upon the other; ValueError where they go in a circle."""
    known: dict[str, int] = {}
    while len(known) < len(arrows):
        ready = [r for r in arrows if r not in known and arrows[r] <= known.keys()]
        if not ready:
            raise ValueError(f"these import each other: {sorted(arrows.keys() - known.keys())}")
        known |= {r: max((known[o] + 1 for o in arrows[r]), default=0) for r in ready}
    return known


def reduced(arrows: Imports) -> dict[str, frozenset[str]]:
    """Without the arrows that a way over other rooms tells already."""
    below: dict[str, frozenset[str]] = {}
    for room in sorted(arrows, key=heights(arrows).__getitem__):
        below[room] = arrows[room].union(*(below[other] for other in arrows[room]))
    return {
        room: frozenset(o for o in others if not any(o in below[via] for via in others))
        for room, others in arrows.items()
    }


def picture(arrows: Imports) -> Iterator[str]:
    """The rooms and their imports as a drawing."""
    yield from ("```mermaid", "flowchart TD")
    yield f'    {GROUND}["{", ".join(ground())}"]'
    shown = reduced(arrows)
    for room in _from_the_top(arrows):
        for other in sorted(shown[room]):
            yield f"    {room} --> {other}"
    yield "```"


def table(arrows: Imports) -> Iterator[str]:
    """What each room and each module of the ground does, and what it imports."""
    yield from ("| Room | What it does | Imports |", "|---|---|---|")
    for room in _from_the_top(arrows):
        if room != GROUND:
            others = ", ".join(f"`{other}`" for other in sorted(arrows[room] - {GROUND}))
            yield f"| `{room}/` | {_summary(rooms()[room])} | {others or 'only the ground'} |"
    yield from ("", "| On the ground | What it does |", "|---|---|")
    for name, path in ground().items():
        yield f"| `{name}.py` | {_summary(path)} |"


def _from_the_top(arrows: Imports) -> list[str]:
    height = heights(arrows)
    return sorted(arrows, key=lambda room: (-height[room], room))


def _summary(path: Path) -> str:
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return words.partition("\n")[0]


def page() -> str:
    """The whole page, with picture and table as the imports are now."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    arrows = imports()
    made = "\n".join([*picture(arrows), "", *table(arrows)])
    return f"{before}{BEGIN}\n{made}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
