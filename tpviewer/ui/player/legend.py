"""Names the colours that are drawn over the frame, and says which of them look at the same place."""

from collections.abc import Sequence
from itertools import combinations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tpviewer.core.overlay_image import shared
from tpviewer.core.relevance import mask_from_mass
from tpviewer.ui import theme
from tpviewer.ui.player.overlay_content import Drawn
from tpviewer.ui.viewer_state import ViewerState

_SWATCH = 12.0
_GAP = theme.SPACE / 2
_SAME_PLACE = 0.5
_SEPARATOR = " · "
_SIGNS = ((0.0, "#0000ff"), (0.5, "#ffffff"), (1.0, "#ff0000"))


class Legend(QWidget):
    """One line whose height never changes: entries on the left, notes on the right.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional
    """

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._drawn: tuple[Drawn, ...] = ()
        self._notes: tuple[str, ...] = ()
        self._said: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Legend of the overlay"))

    def set_drawn(self, drawn: Sequence[Drawn]) -> None:
        """Explain what is drawn over the frame now."""
        self._drawn = tuple(drawn) if "relevance" in self._state.overlay.chips else ()
        self._notes = tuple(self._same_places())
        lines = (*self.entries, *self._notes)
        looks = [(each.colour, each.map is None) for each in self._drawn]
        says = (lines, looks, self._state.overlay.mode)
        if says != self._said:
            self._said = says
            self.setAccessibleDescription(_SEPARATOR.join(lines))
            self.setToolTip("\n".join(lines))
            self.update()

    @property
    def entries(self) -> tuple[str, ...]:
        """What each colour stands for, in the order of the colours."""
        return tuple(self._entry(each) for each in self._drawn)

    @property
    def notes(self) -> tuple[str, ...]:
        """Which Action Units look at the same place."""
        return self._notes

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(320, self.fontMetrics().height() + theme.SPACE)

    def minimumSizeHint(self) -> QSize:
        """One line, however short."""
        return QSize(120, self.sizeHint().height())

    def _same_places(self) -> list[str]:
        if self._state.overlay.mode == "signed":
            return []
        x = self._state.overlay.x
        masks = [(each.au, mask_from_mass(each.map.mass, x)) for each in self._drawn if each.map is not None]
        pairs = [(shared(m, n), a, b) for (a, m), (b, n) in combinations(masks, 2)]
        text = self.tr("{0} and {1} look at the same place ({2} %)")
        return [
            text.format(a, b, round(100 * share))
            for share, a, b in sorted(pairs, reverse=True)
            if share > _SAME_PLACE
        ]

    def _entry(self, each: Drawn) -> str:
        if self._state.overlay.mode == "signed" and each.map is not None:
            return self.tr("{0}: red for it, blue against it").format(each.au)
        look = self.tr("look {0}").format(each.letter) if each.letter else ""
        missing = self.tr("(no map)") if each.map is None else ""
        return " ".join(part for part in (each.au, look, missing) if part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entries, then as much of the notes as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self._paint_entries(painter)
        notes = _SEPARATOR.join(self._notes)
        room = self.width() - theme.SPACE - x
        if notes and room > 10 * theme.SPACE:
            text = QFontMetricsF(self.font()).elidedText(notes, Qt.TextElideMode.ElideRight, room)
            painter.setPen(QColor(theme.current().muted))
            painter.drawText(QRectF(x, 0, room, self.height()), _text_flags(at_right=True), text)

    def _paint_entries(self, painter: QPainter) -> float:
        """Paint what fits and how many do not; return where they end."""
        tones, metrics = theme.current(), QFontMetricsF(self.font())
        x, entries = float(theme.SPACE), self.entries
        for place, (each, text) in enumerate(zip(self._drawn, entries, strict=True)):
            width = _SWATCH + _GAP + metrics.horizontalAdvance(text)
            rest = f"+{len(entries) - place}"
            last = place == len(entries) - 1
            reserve = 0.0 if last else metrics.horizontalAdvance(rest) + 2 * theme.SPACE
            if x + width + reserve > self.width() - theme.SPACE:
                painter.setPen(QColor(tones.muted))
                painter.drawText(QRectF(x, 0, self.width() - x, self.height()), _text_flags(), rest)
                return self.width()
            self._paint_swatch(painter, QPointF(x, (self.height() - _SWATCH) / 2), each.colour)
            painter.setPen(QColor(tones.muted if each.map is None else tones.text))
            painter.drawText(QRectF(x + _SWATCH + _GAP, 0, width, self.height()), _text_flags(), text)
            x += width + 2 * theme.SPACE
        return x

    def _paint_swatch(self, painter: QPainter, corner: QPointF, colour: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        if self._state.overlay.mode == "signed":
            signs = QLinearGradient(corner, corner + QPointF(_SWATCH, 0))
            signs.setStops([(place, QColor(sign)) for place, sign in _SIGNS])
            painter.setBrush(signs)
        painter.drawRoundedRect(QRectF(corner.x(), corner.y(), _SWATCH, _SWATCH), 2, 2)


def _text_flags(at_right: bool = False) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
