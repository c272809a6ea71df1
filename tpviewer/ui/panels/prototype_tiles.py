"""One tile of a temporal prototype: a face in grey with its looks' Top-X projections, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QImage, QPainter, QPen

from tpviewer.core.letters import letter
from tpviewer.core.relevance import mask_from_mass, mass_map
from tpviewer.core.stages import Stage
from tpviewer.core.types import BoolArray
from tpviewer.ui import theme
from tpviewer.ui.language import tr
from tpviewer.ui.panels.map_tile import paint_face
from tpviewer.ui.panels.tags import Tag, au_colour, paint_tag
from tpviewer.ui.wording import WARNING_SIGN, share

_ENLARGED = 2  # pixels of an overlay per pixel of the crop, so that its outline is thin
_FILL = 140  # of 255
_TAG_PAD = 4
_OUTLINE = 2


def overlay_image(mask: BoolArray, colour: str) -> QImage:
    """Picture of a mask (H, W) in one colour: translucent with a thin opaque outline; owns its pixels."""
    large = np.repeat(np.repeat(mask, _ENLARGED, 0), _ENLARGED, 1)
    padded = np.pad(large, 1)
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    fill, line = QColor(colour), QColor(colour)
    fill.setAlpha(_FILL)
    pixels = np.zeros(large.shape, np.uint32)
    pixels[large] = line.rgba()
    pixels[large & inner] = fill.rgba()
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def grey_image(picture: NDArray[np.uint8]) -> QImage:
    """Picture (H, W) in grey, which owns its pixels."""
    pixels = np.ascontiguousarray(picture)
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def fitted(image: QImage, side: int, ratio: float) -> QImage:
    """Scale an image to a square of `side` pixels at a screen's pixel ratio, ready to be drawn quickly."""
    pixels = round(side * ratio)
    scaled = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied).scaled(
        pixels, pixels, mode=Qt.TransformationMode.SmoothTransformation
    )
    scaled.setDevicePixelRatio(ratio)
    return scaled


class LookImages:
    """Top-X projections of looks; only those that are asked for are made, and X moves one comparison each.

    Parameters
    ----------
    prototypes : mapping of str to (clusters, H, W) float32
        Cluster prototypes by Action Unit.
    map_source : mapping of str to str
        An Action Unit that has no maps of its own, and the one whose maps stand for it.
    """

    def __init__(
        self, prototypes: Mapping[str, NDArray[np.float32]], map_source: Mapping[str, str], x: float
    ) -> None:
        self._prototypes = prototypes
        self._map_source = map_source
        self._x = x
        self._masses: dict[tuple[str, int], NDArray[np.float32]] = {}
        self._images: dict[tuple[str, int], QImage] = {}
        self._size = (0, 1.0)

    def set_size(self, side: int, ratio: float) -> None:
        """Make pictures of another size: side in pixels of a screen with a pixel ratio."""
        if (side, ratio) != self._size:
            self._size = (side, ratio)
            self._images.clear()

    def set_x(self, x: float) -> None:
        """Show another share of the positive relevance, percent."""
        if x != self._x:
            self._x = x
            self._images.clear()

    def image(self, au: str, look: int) -> QImage | None:
        """Projection of a look in its colour, None where the look has no prototype."""
        key = (au, look)
        if key not in self._images:
            mass = self._mass(au, look)
            if mass is None:
                return None
            picture = overlay_image(mask_from_mass(mass, self._x), au_colour(au, look))
            self._images[key] = fitted(picture, *self._size)
        return self._images[key]

    def _mass(self, au: str, look: int) -> NDArray[np.float32] | None:
        key = (au, look)
        if key in self._masses:
            return self._masses[key]
        source = au if au in self._prototypes else self._map_source.get(au, au)
        maps = self._prototypes.get(source)
        if maps is None or look >= len(maps) or not maps[look].size:
            return None
        self._masses[key] = mass_map(maps[look])
        return self._masses[key]


@dataclass(frozen=True)
class TileMetrics:
    """Sizes of all tiles of a row, pixels.

    Attributes
    ----------
    side : int
        Of the picture.
    width : int
        That labels may take.
    lines : int
        Lines that are kept free for labels.
    line : int
        Height of a line of text.
    """

    side: int
    width: int
    lines: int
    line: int

    @property
    def height(self) -> int:
        """Of a whole tile: a line of facts, the picture, the labels."""
        return self.line + self.side + theme.SPACE // 2 + self.lines * (self.line + 2)


@dataclass(frozen=True, eq=False)
class Tile:
    """What is painted of one stage.

    Attributes
    ----------
    number : int
    stage : Stage
    seconds : float
        Duration.
    picture : QImage or None
        As large as its place.
    elsewhere : frozenset of str
        Action Units for which the network looks elsewhere.
    current, looped, hovered : bool
    """

    number: int
    stage: Stage
    seconds: float
    picture: QImage | None = None
    elsewhere: frozenset[str] = frozenset()
    current: bool = False
    looped: bool = False
    hovered: bool = False


