"""Where things lie in the checkout."""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples"
EXERCISES = ROOT / "exercises"
