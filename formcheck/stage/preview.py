"""What the camera sees, before anybody exercises: nothing is looked for in it, nothing is kept."""

import threading
from collections.abc import Callable
from contextvars import copy_context

from formcheck.errors import FormcheckError
from formcheck.language.tongue import tr
from formcheck.sources.camera import open_live
from formcheck.stage.hub import Hub
from formcheck.stage.sitting import ALONE


class Preview(threading.Thread):
    """Shows the camera's pictures until nobody looks."""

    def __init__(self, camera: str, hub: Hub) -> None:
        """Take the camera; `start` begins it."""
        super().__init__(name="formcheck preview", daemon=True)
        self._camera, self._hub = camera, hub
        self._context = copy_context()
        """In which the language is that of whoever looks."""
        self._stop: Callable[[], None] = lambda: None
        self._is_stopped = False

    def end(self) -> None:
        """Free the camera."""
        self._is_stopped = True
        self._stop()
        self.join(2 * ALONE)

    def run(self) -> None:
        """Show picture after picture."""
        self._context.run(self._show)

    def _show(self) -> None:
        self._hub.be_with()
        try:
            with open_live(self._camera) as source:
                self._stop = source.stop
                for frame in source:
                    if self._is_stopped or self._hub.seconds_alone(shows=True) > ALONE:
                        return
                    self._hub.show({"screen": "preview"}, frame.image)
        except FormcheckError as error:
            self._hub.show({"screen": "trouble", "message": tr(error.sentence)})
