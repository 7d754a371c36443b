"""The worst moment of a fault, small enough to stand in a row of a table."""

import cv2
import numpy as np

from formcheck.report.page import Section

SIZE = (240, 180)
"""Width and height in pixels: twice what is shown, for screens with small pixels."""
QUALITY = 75
"""Of JPEG: some 8 kB."""


def small_picture(section: Section, fault: str) -> bytes:
    """Return a JPEG of a fault that was found; empty where no picture of it was kept."""
    chosen = section.keepsakes.album.worst.get(fault)
    if chosen is None:
        return b""
    drawn = cv2.imdecode(np.frombuffer(chosen.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert drawn is not None, "it was encoded here"
    small = cv2.resize(drawn, SIZE, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
