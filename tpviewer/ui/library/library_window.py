"""The library's window: the temporal prototypes of a folder's sessions, and the patterns that they share."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tpviewer.core.relations import FoundPattern, SequenceStages
from tpviewer.core.sequence_mining import MiningParams
from tpviewer.core.stages import prototype_notation
from tpviewer.export.library import LibraryEntry, default_letters
from tpviewer.export.library_tiles import LibraryTile
from tpviewer.store.session import Session
from tpviewer.ui import theme
from tpviewer.ui.language import tr_problem
from tpviewer.ui.library.library_model import Cell, LibraryModel
from tpviewer.ui.library.pattern_model import PatternModel
from tpviewer.ui.library.pattern_table import PatternTable
from tpviewer.ui.library.rows import shown_rows
from tpviewer.ui.library.search_row import SearchRow
from tpviewer.ui.library.tile_table import TileTable
from tpviewer.workers.library_loader import LibraryLoader, TileWish


class LibraryWindow(QDialog):
    """Shows one folder at a time.

    Parameters
    ----------
    check : callable
        May refuse a session by a `SessionError`; called in a thread of its own.
    faces : bool
        Show faces from the videos.
    pseudonymised : callable
        Puts pseudonyms in place of the paths in a text.
    parent : QWidget, optional

    Signals
    -------
    folder_requested()
        The user wants to choose another folder.
    place_requested(object, int)
        Path of a session that is to be opened at a frame.
    """

    folder_requested = Signal()
    place_requested = Signal(object, int)

    def __init__(
        self,
        check: Callable[[Session], None],
        faces: bool,
        pseudonymised: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._faces, self._pseudonymised = faces, pseudonymised
        self._entries: list[LibraryEntry] = []
        self._sequences: list[SequenceStages] = []
        self._found: tuple[FoundPattern, ...] = ()
        self._problems: list[str] = []
        self.loader = LibraryLoader(check, self)
        self.model, self.patterns = LibraryModel(self), PatternModel(self)
        self.search = SearchRow(self)
        self.table, self.list = TileTable(self.model, self), PatternTable(self.patterns, self)
        self.folder, self.choose = QLabel(self), QPushButton(self.tr("Choose folder …"), self)
        self.counts, self.problems, self.message = QLabel(self), QLabel(self), QLabel(self)
        self.progress, self.pages = QProgressBar(self), QStackedWidget(self)
        self._build()
        self._connect()

    @property
    def entries(self) -> tuple[LibraryEntry, ...]:
        """Sessions that were read."""
        return tuple(self._entries)

    def open_folder(self, folder: Path) -> None:
        """Read the sessions of a folder."""
        self._entries, self._sequences, self._found, self._problems = [], [], (), []
        self.folder.setText(str(folder))
        self.folder.setToolTip(str(folder))
        self.search.offer((), False)
        self.search.words.clear()
        self.model.forget_pictures()
        self._show_rows()
        self._show_patterns()
        self._say(self.tr("Looking for sessions …"))
        self.progress.setRange(0, 0)
        self.progress.show()
        self.loader.open(folder)

    def done(self, result: int) -> None:
        """End all threads when the window is closed."""
        self.loader.close()
        super().done(result)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Library of temporal prototypes"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(1240, 760)
        self.choose.setAutoDefault(False)  # Return in the search is to choose nothing
        theme.name_for_readers(
            self.choose, self.choose.text(), self.tr("Show the sessions below another folder")
        )
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setProperty("role", "muted")
        self.message.setWordWrap(True)
        self.counts.setProperty("role", "muted")
        self.problems.setProperty("role", "warning")
        self.progress.setFixedWidth(20 * theme.SPACE)
        self.progress.setAccessibleName(self.tr("Sessions read"))
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(self.list)
        both.setStretchFactor(0, 1)
        both.setSizes([420, 220])
        self.pages.addWidget(self.message)
        self.pages.addWidget(both)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE)
        column.setSpacing(theme.SPACE)
        column.addLayout(_row((self.folder, 1), (self.choose, 0)))
        column.addWidget(self.search)
        column.addWidget(self.pages, 1)
        column.addLayout(_row((self.counts, 0), (self.problems, 1), (self.progress, 0)))

    def _connect(self) -> None:
        loader, search = self.loader, self.search
        loader.listed.connect(self._begin)
        loader.read.connect(self._take)
        loader.finished.connect(self._end)
        loader.found.connect(self._take_patterns)
        loader.pictured.connect(self._take_tiles)
        loader.failed.connect(self._fail)
        search.rows_changed.connect(self._show_rows)
        search.search_changed.connect(self._search)
        search.maximal.toggled.connect(lambda _: self._show_patterns())
        self.choose.clicked.connect(self.folder_requested)
        self.table.cell_opened.connect(self._open)
        self.table.pictures_wanted.connect(self._want_pictures)
        self.list.pattern_chosen.connect(self._look_for)

    def _begin(self, count: int) -> None:
        self.progress.setRange(0, count)

    def _take(self, batch: Sequence[LibraryEntry | str]) -> None:
        self._entries += [one for one in batch if isinstance(one, LibraryEntry)]
        self._problems += [one for one in batch if isinstance(one, str)]
        self.progress.setValue(len(self._entries) + len(self._problems))
        self._say(
            self.tr("Reading {0} of {1} sessions …").format(self.progress.value(), self.progress.maximum())
        )
        self._show_problems()

    def _end(self) -> None:
        self.progress.hide()
        labels = sorted({entry.label for entry in self._entries if entry.label is not None})
        self.search.offer(labels, default_letters(self._entries) == "joint")
        if self._entries:
            self._say("")
            self._search()
        else:
            self._say(self.tr("None of the sessions of this folder can be shown."))

    def _search(self) -> None:
        """Take the letters that are chosen, and find patterns anew."""
        self._sequences = [entry.sequence(self.search.chosen_letters) for entry in self._entries]
        self._show_rows()
        if len(self._entries) > 1:
            self.progress.setRange(0, 0)
            self.progress.show()
            least = max(2, math.ceil(self.search.support.value() * len(self._entries) / 100))
            self.loader.search(self._sequences, MiningParams(least, gaps=self.search.gaps.isChecked()))

    def _take_patterns(self, found: tuple[FoundPattern, ...]) -> None:
        self.progress.hide()
        self._found = found
        self._show_patterns()

    def _show_patterns(self) -> None:
        largest = self.search.maximal.isChecked()
        shown = [one for one in self._found if one.pattern.maximal or not largest]
        self.patterns.set_patterns(shown, len(self._entries))
        self._show_counts()

    def _show_rows(self) -> None:
        search = self.search
        label, gaps = search.chosen_label, search.gaps.isChecked()
        self.model.set_rows(shown_rows(self._entries, self._sequences, label, search.pattern, gaps))
        self.table.show_hits()
        self._show_counts()

    def _show_counts(self) -> None:
        distinct = len({row.sequence.prototype for row in self.model.rows})
        self.counts.setText(
            self.tr("{0} of {1} sessions, {2} distinct temporal prototypes, {3} patterns").format(
                len(self.model.rows), len(self._entries), distinct, self.patterns.rowCount()
            )
        )

    def _show_problems(self) -> None:
        if self._problems:
            self.problems.setText(self.tr("{0} cannot be shown").format(len(self._problems)))
            self.problems.setToolTip(
                "\n".join(tr_problem(self._pseudonymised(one)) for one in self._problems)
            )

    def _look_for(self, found: FoundPattern) -> None:
        self.search.words.setText(
            prototype_notation(found.pattern.stages, " then ").replace("(", "").replace(")", "")
        )

    def _want_pictures(self) -> None:
        rows, columns = self.table.visible_cells()
        wanted = (
            [(self.model.rows[row].entry, self.model.missing(row, columns)) for row in rows]
            if columns
            else []
        )
        self.loader.want_pictures(
            [TileWish(entry, stages, self._faces) for entry, stages in wanted if stages]
        )

    def _take_tiles(self, path: Path, tiles: list[LibraryTile]) -> None:
        self.model.take_tiles(path, tiles)

    def _open(self, cell: Cell) -> None:
        self.place_requested.emit(cell.row.entry.path, cell.stage.start)

    def _fail(self, message: str) -> None:
        self.progress.hide()
        text = tr_problem(self._pseudonymised(message))
        if self._entries:
            self.problems.setText(text)
        else:
            self._say(text)

    def _say(self, text: str) -> None:
        """Show words instead of the tables; none shows the tables."""
        self.message.setText(text)
        self.pages.setCurrentIndex(0 if text else 1)


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    for widget, stretch in parts:
        row.addWidget(widget, stretch)
    return row
