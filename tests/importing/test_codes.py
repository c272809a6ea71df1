"""Action Units are understood as coders write them, and a look is never taken for an intensity."""

import pytest

from tpviewer.importing.codes import Code, read_codes, read_value


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("AU4", [Code("AU04")]),
        ("au 04", [Code("AU04")]),
        ("4", [Code("AU04")]),
        ("AU-12", [Code("AU12")]),
        ("AU04_A", [Code("AU04", look="A")]),
        ("AU04_a", [Code("AU04", intensity=1)]),
        ("AU12 c", [Code("AU12", intensity=3)]),
        ("AU12_c", [Code("AU12", intensity=3)]),
        ("12D", [Code("AU12", intensity=4)]),
        ("L12C", [Code("AU12", intensity=3, side="left")]),
        ("R12b", [Code("AU12", intensity=2, side="right")]),
        ("left AU12", [Code("AU12", side="left")]),
        ("AU12 right e", [Code("AU12", intensity=5, side="right")]),
        ("4B+7C", [Code("AU04", intensity=2), Code("AU07", intensity=3)]),
        ("1 + 2, L12A", [Code("AU01"), Code("AU02"), Code("AU12", intensity=1, side="left")]),
        ("AU04 absent", [Code("AU04", "absent")]),
        ("AU04 present intensity b both", [Code("AU04", intensity=2, side="both")]),
        ("AU06 not scorable occluded", [Code("AU06", "not scorable", reason="occluded")]),
        ("speech not scorable", [Code("", "not scorable", reason="speech")]),
        ("face not scorable turned", [Code("", "not scorable", reason="turned")]),
        ("AU12 look B", [Code("AU12", look="B")]),
        ("AU12 apex", [Code("AU12", apex=True)]),
        ("AU12 broadly", [Code("AU12", rest="broadly")]),
    ],
)
def test_codes(text: str, codes: list[Code]) -> None:
    assert list(read_codes(text)) == codes


@pytest.mark.parametrize(
    "text", ["", "smile", "AU", "AU0", "0", "AU123", "12F", "4B+smile", "speech", "face", "B"]
)
def test_what_names_no_action_unit_gives_nothing(text: str) -> None:
    assert read_codes(text) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code("AU12")),
        ("x", Code("AU12")),
        ("1", Code("AU12")),
        ("0", Code("AU12", "absent")),
        ("B", Code("AU12", intensity=2)),
        ("b left", Code("AU12", intensity=2, side="left")),
        ("12C", Code("AU12", intensity=3)),
        ("R12C", Code("AU12", intensity=3, side="right")),
        ("not scorable", Code("AU12", "not scorable")),
        ("a smile", Code("AU12", intensity=1, rest="smile")),
        ("4C", Code("AU12", rest="4C")),
    ],
)
def test_values_of_a_tier_that_names_the_action_unit(text: str, code: Code) -> None:
    assert read_value(text, Code("AU12")) == code
