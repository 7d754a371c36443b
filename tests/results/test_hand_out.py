"""What a person reads of one result after the other."""

import pytest

from formcheck import load_exercise
from formcheck.events import Summary
from formcheck.language.tongue import speaking
from formcheck.observer import Outcome, Stretch
from formcheck.pose import SourceInfo
from formcheck.results.hand_out import HandOut
from formcheck.results.outputs import Outputs


def test_what_it_may_have_been_is_told_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    """With the exercises' titles, and not half in English."""
    bridge = load_exercise("bridge")
    stretch = Stretch(None, 0.0, 9.0, (("bridge", 2),), exercises={"bridge": bridge})
    outcome = Outcome(0, None, Summary("", (), ()), SourceInfo("clip.mp4", 9.0, 270, 270), stretch)
    with speaking("de"):
        HandOut(Outputs(), None).give([outcome])
    told = capsys.readouterr().out
    assert bridge.translations["de"][bridge.title] in told
    assert bridge.title not in told
