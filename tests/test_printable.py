"""What text from outside may do to a terminal, a table or a page: nothing."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text

import formcheck
from formcheck.printable import cell, is_plain, on_one_line, printable, spoken, without_login
from formcheck.terminal.console import PrintableConsole


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bridge_5.npz", "bridge_5.npz"),
        ("Brücke 橋 🏋\u200d♀️", "Brücke 橋 🏋\u200d♀️"),
        ("\x1b]0;title\x07\x1b[2J", "\\x1b]0;title\\x07\\x1b[2J"),
        ("a\x00b\x7f\x9b2J", "a\\x00b\\x7f\\x9b2J"),
        ("gnp.\u202eexe", "gnp.\\u202eexe"),
        ("caf\udce9", "caf\\udce9"),
        ("one\rtwo\u2028three", "one\\rtwo\\u2028three"),
    ],
)
def test_only_letters_are_shown_as_they_are(text: str, shown: str) -> None:
    """Anything that a terminal might obey is told by its number."""
    assert printable(text) == on_one_line(text) == shown
    assert is_plain(text) == (text == shown)


def test_lines_end_only_where_they_may() -> None:
    """A name has one line, a message may have several."""
    assert printable("one\ntwo\t") == "one\ntwo\t"
    assert on_one_line("one\ntwo") == "one\\ntwo"
    assert not is_plain("one\ntwo")
    assert is_plain("one\ntwo", keep="\n")


@given(st.text(st.characters(codec=None)))
def test_what_is_shown_is_shown_again_as_it_is(text: str) -> None:
    """It may be made printable at several places on its way."""
    assert printable(printable(text)) == printable(text)
    assert is_plain(on_one_line(text))
    printable(text).encode("utf-8")


@pytest.mark.parametrize("text", ["=cmd|calc!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """Spreadsheets take a cell that begins with an apostrophe for text."""
    (row,) = csv.reader([cell(text)])
    assert row[0].startswith("'")
    assert cell("a=1") == "a=1"


def test_no_voice_is_given_orders() -> None:
    """They say the words, and nothing is silent, loud or long that should not be."""
    assert spoken("Lift your hips.") == "Lift your hips."
    assert spoken("<silence msec='9999'/>Up [[volm 0]]") == " silence msec='9999'/ Up   volm 0  "


def test_a_screen_shows_only_styles_of_its_own() -> None:
    """Within a table, too, and whether it is text or a string."""
    table = Table("one", "two\x1b[2J")
    table.add_row(Text("\x1b]0;title\x07", style="red"), "\x9b2J")
    file = StringIO()
    PrintableConsole(file=file, force_terminal=True, color_system="standard", width=80).print(table)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", file.getvalue())
    assert is_plain(shown, keep="\n")
    assert r"\x1b]0;" in shown
    assert r"\x9b2J" in shown


def test_nothing_prints_by_other_ways() -> None:
    """What `terminal.lines` does not see, it cannot make printable."""
    package = Path(formcheck.__file__).parent
    for path in sorted(package.rglob("*.py")):
        if path.name != "lines.py":
            text = path.read_text(encoding="utf-8")
            found = re.findall(r"typer\.(?:echo|secho)\((?!\"[^\"{]*\")|\bConsole\(", text)
            assert (path.name, found) == (path.name, [])


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://anna:s@cret@host:554/a@b", "rtsp://host:554/a@b"),
        ("http://anna@host/v.mp4?by=me@home", "http://host/v.mp4?by=me@home"),
        ("http://host/v.mp4", "http://host/v.mp4"),
        ("clips/a@b.mp4", "clips/a@b.mp4"),
        ("clips/user=anna.mp4", "clips/user=anna.mp4"),
        ("rtsp://anna:pa/ss@host/", "rtsp://host/"),
        ("rtsp://anna:pa?s#s@host/", "rtsp://host/"),
        ("rtsp://host:554/a@b", "rtsp://host:554/a@b"),
        ("rtsp://[::1]:554/a@b", "rtsp://[::1]:554/a@b"),
        ("http://host/v?user=a&Password=b@c/d&n=1", "http://host/v?user=...&Password=...&n=1"),
        (
            "http://host/v?n=1&pwd=b;access_token=c#t",
            "http://host/v?n=1&pwd=...;access_token=...#t",
        ),
        ("http://host/v?u=anna&p=secret&up=1", "http://host/v?u=...&p=...&up=1"),
        ("rtsp://host/user=a_password=b_channel=1", "rtsp://host/user=..."),
        ("0", "0"),
    ],
)
def test_no_password_is_passed_on(address: str, shown: str) -> None:
    """Of a stream, only where it is."""
    assert without_login(address) == shown
