"""Brings the catalogues of texts up to date: finds every text, and compiles what is translated.

Run it after a text of the program has changed, or after a translation in
`formcheck/language/catalogues`. With codes of languages it begins those that there are not.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "formcheck"
CATALOGUES = PACKAGE / "language" / "catalogues"
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
OPTIONS = {"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
ERRORS = (
    "CameraError",
    "HistoryError",
    "ModelError",
    "OutputError",
    "PackageError",
    "SourceError",
    "Stopped",
)
"""The errors that whoever exercises or checks clips meets; those of authors stay English."""
KEYWORDS = {
    **dict.fromkeys(("tr", "Sentence", *ERRORS), (1,)),
    **dict.fromkeys(("trn", "of_number"), (1, 2)),
}
"""What marks a text: the functions that take it, and which of their arguments it is."""
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the day of a change, which git knows better."""


def template() -> Catalog:
    """Every text of the program that is to be translated, with the files that say it."""
    catalogue = Catalog(project="formcheck", creation_date=UNDATED, revision_date=UNDATED)
    found = extract_from_dir(str(PACKAGE), METHODS, OPTIONS, KEYWORDS, ["i18n:"])
    for file, _, text, comments, context in sorted(found, key=lambda each: each[:2]):
        catalogue.add(text, None, [(file, 0)], auto_comments=comments, context=context)
    return catalogue


def read(source: Path) -> Catalog:
    """A language's catalogue as it is kept; an empty one if there is none."""
    if not source.exists():
        return Catalog(locale=source.stem)
    with source.open("rb") as file:
        return read_po(file, locale=source.stem)


def updated(source: Path) -> Catalog:
    """A language's catalogue with the texts of today; what is not said any more is gone."""
    catalogue, texts = read(source), template()
    catalogue.update(texts, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = UNDATED
    catalogue.project, catalogue.version = "formcheck", "1"
    catalogue.header_comment = f"# What formcheck says, in {catalogue.locale.english_name}."
    catalogue.fuzzy = False
    return catalogue


def write(source: Path) -> None:
    """Write a language's catalogue, and what it compiles to."""
    catalogue = updated(source)
    with source.open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False)
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    left = [message.id for message in catalogue if message.id and not message.string]
    print(f"{source.name}: {len(catalogue)} texts, {len(left)} to translate")


def sources(begun: list[str]) -> Iterator[Path]:
    """The catalogues there are, and those to begin."""
    yield from sorted({*CATALOGUES.glob("*.po"), *(CATALOGUES / f"{code}.po" for code in begun)})


def main() -> None:
    """Bring all up to date."""
    CATALOGUES.mkdir(exist_ok=True)
    for source in sources(sys.argv[1:]):
        write(source)


if __name__ == "__main__":
    main()
