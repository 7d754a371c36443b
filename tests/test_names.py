"""One word for one thing: no two classes of the package have one name."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import formcheck

PACKAGE = Path(formcheck.__file__).parent


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
