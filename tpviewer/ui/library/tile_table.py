"""The library's table of stages; it asks for the pictures that can be seen."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tpviewer.ui import theme
from tpviewer.ui.library.library_model import Cell, Index, LibraryModel
from tpviewer.ui.library.tile_delegate import TileDelegate, cell_size

_SETTLE_MS = 120


class TileTable(QTableView):
    """Sessions from top to bottom, stages from left to right.

    Signals
    -------
    cell_opened(object)
        `Cell` that was clicked twice or chosen with Enter.
    pictures_wanted()
        Other cells can be seen.
    """

    cell_opened = Signal(object)
    pictures_wanted = Signal()

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self.pictures_wanted)
        self.setModel(model)
        self.setItemDelegate(TileDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self._fit()
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._settled.start)
        model.modelReset.connect(self._settled.start)
        self.doubleClicked.connect(self._open)
        theme.name_for_readers(self, self.tr("Temporal prototypes"), "")

    def visible_cells(self) -> tuple[range, range]:
        """Rows and columns that can be seen at least in part."""
        size, area = cell_size(self.font()), self.viewport().size()
        rows = _seen(self.verticalOffset(), area.height(), size.height(), self._model.rowCount())
        columns = _seen(self.horizontalOffset(), area.width(), size.width(), self._model.columnCount())
        return rows, columns

    def show_hits(self) -> None:
        """Scroll so that the aligned pattern can be seen, and choose its first stage."""
        rows = self._model.rows
        if rows and rows[0].hit:
            index = self._model.index(0, rows[0].offset + rows[0].hit[0])
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        else:
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a place with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for what can be seen now."""
        super().resizeEvent(event)
        self._settled.start()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the cells to another size of type; draw the outlines of faces in another theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_settled"):
            self._model.forget_pictures()
            self._settled.start()

    def _fit(self) -> None:
        size = cell_size(self.font())
        headers = (self.horizontalHeader(), size.width()), (self.verticalHeader(), size.height())
        for header, length in headers:
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(length)
        self.verticalHeader().setFixedWidth(28 * theme.SPACE)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.verticalHeader().setDefaultAlignment(left)

    def _open(self, index: Index) -> None:
        cell = self._model.cell(index)
        if isinstance(cell, Cell):
            self.cell_opened.emit(cell)


def _seen(offset: int, length: int, step: int, count: int) -> range:
    first = max(0, offset // step)
    return range(min(first, count), min(count, (offset + length) // step + 1))
