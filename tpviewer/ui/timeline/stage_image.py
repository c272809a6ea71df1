"""The stage strip as one picture: colours from a table, labels where there is room."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from tpviewer.core.stages import Stage, StageKey, pair_label
from tpviewer.ui import theme
from tpviewer.ui.timeline.axis import TimeAxis
from tpviewer.ui.timeline.lane_image import Look, as_image
from tpviewer.ui.timeline.raster import Pixels, hatching, look_colour, pixel
from tpviewer.ui.wording import WARNING_SIGN

_ROOM_FOR_LABEL_PX = 28
_ROOM_FOR_SEPARATOR_PX = 3
_STRIPE_PX = 5

_OUTSIDE, _UNSEEN, _NONE = 0, 1, 2
"""Rows of the table of colours before those of the sets that occur."""


@dataclass(frozen=True, eq=False)
class StageRow:
    """Stages of one result over time.

    Attributes
    ----------
    stages : tuple of Stage
        They follow one another without a gap.
    edges : (S + 1,) float64
        Time at which each begins, and the end of the last, seconds.
    elsewhere : tuple of frozenset of str, length S
        Action Units of each for which the network looks elsewhere.
    """

    stages: tuple[Stage, ...]
    edges: NDArray[np.float64]
    elsewhere: tuple[frozenset[str], ...]

    @cached_property
    def sets(self) -> tuple[StageKey, ...]:
        """Sets that occur, each once, without NONE."""
        return tuple(dict.fromkeys(stage.key for stage in self.stages if stage.key))

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Row (S,) of each stage in the table of colours."""
        place = {key: row for row, key in enumerate(self.sets, start=_NONE + 1)}
        return np.array(
            [_UNSEEN if stage.unseen else place.get(stage.key, _NONE) for stage in self.stages], np.int64
        )

    @cached_property
    def colours(self) -> tuple[Pixels, NDArray[np.int64]]:
        """Colours (kinds, most parts) of the Action Units of each set, and how many they are (kinds,)."""
        counts = np.array([1] * (_NONE + 1) + [len(key) for key in self.sets], np.int64)
        table = np.zeros((len(counts), int(counts.max())), np.uint32)
        for place, key in enumerate(self.sets, start=_NONE + 1):
            table[place, : len(key)] = [pixel(look_colour(*part)) for part in key]
        return table, counts

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """First frame (S,) of each stage."""
        return np.array([stage.start for stage in self.stages], np.int64)

    def stage_of(self, frame: int) -> Stage | None:
        """Stage that a frame belongs to."""
        place = int(np.searchsorted(self.starts, frame, side="right")) - 1
        inside = 0 <= place < len(self.stages) and frame < self.stages[place].stop
        return self.stages[place] if inside else None

    def elsewhere_in(self, stage: Stage) -> frozenset[str]:
        """Action Units of one of the stages for which the network looks elsewhere."""
        place = int(np.searchsorted(self.starts, stage.start))
        return self.elsewhere[place]

    def in_columns(self, edges: NDArray[np.float64]) -> NDArray[np.int64]:
        """Stage (W,) in the middle of each column, -1 outside of all."""
        middles = (edges[1:] + edges[:-1]) / 2
        place = np.searchsorted(self.edges, middles, side="right") - 1
        return np.where(place < len(self.stages), place, -1)


def stage_text(stage: Stage) -> str:
    """Label of a stage for a narrow place: ``AU01_A AU02_B``, ``NONE`` or ``UNSEEN``."""
    if stage.unseen:
        return "UNSEEN"
    return " ".join(pair_label(au, index) for au, index in stage.key) or "NONE"


def stage_pixels(row: StageRow, edges: NDArray[np.float64], look: Look) -> Pixels:
    """Draw the strip without labels, (height, width); a set's Action Units lie above one another.

    Parameters
    ----------
    row : StageRow
    edges : (width + 1,) float64
        Times of the columns' edges, seconds.
    look : Look

    Returns
    -------
    (height, width) uint32
    """
    shown = theme.current()
    colours, counts = row.colours
    table = colours.copy()
    table[_OUTSIDE, 0], table[_UNSEEN, 0], table[_NONE, 0] = map(
        pixel, (shown.window, shown.panel, shown.panel)
    )
    stages = row.in_columns(edges)
    kinds = np.where(stages < 0, _OUTSIDE, np.append(row.rows, _OUTSIDE)[stages])
    parts = np.arange(look.height)[:, None] * counts[kinds] // look.height
    image: Pixels = table[kinds, parts]
    hatched = hatching(look.height, look.width, look.px(6), falling=True) & (kinds == _UNSEEN)
    image[hatched] = pixel(shown.unseen)
    wide = np.append(np.diff(row.edges), 0.0) / (edges[1] - edges[0]) >= look.px(_ROOM_FOR_SEPARATOR_PX)
    separators = np.flatnonzero((np.diff(stages) != 0) & wide[stages[1:]]) + 1
    image[:, separators] = pixel(shown.line)
    return image


def stage_image(row: StageRow, axis: TimeAxis, look: Look, font: QFont) -> QImage:
    """Draw the visible range of the strip."""
    image = as_image(stage_pixels(row, axis.edges(look.width), look), look.ratio)
    height = look.height / look.ratio
    ends = np.clip(row.edges, axis.start, axis.stop)
    lefts = (ends - axis.start) / axis.seconds_per_pixel
    painter = QPainter(image)
    painter.setFont(font)
    for place in np.flatnonzero(np.diff(lefts) >= _ROOM_FOR_LABEL_PX):
        box = QRectF(float(lefts[place]), 0, float(lefts[place + 1] - lefts[place]), height)
        stage = row.stages[place]
        _write_stage(painter, stage, box.adjusted(1, 0, 0, 0), bool(row.elsewhere_in(stage)))
    painter.end()
    return image


def _write_stage(painter: QPainter, stage: Stage, box: QRectF, warns: bool) -> None:
    shown, text = theme.current(), stage_text(stage)
    metrics = QFontMetricsF(painter.font())
    sign = metrics.horizontalAdvance(WARNING_SIGN) + 2 if warns else 0.0
    label = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - theme.SPACE - sign)
    room = box.adjusted(theme.SPACE / 2, 0, 0, -_STRIPE_PX - 1 if stage.key else 0)
    if stage.unseen:
        width = metrics.horizontalAdvance(label) + theme.SPACE
        plate = QRectF(room.left() - 2, room.center().y() - metrics.height() / 2, width, metrics.height())
        painter.fillRect(plate, QColor(shown.panel))
    elif stage.key:
        painter.fillRect(box, QColor(shown.raised))
        _draw_stripe(
            painter, stage.key, QRectF(box.left(), box.bottom() - _STRIPE_PX, box.width(), _STRIPE_PX)
        )
    painter.setPen(QColor(shown.text if stage.key else shown.muted))
    side = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room.adjusted(sign, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | side, label)
    if warns:
        painter.setPen(QColor(shown.warning))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | side, WARNING_SIGN)


def _draw_stripe(painter: QPainter, key: StageKey, room: QRectF) -> None:
    part = room.width() / len(key)
    for place, (au, index) in enumerate(key):
        left = room.left() + place * part
        painter.fillRect(QRectF(left, room.top(), part, room.height()), QColor(look_colour(au, index)))
