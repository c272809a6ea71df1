"""Table of the library: one row a session, one column a stage, shifted so that a pattern is aligned."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from tpviewer.core.stages import Stage, key_label
from tpviewer.export.library_tiles import LibraryTile
from tpviewer.ui.library.rows import Row
from tpviewer.ui.panels.map_tile import crop_points, paint_face
from tpviewer.ui.panels.prototype_tiles import grey_image, overlay_image
from tpviewer.ui.panels.tags import au_colour

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_MOST_PICTURES = 1500
_SIDE = 192  # pixels of a kept picture

Key = tuple[Path, int, int]
"""Session, first frame and last frame of a picture."""


@dataclass(frozen=True, eq=False)
class Cell:
    """A stage of a session.

    Attributes
    ----------
    row : Row
    place : int
        Of the stage in the row's sequence.
    picture : QImage or None
        None while it is not made.
    """

    row: Row
    place: int
    picture: QImage | None

    @property
    def stage(self) -> Stage:
        """The stage."""
        return self.row.sequence.stages[self.place]

    @property
    def seconds(self) -> float:
        """Its duration."""
        bounds = self.row.entry.bounds
        return float(bounds[self.stage.stop] - bounds[self.stage.start])

    @property
    def in_hit(self) -> bool:
        """True where it belongs to the pattern that is looked for."""
        return self.place in self.row.hit


class LibraryModel(QAbstractTableModel):
    """Rows and the pictures that were made of their stages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._columns = 0
        self._pictures: OrderedDict[Key, QImage] = OrderedDict()

    @property
    def rows(self) -> list[Row]:
        """Sessions from top to bottom."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; pictures stay."""
        self.beginResetModel()
        self._rows = list(rows)
        self._columns = max((row.offset + len(row.sequence.stages) for row in rows), default=0)
        self.endResetModel()

    def forget_pictures(self) -> None:
        """Let all pictures be made again."""
        self._pictures.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self._columns - 1))

    def take_tiles(self, path: Path, tiles: Sequence[LibraryTile]) -> None:
        """Show pictures of some stages of a session."""
        for tile in tiles:
            self._pictures[path, tile.stage.start, tile.stage.stop] = _drawn(tile)
        while len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        for number, row in enumerate(self._rows):
            if row.entry.path == path:
                self.dataChanged.emit(self.index(number, 0), self.index(number, self._columns - 1))

    def missing(self, number: int, columns: range) -> tuple[Stage, ...]:
        """Stages of a row in some columns of which there is no picture."""
        row = self._rows[number]
        first, last = (
            min(max(end - row.offset, 0), len(row.sequence.stages)) for end in (columns[0], columns[-1] + 1)
        )
        stages = row.sequence.stages[first:last]
        return tuple(s for s in stages if (row.entry.path, s.start, s.stop) not in self._pictures)

    def cell(self, index: Index) -> Cell | None:
        """The stage at an index, None where there is none."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        place = index.column() - row.offset
        if not 0 <= place < len(row.sequence.stages):
            return None
        stage = row.sequence.stages[place]
        return Cell(row, place, self._pictures.get((row.entry.path, stage.start, stage.stop)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Number of sessions."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Number of stages from the first column to the last."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell for the delegate, and its words for everybody else."""
        cell = self.cell(index)
        if cell is None:
            return None
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{0}, stage {1}: {2}").format(*self._words(cell))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(cell)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name, label and length of a session."""
        if orientation != Qt.Orientation.Vertical or not 0 <= section < len(self._rows):
            return None
        row = self._rows[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._row_tip(row)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        lines = [
            row.entry.name,
            row.entry.label or "",
            self.tr("{0} stages").format(len(row.sequence.stages)),
        ]
        if row.hits > 1:
            lines.append(self.tr("{0} places").format(row.hits))
        return "\n".join(filter(None, lines))

    def _words(self, cell: Cell) -> tuple[str, int, str]:
        return cell.row.entry.name, cell.row.sequence.numbers[cell.place] + 1, key_label(cell.stage.key)

    def _tip(self, cell: Cell) -> str:
        stage, bounds = cell.stage, cell.row.entry.bounds
        return "\n".join(
            (
                self.tr("{0}, stage {1}: {2}").format(*self._words(cell)),
                self.tr("frames {0}–{1}, {2:.2f}–{3:.2f} s").format(
                    stage.start, stage.stop - 1, bounds[stage.start], bounds[stage.stop]
                ),
                self.tr("Enter or double click opens this place"),
            )
        )

    def _row_tip(self, row: Row) -> str:
        words = [row.entry.name, row.entry.label, row.entry.person]
        return " · ".join(word for word in words if word)


def _drawn(tile: LibraryTile) -> QImage:
    """Face or its outline, with the looks over it; colours are those of the letters that are shown."""
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if tile.picture is None:
        paint_face(painter, QRectF(image.rect()), crop_points(tile.card))
    else:
        painter.drawImage(image.rect(), grey_image(tile.picture))
    looks = dict(tile.stage.key)
    for au, mask in tile.masks:
        painter.drawImage(image.rect(), overlay_image(mask, au_colour(au, max(looks[au], 0))))
    painter.end()
    return image
