"""Find the person in a frame: MediaPipe's pose landmarker, made to see people who lie down."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.closing import Closing
from formcheck.errors import ModelError
from formcheck.landmarks.mediapipe_parts import (
    BaseOptions,
    PoseLandmarker,
    PoseLandmarkerOptions,
    PoseLandmarkerResult,
    RunningMode,
    mp,
)
from formcheck.landmarks.model_file import is_own_copy
from formcheck.landmarks.quiet import quiet_stderr
from formcheck.landmarks.scenes import SceneWatch
from formcheck.landmarks.turned import Comparing, are_same, like, likelier_turns
from formcheck.pose import Frame, Image, Pose
from formcheck.printable import shortened

LandmarkArray = NDArray[np.float32]

SEARCH = (0, 1, 0, 3)
"""Quarter turns clockwise of the picture, tried one a frame while nobody is found.

MediaPipe's person detector often misses a person who lies across the picture and finds the same
person in the turned picture; once found, the landmarks are as good at any turn (a side-lying clip:
nobody in the first 44 frames upright, found in the second frame so; landmarks differ by 0.003 image
heights). MediaPipe's own `rotation_degrees` option finds the person too, but with wrong landmarks.
"""

REASON = 200
"""Letters of what MediaPipe says that are told."""
GREY = 127
"""Of what is not shown of a picture, 0..255."""

_CLOCKWISE = {
    1: cv2.ROTATE_90_CLOCKWISE,
    2: cv2.ROTATE_180,
    3: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


class Landmarker(Closing):
    """Turns frames into poses, in order of time; a context manager that frees MediaPipe."""

    def __init__(self, model: Path) -> None:
        """Load a pose landmarker `.task` file.

        Raises:
            ModelError: MediaPipe cannot use the file.
        """
        self._model = model
        self._landmarker = load(model, RunningMode.VIDEO)
        self._glancer = load(model, RunningMode.IMAGE)
        self._milliseconds = -1
        self._attempt = self._turns = 0
        self._was_found = False
        self._comparing = Comparing()
        self._scenes = SceneWatch()
        self._has_found = False

    def detect(self, frame: Frame) -> Pose:
        """Return the pose in the frame, which must be later than the frames before."""
        image = frame.image
        after_cut = self._scenes.is_new(frame.time, image)
        if after_cut:
            # MediaPipe would look where the person was, and drag the landmarks over for a second.
            # In a picture of nobody it loses them, and looks everywhere in the next one.
            image = np.zeros_like(image)
        picture = mp.Image(mp.ImageFormat.SRGB, _turned(image, self._turns))
        # MediaPipe's start-up notes cannot be switched off: 1.2 reads none of the variables that
        # its forerunners did. They come when it is made, and when it first finds a person.
        with contextlib.nullcontext() if self._has_found else quiet_stderr():
            result = self._follow(picture, frame.time)
        if not result.pose_landmarks:
            self._was_found = False
            self._attempt = (self._attempt + 1) % len(SEARCH)
            self._turns = SEARCH[self._attempt]
            return Pose.absent(frame.time, after_cut)
        pose = pose_of(result, frame, self._turns)
        enough = self._comparing.begin(frame.time, not self._was_found)
        if enough:
            pose = self._likeliest(frame, pose, enough)
        self._has_found, self._was_found = True, pose.is_present
        return replace(pose, after_cut=after_cut)

    def glance(self, frame: Frame, shown: Image, turns: int = 0) -> Pose:
        """Return the pose in another picture of a frame, turned clockwise by quarter turns."""
        picture = mp.Image(mp.ImageFormat.SRGB, _turned(shown, turns))
        with quiet_stderr(), _usable(self._model):
            result = self._glancer.detect(picture)
        return pose_of(result, frame, turns) if result.pose_landmarks else Pose.absent(frame.time)

    def begin_anew(self, frame: Frame, shown: Image, turns: int = 0) -> Pose:
        """Let go of the body that is followed, and follow the one in this picture.

        Args:
            frame: that was looked at last.
            shown: its picture, with only the one who is meant in it.
            turns: quarter turns clockwise to look at it, now and from now on.
        """
        # MediaPipe looks for a person only after it has lost one, as it does on an empty picture.
        for image in (np.full_like(shown, GREY), shown):
            picture = mp.Image(mp.ImageFormat.SRGB, _turned(image, turns))
            result = self._follow(picture, frame.time)
        self._attempt, self._turns = 0, turns
        self._was_found = bool(result.pose_landmarks)
        return pose_of(result, frame, turns) if self._was_found else Pose.absent(frame.time)

    def _likeliest(self, frame: Frame, pose: Pose, enough: int) -> Pose:
        """Return the pose that most of the turned pictures show, and follow that one.

        To follow a body may go wrong where to glance at it does not, so that is tried in each,
        until in so many turns the one who is followed is seen.
        """
        before = self._turns
        turned = [Pose.absent(frame.time)] * 4
        for more in (1, 3, 2, 0):  # the picture that is followed comes last
            turns = (before + more) % 4
            turned[turns] = self.glance(frame, frame.image, turns)
            if like(pose, turned) == enough:
                return pose
        likelier = likelier_turns(pose, turned)
        for turns in likelier:
            followed = self.begin_anew(frame, frame.image, turns)
            if followed.is_present and are_same(turned[turns], followed):
                self._comparing.changed(frame.time)
                return followed
        return self.begin_anew(frame, frame.image, before) if likelier else pose

    def forget(self, frame: Frame) -> None:
        """Let go of the body that is followed, and of all else that was seen before this frame."""
        self._scenes, self._attempt, self._turns = SceneWatch(), 0, 0
        self._was_found, self._comparing = False, Comparing()
        picture = mp.Image(mp.ImageFormat.SRGB, np.full_like(frame.image, GREY))
        self._follow(picture, frame.time)

    def _follow(self, picture: mp.Image, time: float) -> PoseLandmarkerResult:
        """Look at one more picture for the body that is followed."""
        with _usable(self._model):
            return self._landmarker.detect_for_video(picture, self._next_milliseconds(time))

    def close(self) -> None:
        """Free what MediaPipe holds."""
        with quiet_stderr():  # 1.2.3 tells of every accelerator that it lets go
            for each in (self._landmarker, self._glancer):
                try:
                    each.close()
                except RuntimeError:  # of a picture, which was told when it was looked at
                    each._handle = None  # else MediaPipe tries again once it is forgotten

    def _next_milliseconds(self, time: float) -> int:
        """MediaPipe's clock: whole milliseconds, each later than the one before."""
        self._milliseconds = max(round(time * 1000), self._milliseconds + 1)
        return self._milliseconds


