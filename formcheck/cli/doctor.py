"""The verb `doctor`: what formcheck needs on this computer, and what is missing."""

from typing import Annotated

import typer

from formcheck.errors import ModelError
from formcheck.terminal.lines import echo

ClearOption = Annotated[
    bool,
    typer.Option(
        "--clear-cache", help="Delete the video landmarks that `check` has saved, then exit."
    ),
]


def doctor(clear_cache: ClearOption = False) -> None:
    """Check your setup and suggest fixes.

    The exit code is 3 if something is missing that formcheck needs.
    """
    from formcheck.cli.examination import cleared, examine, print_findings

    if clear_cache:
        echo(cleared())
        return
    findings = examine()
    print_findings(findings)
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(ModelError.exit_code)
