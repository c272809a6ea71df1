"""Table 1 is what a slow script makes of the same label sequences, to the last digit."""

import csv
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.sequences import BY_HAND, GOLDEN, Frames, frames, results
from tests.oracle.table1 import column, table
from tpviewer.core.errors import ParameterError
from tpviewer.core.statistics import GroupStatistics, group_statistics
from tpviewer.corpus.table1 import ALL, NONE, ROWS, make_table1, write_csv, write_markdown
from tpviewer.corpus.table1_picture import draw_table1

SETS = st.one_of(
    st.none(),
    st.frozensets(st.tuples(st.sampled_from(["AU01", "AU02"]), st.sampled_from("AB")), max_size=2).filter(
        lambda members: len({au for au, _ in members}) == len(members)
    ),
)


def agrees(found: GroupStatistics, slow: dict[str, Fraction | int | None]) -> None:
    counts = (found.sequences, found.cooccurrence_prototypes, found.prototypes)
    assert counts == (slow["sequences"], slow["cooccurrence"], slow["clustered"])
    assert (found.units, found.units_with_one_look) == (slow["units"], slow["only A"])
    for name in ("frames", "stages"):
        assert same(getattr(found, name), slow[name])
    if slow["reduction"] is None:
        assert math.isnan(found.reduction)
    else:
        assert found.reduction == pytest.approx(float(slow["reduction"]), rel=1e-15, abs=1e-15)


def same(value: float, slow: Fraction | None) -> bool:
    return math.isnan(value) if slow is None else value == float(slow)


def test_the_golden_case() -> None:
    found = group_statistics(results([("surprise", GOLDEN)]))
    agrees(found, column([GOLDEN]))
    assert (found.frames, found.stages, found.reduction) == (18, 8, 1 - 8 / 18)


def test_sequences_by_hand_column_by_column() -> None:
    found = make_table1(results(BY_HAND), [], published=False).columns
    slow = table(BY_HAND)
    assert list(found) == ["surprise", "anger", "joy", NONE, ALL]
    names = {NONE: None, ALL: "everything"}
    for name, group in found.items():
        agrees(group, slow[names.get(name, name)])
    assert found["surprise"].cooccurrence_prototypes == 2
    assert found["surprise"].prototypes == 3
    assert found["anger"].without_face == 1


@settings(deadline=None)
@given(st.lists(st.lists(SETS, max_size=8), max_size=8))
def test_any_sequences(drawn: list[Frames]) -> None:
    agrees(group_statistics(results([("x", one) for one in drawn])), column(drawn))


def test_the_tables_say_the_same_digits(tmp_path: Path) -> None:
    made = make_table1(results(BY_HAND), [], published=False)
    slow = table(BY_HAND)["everything"]
    texts = [
        *(f"{slow['sequences']}", f"{float(slow['frames']):.2f}", f"{slow['cooccurrence']}"),
        *(f"{slow['clustered']}", f"{float(slow['stages']):.2f}", f"{float(100 * slow['reduction']):.0f} %"),
    ]
    assert [line[ALL] for _, _, line in made.lines()] == texts
    written = write_markdown(made, tmp_path / "t.md", ["more"]).read_text(encoding="utf-8").splitlines()
    assert [line.split(" | ")[-1].removesuffix(" |") for line in written[2:8]] == texts
    assert written[-1] == "more"
    with write_csv(made, tmp_path / "t.csv").open(newline="") as file:
        exact = {(row["row"], row["label"]): row["value"] for row in csv.DictReader(file)}
    assert float(exact[ROWS[5].title, ALL]) == pytest.approx(float(slow["reduction"]), rel=1e-15)
    assert exact[ROWS[5].title, "joy"] == ""


def test_the_published_values_stand_beside(tmp_path: Path) -> None:
    made = make_table1(results(BY_HAND), results(BY_HAND), published=True)
    assert [source for _, source, _ in made.lines()] == ["found", "true", "published"] * 6
    published = [texts for _, source, texts in made.lines() if source == "published"]
    assert [texts["surprise"] for texts in published] == ["83", "16.00", "36", "56", "3.40", "78 %"]
    assert [texts[ALL] for texts in published] == ["593", "18.10", "455", "525", "6.06", "66 %"]
    assert {texts["joy"] for texts in published} == {"–"}


def test_letters_that_are_a_by_construction_are_counted(tmp_path: Path) -> None:
    note = make_table1(results(BY_HAND), [], published=False).notes()[0]
    slow = table(BY_HAND)["everything"]
    assert f"Of {slow['units']} Action Units in sequences {slow['only A']} have the letter A alone" in note


def test_high_aggregation_is_darker(tmp_path: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib.image")
    alike = [("alike", frames((2, "NONE"), (4, "AU01_A")))] * 4
    unlike = [("unlike", frames((n + 1, "NONE"), (1, "AU01_A"), *[(1, "AU02_A")] * n)) for n in range(2)]
    path = draw_table1(
        make_table1(results([*alike, *unlike]), [], published=False), tmp_path / "t.png", "title", "told"
    )
    pixels = matplotlib.imread(path)[:, :, :3]
    green = (pixels[:, :, 1] > pixels[:, :, 0] + 0.02) & (pixels[:, :, 1] > pixels[:, :, 2] + 0.02)
    left, middle = (slice(int(2.75 * 200), int(3.6 * 200)), slice(int(3.65 * 200), int(4.5 * 200)))
    light = [float(pixels[:, columns][green[:, columns]].mean()) for columns in (left, middle)]
    assert light[0] < light[1] - 0.1


def test_a_label_cannot_be_called_as_a_column() -> None:
    with pytest.raises(ParameterError, match="cannot be called"):
        make_table1(results([(ALL, GOLDEN)]), [], published=False)
