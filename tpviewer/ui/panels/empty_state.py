"""What the window shows while nothing is open: what to do first."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.recent import RecentFile, RecentFiles

_WIDTH = 480
_RECENT = 3
_FACE = 72


class EmptyState(QWidget):
    """An invitation to open a video; files that are dropped are the window's business.

    Signals
    -------
    open_requested()
    sample_requested()
    recent_requested(object)
        Path of the file.
    """

    open_requested = Signal()
    sample_requested = Signal()
    recent_requested = Signal(object)

    def __init__(self, recent: RecentFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = recent
        self.title = QLabel(self.tr("Open a video of a face"), self)
        self.open_button = QPushButton(self.tr("Open…"), self)
        self.sample_button = QPushButton(self.tr("Try the sample"), self)
        self.recent_buttons: list[QPushButton] = []
        self._face = QLabel(self)
        self._recent_box = QVBoxLayout()
        self._build()
        self.open_button.clicked.connect(self.open_requested)
        self.sample_button.clicked.connect(self.sample_requested)
        recent.changed.connect(self._show_recent)
        self._show_recent()
        self._restyle()

    def _build(self) -> None:
        hint = self._muted(
            self.tr(
                "or drop it here: a video, a folder of images, or a session (.tpv). "
                "Nothing leaves this computer."
            )
        )
        self.open_button.setProperty("primary", True)
        theme.name_for_readers(self.open_button, self.tr("Open a video or a session"))
        theme.name_for_readers(
            self.sample_button,
            self.tr("Try the sample"),
            self.tr("Open the bundled video of a rendered face, with its analysis to look through"),
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch(1)
        self._recent_box.setSpacing(theme.SPACE // 2)
        column = QVBoxLayout()
        column.setSpacing(2 * theme.SPACE)
        column.addStretch(2)
        column.addWidget(self._face, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addWidget(hint)
        column.addLayout(self._recent_box)
        column.addStretch(3)
        middle = QWidget(self)
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * theme.SPACE, 3 * theme.SPACE, 3 * theme.SPACE, 3 * theme.SPACE)
        layout.addWidget(middle)

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _show_recent(self) -> None:
        while (item := self._recent_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.recent_buttons = []
        files = [file for file in self._recent.files if file.path not in self._recent.missing]
        if files:
            self._recent_box.addWidget(self._muted(self.tr("Recent")))
        for file in files[:_RECENT]:
            button = self._recent_button(file)
            self.recent_buttons.append(button)
            self._recent_box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _recent_button(self, file: RecentFile) -> QPushButton:
        button, path = QPushButton(self), file.path
        text = file.pseudonym or f"{path.name}   {path.parent}"
        mode = Qt.TextElideMode.ElideMiddle
        button.setText(self.fontMetrics().elidedText(text, mode, _WIDTH - 6 * theme.SPACE).replace("&", "&&"))
        button.setFlat(True)
        theme.name_for_readers(button, self.tr("Open {0}").format(file.name), str(path))
        button.clicked.connect(lambda: self.recent_requested.emit(path))
        return button

    def _restyle(self) -> None:
        """Take colours and sizes of the theme that is in use now."""
        tones = theme.current()
        self._face.setPixmap(icon("face", tones.muted).pixmap(QSize(_FACE, _FACE)))
        font = self.font()
        font.setPointSizeF(1.6 * font.pointSizeF())
        self.title.setFont(font)
        self.open_button.setIcon(icon("open", tones.on_accent))
        self.sample_button.setIcon(icon("sample"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Look which recent files are missing."""
        super().showEvent(event)
        self._recent.check()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the place where files can be dropped."""
        tones = theme.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tones.canvas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.unseen), 1, Qt.PenStyle.DashLine))
        inset = theme.SPACE + 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
