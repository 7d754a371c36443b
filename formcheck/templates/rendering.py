"""Fills in the templates that lie beside the modules that know what is to be said.

What goes into a page is escaped. A page's Content-Security-Policy keeps it from loading, running or
sending anything: only the style and script are used whose hash it names.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from formcheck.language.tongue import language, tr, trn
from formcheck.printable import printable


def render(package: str, template: str, **values: object) -> str:
    """The text that a template makes which lies in this package; it may extend those here."""
    return _environment(package).get_template(template).render(values)


@cache
def text_beside(package: str, name: str) -> str:
    """The text of a file that lies in this package, such as a style."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def style_beside(package: str, name: str) -> str:
    """The style that lies in this package, with the colours that all pages share."""
    return text_beside(__package__, "palette.css") + text_beside(package, name)


def page_style(package: str, name: str) -> str:
    """The same for a whole page, with all that these have in common."""
    common = text_beside(__package__, "page.css")
    return text_beside(__package__, "palette.css") + common + text_beside(package, name)


def policy_hash(text: str) -> str:
    """The source of a style or script as a Content-Security-Policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _shown(value: object) -> object:
    """What a page says of a value: it says text from outside, and obeys only formcheck's own."""
    is_own = hasattr(value, "__html__")
    return printable(value) if isinstance(value, str) and not is_own else value


@cache
def _environment(package: str) -> Environment:
    # jinja2's own choice by the ending would escape nothing: every template ends in .j2.
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(each, "") for each in (package, __package__)]),
        autoescape=lambda name: not (name or "").endswith(".toml.j2"),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(tr=tr, trn=trn, language=language)
    return environment
