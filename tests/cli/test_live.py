"""`formcheck live`, before a camera is opened."""

import pytest
from helpers.commands import refused


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reps", "3"], "--reps only works with a named exercise"),
        (["bridge", "--routine", "back-care"], "name an exercise or a --routine"),
        (["--routine", "back-care", "--reps", "3"], "its file sets them"),
        (["--routine", "back-car"], "Did you mean 'back-care'?"),
        (["bridg"], "Did you mean 'bridge'?"),
        (["bridge", "--record", "it.mp4"], "must end in .npz"),
        (["bridge", "--video", "it.npz"], "must end in .mp4"),
        (["bridge", "--events", "it", "--json", "it"], "would be overwritten"),
        (["bridge", "--camera", "it.mp4", "--video", "it.mp4"], "would be overwritten"),
        (["bridge", "--say", "poems"], "poems"),
        (["bridge", "--person", "anna", "--no-save"], "leave out --no-save"),
        (["bridge", "--reps", "0"], "--reps"),
    ],
)
def test_a_live_session_that_cannot_be_meant_is_refused(arguments: list[str], said: str) -> None:
    """Before the camera is opened."""
    assert said in refused(2, "live", *arguments)
