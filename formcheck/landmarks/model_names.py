"""What the files of pose models are called, for those who only ask that and load none."""

from pathlib import Path

import platformdirs

ENVIRONMENT_VARIABLE = "FORMCHECK_MODEL"
SUFFIX = ".task"


def named_after(variant: str) -> str:
    """What MediaPipe calls the model of a variant."""
    return f"pose_landmarker_{variant}"


def cached_path(variant: str) -> Path:
    """Where the model of this variant is kept on this computer; it need not be there yet."""
    return _cache() / f"{named_after(variant)}{SUFFIX}"


def kept_models() -> list[Path]:
    """All models that are kept on this computer."""
    return list(_cache().glob(f"*{SUFFIX}"))


def _cache() -> Path:
    return platformdirs.user_cache_path("formcheck")
