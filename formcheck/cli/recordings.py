"""The verbs of recordings: `record` makes one of a video, `convert` gives it to other programs."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.options import ModelOption
from formcheck.cli.written import ready_to_write
from formcheck.terminal.lines import echo_line, note

RECORD_EPILOG = """Examples:

\b
  formcheck record clip.mp4 -o clip.npz
  formcheck record clip.mp4 -o clip.trc      for OpenSim and Pose2Sim
  formcheck check clip.npz --exercise bridge"""

CONVERT_EPILOG = """Examples:

\b
  formcheck convert clip.npz -o clip.trc      for OpenSim and Pose2Sim
  formcheck convert clip.npz -o clip.csv      for a spreadsheet

A TRC file holds metres from the middle of the hips, Y up."""


def record(
    video: Annotated[Path, typer.Argument(metavar="VIDEO", help="The video to read.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.npz",
            help="The recording to write; FILE.csv or FILE.trc for other programs.",
        ),
    ],
    model: ModelOption = None,
) -> None:
    """Save the body landmarks of a video, without images.

    `check` can read a recording instead of a video. The result is the same, about a hundred times
    faster, and nobody can recognise you in it.
    """
    from formcheck.checking.judge_source import require_person
    from formcheck.files.growing import told
    from formcheck.sources.landmark_files import writer_for
    from formcheck.sources.model_finder import model_finder_with_bar
    from formcheck.sources.opening import RECORDING_SUFFIX, open_source
    from formcheck.sources.recording import RecordingWriter, write_npz
    from formcheck.terminal.bars import getting_ready, time_bar

    is_recording = output.suffix.lower() == RECORDING_SUFFIX
    write = write_npz if is_recording else writer_for(output)
    if write is None:
        raise typer.BadParameter(
            f"the recording's name must end in {RECORDING_SUFFIX}, .csv or .trc."
        )
    ready_to_write([output], [video], model, [output])
    with ExitStack() as stack:
        with getting_ready(video.name):
            source = stack.enter_context(open_source(video, model_finder_with_bar(model)))
        writer = RecordingWriter(output, source.size, write)
        stack.enter_context(told(writer.growing))
        stack.enter_context(writer)
        show = stack.enter_context(time_bar(video.name, source.length))
        for pose in source:
            writer.add(pose)
            show(pose.time)
        info = source.info()
        require_person(info)
    note(source.warnings())
    echo_line(f"{output}: {info.frames} frames, a person in {info.frames_with_pose} of them")


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
    from formcheck.sources.recording import FIELDS, read_recording

    write = writer_for(output)
    if write is None:
        raise typer.BadParameter("--output must end in .csv or .trc.")
    ready_to_write([output], [recording])
    opened = read_recording(recording)
    arrays = {name: getattr(opened, name) for name in FIELDS}
    with whole_file(output) as file:
        write(file, output.name, arrays)
    echo_line(f"{output}: {opened.frames} frames, a person in {opened.frames_with_pose} of them")
