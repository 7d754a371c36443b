"""The camera while nobody exercises before it: which there are, and what the chosen one sees."""

from threading import Lock

from formcheck.sources.capture import CameraInfo, find_cameras
from formcheck.stage.hub import Hub
from formcheck.stage.preview import Preview


class Lens:
    """Finds cameras and shows what one sees; never two things at once, as a camera serves one."""

    def __init__(self, hub: Hub) -> None:
        """Begin without having looked; `hub` has the pages that a picture is shown on."""
        self.found: tuple[CameraInfo, ...] | None = None
        """The cameras that work, as far as they were looked for."""
        self._hub = hub
        self._preview: Preview | None = None
        self._turn = Lock()

    def show(self, camera: str) -> None:
        """Show what a camera sees, if nothing else is done with cameras; it takes no time."""
        if not self._turn.acquire(blocking=False):
            return  # whoever wants to see it asks again
        try:
            if self._preview is None or not self._preview.is_alive():
                self._preview = Preview(camera, self._hub)
                self._preview.start()
        finally:
            self._turn.release()

    def find(self) -> None:
        """Look for the cameras that work, which takes seconds."""
        with self._turn:
            self._end_preview()
            self.found = tuple(find_cameras())

    def free(self) -> None:
        """Let go of all cameras."""
        with self._turn:
            self._end_preview()

    def _end_preview(self) -> None:
        if self._preview is not None:
            self._preview.end()
            self._preview = None
            self._hub.show(
                {"screen": "none"}
            )  # what was wrong with one camera is not told of another
