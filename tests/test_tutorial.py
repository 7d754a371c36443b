"""The tutorial works: its commands are run, in order, and print what it says they print."""

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.commands import run
from helpers.places import ROOT

TUTORIAL = ROOT / "docs" / "write-your-own-exercise.md"
BLOCK = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```", re.M | re.S
)
LEFT_OUT = "..."


@dataclass(frozen=True)
class Step:
    """A block of the tutorial, and what the comment before it says."""

    note: str
    kind: str
    body: str


STEPS = [
    Step(found["note"] or "", found["kind"], found["body"])
    for found in BLOCK.finditer(TUTORIAL.read_text(encoding="utf-8"))
]


def transcript(body: str) -> list[tuple[str, list[str]]]:
    """Each command of a block, with the lines that it prints."""
    commands: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


def as_pattern(lines: list[str]) -> str:
    """A regular expression for what is printed; `...` stands for anything."""
    text = "\n".join(line.rstrip() for line in lines)
    return re.escape(text).replace(re.escape(LEFT_OUT), ".*")


def typed(command: str, folder: Path, **environment: str) -> tuple[int, str]:
    """The exit code of a command, and what it prints, with the slashes of the tutorial."""
    program, *arguments = shlex.split(command)
    assert program == "formcheck"
    done = run(*arguments, cwd=folder, **environment)
    printed = "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines())
    return done.returncode, printed.replace("\\", "/")


def edit(step: Step, folder: Path) -> None:
    """Do to the file what the tutorial tells its reader to do."""
    file = folder / "my_bridge.toml"
    if step.note == "my_bridge.toml is moved to exercises":
        (folder / "exercises").mkdir()
        file.rename(folder / "exercises" / file.name)
        return
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    becomes = re.fullmatch(r"in my_bridge\.toml, (\w+) becomes (\w+)", step.note)
    if becomes:
        assert becomes[1] in text
        text = text.replace(becomes[1], becomes[2])
    elif step.note == "below [measures] of my_bridge.toml":
        assert "[measures]\n" in text
        text = text.replace("[measures]\n", f"[measures]\n{step.body}")
    elif step.note == "at the end of my_bridge.toml":
        text += f"\n{step.body}"
    elif step.kind == "toml":
        assert step.note == "in my_bridge.toml"
        assert step.body in text, "the file that is learnt does not say this"
        return
    else:
        return
    file.write_text(text, encoding="utf-8")


def test_the_tutorial_works_from_beginning_to_end(model_path: Path, tmp_path: Path) -> None:
    """Every command does what is told, and prints it; every piece of TOML fits where it is put."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    for step in STEPS:
        edit(step, tmp_path)
        if step.kind != "console":
            continue
        wanted = 2 if step.note == "exit code 2" else 0
        for command, lines in transcript(step.body):
            code, printed = typed(command, tmp_path, FORMCHECK_MODEL=str(model_path), COLUMNS="100")
            assert code == wanted, printed
            assert re.fullmatch(as_pattern(lines), printed, re.DOTALL), f"{command}\n{printed}"


def test_the_tutorial_shows_every_verb_of_an_author() -> None:
    """Record, learn, new, lint, show, plot, check and list; or else the test above tests little."""
    shown = {c.split()[1] for s in STEPS if s.kind == "console" for c, _ in transcript(s.body)}
    assert shown == {"record", "learn", "new", "lint", "show", "plot", "check", "list"}


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)", TUTORIAL.read_text("utf-8")))
def test_the_links_of_the_tutorial_lead_somewhere(link: str) -> None:
    """Files that are linked, or shown, exist."""
    assert (TUTORIAL.parent / link).exists()
