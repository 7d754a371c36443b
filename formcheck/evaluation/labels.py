"""What somebody sees in a clip: the labels that formcheck's own answer is held against.

They are the ground truth, also called annotation. Nothing here reads a file or compares. Times are
seconds of the clip, unknown is NaN.
"""

from dataclasses import dataclass
from math import isnan, nan

from formcheck.exercise import Side


def or_nan(seconds: float | None) -> float:
    """The seconds; NaN where a file says none."""
    return nan if seconds is None else seconds


@dataclass(frozen=True, slots=True)
class RepLabel:
    """One rep, one partial or, in a timed exercise, one hold that is seen in a clip."""

    side: Side | None = None
    """None: both sides move together, or it is not said."""
    start: float = nan
    peak: float = nan
    """Any moment of the time at the top."""
    end: float = nan
    hold: float = nan
    """Seconds held still at the top; in a timed exercise, the seconds of the hold."""
    complete: bool = True
    """Whether it counts; what does not is a partial."""
    faults: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    """Faults about which either answer is right."""

    @property
    def time(self) -> float:
        """One time to speak of it by; NaN if none is known."""
        known = [t for t in (self.peak, (self.start + self.end) / 2) if not isnan(t)]
        known += [t for t in (self.start, self.end) if not isnan(t)]
        return known[0] if known else nan


@dataclass(frozen=True, slots=True)
class Labels:
    """All that is seen of one exercise in one clip."""

    source: str
    """The clip's file name, as beside the labels."""
    exercise: str | None
    """None: what is done there is no exercise that formcheck knows, and nothing may count."""
    reps: tuple[RepLabel, ...] = ()
    """In order of time, partials among them."""
    view: str = ""
    count: int | None = None
    """How many reps count, where they are not described one by one."""
    partial_count: int | None = None
    """How many partials there are, of which some may be among `reps`; none: not said."""
    unsure: tuple[str, ...] = ()
    """Faults about which either answer is right in every rep."""
    not_judged: tuple[str, ...] = ()
    """Rules that cannot be judged from where the camera stands."""
    judgeable: bool = True
    """False: from there the exercise cannot be judged. Nothing needs to count, and nothing may be
    found or called clean."""
    exhaustive: bool = False
    """Whether every fault that is to be seen is labelled, hints too."""
    note: str = ""

    @property
    def counted(self) -> tuple[RepLabel, ...]:
        """The reps that count, as far as they are described one by one."""
        return tuple(rep for rep in self.reps if rep.complete)

    @property
    def partials(self) -> tuple[RepLabel, ...]:
        """The partials that are described."""
        return tuple(rep for rep in self.reps if not rep.complete)

    @property
    def expected_reps(self) -> int:
        """How many reps count."""
        return len(self.counted) if self.count is None else self.count

    @property
    def is_counted_only(self) -> bool:
        """Whether reps are known by their number alone, so that none can be matched."""
        return self.count is not None and not self.counted
