"""Whatever stands in an exercise's file, formcheck does not crash."""

from helpers.lift import GOOD
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formcheck.counting.session import Session
from formcheck.definition.loading import parse_exercise
from formcheck.definition.words import explain
from formcheck.pose import Pose

WORDS = st.sampled_from(
    ["schema", "name", "measures", "fault", "when", "start", "rep", "hold", "until", "sum", "angle"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["hip_angle", "line", "up", "hold", "knee", "change"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def as_toml(value: object) -> str:
    """A value as TOML writes it, more or less."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{key} = {as_toml(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(as_toml, value)) + "]"
        case str():
            return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
    return "''" if value is None else str(value)


@settings(max_examples=300)
@given(st.text())
@example("\x00")
@example("a.b.c = 1\na.b = 2")
@example("when = 1979-05-27")
def test_arbitrary_text_never_crashes(text: str) -> None:
    """It is refused, with at least one problem."""
    exercise, found = parse_exercise(text)
    assert exercise is None
    assert all(str(problem) for problem in found)


@settings(max_examples=300)
@given(st.data())
def test_a_good_text_with_any_value_in_it_never_crashes(data: st.DataObject) -> None:
    """Whatever stands there is refused in single lines, or makes an exercise that can be used."""
    lines = GOOD.splitlines()
    places = [number for number, line in enumerate(lines) if " = " in line]
    place = data.draw(st.sampled_from(places))
    key = lines[place].partition(" = ")[0]
    lines[place] = f"{key} = {as_toml(data.draw(VALUES))}"
    exercise, found = parse_exercise("\n".join(lines))
    if exercise is not None:
        assert explain(exercise)
        Session(exercise).update(Pose.absent(0.0))
    assert not any("\n" in str(problem) for problem in found)
