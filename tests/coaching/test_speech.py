"""What is said next: urgency, freshness, cool-down and the length of the queue."""

from dataclasses import dataclass
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.speech import (
    MANNERS,
    MOST_WAITING,
    URGENCY,
    Say,
    SpeechKind,
    SpeechQueue,
    Utterance,
    is_said,
)

KINDS: tuple[SpeechKind, ...] = get_args(SpeechKind)
COOLING = tuple(kind for kind in KINDS if MANNERS[kind].cool_down)


def spoken(queue: SpeechQueue, time: float) -> list[str]:
    """All that the queue gives out at one time."""
    texts = []
    while (utterance := queue.next(time)) is not None:
        texts.append(utterance.text)
    return texts


def filled(*utterances: Utterance) -> SpeechQueue:
    """A queue with these in it."""
    queue = SpeechQueue()
    for utterance in utterances:
        queue.add(utterance)
    return queue


def test_the_key_is_the_text_unless_given() -> None:
    """So that most callers need not think of one."""
    assert Utterance(0.0, "Heels down.", "fault").key == "Heels down."
    assert Utterance(0.0, "Heels down.", "fault", key="heels").key == "heels"


def test_every_kind_has_its_manner() -> None:
    """And the order of urgency is the one agreed on."""
    assert set(MANNERS) == set(KINDS)
    order = ["safety", "fault", "count", "hold", "guide", "hint", "praise"]
    assert sorted(KINDS, key=URGENCY.__getitem__) == order


@pytest.mark.parametrize(
    ("say", "heard"),
    [
        ("all", {"safety", "fault", "guide", "count", "hold", "praise", "hint"}),
        ("faults", {"safety", "fault", "guide", "hint"}),
        ("counts", {"count", "hold", "guide"}),
    ],
)
def test_the_user_chooses_what_is_said(say: Say, heard: set[str]) -> None:
    """As `--say` has it."""
    assert {kind for kind in KINDS if is_said(kind, say)} == heard


@pytest.mark.parametrize(
    ("waiting", "order"),
    [
        ([("praise", 0.0), ("count", 0.0), ("fault", 0.0)], ["fault", "count", "praise"]),
        ([("fault", 0.0), ("safety", 0.0)], ["safety", "fault"]),
        ([("hint", 0.0), ("guide", 0.0), ("hold", 0.0)], ["hold", "guide", "hint"]),
    ],
)
def test_the_most_urgent_is_said_first(
    waiting: list[tuple[SpeechKind, float]], order: list[str]
) -> None:
    """Whatever came first."""
    queue = filled(*(Utterance(time, kind, kind) for kind, time in waiting))
    assert spoken(queue, 0.0) == order


def test_within_a_kind_the_newest_is_said_first() -> None:
    """And the older one after it, while it is fresh."""
    queue = filled(Utterance(0.0, "old", "fault"), Utterance(1.0, "new", "fault"))
    assert spoken(queue, 1.0) == ["new", "old"]


def test_of_two_at_the_same_time_the_first_given_is_said_first() -> None:
    """The session gives the more important fault first."""
    queue = filled(Utterance(0.0, "first", "fault"), Utterance(0.0, "second", "fault"))
    assert spoken(queue, 0.0) == ["first", "second"]


@pytest.mark.parametrize("kind", ["count", "hold", "guide", "praise"])
def test_a_newer_one_makes_an_older_superfluous(kind: SpeechKind) -> None:
    """Two after three would be wrong."""
    queue = filled(Utterance(0.0, "two", kind), Utterance(0.5, "three", kind))
    assert spoken(queue, 0.5) == ["three"]


@pytest.mark.parametrize(
    ("kind", "life"),
    [("safety", 5), ("guide", 4), ("fault", 3), ("hint", 3), ("praise", 2), ("count", 1)],
)
def test_what_is_stale_is_dropped(kind: SpeechKind, life: float) -> None:
    """It is fresh up to the end of its life, and then gone."""
    assert spoken(filled(Utterance(10.0, "words", kind)), 10.0 + life) == ["words"]
    queue = filled(Utterance(10.0, "words", kind))
    assert spoken(queue, 10.01 + life) == []
    assert spoken(queue, 10.0) == []


