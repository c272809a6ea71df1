"""The list of patterns that the temporal prototypes of a library share."""

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from tpviewer.core.relations import FoundPattern
from tpviewer.core.stages import UNICODE_ARROW, prototype_notation
from tpviewer.ui import theme
from tpviewer.ui.library.library_model import Index

SIGNIFICANT = 0.05
"""What the label of a pattern says is muted where q is above it."""

PATTERN_ROLE = Qt.ItemDataRole.UserRole + 2
SHARE_ROLE = Qt.ItemDataRole.UserRole + 3
PATTERN, SUPPORT, LABEL, LIFT, Q = range(5)


class PatternModel(QAbstractTableModel):
    """One row a pattern, the most telling first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[FoundPattern, ...] = ()
        self._count = 0

    @property
    def patterns(self) -> tuple[FoundPattern, ...]:
        """Patterns from top to bottom."""
        return self._found

    def set_patterns(self, found: Sequence[FoundPattern], count: int) -> None:
        """Show other patterns, found in `count` temporal prototypes."""
        self.beginResetModel()
        self._found, self._count = tuple(found), count
        self.endResetModel()

    @property
    def labelled(self) -> bool:
        """True where patterns are told by label."""
        return bool(self._found and self._found[0].spread)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Number of patterns."""
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Pattern, support, label, lift, q."""
        return 0 if parent.isValid() else Q + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of the columns and what they mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (LIFT, Q):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._meanings()[section] if role == Qt.ItemDataRole.ToolTipRole else None

    def _titles(self) -> tuple[str, ...]:
        return self.tr("Pattern"), self.tr("Sessions"), self.tr("Label"), self.tr("Lift"), self.tr("q")

    def _meanings(self) -> tuple[str, ...]:
        return (
            self.tr("Stages that follow each other in several sessions; no larger pattern is in as many"),
            self.tr("Sessions that include the pattern"),
            self.tr("The label that the pattern speaks for most, and how many of its sessions include it"),
            self.tr("How many times as often under this label as in all sessions"),
            self.tr(
                "Fisher's exact test of this pattern and label, corrected over all patterns and labels"
                " (Benjamini and Hochberg); sessions count as independent"
            ),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; pattern and share of sessions for the delegates."""
        found = self._found[index.row()]
        if role == PATTERN_ROLE:
            return found
        if role == SHARE_ROLE:
            return found.pattern.support / max(1, self._count)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(found, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(found)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (LIFT, Q):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and index.column() >= LABEL and not _is_telling(found):
            return QColor(theme.current().muted)
        return None

    def _cell(self, found: FoundPattern, column: int) -> str:
        best = found.strongest
        if column == PATTERN:
            return prototype_notation(found.pattern.stages, UNICODE_ARROW)
        if column == SUPPORT:
            return f"{found.pattern.support} · {found.pattern.support / max(1, self._count):.0%}"
        if best is None:
            return "–"
        if column == LABEL:
            return f"{best.label} {best.support}/{best.size}"
        if column == LIFT:
            return "–" if math.isnan(best.lift) else f"{best.lift:.1f}"
        return f"{best.q:.3f}" if best.q >= 0.001 else "< 0.001"

    def _tip(self, found: FoundPattern) -> str:
        lines = [prototype_notation(found.pattern.stages, UNICODE_ARROW)]
        lines += [f"{one.label}: {one.support}/{one.size}" for one in found.spread if one.support]
        if found.pattern.maximal:
            lines.append(self.tr("no larger pattern is in enough sessions"))
        return "\n".join(lines)


def _is_telling(found: FoundPattern) -> bool:
    best = found.strongest
    return best is not None and best.q <= SIGNIFICANT
