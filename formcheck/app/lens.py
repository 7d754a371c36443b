"""The camera while nobody exercises before it: which there are, and what the chosen one sees."""

from collections.abc import Callable
from threading import Event, Lock

from formcheck.sources.devices import CameraInfo, find_cameras
from formcheck.stage.hub import Hub
from formcheck.stage.preview import Preview


class Lens:
    """Finds cameras and shows what one sees; never two things at once, as a camera serves one."""

    def __init__(self, hub: Hub, is_taken: Callable[[], bool]) -> None:
        """Begin without having looked.

        Args:
            hub: has the pages that a picture is shown on.
            is_taken: whether cameras are left alone, as a session has one. Whoever takes them says
                so from then on, and calls `free`.
        """
        self.found: tuple[CameraInfo, ...] | None = None
        """The cameras that work, as far as they were looked for."""
        self._hub = hub
        self._is_taken = is_taken
        self._preview: Preview | None = None
        self._turn = Lock()
        self._stopped = Event()
        """Set where cameras are not to be looked for any longer."""
        self._looks = 0
        """How often they were."""

    def show(self, camera: str) -> None:
        """Show what a camera sees, if nothing else is done with cameras; it takes no time."""
        if not self._turn.acquire(blocking=False):
            return  # whoever wants to see it asks again
        try:
            is_shown = self._preview is not None and self._preview.is_alive()
            if not is_shown and not self._is_taken():
                self._preview = Preview(camera, self._hub)
                self._preview.start()
        finally:
            self._turn.release()

    def find(self) -> None:
        """Look for the cameras that work, which takes seconds: once for all who ask meanwhile."""
        looks = self._looks
        with self._turn:
            self._stopped.clear()
            if self._looks == looks and not self._is_taken():
                self._end_preview()
                self._look()

    def free(self) -> None:
        """Let go of all cameras."""
        self._stopped.set()
        with self._turn:
            self._end_preview()

    def _look(self) -> None:
        found = tuple(find_cameras(self._stopped))
        if not self._stopped.is_set():  # or it may not be all of them
            self.found = found
            self._looks += 1

    def _end_preview(self) -> None:
        if self._preview is not None:
            self._preview.end()
            self._preview = None
            # What was wrong with one camera is not told of another.
            self._hub.show({"screen": "none"})
