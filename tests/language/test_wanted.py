"""The language of this computer's user."""

import pytest

from formcheck.language import wanted
from formcheck.language.wanted import system_language

NAMES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "es"}, "es"),
        ({"LANG": "es-MX"}, "es"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "es_ES.UTF-8"}, "es"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de:en"}, "de"),
        ({"LANG": "C", "LANGUAGE": "de"}, "en"),
        ({"LANG": "fi_FI.UTF-8"}, "en"),
        ({"LANG": "fi_FI.UTF-8", "LANGUAGE": "fi:de"}, "en"),
    ],
)
def test_the_environment_says_it(
    environment: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it does to every program that uses gettext; what formcheck does not speak is English."""
    monkeypatch.setattr(wanted, "_of_windows", lambda: "")
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert system_language() == code


def test_windows_says_it_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no such variables."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(wanted, "_of_windows", lambda: "de_CH")
    assert system_language() == "de"
