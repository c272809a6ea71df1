"""A4 pages that fill from top to bottom with headings, text, tables and pictures."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.lines import Line2D

WIDTH, HEIGHT = 8.27, 11.69
"""A4, inches."""

LEFT, RIGHT = 0.62, WIDTH - 0.55
"""Margins, inches from the left edge."""

_TOP, _BOTTOM = HEIGHT - 0.6, 0.75
_TEXT, _MUTED, _RULE, _ACCENT = "#16191d", "#55606c", "#c9ced5", "#1f4e79"
_LEADING = 1.38
_GAP = 0.16  # between what is aligned to the right and the next column, inches
_SPACES = {1: 0.12, 2: 0.24, 3: 0.14}  # above headings by level, inches
_SIZES = {1: 18.0, 2: 12.0, 3: 9.0}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    title : str
    width : float
        Inches.
    right : bool
        Figures stand at the right.
    """

    title: str
    width: float
    right: bool = False


class Sheets:
    """Pages that are handed on one by one as they are full.

    Parameters
    ----------
    done : callable
        Takes a finished page.
    footer : str
        Stands under every page, beside its number.
    """

    def __init__(self, done: Callable[[Figure], object], footer: str) -> None:
        self._done, self._footer = done, footer
        self._figure: Figure | None = None
        self.pages = 0
        self._y = _TOP

    def finish(self) -> None:
        """Hand the last page on."""
        if self._figure is not None:
            self._write(LEFT, 0.42, self._footer, 6.5, _MUTED)
            self._write(RIGHT, 0.42, str(self.pages), 6.5, _MUTED, align="right")
            self._done(self._figure)
        self._figure = None

    def new_page(self) -> None:
        """Begin another page, unless this one is still empty."""
        if self._figure is not None and self._y < _TOP:
            self.finish()

    def room(self, height: float) -> tuple[Figure, float]:
        """Keep a stretch of the page free, on the next page if this one is too full.

        Parameters
        ----------
        height : float
            Inches.

        Returns
        -------
        figure : Figure
        top : float
            Upper edge of the stretch, inches from the bottom of the page.
        """
        self.need(height)
        top = self._y
        self._y -= height
        assert self._figure is not None
        return self._figure, top

    def need(self, height: float) -> bool:
        """Go on to the next page if this one has no room for `height` inches; True where it is a new one."""
        if self._figure is not None and self._y - height < _BOTTOM and self._y < _TOP:
            self.finish()
        if self._figure is not None:
            return False
        self._figure = Figure(figsize=(WIDTH, HEIGHT))
        FigureCanvasAgg(self._figure)
        self.pages += 1
        self._y = _TOP
        return True

    def axes(self, height: float, left: float = LEFT, width: float = RIGHT - LEFT) -> Axes:
        """Axes in a stretch of the page, inches."""
        figure, top = self.room(height)
        return axes_at(figure, left, top, width, height)

    def space(self, height: float) -> None:
        """Leave some of the page free."""
        if self._figure is not None:
            self._y -= height

    def heading(self, text: str, level: int = 2, with_next: float = 0.5) -> None:
        """Write a heading; it never stands alone at the end of a page.

        Parameters
        ----------
        text : str
        level : {1, 2, 3}
        with_next : float
            Height of what has to follow on the same page, inches.
        """
        size = _SIZES[level]
        line = size * _LEADING / 72
        if not self.need(_SPACES[level] + line + with_next) and self._y < _TOP:
            self.space(_SPACES[level])
        _, top = self.room(line + 0.04)
        self._write(LEFT, top - line / 2, text, size, _ACCENT if level < 3 else _TEXT, bold=True)

    def paragraph(self, text: str, size: float = 8, muted: bool = False) -> None:
        """Write a text over the whole width, line by line over as many pages as it takes."""
        line = size * _LEADING / 72
        for part in wrapped(text, size, RIGHT - LEFT):
            _, top = self.room(line)
            self._write(LEFT, top - line / 2, part, size, _MUTED if muted else _TEXT)
        self.space(0.05)

    def facts(self, pairs: Iterable[tuple[str, str]], size: float = 8, indent: float = 1.75) -> None:
        """Write names on the left and what they stand for beside them."""
        self.table([Column("", indent), Column("", RIGHT - LEFT - indent)], pairs, size, rules=False)

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str]], size: float = 7, rules: bool = True
    ) -> None:
        """Write a table; its head stands on every page that it reaches.

        Parameters
        ----------
        columns : sequence of Column
        rows : iterable of sequence of str
            Texts too long for their column go over several lines.
        size : float
            Points.
        rules : bool
            Lines between rows; without them the first column is muted and there is no head.
        """
        line = size * _LEADING / 72
        if rules:
            self.need(4 * line)
            self._head(columns, size)
        for row in rows:
            cells = [wrapped(text, size, c.width - 0.08) for text, c in zip(row, columns, strict=True)]
            lines = max(len(cell) for cell in cells)
            if self.need(lines * line + 0.05) and rules:
                self._head(columns, size)
            _, top = self.room(lines * line + (0.05 if rules else 0.02))
            self._row(columns, cells, size, top - 0.02, muted_first=not rules)
            if rules:
                self._rule(top - lines * line - 0.04)

    def _head(self, columns: Sequence[Column], size: float) -> None:
        line = size * _LEADING / 72
        _, top = self.room(line + 0.06)
        x = LEFT
        for column in columns:
            place = x + column.width - _GAP if column.right else x
            align = "right" if column.right else "left"
            self._write(place, top - line / 2, column.title, size, _MUTED, bold=True, align=align)
            x += column.width
        self._rule(top - line - 0.04, strong=True)

    def _row(
        self,
        columns: Sequence[Column],
        cells: Sequence[Sequence[str]],
        size: float,
        top: float,
        muted_first: bool,
    ) -> None:
        line, x = size * _LEADING / 72, LEFT
        for number, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            place = x + column.width - _GAP if column.right else x
            shade = _MUTED if muted_first and number == 0 else _TEXT
            for row, text in enumerate(cell):
                align = "right" if column.right else "left"
                self._write(place, top - (row + 0.5) * line, text, size, shade, align=align)
            x += column.width

    def _rule(self, y: float, strong: bool = False) -> None:
        assert self._figure is not None
        ends = ([LEFT / WIDTH, RIGHT / WIDTH], [y / HEIGHT, y / HEIGHT])
        shade, weight = (_MUTED, 0.8) if strong else (_RULE, 0.4)
        self._figure.add_artist(Line2D(*ends, color=shade, linewidth=weight))

    def _write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        shade: str,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        assert self._figure is not None
        weight = "bold" if bold else "normal"
        self._figure.text(
            *(x / WIDTH, y / HEIGHT, plain(text)),
            fontsize=size,
            color=shade,
            fontweight=weight,
            ha=align,
            va="center",
        )


def plain(text: str) -> str:
    """Keep matplotlib from reading formulas between dollar signs."""
    return text.replace("$", r"\$")


def axes_at(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes on a page, inches from its lower left corner."""
    return figure.add_axes((left / WIDTH, (top - height) / HEIGHT, width / WIDTH, height / HEIGHT))


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Lines of a text that are no wider than `width` inches; words too long for a line are broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if _inches(longer, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *broken, line = _broken(word, size, width)
            lines.extend(broken)
        lines.append(line)
    return lines


def _broken(word: str, size: float, width: float) -> list[str]:
    parts, part = [], ""
    for sign in word:
        if part and _inches(part + sign, size) > width:
            parts.append(part)
            part = ""
        part += sign
    return [*parts, part]


@cache
def _sign_width(sign: str) -> float:
    font = get_font(findfont("DejaVu Sans"))
    font.set_size(100, 72)
    return float(font.load_char(ord(sign)).linearHoriAdvance) / 65536 / 100


def _inches(text: str, size: float) -> float:
    return sum(_sign_width(sign) for sign in text) * size / 72
