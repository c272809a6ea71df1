"""Colours, spacing and type of the window, light and dark; one accent: other colour means an Action Unit."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

SPACE = 8
"""The one spacing step, pixels."""

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True)
class Theme:
    """Colours as ``#rrggbb``; `text` and `muted` have a contrast of 4.5 : 1 on every surface.

    Attributes
    ----------
    name : ThemeName
    window, panel, raised : str
        Surfaces: behind everything, panels and lanes, buttons and fields.
    canvas : str
        Behind the video.
    text, muted : str
    line : str
        Separators and borders.
    accent, on_accent : str
        Selection and playhead, and text upon it.
    danger, warning, good : str
        Text of states.
    unseen : str
        Frames without a face, drawn hatched.
    """

    name: ThemeName
    window: str
    panel: str
    raised: str
    canvas: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    danger: str
    warning: str
    good: str
    unseen: str


LIGHT = Theme(
    name="light",
    window="#eceef1",
    panel="#f8f9fa",
    raised="#ffffff",
    canvas="#dfe2e6",
    text="#1b1f24",
    muted="#57606a",
    line="#d0d5db",
    accent="#0b57d0",
    on_accent="#ffffff",
    danger="#b3261e",
    warning="#8a5300",
    good="#1a6b3c",
    unseen="#9aa3ad",
)
DARK = Theme(
    name="dark",
    window="#16181c",
    panel="#1e2126",
    raised="#2a2e35",
    canvas="#0e0f12",
    text="#e7eaee",
    muted="#a3abb6",
    line="#373c45",
    accent="#7ab2ff",
    on_accent="#0b1420",
    danger="#ff8a80",
    warning="#f2b84b",
    good="#7fd19b",
    unseen="#5f6873",
)

_current = LIGHT


def current() -> Theme:
    """Return the theme in use; widgets that paint themselves ask for it each time they paint."""
    return _current


def system_theme() -> ThemeName:
    """Return the theme that the system prefers."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply_theme(application: QApplication, name: ThemeName, scale: float = 1.0) -> None:
    """Give the whole application a theme and a size of type; all widgets repaint."""
    global _current
    _current = DARK if name == "dark" else LIGHT
    application.setStyle("Fusion")
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF(round(10 * scale, 1))
    application.setFont(font)
    application.setPalette(_palette(_current))
    application.setStyleSheet(_stylesheet(_current))


def tabular(font: QFont | None = None) -> QFont:
    """Return a font whose digits are equally wide, for times and frame numbers."""
    font = QFont(font or QApplication.font())
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def readable_on(background: str) -> str:
    """Return black or white, whichever can be read better on a colour."""
    return "#000000" if _luminance(background) > 0.18 else "#ffffff"


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours by WCAG 2, 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def name_for_readers(widget: QWidget, name: str, tip: str = "") -> None:
    """Give a control its name for screen readers, and what it does as a tool tip."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip or name)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.Mid: theme.line,
        role.Dark: theme.line,
    }
    palette = QPalette()
    for part, colour in colours.items():
        palette.setColor(part, QColor(colour))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(theme.muted))
    return palette


def _stylesheet(t: Theme) -> str:
    return f"""
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
    QDockWidget {{ titlebar-close-icon: none; color: {t.muted}; }}
    QDockWidget::title {{ background: {t.window}; padding: 2px 8px; }}
    QMainWindow::separator {{ background: {t.window}; width: 5px; height: 5px; }}
    QMainWindow::separator:hover {{ background: {t.accent}; }}
    QToolBar {{ background: {t.window}; border: none; spacing: 4px; padding: 2px 8px; }}
    QStatusBar {{ background: {t.window}; color: {t.muted}; }}
    QStatusBar::item {{ border: none; }}
    QToolButton, QPushButton {{
        background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; border-radius: 4px;
        padding: 3px 10px; min-height: 18px; }}
    QToolButton:hover, QPushButton:hover {{ border-color: {t.accent}; }}
    QToolButton:pressed, QPushButton:pressed {{ background: {t.panel}; }}
    QToolButton:checked, QPushButton:checked {{
        background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
    QToolButton:disabled, QPushButton:disabled {{ color: {t.muted}; background: {t.panel}; }}
    QToolButton:focus, QPushButton:focus {{ border-color: {t.accent}; }}
    QToolButton[flat="true"] {{ background: transparent; border: 1px solid transparent; padding: 4px; }}
    QToolButton[flat="true"]:hover {{ background: {t.raised}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QPushButton[primary="true"] {{
        background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600; }}
    QPushButton[primary="true"]:disabled {{
        background: {t.panel}; color: {t.muted}; border-color: {t.line}; }}
    QPushButton[chip="true"] {{ border-radius: 11px; padding: 2px 10px; min-height: 16px; }}
    QLineEdit QToolButton {{ padding: 0; border: none; background: transparent; min-height: 0; }}
    QLineEdit {{
        background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; border-radius: 4px;
        min-height: 22px; padding: 0 6px; }}
    QLineEdit:focus {{ border-color: {t.accent}; }}
    QComboBox, QSpinBox, QDoubleSpinBox {{ min-height: 22px; }}
    QMenu {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; }}
    QMenu::item {{ padding: 5px 24px; }}
    QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
    QMenu::item:disabled {{ color: {t.muted}; }}
    QMenu::separator {{ background: {t.line}; height: 1px; margin: 4px 8px; }}
    QHeaderView::section {{
        background: {t.panel}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
        padding: 4px; }}
    QTableView, QListView, QTreeView, QScrollArea, QTextBrowser {{
        background: {t.panel}; border: none; }}
    QTableView::item:selected, QListView::item:selected {{
        background: {t.accent}; color: {t.on_accent}; }}
    QTabBar {{ background: transparent; }}
    QTabBar::tab {{
        background: {t.window}; color: {t.muted}; padding: 3px 12px; border: none;
        border-bottom: 2px solid {t.window}; }}
    QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
    QTabWidget::pane {{ border: none; }}
    QLabel[role="muted"] {{ color: {t.muted}; }}
    QLabel[role="title"] {{ font-weight: 600; }}
    QLabel[role="warning"] {{ color: {t.warning}; }}
    QLabel[role="danger"] {{ color: {t.danger}; }}
    QFrame[role="card"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 6px; }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: 10px; }}
    QScrollBar:horizontal {{ height: 10px; }}
    QScrollBar::handle {{ background: {t.line}; border-radius: 4px; margin: 1px; }}
    QScrollBar::handle:vertical {{ min-height: 24px; }}
    QScrollBar::handle:horizontal {{ min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {t.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QProgressBar {{
        background: {t.line}; border: none; border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
    """
