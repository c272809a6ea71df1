"""Icons: one set of SVG files, drawn in the theme's text colour."""

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tpviewer.resources import resource
from tpviewer.ui import theme

_SIZES = (16, 24, 32, 48, 96)


def icon(name: str, colour: str | None = None) -> QIcon:
    """Return an icon, in the theme's text colour where none is named.

    Parameters
    ----------
    name : str
        Name of a file in ``resources/icons``, without its suffix.
    colour : str, optional
        ``#rrggbb``.

    Raises
    ------
    TPViewerError
        If there is no such file.
    """
    tones = theme.current()
    return _icon(name, colour or tones.text, tones.muted)


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    made = QIcon()
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    for mode, tone in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", tone).encode()))
        for size in _SIZES:
            picture = QPixmap(QSize(size, size))
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            renderer.render(painter)
            painter.end()
            made.addPixmap(picture, mode)
    return made
