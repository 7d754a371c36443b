"""MediaPipe without the parts that draw."""

import subprocess
import sys


def test_what_draws_is_loaded_once_it_is_used() -> None:
    """It loads matplotlib, which takes long; whoever uses MediaPipe besides can still draw."""
    program = (
        "import sys, formcheck.landmarks.mediapipe_parts\n"
        "from mediapipe.tasks.python.vision import drawing_styles, drawing_utils\n"
        "print('matplotlib' in sys.modules)\n"
        "print(drawing_utils.DrawingSpec().thickness, 'matplotlib' in sys.modules)\n"
        "print(len(drawing_styles.get_default_pose_landmarks_style()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    loaded, drawn, marks = done.stdout.splitlines()
    assert loaded == "False"
    assert drawn == "2 True"
    assert int(marks) == 33
