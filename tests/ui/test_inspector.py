"""The inspector says what is known of the frame at the playhead, and asks why not more is."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.ui.samples import make_snapshot, make_video, partial
from tpviewer.store.snapshot import Snapshot
from tpviewer.ui import theme
from tpviewer.ui.panels.inspector import Inspector
from tpviewer.ui.panels.inspector_model import (
    COLUMN_AU,
    COLUMN_LOOK,
    COLUMN_NAME,
    COLUMN_PROBABILITY,
    COLUMN_QUALITY,
    InspectorModel,
)
from tpviewer.ui.panels.inspector_rows import Region, Row, not_modelled, rows_at
from tpviewer.ui.panels.tags import Tag, TagRow, au_colour
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import clock, share

# 300 frames: AU01 and AU02 in 60 to 119 (AU01 look B from 90 on), AU12 in 180 to 239, no face from 270 on.
LOOK_A, LOOK_B, NONE, NO_FACE = 70, 100, 10, 290


def showing(snapshot: Snapshot | None, frame: int = 0) -> ViewerState:
    state = ViewerState()
    state.open(make_video(snapshot) if snapshot else None, snapshot)
    state.set_playhead(frame)
    return state


def inspector(qtbot: QtBot, state: ViewerState) -> Inspector:
    view = Inspector(state)
    qtbot.addWidget(view)
    view.resize(360, 700)
    view.show()
    return view


def row(state: ViewerState, au: str) -> Row:
    return next(row for row in rows_at(state, state.playhead) if row.au == au)


def tip(model: InspectorModel, au: str) -> str:
    from PySide6.QtCore import Qt

    return str(model.data(model.index(model.line_of(au), COLUMN_AU), Qt.ItemDataRole.ToolTipRole))


def test_rows_are_in_facial_order_and_carry_the_look_of_the_frame(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_B)
    assert [r.au for r in rows_at(state, LOOK_B)] == ["AU01", "AU02", "AU04", "AU45", "AU12", "AU25"]
    assert (row(state, "AU01").look, row(state, "AU02").look, row(state, "AU12").look) == (1, 0, None)
    assert row(state, "AU01").active
    assert not row(state, "AU12").active


def test_probability_stands_beside_its_threshold(qtbot: QtBot) -> None:
    snapshot = make_snapshot()
    state = showing(snapshot, LOOK_A)
    found = row(state, "AU01")
    assert found.probability == pytest.approx(float(snapshot.probabilities[LOOK_A, 0]))
    assert found.threshold == 0.5


def test_a_frame_without_a_face_has_no_probabilities_and_no_active_unit(qtbot: QtBot) -> None:
    rows = rows_at(showing(make_snapshot(), NO_FACE), NO_FACE)
    assert all(r.probability is None and not r.active and r.look is None for r in rows)


def test_while_an_analysis_runs_units_are_active_by_threshold_and_have_no_letter(qtbot: QtBot) -> None:
    state = showing(partial(make_snapshot(), 80), LOOK_A)
    assert row(state, "AU01").active
    assert row(state, "AU01").look is None
    state.set_playhead(LOOK_B)
    assert not row(state, "AU01").active


def test_a_unit_outside_the_chosen_set_says_so(qtbot: QtBot) -> None:
    state = showing(replace(make_snapshot(), chosen=frozenset({"AU01"})), LOOK_A)
    model = InspectorModel(state)
    assert model.text(row(state, "AU02"), COLUMN_PROBABILITY) == "not in the chosen set"
    assert "never counted as active" in tip(model, "AU02")


def test_quality_comes_from_the_models_card_or_is_not_measured(qtbot: QtBot) -> None:
    quality = {"held-out renders": {"AU01": {"f1": 0.722, "roc_auc": 0.913, "present": 259, "absent": 1187}}}
    snapshot = make_snapshot()
    state = showing(replace(snapshot, card={**snapshot.card, "quality": quality}), LOOK_A)
    model = InspectorModel(state)
    assert model.text(row(state, "AU01"), COLUMN_QUALITY) == ".72"
    assert "held-out renders: F1 .72, ROC AUC .91 (259 present, 1187 absent)" in tip(model, "AU01")
    assert model.text(row(state, "AU02"), COLUMN_QUALITY) == "–"
    assert "Quality not measured" in tip(model, "AU02")


def test_correlation_calibration_and_intensity_are_told_in_words(qtbot: QtBot) -> None:
    quality = {
        "clips, against the teacher": {"AU01": {"correlation": 0.81, "clips": 3}},
        "calibration": {"AU01": {"ece": 0.04, "slope": 0.9}},
        "intensity": {"AU01": {"mae": 0.62, "icc": 0.7}},
        "onset and offset": {"AU02": {"in_time": 0.9}},
    }
    snapshot = make_snapshot()
    state = showing(replace(snapshot, card={**snapshot.card, "quality": quality}), LOOK_A)
    told = tip(InspectorModel(state), "AU01")
    assert "clips, against the teacher: correlation .81 (3 clips)" in told
    assert "off by .04 on average" in told
    assert "off by .62 on average" in told
    assert "Quality not measured" in tip(InspectorModel(state), "AU02")


def test_experimental_units_are_marked_and_explained(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    model = InspectorModel(state)
    assert row(state, "AU04").experimental
    assert "Experimental" in tip(model, "AU04")
    assert "Experimental" not in tip(model, "AU01")


def test_names_are_read_in_whole_and_the_model_s_quality_gives_way_to_them(qtbot: QtBot) -> None:
    view = inspector(qtbot, showing(make_snapshot(), LOOK_A))
    table = view.table
    rows = [entry for entry in view.model.entries if isinstance(entry, Row)]
    delegate, font = table.itemDelegate(), table.font()
    widest = max(delegate.name_width(font, one) for one in rows)
    tagged = row(view._state, "AU04")
    assert delegate.name_width(font, tagged) > delegate.name_width(font, replace(tagged, experimental=False))
    view.resize(800, 700)
    assert not table.isColumnHidden(COLUMN_QUALITY)
    for width in range(800, 200, -1):
        view.resize(width, 700)
        if table.isColumnHidden(COLUMN_QUALITY):
            break
        assert table.columnWidth(COLUMN_NAME) >= widest
    assert table.columnWidth(COLUMN_NAME) >= widest
    view.resize(800, 700)
    assert table.columnWidth(COLUMN_QUALITY) > 0


def test_a_unit_read_off_another_one_has_no_probability(qtbot: QtBot) -> None:
    snapshot = make_snapshot()
    results = snapshot.result_sets["steady"]
    wider = {name: np.pad(states, ((0, 0), (0, 1))) for name, states in results.states.items()}
    results = replace(results, columns=(*results.columns, "AU43"), states=wider)
    state = showing(replace(snapshot, result_sets={"steady": results}), LOOK_A)
    assert row(state, "AU43").probability is None
    assert row(state, "AU43").active
    assert InspectorModel(state).text(row(state, "AU43"), COLUMN_PROBABILITY) == "read off AU45"


def test_the_selected_row_is_the_chosen_unit_both_ways(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    state.set_au("AU12")
    assert view.table.currentIndex().row() == view.model.line_of("AU12")
    view.table.setCurrentIndex(view.model.index(view.model.line_of("AU02"), COLUMN_AU))
    assert state.au == "AU02"
    state.set_au("")
    assert not view.table.selectionModel().hasSelection()


def test_a_folded_region_hides_its_rows_and_counts_the_active_ones(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    before = view.model.rowCount()
    view.model.toggle("brow")
    assert view.model.rowCount() == before - 3
    assert view.model.line_of("AU01") == -1
    assert view.model.text(view.model.entries[0], COLUMN_AU) == "Brow · 2 active"
    view.model.toggle("brow")
    assert view.model.rowCount() == before


def test_the_chosen_unit_stays_chosen_when_its_region_is_folded(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    state.set_au("AU01")
    view.model.toggle("brow")
    assert state.au == "AU01"
    view.model.toggle("brow")
    assert view.table.currentIndex().row() == view.model.line_of("AU01")


def test_moving_the_playhead_does_not_lay_the_table_out_anew(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    resets: list[int] = []
    view.model.modelReset.connect(lambda: resets.append(1))
    state.set_playhead(LOOK_B)
    assert not resets
    line = view.model.line_of("AU01")
    assert view.model.index(line, COLUMN_LOOK).data() == "look B"


def test_the_stage_and_the_face_are_told_in_words(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_B)
    view = inspector(qtbot, state)
    card = view.frame_card
    assert [tag.text for tag in card.tags.tags] == ["AU01_B", "AU02_A"]
    assert [tag.colour for tag in card.tags.tags] == [au_colour("AU01", 1), au_colour("AU02", 0)]
    assert card.stage.text() == "stage 3 of 7 · 1.00 s · 30 frames · purity 1.00"
    assert card.face.text().startswith("Face yaw ")
    state.set_playhead(NONE)
    assert card.tags.tags == (Tag("NONE: no Action Unit active"),)
    state.set_playhead(NO_FACE)
    assert card.tags.tags == (Tag("UNSEEN: no face"),)
    assert card.face.text() == "No face in this frame"


def test_frames_that_were_not_analysed_yet_are_not_frames_without_a_face(qtbot: QtBot) -> None:
    view = inspector(qtbot, showing(partial(make_snapshot(), 80), LOOK_B))
    card = view.frame_card
    assert (card.stage.text(), card.face.text()) == ("No stages yet", "Not analysed yet")


def test_why_not_is_offered_for_inactive_units_with_a_face_only(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    assert not view.explanation.button.isEnabled()
    for au, frame, offered in (("AU04", LOOK_A, True), ("AU01", LOOK_A, False), ("AU04", NO_FACE, False)):
        state.set_playhead(frame)
        state.set_au(au)
        assert view.explanation.button.isEnabled() == offered


def test_an_answer_is_shown_beside_its_caption_until_the_playhead_leaves(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    state.set_au("AU04")
    with qtbot.waitSignal(view.why_not_requested) as asked:
        view.explanation.button.click()
    assert asked.args == [LOOK_A, "AU04"]
    assert view.explanation.caption.text() == "Asking the model…"
    assert not view.explanation.button.isEnabled()
    relevance = np.full((96, 96), -0.5, np.float32)
    relevance[:48] = 1.0
    view.show_explanation(LOOK_A, "AU04", relevance)
    probability = share(float(make_snapshot().probabilities[LOOK_A, 2]))
    caption = view.explanation.caption.text()
    evidence = "Evidence for (red) and against (blue) AU04 in frame 70, "
    assert caption.startswith(f"{evidence}p = {probability} below .50.")
    assert "Top-25: 25 % of what speaks for it lies in 12.5 % of the crop" in caption
    picture = view.explanation.picture.image
    assert picture is not None
    assert QColor(picture.pixel(10, 10)) == QColor(255, 0, 0)
    assert QColor(picture.pixel(10, 90)).blue() == 255
    state.set_playhead(LOOK_A + 1)
    assert view.explanation.picture.image is None
    assert not view.explanation.answer.isVisible()


def test_a_question_waits_for_a_model_that_is_loading(qtbot: QtBot) -> None:
    view = inspector(qtbot, showing(make_snapshot(), LOOK_A))
    view.set_loading(True)
    assert not view.explanation.answer.isVisible()
    view._state.set_au("AU04")
    view.explanation.button.click()
    assert view.explanation.caption.text() == "The model is loading; then it is asked…"
    view.set_loading(False)
    assert view.explanation.caption.text() == "Asking the model…"
    view.set_loading(True)
    view.explanation_failed("It cannot be loaded.")
    view.set_loading(False)
    assert view.explanation.caption.text() == "It cannot be loaded."


def test_an_answer_that_comes_too_late_is_left_out(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    state.set_au("AU04")
    view.explanation.button.click()
    state.set_playhead(LOOK_B)
    view.show_explanation(LOOK_A, "AU04", np.ones((96, 96), np.float32))
    assert view.explanation.picture.image is None


def test_a_failure_is_told_and_can_be_asked_again(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    state.set_au("AU04")
    view.explanation.button.click()
    view.explanation_failed("The video cannot be read.")
    assert view.explanation.caption.text() == "The video cannot be read."
    assert view.explanation.button.isEnabled()


def test_newer_results_do_not_take_an_answer_away(qtbot: QtBot) -> None:
    snapshot = make_snapshot()
    state = showing(snapshot, LOOK_A)
    view = inspector(qtbot, state)
    state.set_au("AU04")
    view.explanation.button.click()
    state.set_snapshot(replace(snapshot))
    view.show_explanation(LOOK_A, "AU04", np.ones((96, 96), np.float32))
    assert view.explanation.picture.image is not None


def test_letters_are_explained_once_from_the_first_letter_on(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), NONE)
    view = inspector(qtbot, state)
    assert not view.hint.isVisible()
    state.set_playhead(LOOK_A)
    assert view.hint.isVisible()
    with qtbot.waitSignal(view.letters_hint_closed):
        view._close_hint()
    state.set_playhead(LOOK_B)
    assert not view.hint.isVisible()


def test_units_that_the_model_lacks_are_named_as_not_modelled(qtbot: QtBot) -> None:
    snapshot = make_snapshot()
    missing = not_modelled(snapshot)
    assert "AU05" in missing
    assert not set(missing) & set(snapshot.aus)
    view = inspector(qtbot, showing(snapshot))
    footer = view.footer
    assert footer.text() == "Not modelled: AU05, AU06, …: never read as absent"
    assert all(au in footer.toolTip() for au in missing)


def test_the_bar_is_as_long_as_the_probability_in_the_units_colour(qtbot: QtBot) -> None:
    snapshot = make_snapshot()
    snapshot.probabilities[LOOK_A, 0] = 1.0
    state = showing(snapshot, LOOK_A)
    view = inspector(qtbot, state)
    cell = view.table.visualRect(view.model.index(view.model.line_of("AU01"), COLUMN_PROBABILITY))
    bar = QRect(cell.left() + 5, cell.center().y(), 20, 2)
    image = view.table.viewport().grab(bar).toImage()
    assert QColor(image.pixel(10, 1)).name() == au_colour("AU01", 0)
    state.set_playhead(NO_FACE)
    image = view.table.viewport().grab(bar).toImage()
    assert QColor(image.pixel(10, 1)).name() == theme.current().line


def test_nothing_open_is_an_empty_table(qtbot: QtBot) -> None:
    view = inspector(qtbot, showing(None))
    assert view.model.rowCount() == 0
    assert view.footer.text() == ""
    assert view.frame_card.stage.text() == "Not analysed"


def test_headings_of_regions_cannot_be_chosen(qtbot: QtBot) -> None:
    state = showing(make_snapshot(), LOOK_A)
    view = inspector(qtbot, state)
    assert isinstance(view.model.entries[0], Region)
    view.table.selectRow(0)
    assert state.au == ""


def test_tags_that_do_not_fit_are_counted(qtbot: QtBot) -> None:
    tags = TagRow(1)
    qtbot.addWidget(tags)
    tags.resize(150, 24)
    tags.set_tags([Tag(f"AU{n:02d}_A") for n in range(1, 9)])
    shown, rects = tags._placed()
    assert shown[-1].text == f"+{8 - (len(shown) - 1)}"
    assert all(rect.right() <= 150 for rect in rects)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.724, ".72"), (1.0, "1.00"), (0.997, "1.00"), (-0.236, "−.24"), (-0.001, ".00"), (float("nan"), "–")],
)
def test_shares_are_written_without_a_leading_zero(value: float, text: str) -> None:
    assert share(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(4.1666, "0:04.17"), (59.999, "1:00.00"), (3725.5, "1:02:05.50")]
)
def test_times_are_written_with_hundredths(seconds: float, text: str) -> None:
    assert clock(seconds, 2) == text
