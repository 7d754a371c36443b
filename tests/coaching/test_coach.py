"""The coach as tables: snapshots in, what is said and shown out."""

from dataclasses import replace

import pytest

from formcheck.coaching import spoken
from formcheck.coaching.coach import GOT_UP, Coach, Coaching
from formcheck.coaching.placement import SetUpAdvice
from formcheck.definition.loading import load_exercise
from formcheck.events import Event, FaultFound, Hold, Rep, Snapshot
from formcheck.exercise import Phase, Side
from formcheck.wording import shortfall

BRIDGE = load_exercise("bridge")
LYING = load_exercise("side_lying_leg_raise")


def _snapshot(
    time: float, phase: Phase = "rest", held: float = 0.0, *events: Event, rep: Rep | None = None
) -> Snapshot:
    completed = (rep,) if rep else ()
    return Snapshot(time, phase, None, 0, held, (), events, completed)


def _rep(number: int, side: Side | None = None, clean: bool = True) -> Rep:
    return Rep(number, side, 0, 1, 2, 3, 50, 180, 1, 1, clean=clean)


def _said(*coachings: Coaching) -> list[str]:
    return [utterance.text for coaching in coachings for utterance in coaching.utterances]


def _going(exercise: object = BRIDGE, target: int = 3, side: Side | None = None) -> Coach:
    """A coach of somebody who is ready and has been told so."""
    coach = Coach(exercise, target, side)  # type: ignore[arg-type]
    coach.update(_snapshot(0.0), None)
    return coach


def test_set_up_advice_is_shown_all_the_time_and_said_once() -> None:
    """Until it is another one."""
    coach = Coach(BRIDGE, 3)
    feet, dark = (
        SetUpAdvice("cut_off", "Show me your feet."),
        SetUpAdvice("dark", "Put on a light."),
    )
    steps = [coach.update(_snapshot(t / 10, "away"), dark if t < 5 else feet) for t in range(10)]
    assert _said(*steps) == ["Put on a light.", "Show me your feet."]
    assert all(step.message for step in steps)
    assert {step.state for step in steps} == {"setting up"}


def test_counting_begins_by_itself_in_the_start_position() -> None:
    """As soon as nothing is wrong with the set-up."""
    coach = Coach(BRIDGE, 3)
    assert coach.update(_snapshot(0.0), SetUpAdvice("view", "Turn.")).state == "setting up"
    ready = coach.update(_snapshot(0.1), None)
    assert ready.state == "going"
    assert _said(ready) == ["Good. Start when you're ready."]


def test_someone_who_begins_before_all_is_well_is_not_held_up() -> None:
    """A rep is counted from any view; what that hides is not judged."""
    coach = Coach(BRIDGE, 3)
    coach.update(_snapshot(0.0), SetUpAdvice("view", "Turn."))
    assert coach.update(_snapshot(0.1, "out"), SetUpAdvice("view", "Turn.")).state == "going"


def test_reps_are_counted_aloud_to_the_target() -> None:
    """Then it is done."""
    coach = _going()
    steps = [coach.update(_snapshot(t, rep=_rep(t, clean=False)), None) for t in (1, 2, 3)]
    assert _said(*steps) == ["Rep one", "Rep two", "Rep three", "Done. 3 reps."]
    assert [step.state for step in steps] == ["going", "going", "done"]
    assert not any(coach.remaining().values())


def test_what_is_said_at_the_end_is_not_said_of_the_last_rep_besides() -> None:
    """The end says what to do next time; before it, a rep is corrected."""
    coach = _going(target=2)
    cue = BRIDGE.fault("hold_too_short").cue
    fault = Event(1.0, "fault", "hold_too_short", cue=cue)
    said = []
    for number in (1, 2):
        found = FaultFound("hold_too_short", "fault", None, number, 0.0, 1.0, 0.0, 1.0, cue)
        rep = replace(_rep(number, clean=False), faults=(found,))
        step = coach.update(_snapshot(10.0 * number, "rest", 0.0, fault, rep=rep), None)
        said.append([each for each in _said(step) if cue[1:] in each])
    assert said == [[cue], [f"Done. 2 reps. Next time: {cue[0].lower()}{cue[1:]}"]]


def test_two_clean_reps_in_a_row_are_praised() -> None:
    """Not each one, and not across one that was not clean."""
    coach = _going(target=10)
    clean = [True, True, True, False, True, True]
    steps = [
        coach.update(_snapshot(t, rep=_rep(t, clean=each)), None) for t, each in enumerate(clean, 1)
    ]
    praised = [i for i, step in enumerate(steps, 1) if "Good rep." in _said(step)]
    assert praised == [2, 6]


def test_the_seconds_of_the_hold_are_counted_to_its_goal() -> None:
    """Then it is time to come down; a longer hold is not counted on."""
    coach = _going()
    steps = [coach.update(_snapshot(t / 10, "hold", held=t / 10), None) for t in range(60)]
    assert _said(*steps) == ["Hold: one", "two", "Lower slowly."]