def load(model: Path, mode: RunningMode) -> PoseLandmarker:
    """Load a pose landmarker `.task` file; ModelError if MediaPipe cannot use it."""
    with _usable(model), quiet_stderr():
        # By content, because MediaPipe on Windows does not open every path.
        base = BaseOptions(model_asset_buffer=model.read_bytes())
        options = PoseLandmarkerOptions(base_options=base, running_mode=mode)
        return PoseLandmarker.create_from_options(options)


@contextlib.contextmanager
def _usable(model: Path) -> Iterator[None]:
    """Raise ModelError for what MediaPipe can't do with a model; some only shows in a picture."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        reason = shortened(" ".join(str(error).split()), REASON).removesuffix(".")
        if is_own_copy(model):
            raise ModelError(
                "MediaPipe can't use the pose model {file}: {reason}. Delete it so that formcheck "
                "downloads it again, or choose another with --model PATH.",
                file=model,
                reason=reason,
            ) from error
        raise ModelError(
            "MediaPipe can't use the pose model {file}: {reason}. Choose another with --model "
            "PATH.",
            file=model,
            reason=reason,
        ) from error


def pose_of(result: PoseLandmarkerResult, frame: Frame, turns: int = 0) -> Pose:
    """The pose that was found in a frame's picture, turned clockwise by quarter turns."""
    height, width = frame.image.shape[:2]
    landmarks, world, visibility = _arrays(result)
    return Pose.from_normalized(
        time=frame.time,
        landmarks=_landmarks_turned_back(landmarks, turns, width / height),
        world=_world_turned_back(world, turns),
        visibility=visibility,
        size=(width, height),
    )


def _turned(image: Image, turns: int) -> Image:
    """Return the picture in red, green, blue, turned clockwise by quarter turns."""
    picture = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    if turns:
        picture = cv2.rotate(picture, _CLOCKWISE[turns])
    return np.asarray(picture, dtype=np.uint8)


def _arrays(result: PoseLandmarkerResult) -> tuple[LandmarkArray, LandmarkArray, LandmarkArray]:
    """Landmarks (33, 3), world landmarks (33, 3) and visibility (33,) as MediaPipe gives them."""
    rows = [(mark.x, mark.y, mark.z, mark.visibility) for mark in result.pose_landmarks[0]]
    table = np.array(rows, dtype=np.float32)
    world = [(mark.x, mark.y, mark.z) for mark in result.pose_world_landmarks[0]]
    return table[:, :3], np.array(world, dtype=np.float32), table[:, 3]


def _landmarks_turned_back(landmarks: LandmarkArray, turns: int, aspect: float) -> LandmarkArray:
    """Bring landmarks (33, 3) of a turned picture back to the upright one.

    Args:
        landmarks: x, y divided by width and height of the turned picture, z by its width.
        turns: quarter turns clockwise that the picture was given.
        aspect: width by height of the upright picture.
    """
    x, y, z = landmarks.T
    if turns % 2:
        z = z / np.float32(aspect)  # the turned picture's width is the upright one's height
    for _ in range(turns):
        x, y = y, 1 - x
    return np.stack([x, y, z], axis=1)


def _world_turned_back(world: LandmarkArray, turns: int) -> LandmarkArray:
    """Bring world landmarks (33, 3) of a turned picture back to the upright one."""
    x, y, z = world.T
    for _ in range(turns):
        x, y = y, -x
    return np.stack([x, y, z], axis=1)
