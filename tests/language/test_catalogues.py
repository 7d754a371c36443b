"""The catalogues: every text of the program is in them, and translated."""

import ast
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

import pytest
from helpers.places import ROOT

from formcheck.language.catalogues import ENGLISH, catalogue, decimal_mark, languages

babel = pytest.importorskip("babel", reason="babel finds the texts: pip install it")
sys.path.insert(0, str(ROOT / "docs"))
import make_languages  # noqa: E402

TRANSLATED = [code for code in languages() if code != ENGLISH]


def _source(code: str) -> Path:
    return make_languages.CATALOGUES / f"{code}.po"


def _texts(code: str) -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    return {
        message.id: message.string for message in make_languages.read(_source(code)) if message.id
    }


def _places(text: str) -> set[tuple[str, str]]:
    """The places of a text, each with how its number is rounded."""
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None}


def _forms(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def test_german_and_spanish_are_spoken_besides_english() -> None:
    """English needs no catalogue, and comes first."""
    assert languages()[0] == ENGLISH
    assert {"de", "es"} <= set(languages())
    assert {path.stem for path in make_languages.CATALOGUES.glob("*.po")} == set(TRANSLATED)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_every_text_of_today_and_no_other(code: str) -> None:
    """`docs/make_languages.py` brings it up to date."""
    said = {message.id for message in make_languages.template() if message.id}
    assert _texts(code).keys() - said == set(), "not said any more"
    assert said - _texts(code).keys() == set(), "not in the catalogue"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated_with_all_its_places(code: str) -> None:
    """A number that is left out, or rounded otherwise, would be another statement."""
    for english, said in _texts(code).items():
        assert all(_forms(said)), f"{english!r} is not translated"
        places = _places(_forms(english)[-1]) - {("number", "")}
        for form in _forms(said):
            assert _places(form) - {("number", "")} == places, f"{english!r}: {form!r}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_is_compiled_is_what_is_written(code: str) -> None:
    """The program reads the compiled catalogue only."""
    compiled = catalogue(code)
    assert isinstance(compiled, GNUTranslations)
    for english, said in _texts(code).items():
        if isinstance(english, str):
            assert compiled.gettext(english) == said
        else:
            assert compiled.ngettext(*english, 1) == said[0]
            assert compiled.ngettext(*english, 7) == said[-1]


def test_no_text_is_marked_where_it_is_not_found() -> None:
    """Babel cannot see a text within the braces of an f-string, for one."""
    found = {form for m in make_languages.template() if m.id for form in _forms(m.id)}
    for path in sorted((ROOT / "formcheck").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            for place in make_languages.KEYWORDS.get(node.func.id, ()):
                text = node.args[place - 1] if len(node.args) >= place else None
                if isinstance(text, ast.Constant) and text.value:
                    assert text.value in found, f"{path.name}:{node.lineno}: {text.value!r}"


def _calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def test_no_error_of_every_day_is_forgotten() -> None:
    """An f-string can't be translated: `CameraError("Camera {camera} ...", camera=number)` can."""
    for path in sorted((ROOT / "formcheck").rglob("*.py")):
        for call in _calls(ast.parse(path.read_text("utf-8")), set(make_languages.ERRORS)):
            assert not isinstance(call.args[0], ast.JoinedStr), f"{path.name}:{call.lineno}"


FOR_AUTHORS = ("authoring.py", "definitions.py")
"""Verbs for those who write files: what they note is English."""


def test_no_note_is_forgotten() -> None:
    """What stands beside a result is for whoever reads that."""
    for path in sorted((ROOT / "formcheck").rglob("*.py")):
        if path.name in FOR_AUTHORS:
            continue
        for call in _calls(ast.parse(path.read_text("utf-8")), {"note"}):
            for part in ast.walk(call.args[0]):
                bare = isinstance(part, ast.List) and part.elts and part.elts[0]
                text = isinstance(bare, ast.JoinedStr | ast.Constant)
                assert not text, f"{path.name}:{call.lineno}: pass a Sentence"


def test_the_decimal_mark_is_that_of_the_language() -> None:
    """A point in English, a comma in German and Spanish."""
    assert [decimal_mark(code) for code in ("en", "de", "es", "ja")] == [".", ",", ",", "."]
