"""The table of Action Units at the playhead, as a model for a view."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tpviewer.core.action_units import REGIONS
from tpviewer.core.grounding import LEAST_GROUNDING
from tpviewer.core.letters import letter
from tpviewer.core.stage_grounding import Grounded
from tpviewer.ui.panels.inspector_rows import Region, Row, RowReader
from tpviewer.ui.panels.tags import Tag, au_colour
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import WARNING_SIGN, share

Index = QModelIndex | QPersistentModelIndex

COLUMN_AU, COLUMN_NAME, COLUMN_PROBABILITY, COLUMN_QUALITY, COLUMN_GROUNDING, COLUMN_LOOK = range(6)

_WIDEST_BAR = 10_000
"""Until a bar was painted, every change counts."""

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The `Row` or `Region` itself, for delegates."""


class InspectorModel(QAbstractTableModel):
    """Action Units at the playhead, grouped by region of the face; regions can be folded.

    Parameters
    ----------
    state : ViewerState
    parent : QObject, optional

    Attributes
    ----------
    bar_width : int
        Pixels of a full bar, as the delegate paints it.
    """

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.bar_width = _WIDEST_BAR
        self._reader = RowReader()
        self._folded: set[str] = set()
        self._judged: dict[str, tuple[str, str]] = {}
        self._rows: tuple[Row, ...] = ()
        self._entries: tuple[Row | Region, ...] = ()
        self.refresh()

    @property
    def entries(self) -> tuple[Row | Region, ...]:
        """What the lines of the table are."""
        return self._entries

    def refresh(self) -> None:
        """Read the playhead's frame; the table is laid out anew only where its lines have changed."""
        self._rows = self._reader.at(self._state, self._state.playhead)
        entries = self._grouped()
        if _layout(entries) == _layout(self._entries):
            self._replace(entries)
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def _replace(self, entries: tuple[Row | Region, ...]) -> None:
        """Take new contents of the same lines; only cells that look different are painted again."""
        before, self._entries = self._entries, entries
        for line, (old, new) in enumerate(zip(before, entries, strict=True)):
            if old == new:
                continue
            numbers = isinstance(old, Row) and isinstance(new, Row) and _but_numbers(old) == _but_numbers(new)
            if numbers and self._shown(old) == self._shown(new):
                continue
            first, last = (COLUMN_PROBABILITY,) * 2 if numbers else (COLUMN_AU, COLUMN_LOOK)
            begin = self.createIndex(line, first)
            self.dataChanged.emit(begin, begin if numbers else self.createIndex(line, last))

    def _shown(self, entry: Row | Region) -> tuple[str, int]:
        """What can be seen of a probability: its digits, and the length of its bar."""
        length = 0.0 if isinstance(entry, Region) else self.bar_width * (entry.probability or 0.0)
        return self.text(entry, COLUMN_PROBABILITY), round(length)

    def toggle(self, region: str) -> None:
        """Fold a region or unfold it."""
        self._folded ^= {region}
        self.refresh()

    def line_of(self, au: str) -> int:
        """Line of an Action Unit, -1 where it is folded away or not listed."""
        lines = [i for i, entry in enumerate(self._entries) if isinstance(entry, Row) and entry.au == au]
        return lines[0] if lines else -1

    def set_judged(self, judged: Mapping[str, tuple[str, str]]) -> None:
        """Show what the reviewer says at the playhead: sign and words of the judgement by Action Unit."""
        if judged == self._judged:
            return
        self._judged = dict(judged)
        if self._entries:
            last = self.createIndex(len(self._entries) - 1, COLUMN_LOOK)
            self.dataChanged.emit(self.createIndex(0, COLUMN_AU), last)

    def row_of(self, au: str) -> Row | None:
        """What is known of an Action Unit at the playhead, folded or not."""
        return next((row for row in self._rows if row.au == au), None)

    def _grouped(self) -> tuple[Row | Region, ...]:
        entries: list[Row | Region] = []
        for region in (*REGIONS, "other"):
            rows = [row for row in self._rows if row.region == region]
            folded = region in self._folded
            if rows:
                entries.append(Region(region, folded, sum(row.active for row in rows)))
                entries.extend([] if folded else rows)
        return tuple(entries)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Lines of the table."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Action Unit, name, probability, quality, grounding, look."""
        return 0 if parent.isValid() else COLUMN_LOOK + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._header_tips()[section]
        return self._titles()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _titles(self) -> tuple[str, ...]:
        return (
            *(self.tr("AU"), self.tr("Name"), self.tr("Probability")),
            *(self.tr("F1"), self.tr("Region"), self.tr("Look")),
        )

    def _header_tips(self) -> tuple[str, ...]:
        return (
            self.tr("Action Unit of the Facial Action Coding System"),
            self.tr("Name in the Facial Action Coding System"),
            self.tr("The model's probability in this frame; the tick is the threshold"),
            self.tr("How well the model was measured on this Action Unit; from the model's card"),
            self.tr(
                "Grounding in this stage: how far the strongest relevance lies in the Action Unit's own\n"
                "region of the face. 1 is all of it, 0 no more than chance would put there.\n"
                "{0} under {1}: the network looks elsewhere."
            ).format(WARNING_SIGN, share(LEAST_GROUNDING)),
            self.tr("Letters name looks (clusters of relevance maps) within this video"),
        )

    def data(self, index: Index, role: int = 0) -> Any:
        """Text, tool tip, alignment and the entry itself."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(entry, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, Row):
            return self._tip(entry)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings of regions can be clicked but not selected."""
        flags = super().flags(index)
        if index.isValid() and isinstance(self._entries[index.row()], Region):
            flags &= ~Qt.ItemFlag.ItemIsSelectable
        return flags

    def text(self, entry: Row | Region, column: int) -> str:
        """What a cell says in words."""
        if isinstance(entry, Region):
            return self._region_text(entry) if column == COLUMN_AU else ""
        if column == COLUMN_PROBABILITY:
            return self._probability_text(entry)
        if column == COLUMN_QUALITY:
            f1 = next((figures["f1"] for _, figures in entry.quality if "f1" in figures), None)
            return "–" if f1 is None else share(float(f1))
        if column == COLUMN_GROUNDING:
            return "" if entry.grounding is None else _grounding_text(entry.grounding)
        if column == COLUMN_LOOK:
            return "" if entry.look is None else self.tr("look {0}").format(letter(entry.look))
        sign = self._judged.get(entry.au, ("", ""))[0]
        return entry.au if column == COLUMN_AU else f"{sign} {entry.name}".lstrip()

    def look_tag(self, row: Row) -> Tag | None:
        """Tag of a row's look, None where there is none."""
        if row.look is None:
            return Tag(self.tr("active"), au_colour(row.au)) if row.active else None
        return Tag(self.text(row, COLUMN_LOOK), au_colour(row.au, row.look))

    def _region_text(self, region: Region) -> str:
        words = {
            "brow": self.tr("Brow"),
            "lids": self.tr("Lids"),
            "nose": self.tr("Nose"),
            "cheeks": self.tr("Cheeks"),
            "lips": self.tr("Lips"),
            "jaw": self.tr("Jaw"),
        }
        name = words.get(region.name, self.tr("Other"))
        return self.tr("{0} · {1} active").format(name, region.active) if region.active else name

    def _probability_text(self, row: Row) -> str:
        if not row.chosen:
            return self.tr("not in the chosen set")
        if not row.modelled:
            return self.tr("read off AU45")
        return "–" if row.probability is None else share(row.probability)

    def _tip(self, row: Row) -> str:
        parts = [f"{row.au} {row.name}"]
        if row.au in self._judged:
            parts.append(self.tr("Your judgement: {0}.").format(self._judged[row.au][1]))
        if not row.chosen:
            parts.append(self.tr("Not in the chosen set: classified, but never counted as active."))
        if not row.modelled:
            parts.append(
                self.tr("Eyes closed for 0.5 s or longer, read off AU45; not an output of the model.")
            )
        if row.probability is not None and row.threshold is not None:
            numbers = self.tr("Probability {0}, threshold {1}.")
            parts.append(numbers.format(share(row.probability), share(row.threshold)))
        if row.grounding is not None:
            parts.extend(self._grounding_lines(row.grounding, row.au))
        if row.experimental:
            parts.append(self.tr("Experimental: the model was too weak on this Action Unit to rely on."))
        if row.modelled:
            parts.extend(self._quality_lines(row))
        return "\n".join(parts)

    def _grounding_lines(self, grounding: Grounded, au: str) -> list[str]:
        numbers = self.tr("Grounding {0} in this stage, measured in {1:.0f} % of its frames.")
        lines = [numbers.format(share(grounding.value), 100 * grounding.measured)]
        if grounding.elsewhere:
            words = self.tr(
                "{0} The network looks elsewhere: too little of its strongest relevance lies\n"
                "where {1} shows on the face. Look at the frames before you rely on it."
            )
            lines.append(words.format(WARNING_SIGN, au))
        return lines

    def _quality_lines(self, row: Row) -> list[str]:
        lines = [self._quality_line(name, figures) for name, figures in row.quality]
        return [line for line in lines if line] or [self.tr("Quality not measured.")]

    def _quality_line(self, name: str, figures: Mapping[str, Any]) -> str:
        """What the model's card says of an Action Unit under one name; empty where it is nothing for here."""
        names = {"f1": "F1", "pr_auc": "PR AUC", "roc_auc": "ROC AUC"}
        known = [f"{names[key]} {share(float(figures[key]))}" for key in names if key in figures]
        if known:
            counts = [str(figures[key]) for key in ("present", "absent") if key in figures]
            size = self.tr(" ({0} present, {1} absent)").format(*counts) if len(counts) == 2 else ""
            return f"{name}: {', '.join(known)}{size}"
        if "correlation" in figures:
            words = self.tr("{0}: correlation {1} ({2} clips)")
            return words.format(name, share(float(figures["correlation"])), figures["clips"])
        if "ece" in figures:
            words = self.tr("Calibration: the probability is off by {0} on average.")
            return words.format(share(float(figures["ece"])))
        if "mae" in figures:
            words = self.tr("Intensity from the model, 0 to 5: off by {0} on average (rendered faces).")
            return words.format(share(float(figures["mae"])))
        return ""


def _but_numbers(row: Row) -> tuple[object, ...]:
    """What decides how a row looks, but for its probability."""
    fixed = row.au, row.threshold, row.chosen, row.modelled, row.experimental, row.quality, row.grounding
    return row.active, row.look, fixed


def _grounding_text(grounding: Grounded) -> str:
    return f"{WARNING_SIGN} {share(grounding.value)}" if grounding.elsewhere else share(grounding.value)


def _layout(entries: tuple[Row | Region, ...]) -> list[tuple[str, bool]]:
    """What decides the lines of the table, whatever stands in them."""
    return [(entry.au, True) if isinstance(entry, Row) else (entry.name, entry.folded) for entry in entries]
