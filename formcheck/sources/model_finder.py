"""The pose model, found when a video first needs it."""

from functools import cache
from pathlib import Path

from formcheck.errors import ModelError
from formcheck.landmarks.privacy import block_usage_statistics
from formcheck.language.tongue import tr
from formcheck.sources.opening import FindModel
from formcheck.terminal.bars import download_bar


def model_finder(model: str | None) -> FindModel:
    """A function that finds the pose model when it is needed, as `find_model` does."""

    def find() -> Path:
        from formcheck.landmarks.model_file import find_model

        return find_model(model)

    return find


def model_finder_with_bar(model: str | None) -> FindModel:
    """The same for the command line, showing the download; what came of it is remembered.

    The model is needed when MediaPipe is about to be loaded, so MediaPipe is kept off the network
    then.
    """

    @cache
    def looked_for() -> Path | ModelError:
        from formcheck.landmarks.model_file import find_model

        try:
            with download_bar(tr("Downloading the pose model (only once)")) as show:
                return find_model(model, progress=show)
        except ModelError as error:
            return error

    def find() -> Path:
        answer = looked_for()
        if isinstance(answer, ModelError):
            raise answer
        block_usage_statistics()
        return answer

    return find
