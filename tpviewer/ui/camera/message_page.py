"""What is shown in the place of the picture while there is none: why, and a way on."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tpviewer.ui import theme
from tpviewer.ui.icons import icon

_WIDTH = 400
_PICTURE = 56


class MessagePage(QWidget):
    """A picture, a title, a sentence or two, and up to two buttons.

    Attributes
    ----------
    retry, file : QPushButton
        Try this camera again, and let a video stand in for one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture_name = "camera"
        self._picture, self.title, self.text = QLabel(self), QLabel(self), QLabel(self)
        self.retry = QPushButton(self.tr("Try again"), self)
        self.file = QPushButton(self.tr("File as camera …"), self)
        self._build()

    def _build(self) -> None:
        self.retry.setProperty("primary", True)
        self.text.setWordWrap(True)
        self.text.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.file)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2 * theme.SPACE)
        column.addStretch(1)
        for label in (self._picture, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addLayout(buttons)
        column.addStretch(1)
        middle = QWidget(self)
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(column)
        around = QHBoxLayout(self)
        around.addWidget(middle)

    def tell(
        self, title: str, text: str, picture: str = "camera", retry: bool = False, file: bool = True
    ) -> None:
        """Show another message.

        Parameters
        ----------
        title, text : str
        picture : str
            Name of an icon.
        retry, file : bool
            Which buttons there are.
        """
        self._picture_name = picture
        self.title.setText(title)
        self.text.setText(text)
        self.retry.setVisible(retry)
        self.file.setVisible(file)
        self._restyle()

    def _restyle(self) -> None:
        tones = theme.current()
        tone = tones.warning if self._picture_name == "warning" else tones.muted
        self._picture.setPixmap(icon(self._picture_name, tone).pixmap(QSize(_PICTURE, _PICTURE)))
        font = self.font()
        font.setPointSizeF(1.4 * font.pointSizeF())
        self.title.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._restyle()
