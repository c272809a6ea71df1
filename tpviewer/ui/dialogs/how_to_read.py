"""The paper's terms, in the language of the window."""

from PySide6.QtWidgets import QWidget

from tpviewer.ui import theme
from tpviewer.ui.dialogs.manual_page import ManualPage
from tpviewer.ui.language import tr


class HowToRead(ManualPage):
    """The paper's terms, one paragraph each, and a worked example."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("how_to_read.md", "name of the page in this language"), parent)
        theme.name_for_readers(self, self.tr("How to read this"), "")