@pytest.mark.parametrize(
    ("kind", "after", "times"),
    [
        ("fault", 4.9, 1),
        ("fault", 5.0, 2),
        ("safety", 4.9, 1),
        ("guide", 7.9, 1),
        ("guide", 8.0, 2),
        ("count", 0.1, 2),
        ("hold", 0.1, 2),
    ],
)
def test_the_same_is_not_said_again_too_soon(kind: SpeechKind, after: float, times: int) -> None:
    """Counts and the seconds of a hold may repeat."""
    queue = SpeechQueue()
    said = []
    for time in (0.0, after):
        queue.add(Utterance(time, "words", kind))
        said += spoken(queue, time)
    assert len(said) == times


def test_the_key_decides_what_is_the_same() -> None:
    """Two wordings of one cue."""
    queue = filled(
        Utterance(0.0, "Heels down.", "fault", key="heels"),
        Utterance(0.1, "Press the heels down.", "fault", key="heels"),
    )
    assert spoken(queue, 0.2) == ["Press the heels down."]


def test_when_too_many_wait_the_least_urgent_goes() -> None:
    """And of these the oldest."""
    queue = filled(
        Utterance(0.0, "hint 0", "hint"),
        Utterance(0.1, "hint 1", "hint"),
        Utterance(0.2, "fault 0", "fault"),
        Utterance(0.3, "fault 1", "fault"),
        Utterance(0.4, "safety", "safety"),
    )
    assert spoken(queue, 0.5) == ["safety", "fault 1", "fault 0", "hint 1"]


def test_clearing_drops_what_waits_but_not_what_was_said() -> None:
    """A pause is no reason to repeat a cue."""
    queue = filled(Utterance(0.0, "cue", "fault"))
    queue.next(0.0)
    queue.add(Utterance(1.0, "other", "fault"))
    queue.clear()
    assert spoken(queue, 1.0) == []
    queue.add(Utterance(2.0, "cue", "fault"))
    assert spoken(queue, 2.0) == []


def test_a_clock_set_back_begins_a_new_session() -> None:
    """What was said late in the old one may be said early in the new one."""
    queue = filled(Utterance(300.0, "Lie on your back.", "guide"))
    queue.next(300.0)
    queue.add(Utterance(301.0, "old", "fault"))
    queue.add(Utterance(0.5, "Lie on your back.", "guide"))
    assert spoken(queue, 0.5) == ["Lie on your back."]


@dataclass(frozen=True)
class Step:
    """Time goes on, something may be added, and then something may be said."""

    pause: float
    added: tuple[SpeechKind, str, float] | None
    """Kind, key, and how old it is already."""
    is_free: bool
    """Whether the mouth is free."""


STEPS = st.lists(
    st.builds(
        Step,
        st.floats(0, 2.5),
        st.none() | st.tuples(st.sampled_from(KINDS), st.sampled_from("abcde"), st.floats(0, 4)),
        st.booleans(),
    ),
    max_size=60,
)


@given(STEPS)
def test_whatever_comes_the_rules_are_kept(steps: list[Step]) -> None:
    """Nothing stale, nothing twice, the most urgent first, and never many waiting."""
    queue = SpeechQueue()
    time = 0.0
    said: dict[str, float] = {}
    for step in steps:
        time += step.pause
        if step.added:
            kind, key, age = step.added
            queue.add(Utterance(time - age, key, kind))
        assert len(queue) <= MOST_WAITING
        rank = -1
        while step.is_free and (utterance := queue.next(time)) is not None:
            manner = MANNERS[utterance.kind]
            assert time - utterance.time <= manner.life
            if utterance.kind in COOLING:
                assert time - said.get(utterance.key, -100.0) >= manner.cool_down
                said[utterance.key] = time
            assert URGENCY[utterance.kind] >= rank
            rank = URGENCY[utterance.kind]
