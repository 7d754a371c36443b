"""`formcheck convert`: landmarks that were recorded, as a file of another program."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.written import ready_to_write
from formcheck.terminal import echo

CONVERT_EPILOG = """Examples:

\b
  formcheck convert clip.npz -o clip.trc      for OpenSim and Pose2Sim
  formcheck convert clip.npz -o clip.csv      for a spreadsheet

A TRC file holds metres from the middle of the hips, Y up."""


def convert(
    recording: Annotated[
        Path, typer.Argument(metavar="FILE.npz", help="A recording made by `formcheck record`.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE.csv|FILE.trc", help="The file of landmarks to write."
        ),
    ],
) -> None:
    """Turn a recording into CSV or TRC for other programs."""
    from formcheck.files.whole import whole_file
    from formcheck.sources.landmark_files import writer_for
    from formcheck.sources.recording import SHAPES, read_recording

    write = writer_for(output)
    if write is None:
        raise typer.BadParameter("name the file of landmarks FILE.csv or FILE.trc.")
    ready_to_write([output], [recording])
    opened = read_recording(recording)
    arrays = {name: getattr(opened, name) for name in ("time_s", *SHAPES)}
    with whole_file(output) as file:
        write(file, output.name, arrays)
    echo(f"{output}: {opened.frames} frames, a person in {opened.frames_with_pose} of them")
