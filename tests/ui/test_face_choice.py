"""Of several faces one is chosen."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tpviewer.store.snapshot import FaceTrack
from tpviewer.ui import theme
from tpviewer.ui.panels.face_choice import FaceChoice

TRACKS = (
    FaceTrack(0, 240, 3, 50, (40.0, 40.0, 120.0, 160.0)),
    FaceTrack(1, 90, 36, 60, (350.0, 140.0, 90.0, 110.0)),
)
RED = QColor(200, 30, 30)


def picture() -> QImage:
    image = QImage(80, 60, QImage.Format.Format_RGB888)
    image.fill(RED)
    return image


def choice(qtbot: QtBot, thumbnails: object = None) -> FaceChoice:
    dialog = FaceChoice(
        TRACKS,
        thumbnails or {},  # type: ignore[arg-type]
        0,
        times=np.arange(300) / 30,
        frame_size=(640, 480),
    )
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def middle(dialog: FaceChoice, number: int) -> QColor:
    image = dialog.tiles[number].picture.grab().toImage()
    return QColor(image.pixel(image.width() // 2, image.height() // 2))


def test_each_face_is_told_by_number_frames_and_first_appearance(qtbot: QtBot) -> None:
    dialog = choice(qtbot)
    assert dialog.tiles[1].facts.text() == "90 frames · first at 0:01.20"
    assert "face 0 · analysed now" in dialog.tiles[0].accessibleName()


def test_a_click_or_enter_chooses_a_face_and_closes(qtbot: QtBot) -> None:
    for act in (
        lambda tile: qtbot.mouseClick(tile, Qt.MouseButton.LeftButton),
        lambda tile: qtbot.keyClick(tile, Qt.Key.Key_Return),
    ):
        dialog = choice(qtbot)
        with qtbot.waitSignal(dialog.chosen) as told:
            act(dialog.tiles[1])
        assert told.args == [1]
        assert not dialog.isVisible()


def test_escape_chooses_nothing(qtbot: QtBot) -> None:
    dialog = choice(qtbot)
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_pictures_are_taken_from_a_mapping_or_a_function_or_come_later(qtbot: QtBot) -> None:
    dialog = choice(qtbot, {1: picture()})
    assert middle(dialog, 1) == RED
    dialog = choice(qtbot, lambda number: picture() if number == 0 else None)
    assert (middle(dialog, 0), middle(dialog, 1).name()) == (RED, theme.current().canvas)
    dialog.set_thumbnail(1, picture())
    assert middle(dialog, 1) == RED


def test_without_a_picture_the_box_is_drawn_where_it_lies_in_the_frame(qtbot: QtBot) -> None:
    dialog = choice(qtbot)
    image = dialog.tiles[0].picture.grab().toImage()
    # The frame is drawn at a quarter of its size: the box spans 10 to 40 by 10 to 50.
    column = {QColor(image.pixel(10, y)).name() for y in range(15, 45)}
    assert theme.current().canvas not in column
    assert QColor(image.pixel(25, 30)).name() == theme.current().canvas
