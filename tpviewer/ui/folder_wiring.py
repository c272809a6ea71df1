"""What the list of sessions and the queue ask for, and who answers."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from tpviewer.store.card import SessionCard
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.commands.library import ask_library
from tpviewer.ui.commands.patients import ask_delete, ask_patient, ask_session_folder
from tpviewer.ui.commands.queue import ask_queue_files, ask_queue_folder, do_queue
from tpviewer.ui.language import tr
from tpviewer.ui.shelf import Entry

if TYPE_CHECKING:
    from tpviewer.ui.main_window import MainWindow


def folder_commands(window: "MainWindow") -> dict[str, Callable[[], object]]:
    """Commands of the actions for many videos, and of those for their patients, by name."""
    bench = window.bench
    return {
        "queue_files": lambda: ask_queue_files(bench, window),
        "queue_folder": lambda: ask_queue_folder(bench, window),
        "session_folder": lambda: ask_session_folder(bench, window),
        "library": lambda: ask_library(bench, window),
        "patient": lambda: ask_patient(bench, window),
        "delete_session": lambda: ask_delete(bench, window),
    }


def enable_folder(window: "MainWindow") -> None:
    """Allow what needs a session where there is one."""
    bench = window.bench
    stored = bench.state.snapshot is not None
    window.actions_by_name["patient"].setEnabled(stored)
    window.actions_by_name["delete_session"].setEnabled(stored and not bench.analysis.active)


def wire_folder(window: "MainWindow") -> None:
    """Connect the list of sessions, the queue, and what they are fed by."""
    _wire_sessions(window)
    _wire_queue(window)
    bench = window.bench
    bench.renamed.connect(window.show_name)
    bench.settings.changed.connect(partial(_setting_changed, window))
    window.sessions.show_pictures(bench.settings.faces_in_list)
    bench.queue.restore()


def _wire_sessions(window: "MainWindow") -> None:
    bench, sessions = window.bench, window.sessions
    cards, shelf = bench.cards, bench.shelf
    sessions.cards_wanted.connect(cards.want_cards)
    sessions.pictures_wanted.connect(cards.want_pictures)
    sessions.add_folder_requested.connect(lambda: ask_session_folder(bench, window))
    sessions.look_requested.connect(lambda: cards.look_through(shelf.folders))
    sessions.queue_requested.connect(lambda entry: do_queue(bench, [entry.path]))
    sessions.patient_requested.connect(partial(_ask, window, ask_patient))
    sessions.delete_requested.connect(partial(_ask, window, ask_delete))
    sessions.open_requested.connect(lambda _: window.frame_view.setFocus())
    cards.loaded.connect(shelf.take_cards)
    cards.pictured.connect(sessions.take_picture)
    cards.found.connect(shelf.take_found)
    cards.failed.connect(bench.noted)
    bench.document_changed.connect(partial(_left, window))
    bench.analysis_changed.connect(partial(_analysed, window))


def _wire_queue(window: "MainWindow") -> None:
    bench, queue = window.bench, window.bench.queue
    queue.changed.connect(lambda: bench.shelf.take_queue(queue.items))
    queue.changed.connect(partial(_queue_changed, window))
    queue.began.connect(lambda *_: bench.run.follow_queue())
    queue.failed_to_keep.connect(lambda text: bench.report(tr("The queue"), text))
    bench.document_changed.connect(bench.run.follow_queue)
    window.queue.open_requested.connect(partial(do_open, bench))
    window.queue.open_requested.connect(lambda _: window.frame_view.setFocus())


def _ask(window: "MainWindow", command: Callable[..., object], entry: Entry) -> None:
    if isinstance(entry.card, SessionCard):
        command(window.bench, window, entry.card.session)
    elif isinstance(entry.card, str):  # a damaged session, listed by its own path
        command(window.bench, window, entry.path)


def _left(window: "MainWindow") -> None:
    """What was open may have been reviewed, or looked at elsewhere."""
    bench = window.bench
    before, document = window.property("listed_session"), bench.document
    if before is not None:
        bench.shelf.outdate(before)
    window.setProperty("listed_session", document.session if document is not None else None)


def _analysed(window: "MainWindow", _: object) -> None:
    bench = window.bench
    if not bench.analysis.active and bench.document is not None:
        bench.shelf.outdate(bench.document.session, bench.document.expected)


def _queue_changed(window: "MainWindow") -> None:
    """What has come to its end has results to be told of."""
    bench = window.bench
    ended = {item.path: item.session or item.path for item in bench.queue.items if item.state == "done"}
    new = [path for path in ended if path not in (window.property("ended") or ())]
    window.setProperty("ended", tuple(ended))
    if new:
        bench.shelf.outdate(*new, *(ended[path] for path in new))


def _setting_changed(window: "MainWindow", name: str) -> None:
    if name == "faces_in_list":
        window.sessions.show_pictures(window.bench.settings.faces_in_list)


def sessions_over_queue(sessions: QWidget, queue: QWidget) -> QSplitter:
    """Put the queue below the list of sessions; it takes room only while there is one."""
    both = QSplitter(Qt.Orientation.Vertical)
    both.setChildrenCollapsible(False)
    both.addWidget(sessions)
    both.addWidget(queue)
    both.setStretchFactor(0, 3)
    both.setStretchFactor(1, 2)
    return both
