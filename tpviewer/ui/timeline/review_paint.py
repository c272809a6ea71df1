"""Judgements as blocks: each verdict has a shape and a sign of its own, the Action Unit its colour.

Present is filled, absent hollow with a line through it, unsure dashed, not scorable hatched. An apex is
darker, with ramps for onset and offset.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from tpviewer.core.annotations import WHOLE_FACE, Annotation, Side
from tpviewer.core.judgements import Judgement
from tpviewer.ui import theme
from tpviewer.ui.review_words import SIGNS, intensity_words, reason_words
from tpviewer.ui.timeline.axis import TimeAxis
from tpviewer.ui.timeline.raster import look_colour
from tpviewer.ui.timeline.review_data import ReviewRow
from tpviewer.ui.wording import WARNING_SIGN

NOTE_SIGN, IMPORT_SIGN = "✎", "⇣"
SIDE_SIGNS: dict[Side, str] = {"": "", "both": "L+R", "left": "L", "right": "R", "asymmetric": "L≠R"}

LEAST_PX = 1.5
"""No block is narrower than this."""

_SIMPLE_PX = 6
"""A narrower block has no outline, only what can be told from its neighbours."""
_CORNER_PX = 8.0
_ROOM_FOR_SIGN = 2.5
"""The sign of a changed result is drawn into a block that is so many times as wide."""

_PALE = 0.35


@dataclass(frozen=True, eq=False)
class BlockView:
    """How blocks are drawn now.

    Attributes
    ----------
    axis : TimeAxis
    bounds : (N + 1,) float64
        Time of each frame and the end of the last, seconds.
    left, right : float
        What is being painted, pixels.
    flagged : frozenset of str
        Keys of judgements that the machine's result has changed under.
    selected : str
        Key of the selected one.
    font : QFont
    """

    axis: TimeAxis
    bounds: NDArray[np.float64]
    left: float
    right: float
    flagged: frozenset[str]
    selected: str
    font: QFont

    def x_of(self, frame: int) -> float:
        """Place of the beginning of a frame, also of one behind the last."""
        return self.axis.x_of(float(self.bounds[min(frame, len(self.bounds) - 1)]))

    def box(self, annotation: Annotation, row: ReviewRow, offset: int) -> QRectF:
        """Where an annotation is drawn in its row."""
        left, right = self.x_of(annotation.start), self.x_of(annotation.stop)
        return _box(left, max(right - left, LEAST_PX), row, offset)


def _box(left: float, width: float, row: ReviewRow, offset: int) -> QRectF:
    return QRectF(left, row.top - offset + 1, width, row.height - 3)


def paint_blocks(painter: QPainter, row: ReviewRow, view: BlockView, offset: int, without: str = "") -> None:
    """Draw a row's judgements that can be seen; of those that share a pixel column, the first.

    Parameters
    ----------
    painter : QPainter
    row : ReviewRow
    view : BlockView
    offset : int
        How far the rows are scrolled down, pixels.
    without : str
        Key of one that is left out because it is being dragged.
    """
    seen = _in_sight(row, view)
    last = len(view.bounds) - 1
    edges = view.bounds[np.minimum(np.stack([row.starts[seen], row.stops[seen]]), last)]
    lefts, rights = view.axis.left + (edges - view.axis.start) / view.axis.seconds_per_pixel
    columns = np.floor(lefts)
    kept = (rights - lefts >= 1) | np.append(True, columns[1:] != columns[:-1])[: len(columns)]
    painter.setFont(view.font)
    spans = np.stack([lefts, np.maximum(rights - lefts, LEAST_PX)], axis=1).tolist()
    for place in np.flatnonzero(kept).tolist():
        judgement, (left, width) = row.judgements[seen.start + place], spans[place]
        if judgement.annotation.key != without:
            paint_block(painter, judgement, _box(left, width, row, offset), view, row)


def _in_sight(row: ReviewRow, view: BlockView) -> slice:
    frames = (
        int(np.searchsorted(view.bounds, view.axis.time_of(x), side="right")) - 1
        for x in (view.left - 4, view.right + 4)
    )
    first, last = frames
    return row.within(max(first, 0), max(last, 0) + 1)


def paint_block(
    painter: QPainter, judgement: Judgement, box: QRectF, view: BlockView, row: ReviewRow
) -> None:
    """Draw one judgement: its shape, its text where there is room, and the marks upon it."""
    one = judgement.annotation
    if box.width() < _SIMPLE_PX:
        _paint_narrow(painter, one, box)
    else:
        _SHAPES[one.verdict](painter, one, box.adjusted(0, 0, -1, 0), view)
        _write(painter, judgement, box, solid=one.verdict == "present" and one.apex is None)
    if one.key in view.flagged:
        _paint_flag(painter, box)
    if one.key == view.selected:
        _paint_selection(painter, one, box, view, row.own)


def _fill(annotation: Annotation) -> QColor:
    shown = theme.current()
    return QColor(shown.muted if annotation.au == WHOLE_FACE else look_colour(annotation.au))


def _pale(annotation: Annotation) -> QColor:
    """The Action Unit's colour upon the panel, pale enough for text."""
    above, below = _fill(annotation), QColor(theme.current().panel)
    parts = (
        round(_PALE * a + (1 - _PALE) * b)
        for a, b in zip(above.getRgb()[:3], below.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*parts)


def _paint_narrow(painter: QPainter, one: Annotation, box: QRectF) -> None:
    """Whole height for present, two ends for absent, the middle for unsure, a broken line for the rest."""
    quarter = box.height() / 4
    parts = {
        "present": ((0.0, 4.0),),
        "absent": ((0.0, 1.0), (3.0, 4.0)),
        "unsure": ((1.5, 2.5),),
        "not scorable": ((0.0, 0.5), (1.0, 1.5), (2.0, 2.5), (3.0, 3.5)),
    }[one.verdict]
    colour = _fill(one) if one.verdict == "present" else QColor(theme.current().muted)
    for first, last in parts:
        top, height = box.top() + first * quarter, (last - first) * quarter
        painter.fillRect(QRectF(box.left(), top, box.width(), height), colour)


def _paint_present(painter: QPainter, one: Annotation, box: QRectF, view: BlockView) -> None:
    if one.apex is None:
        painter.fillRect(box, _fill(one))
        return
    first, last = (view.x_of(frame) for frame in one.apex)
    ramps = [box.bottomLeft(), QPointF(first, box.top()), QPointF(last, box.top()), box.bottomRight()]
    painter.fillRect(box, QColor(theme.current().panel))
    painter.setPen(QPen(QColor(theme.current().muted), 1))
    painter.setBrush(_pale(one))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPolygon(QPolygonF(ramps))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(first, box.top(), last - first, box.height()), _fill(one))


