"""How a video is looked at: how often, by how many, and whether what was seen is kept."""

from dataclasses import dataclass

from formcheck.errors import SourceError

RATE = 30.0
"""Pictures a second. More tell nothing new of somebody who exercises, and cost as much again."""


@dataclass(frozen=True, slots=True)
class Looking:
    """How to look at a video; of a recording it changes nothing."""

    rate: float = RATE
    """Pictures that are looked at a second, at most."""
    keeps: bool = False
    """Whether landmarks are kept, and taken from where they were kept before."""
    workers: int = 1
    """Processes that find the poses of one video, where it is long enough."""

    def __post_init__(self) -> None:
        """SourceError for a rate at which nothing is seen."""
        if not self.rate > 0:
            raise SourceError("The rate must be above 0.")


AS_USUAL = Looking()
