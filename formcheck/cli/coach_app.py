"""The verb app: the coach on its own page."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.options import EventsOption, ModelOption
from formcheck.cli.written import ready_to_write
from formcheck.terminal import echo

EPILOG = """Examples:

\b
  formcheck app
  formcheck app --camera 1
  formcheck app --camera clip.mp4      a video, as if it were a camera

The page is for this computer's own browser only, at an address that nobody else knows. It ends with
Ctrl-C, or ten minutes after its last page was closed. What was done until then is in the history.

The exit code is 0 when it was ended, 2 for a file that cannot be used, 3 if the pose model is
unavailable."""


def app_verb(
    camera: Annotated[
        str | None,
        typer.Option(
            metavar="N|PATH|URL",
            help="A camera's number, a stream's address, or a video, in place of what was chosen "
            "on the page.",
        ),
    ] = None,
    events: EventsOption = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open the browser.")
    ] = True,
    model: ModelOption = None,
) -> None:
    """Get coached on a page in your browser.

    What is due today, how each exercise goes, the coach, and what it was worth.
    """
    from formcheck.app.serving import serve
    from formcheck.cli.check_batch import model_finder_with_bar

    sources = [Path(camera)] if camera else []
    ready_to_write([events] if events else [], sources, model)
    serve(camera, model_finder_with_bar(model), events, browser, echo)