def labels_of(stage: Stage, elsewhere: frozenset[str] = frozenset()) -> list[Tag]:
    """Tags of a stage: one a look, or NONE or UNSEEN; those in `elsewhere` carry a warning sign."""
    if not stage.key:
        return [Tag("UNSEEN" if stage.unseen else "NONE")]
    signs = dict.fromkeys(elsewhere, f" {WARNING_SIGN}")
    return [Tag(f"{au}_{letter(look)}{signs.get(au, '')}", au_colour(au, look)) for au, look in stage.key]


def label_rows(tags: list[Tag], metrics: QFontMetrics, width: int, lines: int) -> list[list[Tag]]:
    """Tags in as few lines as they need; what does not fit into `lines` is counted in the last tag."""
    rows: list[list[Tag]] = []
    used = width + 1
    for tag in tags:
        wide = metrics.horizontalAdvance(tag.text) + 2 * _TAG_PAD + 4
        if used + wide > width + 4:
            rows.append([])
            used = 0
        rows[-1].append(tag)
        used += wide
    if len(rows) > lines:
        shown = rows[:lines]
        hidden = sum(len(row) for row in rows[lines:]) + 1
        shown[-1] = [*shown[-1][:-1], Tag(f"+{hidden}")]
        return shown
    return rows


def paint_tile(
    painter: QPainter,
    corner: QPointF,
    sizes: TileMetrics,
    tile: Tile,
    looks: LookImages,
    points: NDArray[np.float64],
) -> None:
    """Paint a tile with its upper left corner at `corner`; `points` as `map_tile.crop_points` gives them.

    Parameters
    ----------
    painter : QPainter
    corner : QPointF
    sizes : TileMetrics
    tile : Tile
    looks : LookImages
        Made for pictures of `sizes.side` pixels.
    points : (5, 2) float64
        Shares of the crop's side.
    """
    x, y = round(corner.x()), round(corner.y())
    _paint_facts(painter, QRect(x, y, sizes.side, sizes.line), tile)
    picture = QRect(x, y + sizes.line, sizes.side, sizes.side)
    if tile.stage.unseen:
        _paint_unseen(painter, picture)
    else:
        _paint_picture(painter, picture, tile, looks, points)
    _paint_frame(painter, picture, tile)
    top = picture.bottom() + 1 + theme.SPACE // 2
    _paint_labels(painter, QRect(x, top, sizes.width, sizes.lines * (sizes.line + 2)), tile, sizes)


def _paint_facts(painter: QPainter, rect: QRect, tile: Tile) -> None:
    """Number on the left; duration, and purity where it is not full, on the right."""
    tones = theme.current()
    painter.setPen(QColor(tones.accent if tile.current else tones.muted))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, left, str(tile.number + 1) + (" ⟲" if tile.looped else ""))
    painter.setPen(QColor(tones.muted))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, right, tile_facts(tile, painter.fontMetrics(), rect.width()))


def tile_facts(tile: Tile, metrics: QFontMetrics, width: int) -> str:
    """Duration, and purity where it is not full, in as many words as there is room for."""
    duration = f"{tile.seconds:.2f} s"
    if tile.stage.purity == 1:
        return duration
    number, purity = f"{tile.number + 1} ⟲  ", share(tile.stage.purity)
    for words in (tr("purity {0} · {1}"), tr("pur. {0} · {1}")):
        facts = words.format(purity, duration)
        if metrics.horizontalAdvance(number + facts) <= width:
            return facts
    return duration


def _paint_picture(
    painter: QPainter, rect: QRect, tile: Tile, looks: LookImages, points: NDArray[np.float64]
) -> None:
    if tile.picture is None:
        paint_face(painter, QRectF(rect), points)
    else:
        painter.drawImage(rect.topLeft(), tile.picture)
    for au, look in tile.stage.key:
        image = looks.image(au, look)
        if image is not None:
            painter.drawImage(rect.topLeft(), image)


def _paint_unseen(painter: QPainter, rect: QRect) -> None:
    tones = theme.current()
    painter.fillRect(rect, QColor(tones.canvas))
    painter.fillRect(rect, QBrush(QColor(tones.unseen), Qt.BrushStyle.BDiagPattern))


def _paint_frame(painter: QPainter, rect: QRect, tile: Tile) -> None:
    tones = theme.current()
    strong = tile.current or tile.hovered
    width = _OUTLINE if tile.current else 1
    painter.setPen(QPen(QColor(tones.accent if strong else tones.line), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = -1 if tile.current else 0
    painter.drawRect(rect.adjusted(inset, inset, -1 - inset, -1 - inset))


def _paint_labels(painter: QPainter, rect: QRect, tile: Tile, sizes: TileMetrics) -> None:
    painter.save()
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    for row, tags in enumerate(
        label_rows(labels_of(tile.stage, tile.elsewhere), metrics, sizes.width, sizes.lines)
    ):
        x = rect.x()
        for tag in tags:
            width = metrics.horizontalAdvance(tag.text) + 2 * _TAG_PAD
            paint_tag(painter, QRect(x, rect.y() + row * (sizes.line + 2), width, sizes.line), tag)
            x += width + 4
    painter.restore()
