"""What the camera sees, before anybody exercises: nothing is looked for in it, nothing is kept."""

import sys
import threading
from collections.abc import Callable
from contextvars import copy_context

from formcheck.errors import FormcheckError
from formcheck.language.tongue import tr
from formcheck.sources.camera import open_live
from formcheck.stage.hub import AsJson, Hub
from formcheck.stage.sitting import ALONE, CRASHED


class Preview(threading.Thread):
    """Shows the camera's pictures until nobody looks."""

    def __init__(self, camera: str, hub: Hub) -> None:
        """Take the camera; `start` begins it."""
        super().__init__(name="formcheck preview", daemon=True)
        self._camera, self._hub = camera, hub
        self._context = copy_context()
        """In which the language is that of whoever looks."""
        self._stop_source: Callable[[], None] = lambda: None
        self._is_ended = False

    def end(self) -> None:
        """Free the camera."""
        self._is_ended = True
        self._stop_source()
        self.join(2 * ALONE)

    def run(self) -> None:
        """Show picture after picture; then none, or what went wrong."""
        left = self._context.run(self._left)
        if not self._is_ended:  # or others show something by now
            self._hub.show(left)

    def _left(self) -> AsJson:
        """What is to be shown once there are no more pictures."""
        try:
            self._show()
        except FormcheckError as error:
            return _trouble(tr(error.sentence))
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            return _trouble(tr(CRASHED))
        return {"screen": "none"}

    def _show(self) -> None:
        self._hub.be_with()
        with open_live(self._camera) as source:
            self._stop_source = source.stop
            for frame in source:
                if self._is_ended or self._hub.seconds_alone(shows=True) > ALONE:
                    return
                self._hub.show({"screen": "preview"}, frame.image)


def _trouble(words: str) -> AsJson:
    return {"screen": "trouble", "message": words}
