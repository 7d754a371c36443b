"""MediaPipe without the parts that find nobody."""

import subprocess
import sys


def test_what_draws_and_listens_is_loaded_once_it_is_used() -> None:
    """It takes long; whoever uses MediaPipe besides can still draw and listen."""
    program = (
        "import sys, formcheck.landmarks.mediapipe_parts\n"
        "from mediapipe.tasks.python import audio\n"
        "from mediapipe.tasks.python.vision import drawing_styles, drawing_utils\n"
        "print({'matplotlib', 'sounddevice'} & set(sys.modules))\n"
        "print(drawing_utils.DrawingSpec().thickness, 'matplotlib' in sys.modules)\n"
        "print(audio.AudioClassifier.__name__)\n"
        "print(len(drawing_styles.get_default_pose_landmarks_style()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    loaded, drawn, listens, marks = done.stdout.splitlines()
    assert loaded == "set()"
    assert drawn == "2 True"
    assert listens == "AudioClassifier"
    assert int(marks) == 33