def test_each_hold_is_counted_anew_and_never_sounds_like_a_rep() -> None:
    """From one again, in the next rep: who only listens must know which is which."""
    coach = _going()
    said = []
    for number in (1, 2):
        for t in range(15):
            said += _said(coach.update(_snapshot(t / 10, "hold", held=t / 10), None))
        said += _said(coach.update(_snapshot(2, "rest", rep=_rep(number, clean=False)), None))
    assert said == ["Hold: one", "Rep one", "Hold: one", "Rep two"]


def test_a_fault_is_said_with_its_cue_and_severity() -> None:
    """And shown for a while."""
    coach = _going()
    fault = Event(1.0, "fault", "over_arched", cue=BRIDGE.fault("over_arched").cue)
    step = coach.update(_snapshot(1.0, "hold", 0.0, fault), None)
    (utterance,) = step.utterances
    assert (utterance.kind, utterance.key) == ("safety", "over_arched")
    assert (step.message, step.tone) == (fault.cue, "safety")
    assert coach.update(_snapshot(20.0, "hold"), None).message == ""


def test_one_thing_is_corrected_in_a_rep_and_the_worst_comes_through() -> None:
    """A hint just after a safety fault waits for another rep; the other way round it does not."""
    arched, heels = (
        Event(1.0, "fault", name, cue=BRIDGE.fault(name).cue)
        for name in ("over_arched", "heels_lift")
    )
    coach = _going()
    both = coach.update(_snapshot(1.0, "hold", 0.0, heels, arched), None)
    assert (_said(both), both.message) == ([arched.cue], arched.cue)
    assert _said(coach.update(_snapshot(1.2, "hold", 0.0, heels), None)) == []
    coach.update(_snapshot(3.0, rep=_rep(1, clean=False)), None)
    later = coach.update(_snapshot(9.0, "hold", 0.0, heels), None)
    assert (_said(later), later.message) == ([heels.cue], heels.cue)
    assert _said(coach.update(_snapshot(9.2, "hold", 0.0, arched), None)) == [arched.cue]


def test_what_is_not_safe_is_no_part_of_the_hold() -> None:
    """The ring stops and the seconds are not counted while a safety fault lasts."""
    coach = _going()
    steps = []
    for t in range(30):
        snapshot = _snapshot(t / 10, "hold", held=t / 10)
        if t > 10:
            snapshot = replace(snapshot, faults=("over_arched",))
        steps.append(coach.update(snapshot, None))
    assert _said(*steps) == ["Hold: one"]
    assert [step.held for step in (steps[10], steps[-1])] == pytest.approx([1.0, 1.0])


def test_the_end_says_what_it_was_worth_and_one_thing_to_work_on() -> None:
    """The cue that was needed in most reps; nothing is praised where none was clean."""
    coach = _going(target=3)
    short, low = (
        FaultFound(name, "fault", None, 1, 0.0, 1.0, 0.0, 1.0, cue)
        for name, cue in (("hold_too_short", "Stay up."), ("hips_too_low", "Lift higher."))
    )
    for number, faults in enumerate(((short, low), (short,), ()), 1):
        done = replace(_rep(number, clean=not faults), faults=faults)
        last = coach.update(_snapshot(number, rep=done), None)
    assert last.message == "Done. 3 reps, 1 clean. Next time: stay up."
    assert last.tone == "praise"
    coach = _going(target=1)
    last = coach.update(_snapshot(1, rep=_rep(1, clean=False)), None)
    assert (last.message, last.tone) == ("Done. 1 rep.", "guide")


def test_a_partial_is_told_kindly_unless_it_was_only_cut_off() -> None:
    """What the beginning of the picture cut off is nobody's mistake."""
    coach = _going()
    short = Event(1.0, "partial", "did not go far enough: 22°, needs 25°", code="too_small")
    cut = replace(short, code="cut_off")
    assert _said(coach.update(_snapshot(1.0, "rest", 0.0, short), None)) != []
    assert _said(coach.update(_snapshot(2.0, "rest", 0.0, cut), None)) == []


def test_when_one_side_is_done_the_other_is_asked_for() -> None:
    """And only when both are, it is over."""
    coach = _going(LYING, target=1)
    first = coach.update(_snapshot(1.0, rep=_rep(1, "left", clean=False)), None)
    assert _said(first) == ["Rep one", "Now the other side."]
    assert first.state == "going"
    second = coach.update(_snapshot(2.0, rep=_rep(1, "right", clean=False)), None)
    assert second.state == "done"


def test_a_single_side_is_enough_where_only_it_was_asked_for() -> None:
    """As in a routine that names the side."""
    coach = _going(LYING, target=1, side="left")
    assert coach.update(_snapshot(1.0, rep=_rep(1, "left")), None).state == "done"


def test_someone_who_leaves_is_waited_for_and_goes_on() -> None:
    """The count so far is kept."""
    coach = _going()
    coach.update(_snapshot(1.0, rep=_rep(1, clean=False)), None)
    gone = coach.update(_snapshot(5.0, "away"), SetUpAdvice("nobody", "I can't see you."))
    assert (gone.state, _said(gone)) == ("away", ["I can't see you."])
    still = coach.update(_snapshot(60.0, "away"), SetUpAdvice("nobody", "I can't see you."))
    assert still.state == "away"
    back = coach.update(_snapshot(61.0), None)
    assert (back.state, _said(back)) == ("going", ["Go on."])