def _paint_absent(painter: QPainter, one: Annotation, box: QRectF, view: BlockView) -> None:
    painter.fillRect(box, QColor(theme.current().panel))
    painter.setPen(QPen(QColor(theme.current().muted), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    middle = math.floor(box.center().y())
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))


def _paint_unsure(painter: QPainter, one: Annotation, box: QRectF, view: BlockView) -> None:
    painter.fillRect(box, _pale(one))
    painter.setPen(QPen(QColor(theme.current().text), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _paint_not_scorable(painter: QPainter, one: Annotation, box: QRectF, view: BlockView) -> None:
    painter.fillRect(box, QColor(theme.current().panel))
    painter.setPen(QPen(QColor(theme.current().muted), 1))
    painter.setBrush(QColor(theme.current().unseen))
    brush = painter.brush()
    brush.setStyle(Qt.BrushStyle.BDiagPattern)
    painter.setBrush(brush)
    painter.drawRect(box)


_SHAPES = {
    "present": _paint_present,
    "absent": _paint_absent,
    "unsure": _paint_unsure,
    "not scorable": _paint_not_scorable,
}


def block_texts(judgement: Judgement) -> tuple[str, ...]:
    """What a block says of its judgement, from the longest wording to the shortest."""
    one = judgement.annotation
    sign = SIGNS[one.verdict]
    ends = " ".join(
        filter(
            None,
            (
                SIDE_SIGNS[one.side],
                NOTE_SIGN if one.note else "",
                IMPORT_SIGN if judgement.source else "",
            ),
        )
    )
    intensity = intensity_words(one.intensity)
    full = [sign, intensity or (reason_words(one.reason) if one.reason else ""), ends]
    short = [sign, intensity[-1:], ends]
    wordings = (full, short, short[:2], short[:1])
    return tuple(dict.fromkeys(" ".join(filter(None, parts)) for parts in wordings))


def _write(painter: QPainter, judgement: Judgement, box: QRectF, solid: bool) -> None:
    """Write the longest wording that fits, on a plate where the block is not of one colour."""
    one, metrics, shown = judgement.annotation, QFontMetricsF(painter.font()), theme.current()
    widths = {text: metrics.horizontalAdvance(text) for text in block_texts(judgement)}
    text = next((text for text, width in widths.items() if width + 6 <= box.width()), "")
    if not text or metrics.ascent() > box.height() + 2:
        return
    room = QRectF(box.left() + 3, box.top(), widths[text] + 4, box.height())
    if not solid:
        painter.fillRect(room.adjusted(-1, 2, -1, -2), QColor(shown.panel))
    painter.setPen(QColor(theme.readable_on(look_colour(one.au)) if solid else shown.text))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_flag(painter: QPainter, box: QRectF) -> None:
    """Mark at the right end that the machine says something else now: its sign, or a corner."""
    shown = theme.current()
    if box.width() < _SIMPLE_PX:
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), _CORNER_PX / 2), QColor(shown.warning))
        return
    width = QFontMetricsF(painter.font()).horizontalAdvance(WARNING_SIGN) + 4
    if box.width() >= _ROOM_FOR_SIGN * width:
        plate = QRectF(box.right() - width - 2, box.top() + 1, width, box.height() - 2)
        painter.fillRect(plate, QColor(shown.panel))
        painter.setPen(QColor(shown.warning))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, WARNING_SIGN)
        return
    end, side = box.topRight(), min(_CORNER_PX, box.width())
    corner = [end, end - QPointF(side, 0), end + QPointF(0, side)]
    painter.setPen(QPen(QColor(shown.panel), 1))
    painter.setBrush(QColor(shown.warning))
    painter.drawPolygon(QPolygonF(corner))


def _paint_selection(painter: QPainter, one: Annotation, box: QRectF, view: BlockView, handles: bool) -> None:
    """Frame the selected one, with handles at what can be dragged."""
    accent = QColor(theme.current().accent)
    painter.setPen(QPen(accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0, 0, -1, 0))
    if not handles or box.width() < 3 * _SIMPLE_PX:
        return
    for x in (box.left() - 1, box.right() - 3):
        painter.fillRect(QRectF(x, box.top(), 4, box.height()), accent)
    if one.apex is not None:
        painter.setPen(QPen(QColor(theme.current().panel), 1))
        painter.setBrush(accent)
        for frame in one.apex:
            x = view.x_of(frame)
            tip = [QPointF(x - 5, box.top()), QPointF(x + 5, box.top()), QPointF(x, box.top() + 8)]
            painter.drawPolygon(QPolygonF(tip))
