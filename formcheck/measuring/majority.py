"""What is true of most of several moments or clips, where single ones may be wrong."""

from collections.abc import Sequence


def mostly(answers: Sequence[bool]) -> bool:
    """Whether more than half of the answers are yes; without any it is not."""
    return 2 * sum(answers) > len(answers)