@pytest.mark.parametrize(("reps", "state"), [(1, "done"), (0, "away")])
def test_someone_who_gets_up_after_some_reps_is_done(reps: int, state: str) -> None:
    """Before any rep they may only be fetching a mat."""
    coach = _going()
    for number in range(1, reps + 1):
        coach.update(_snapshot(number, rep=_rep(number)), None)
    stood = SetUpAdvice("start", "Lie on your back.")
    coach.update(_snapshot(10.0, "away"), stood)
    assert coach.update(_snapshot(10.0 + GOT_UP + 0.1, "away"), stood).state == state


PLANK, SIDE_PLANK = load_exercise("plank"), load_exercise("side_plank")


def _ended(time: float, side: Side | None = None, seconds: float = 10.2) -> Snapshot:
    hold = Hold(1, side, time - seconds, time, seconds, seconds)
    return Snapshot(time, "away", side, 1, 0.0, (), (), ended=(hold,))


def test_a_hold_is_counted_and_its_seconds_are_told_in_one_sentence() -> None:
    """And at the last it is over."""
    coach = _going(PLANK, target=2)
    first = coach.update(_ended(12.0), None)
    assert _said(first) == ["One hold done: 10 seconds."]
    assert (first.message, first.tone) == ("One hold done: 10 seconds.", "praise")
    assert _said(coach.update(_ended(40.0), None)) == [
        "Two holds done: 10 seconds.",
        "Done. 2 holds, all clean.",
    ]


def test_the_other_side_is_asked_for_again_after_each_that_is_too_many() -> None:
    """Who did not hear it the first time goes on with the same side."""
    coach = _going(SIDE_PLANK, target=1)
    for time in (10.0, 30.0):
        assert _said(coach.update(_ended(time, "left"), None))[-1] == "Now the other side."
    assert coach.update(_ended(50.0, "right"), None).state == "done"


@pytest.mark.parametrize("asks_back", [True, False])
def test_somebody_who_may_do_another_exercise_is_not_asked_back(asks_back: bool) -> None:
    """Where the exercise was named, they are."""
    coach = Coach(BRIDGE, 3, asks_back=asks_back)
    coach.update(_snapshot(0.0), None)
    left = coach.update(_snapshot(1.0, "away"), SetUpAdvice("start", "Lie on your back."))
    assert (left.message, _said(left)) == (
        ("Lie on your back.", ["Lie on your back."])
        if asks_back
        else ("Good. Start when you're ready.", [])
    )


def test_after_a_failed_attempt_it_says_how_far_that_was() -> None:
    """Where it went up, and where it went down; and no number twice."""

    def words(went: float, needed: float, is_down: bool = False) -> str:
        reason = shortfall(went, needed, "degrees", is_down)
        return str(spoken.failed(Event(1.0, "partial", reason, code="too_small")))

    assert words(22, 25) == "Almost: 22° of 25°."
    assert words(22, 14, is_down=True) == "Almost: down to 22°. It takes 14°."
    assert words(24.9, 25) == "Almost. Go a little further."
    assert spoken.failed(Event(1.0, "partial", "not this", code="not_this")) is None


ARCHED = FaultFound(
    "over_arched", "safety", None, 1, 0.0, 1.0, 196.0, 195.0, "Down.", "Over-arched"
)


def test_what_was_borderline_is_shown_for_a_while_and_never_said() -> None:
    """Beside the praise that the rep has earned."""
    coach = _going(target=9)
    first = coach.update(_snapshot(1.0, rep=replace(_rep(1), borderline=(ARCHED,))), None)
    second = coach.update(_snapshot(2.0, rep=replace(_rep(2), borderline=(ARCHED,))), None)
    assert first.borderline == second.borderline == ("over-arched",)
    assert second.message == spoken.GOOD_REP
    assert _said(first, second) == ["Rep one", "Rep two", spoken.GOOD_REP]
    assert coach.update(_snapshot(5.9), None).borderline == ("over-arched",)
    assert coach.update(_snapshot(6.1), None).borderline == ()


def test_what_was_borderline_is_not_shown_beside_a_fault() -> None:
    """Nor after the next rep, which had nothing of the kind."""
    coach = _going(target=9)
    low = replace(ARCHED, name="too_low", severity="hint")
    for flawed in (
        replace(_rep(1, clean=False), borderline=(ARCHED,)),
        replace(_rep(2), borderline=(ARCHED,), faults=(low,)),
    ):
        assert coach.update(_snapshot(1.0, rep=flawed), None).borderline == ()
    assert coach.update(_snapshot(2.0, rep=replace(_rep(3), borderline=(low,))), None).borderline
    assert coach.update(_snapshot(3.0, rep=_rep(4)), None).borderline == ()
