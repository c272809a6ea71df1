"""The list of sessions: what it shows, finds, opens and forgets."""

import time
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tpviewer.store.card import SessionCard
from tpviewer.ui import theme
from tpviewer.ui.panels.session_list import SessionList
from tpviewer.ui.panels.session_model import length_text
from tpviewer.ui.pseudonyms import pseudonymised
from tpviewer.ui.queue_item import QueueItem
from tpviewer.ui.recent import RecentFiles
from tpviewer.ui.settings import Settings
from tpviewer.ui.shelf import SessionShelf


@pytest.fixture
def recent(tmp_path: Path) -> RecentFiles:
    recent = RecentFiles(Settings(tmp_path / "settings.ini"))
    for name, state in (("alt.tpv", "unfinished"), ("Straße/neu.mp4", "analysed"), ("gone.mp4", "video")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if name != "gone.mp4":
            path.touch()
        recent.add(path, state, datetime(2024, 3, 1, 9, 30))  # type: ignore[arg-type]
    return recent


@pytest.fixture
def shelf(recent: RecentFiles, tmp_path: Path) -> SessionShelf:
    return SessionShelf(Settings(tmp_path / "settings.ini"), recent)


@pytest.fixture
def panel(shelf: SessionShelf, qtbot: QtBot) -> SessionList:
    panel = SessionList(shelf)
    qtbot.addWidget(panel)
    panel.resize(260, 400)
    with qtbot.waitSignal(shelf.recent.changed):
        panel.show()
    return panel


def names(panel: SessionList) -> list[str]:
    return [path.name for path in panel.paths()]


def card(session: Path, **known: object) -> SessionCard:
    told = {"pseudonym": "", "complete": True, "seconds": 62.4, "stages": 12} | known
    return SessionCard(session=session, video=session.with_suffix(".mp4"), **told)  # type: ignore[arg-type]


def told(panel: SessionList, row: int) -> str:
    return str(panel.model.index(row).data(Qt.ItemDataRole.ToolTipRole))


def test_the_newest_file_is_on_top_and_a_missing_one_is_said_to_be(panel: SessionList) -> None:
    assert names(panel) == ["gone.mp4", "neu.mp4", "alt.tpv"]
    assert "missing" in told(panel, 0)
    assert "analysed, opened 2024-03-01 09:30" in told(panel, 1)
    assert told(panel, 1).startswith(str(panel.paths()[1]))
    assert "unfinished" in told(panel, 2)


def test_a_missing_file_is_painted_in_the_colour_of_danger_and_others_are_not(panel: SessionList) -> None:
    wanted = QColor(theme.current().danger)

    def redness(row: int) -> int:
        place = panel.view.visualRect(panel.model.index(row))
        picture = panel.view.viewport().grab(place).toImage()
        pixels = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return max(pixel.red() - pixel.blue() for pixel in pixels)

    assert redness(0) > (wanted.red() - wanted.blue()) / 2
    assert redness(1) < 20


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NEU", ["neu.mp4"]),
        ("strasse", ["neu.mp4"]),
        ("unfinished tpv", ["alt.tpv"]),
        ("nothing", []),
        ("", ["gone.mp4", "neu.mp4", "alt.tpv"]),
    ],
)
def test_the_search_looks_for_every_word_in_path_and_state(
    panel: SessionList, words: str, found: list[str]
) -> None:
    panel.search.setText(words)
    assert names(panel) == found
    assert panel.note.isVisible() is (not found)


def test_a_card_tells_pseudonym_length_reviewers_and_is_found_by_them(
    panel: SessionList, shelf: SessionShelf, tmp_path: Path
) -> None:
    session = tmp_path / "alt.tpv"
    shelf.take_cards({session: card(session, pseudonym="P-017", reviewed=(("Ann", 5), ("Bob", 0)))})
    assert panel.model.index(2).data() == "P-017"
    for part in (
        "Length 1:02, 12 stages",
        "Ann has looked through 5 of 12",
        "Bob has looked through 0 of 12",
    ):
        assert part in told(panel, 2)
    for words in ("p-017", "reviewed ann", "bob"):
        panel.search.setText(words)
        assert names(panel) == ["alt.tpv"]
    assert shelf.name_of(session) == "P-017"
    assert RecentFiles(Settings(tmp_path / "settings.ini")).files[2].name == "P-017"


