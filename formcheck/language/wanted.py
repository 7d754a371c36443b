"""Which language is wanted, where nobody says."""

import locale
import os

from formcheck.language.catalogues import ENGLISH, languages


def system_language() -> str:
    """The language of this computer's user, if it is one of formcheck's; else English."""
    for name in _names():
        code = name.replace("-", "_").split("_")[0].split(".")[0].lower()
        if code in languages():
            return code
        if code:
            return ENGLISH
    return ENGLISH


def _names() -> list[str]:
    """What the system calls the language, the one that decides first.

    As gettext has it: LANGUAGE lists several, and none of these counts where the locale is "C".
    Windows has none of them, and tells Python itself.
    """
    variables = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    first = next(filter(None, variables), "")
    if first.split(".")[0] in ("C", "POSIX"):
        return [first]
    several = [name for name in os.environ.get("LANGUAGE", "").split(":") if name]
    return [*several[:1], first or _of_windows()]


def _of_windows() -> str:
    """The language of Windows' own texts, as `de_DE`; nothing on other systems."""
    try:
        from ctypes import windll  # type: ignore[attr-defined,unused-ignore]
    except ImportError:
        return ""
    return locale.windows_locale.get(windll.kernel32.GetUserDefaultUILanguage(), "")
