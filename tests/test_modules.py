"""The package's modules: small, few in a folder, and no two classes with one name."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import formcheck

PACKAGE = Path(formcheck.__file__).parent
MOST_LINES = 320
"""Of a module: longer ones do more than one thing."""
MOST_MODULES = 14
"""Of a folder, so that whoever opens it sees what there is."""


def test_no_module_is_long_and_no_folder_full() -> None:
    """As `wc -l` counts; what Python looks for itself, as `__init__`, is none of the folder."""
    modules = list(PACKAGE.rglob("*.py"))
    lengths = {each.relative_to(PACKAGE): each.read_bytes().count(b"\n") for each in modules}
    assert len(lengths) > 200
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}
    folders = Counter(path.parent for path in lengths if not path.stem.startswith("__"))
    assert {folder: number for folder, number in folders.items() if number > MOST_MODULES} == {}


def _classes(module: ast.Module) -> Iterator[str]:
    """The names of all classes, and of the types that a module names for itself."""
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if isinstance(target, ast.Name) and _is_of_a_class(target.id):
                yield target.id


def _is_of_a_class(name: str) -> bool:
    bare = name.lstrip("_")
    return bare[:1].isupper() and not bare.isupper()


def test_every_class_and_type_has_a_name_of_its_own() -> None:
    """Whoever reads `Hold` need not ask which one."""
    homes = defaultdict(list)
    for path in PACKAGE.rglob("*.py"):
        for name in _classes(ast.parse(path.read_text(encoding="utf-8"))):
            homes[name].append(path.relative_to(PACKAGE).as_posix())
    assert len(homes) > 200
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}