def test_a_tool_tip_tells_no_path_where_there_is_a_pseudonym(
    panel: SessionList, shelf: SessionShelf, tmp_path: Path
) -> None:
    session = tmp_path / "alt.tpv"
    assert str(session) in told(panel, 2)
    shelf.take_cards({session: card(session, pseudonym="P-017")})
    assert told(panel, 2).startswith("P-017\n")
    assert "alt" not in told(panel, 2)
    shelf.take_cards({session: f"{session}: cannot be read"})  # the pseudonym is known from before
    assert "P-017: cannot be read" in told(panel, 2)
    assert "alt" not in told(panel, 2)


def test_only_whole_paths_give_way_to_pseudonyms() -> None:
    folder, clip, other = Path("/a/Meier"), Path("/a/Meier.mp4"), Path("/a/Meier2.mp4")
    known = {folder: "P1", clip: "P2", other: ""}
    text = f"{folder}/0001.png, {clip}: bad; {other}, {clip}, /b{clip} and {folder}."
    assert pseudonymised(text, known) == f"P1/0001.png, P2: bad; {other}, P2, /b{clip} and P1."


def test_a_session_that_cannot_be_read_says_why(
    panel: SessionList, shelf: SessionShelf, tmp_path: Path
) -> None:
    shelf.take_cards({tmp_path / "alt.tpv": "alt.tpv: not a session"})
    assert "not a session" in told(panel, 2)
    assert not shelf.unread() or tmp_path / "alt.tpv" not in shelf.unread()


def test_what_waits_in_the_queue_is_marked(panel: SessionList, shelf: SessionShelf, tmp_path: Path) -> None:
    video = tmp_path / "Straße" / "neu.mp4"
    shelf.take_queue([QueueItem(video)])
    panel.search.setText("queued")
    assert names(panel) == ["neu.mp4"]
    shelf.take_queue([QueueItem(video, "done")])
    assert names(panel) == []


def test_sessions_of_a_folder_are_listed_once_and_gone_with_the_folder(
    panel: SessionList, shelf: SessionShelf, tmp_path: Path
) -> None:
    folder, video = tmp_path / "study", tmp_path / "Straße" / "neu.mp4"
    inside = [folder / f"{number}.tpv" for number in range(3)]
    assert shelf.add_folder(folder)
    assert not shelf.add_folder(folder)
    shelf.take_found(folder, [(path, 1_800_000_000.0 + number) for number, path in enumerate(inside)])
    assert names(panel)[:3] == ["2.tpv", "1.tpv", "0.tpv"]
    shelf.take_cards({video: card(inside[1])})
    assert names(panel) == ["2.tpv", "0.tpv", "gone.mp4", "neu.mp4", "alt.tpv"]
    assert SessionShelf(Settings(tmp_path / "settings.ini"), shelf.recent).folders == (folder,)
    shelf.remove_folder(folder)
    assert len(names(panel)) == 3


def test_the_order_can_be_by_name_state_and_length(
    panel: SessionList, shelf: SessionShelf, tmp_path: Path
) -> None:
    alt, new = tmp_path / "alt.tpv", tmp_path / "Straße" / "neu.mp4"
    shelf.take_cards({alt: card(alt, seconds=9.0), new: card(new, pseudonym="A-1", complete=False)})
    panel.model.set_order("name")
    assert names(panel) == ["neu.mp4", "alt.tpv", "gone.mp4"]
    panel.model.set_order("state")
    assert names(panel) == ["gone.mp4", "neu.mp4", "alt.tpv"]
    panel.model.set_order("length")
    assert names(panel) == ["neu.mp4", "alt.tpv", "gone.mp4"]


def test_the_chosen_row_stays_chosen_when_others_come(
    panel: SessionList, recent: RecentFiles, tmp_path: Path
) -> None:
    panel.choose(tmp_path / "alt.tpv")
    recent.add(tmp_path / "third.mp4", "video")
    assert names(panel)[0] == "third.mp4"
    assert panel.view.currentIndex().row() == 3
    panel.search.setText("third")
    assert not panel.view.currentIndex().isValid()


