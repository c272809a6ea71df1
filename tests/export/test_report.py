"""The report is whole for few and for many stages, its text stays text, and it tells of the review."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from tests.export import made_session
from tests.export.made_session import PROFILE, make_session, states_of
from tests.media.clips import make_clip
from tpviewer.core.annotations import Annotation, Change, new_key
from tpviewer.core.stages import UNICODE_ARROW, notation
from tpviewer.export import report
from tpviewer.export.formats import write_export
from tpviewer.export.progress import ExportStoppedError
from tpviewer.export.review import reviewer_result
from tpviewer.export.sheets import HEIGHT, LEFT, RIGHT, WIDTH, Column, Sheets, wrapped
from tpviewer.store.session import Session


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", 240)


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """Pages of the report that is written next."""
    kept: list[Figure] = []

    class Keeping(report.PdfPages):
        def savefig(self, figure: Figure, **options: object) -> None:
            kept.append(figure)
            super().savefig(figure, **options)

    monkeypatch.setattr(report, "PdfPages", Keeping)
    return kept


def texts(pages: list[Figure]) -> str:
    lines = []
    for page in pages:
        lines += [text.get_text() for text in page.texts]
        lines += [text.get_text() for axes in page.axes for text in axes.texts]
    return "\n".join(lines)


@pytest.mark.parametrize("count", [3, 60])
def test_every_stage_has_a_tile_and_a_row_and_nothing_leaves_the_page(
    clip: Path, tmp_path: Path, pages: list[Figure], count: int
) -> None:
    session = make_session(tmp_path / "a.tpv", clip, states_of(240, count))
    with Session(session) as opened:
        stages = opened.stages(profile="paper")
        write_export(opened, "report", tmp_path / "r.pdf")
    said = texts(pages)
    tiles = [text for text in said.split("\n") if " · frames " in text]
    assert [int(text.split(" · ")[0]) for text in tiles] == list(range(1, len(stages) + 1))
    for stage in stages:
        assert f"\n{stage.start}–{stage.stop - 1}\n" in said
    for page in pages:
        assert tuple(page.get_size_inches()) == (WIDTH, HEIGHT)
        renderer = page.canvas.get_renderer()
        for text in page.texts:
            box = text.get_window_extent(renderer)
            assert box.x0 >= 0.2 * page.dpi
            assert box.y0 >= 0.2 * page.dpi
            assert box.x1 <= (WIDTH - 0.2) * page.dpi
        places = [axes.get_position() for axes in page.axes]
        assert all(p.x0 >= 0 and p.x1 <= 1 and p.y0 >= 0.04 and p.y1 <= 0.97 for p in places)


def test_type_is_embedded_and_text_can_be_selected(clip: Path, tmp_path: Path) -> None:
    session = make_session(tmp_path / "a.tpv", clip, states_of(240, 3))
    with Session(session) as opened:
        write_export(opened, "report", tmp_path / "r.pdf", deidentified=True)
    data = (tmp_path / "r.pdf").read_bytes()
    assert b"/Type3" not in data
    assert b"/FontFile2" in data
    assert b"/ToUnicode" in data


def test_how_it_was_made_is_in_the_text_and_in_the_file(
    clip: Path, tmp_path: Path, pages: list[Figure]
) -> None:
    session = make_session(tmp_path / "a.tpv", clip, states_of(240, 4))
    with Session(session) as opened:
        write_export(opened, "report", tmp_path / "r.pdf", top_x=17.0, deidentified=True)
    said = " ".join(texts(pages).split("\n"))
    for words in (
        "ab" * 32,
        "TPViewer 0",
        "Top-17",
        "lrp.z",
        "AU01\N{NO-BREAK SPACE}0.5",
        "AU06 (not to be relied on)",
    ):
        assert words in said
    for words in ("not reviewed", "Not validated by FACS coders", "no diagnosis", "AU06 (experimental)"):
        assert words in said
    data = (tmp_path / "r.pdf").read_bytes()
    assert b'"top_x": 17.0' in data
    assert b"abab" in data


def test_the_review_is_told_with_what_it_changed(clip: Path, tmp_path: Path, pages: list[Figure]) -> None:
    session = make_session(tmp_path / "a.tpv", clip, states_of(240, 3))
    added = Annotation(new_key(), "AU04", 10, 20, "present", 2, side="left")
    gone = Annotation(new_key(), "AU01", 80, 160, "absent")
    with Session(session, writable=True) as opened:
        for one, seconds, claims in ((added, 61.0, {}), (gone, 4.0, {gone.key: "0" * 16})):
            opened.reviews.change("Coder K", [Change(None, one)], "Place", seconds=seconds, claims=claims)
        write_export(opened, "report", tmp_path / "r.pdf", deidentified=True)
        hidden = texts(pages)
        pages.clear()
        write_export(opened, "report", tmp_path / "r.pdf")
    said = texts(pages)
    assert "Coder K" in said
    assert "Coder K" not in hidden
    assert "Reviewer 1" in hidden
    for text in (said, hidden):
        assert "1 present, 1 absent" in text
        assert "1 min 05 s" in text
        assert "intensity b" in text
        assert " ".join(text.split("\n")).count("result changed since review") == 1
        assert "\n10–19\n0.40–0.80\nAU04\n\n" in text
        assert "\n80–159\n3.20–6.40\n\nAU01\n" in text
    assert "(AU04)" in " ".join(said.split("\n"))
    assert "PSPI" in said
    assert "not scored" in said


def test_the_report_counts_pain_and_keeps_the_machine_from_a_blind_reviewer(
    clip: Path, tmp_path: Path, pages: list[Figure]
) -> None:
    session = make_session(tmp_path / "a.tpv", clip, states_of(240, 3))
    said = [Annotation(new_key(), au, 0, 50, "absent") for au in ("AU06", "AU07", "AU09", "AU10", "AU43")]
    brow = Annotation(new_key(), "AU04", 0, 50, "present", 3)
    with Session(session, writable=True) as opened:
        changes = [Change(None, one) for one in (*said, brow)]
        opened.reviews.change("Coder K", changes, "Place", blind=True)
        write_export(opened, "report", tmp_path / "r.pdf")
        blind = " ".join(texts(pages).split("\n"))
        pages.clear()
        opened.reviews.commit("Coder K")
        write_export(opened, "report", tmp_path / "r.pdf")
    told = " ".join(texts(pages).split("\n"))
    for text in (blind, told):
        assert "at most 3, mean 3.0 of 16, in 50 frames" in text
    assert "the reviewer's word alone" in blind
    assert "What the review changed" not in blind
    assert "What the review changed" in told


def test_in_the_profile_paper_blinks_stay_in_the_prototype_after_review(
    clip: Path, tmp_path: Path, pages: list[Figure], monkeypatch: pytest.MonkeyPatch
) -> None:
    aus = ("AU01", "AU06", "AU45")
    monkeypatch.setattr(made_session, "AUS", aus)
    monkeypatch.setitem(made_session.CARD, "aus", list(aus))
    session = make_session(tmp_path / "a.tpv", clip, states_of(240, 3))
    with Session(session, writable=True) as opened:
        added = Annotation(new_key(), "AU06", 0, 50, "present")
        opened.reviews.change("Coder K", [Change(None, added)], "Place")
        after = reviewer_result(opened, "Coder K", PROFILE).after
        write_export(opened, "report", tmp_path / "r.pdf")
    assert notation(after.stages) == "(AU06) -> (NONE) -> (AU01_A) -> (AU45_A)"
    assert notation(after.stages, UNICODE_ARROW) in " ".join(texts(pages).split("\n"))


def test_a_stopped_report_leaves_no_file(clip: Path, tmp_path: Path) -> None:
    session = make_session(tmp_path / "a.tpv", clip, states_of(240, 3))
    (tmp_path / "out").mkdir()
    with Session(session) as opened, pytest.raises(ExportStoppedError):
        write_export(
            opened, "report", tmp_path / "out" / "r.pdf", deidentified=True, follow=lambda p: p.done < 2
        )
    assert list((tmp_path / "out").iterdir()) == []


def test_lines_are_no_wider_than_they_may_be() -> None:
    text = "a few words and one_that_is_far_too_long_for_any_line_of_this_width → (AU01_A)"
    lines = wrapped(text, 8, 1.2)
    figure = Sheets(lambda page: None, "").room(1)[0]
    renderer = figure.canvas.get_renderer()
    for line in lines:
        drawn = figure.text(0, 0, line, fontsize=8, fontfamily="DejaVu Sans")
        assert drawn.get_window_extent(renderer).width / figure.dpi <= 1.2 * 1.06  # hinting
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_long_table_repeats_its_head_and_loses_no_row() -> None:
    pages: list[Figure] = []
    sheets = Sheets(pages.append, "footer")
    sheets.table(
        [Column("head", 1.0), Column("b", RIGHT - LEFT - 1.0)], [(f"row{n}", "x") for n in range(200)]
    )
    sheets.finish()
    said = [[text.get_text() for text in page.texts] for page in pages]
    assert len(pages) > 2
    assert all(page[0] == "head" for page in said)
    assert [t for page in said for t in page if t.startswith("row")] == [f"row{n}" for n in range(200)]
    heights = [text.get_position()[1] for page in pages for text in page.texts]
    assert np.min(heights) > 0.02