def test_return_opens_the_chosen_file(panel: SessionList, qtbot: QtBot) -> None:
    panel.choose(panel.paths()[1])
    with qtbot.waitSignal(panel.open_requested) as opened:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert opened.args == [panel.paths()[1]]


def test_removing_takes_a_file_off_the_list_and_leaves_it_on_the_disk(
    panel: SessionList, recent: RecentFiles, qtbot: QtBot
) -> None:
    path = panel.paths()[2]
    panel.choose(path)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert path not in panel.paths()
    assert path.exists()
    panel.choose(panel.paths()[0])
    next(action for action in panel.menu().actions() if action.text().startswith("Remove from")).trigger()
    assert names(panel) == ["neu.mp4"]


def test_pseudonym_and_deletion_are_asked_for_where_there_is_a_session(
    panel: SessionList, shelf: SessionShelf, tmp_path: Path, qtbot: QtBot
) -> None:
    session = tmp_path / "alt.tpv"

    def entry(text: str) -> object:
        panel.choose(session)
        return next(action for action in panel.menu().actions() if action.text().startswith(text))

    assert not entry("Delete").isEnabled()  # type: ignore[attr-defined]
    shelf.take_cards({session: card(session)})
    for text, signal in (("Delete", panel.delete_requested), ("Pseudonym", panel.patient_requested)):
        with qtbot.waitSignal(signal) as asked:
            entry(text).trigger()  # type: ignore[attr-defined]
        assert asked.args[0].card.session == session


def test_what_is_looked_at_is_wanted_first_and_faces_only_where_they_are_shown(
    panel: SessionList, shelf: SessionShelf, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "study"
    shelf.add_folder(folder)
    with qtbot.waitSignal(panel.cards_wanted) as wanted:
        shelf.take_found(folder, [(folder / f"{n}.tpv", 1_000_000_000.0 - n) for n in range(300)])
    assert [path.name for path in wanted.args[0][:3]] == ["neu.mp4", "alt.tpv", "0.tpv"]
    assert len(wanted.args[0]) == 302
    seen = panel.paths()[1]
    shelf.take_cards({seen: None})
    with qtbot.waitSignal(panel.pictures_wanted) as pictures:
        shelf.changed.emit()
    assert (seen, None) in pictures.args[0]
    panel.take_picture(seen, np.full((96, 96, 3), 200, np.uint8))
    assert panel.model.has_picture(seen)
    panel.show_pictures(False)
    assert not panel.model.has_picture(seen)
    with qtbot.assertNotEmitted(panel.pictures_wanted, wait=150):
        shelf.changed.emit()


def test_two_thousand_sessions_answer_at_once(
    panel: SessionList, shelf: SessionShelf, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "study"
    paths = [folder / f"patient {number}.tpv" for number in range(2000)]
    shelf.add_folder(folder)
    shelf.take_found(folder, [(path, 1_000_000_000.0) for path in paths])
    shelf.take_cards({path: card(path, pseudonym=f"P-{n:04d}") for n, path in enumerate(paths)})
    times = []
    for words in ("p-1", "p-19", "p-199", "p-1999", ""):
        began = time.perf_counter()
        panel.search.setText(words)
        times.append(time.perf_counter() - began)
    assert len(panel.paths()) == 2003
    began = time.perf_counter()
    bar = panel.view.verticalScrollBar()
    for place in range(0, bar.maximum(), max(1, bar.maximum() // 50)):
        bar.setValue(place)
        panel.view.viewport().repaint()
    steps = (time.perf_counter() - began) / 50
    assert sorted(times)[2] < 0.3
    assert steps < 0.1


def test_an_empty_list_says_what_will_be_there(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "fresh.ini")
    panel = SessionList(SessionShelf(settings, RecentFiles(settings)))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.note.isVisible()
    assert "listed here" in panel.note.text()


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0:00"), (62.4, "1:02"), (3723.0, "1:02:03"), (None, "")]
)
def test_a_length_is_told_in_minutes_and_hours(seconds: float | None, text: str) -> None:
    assert length_text(seconds) == text
