"""Controls of playing: step, play, speed, loop, sound; where the playhead is; the layer chips."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from tpviewer.ui import theme
from tpviewer.ui.icons import icon
from tpviewer.ui.language import tr_problem
from tpviewer.ui.player.chips import LayerChips
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import clock

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
_ICON = QSize(20, 20)


class Transport(QWidget):
    """Two rows under the frame.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional

    Signals
    -------
    mute_changed(bool)
        The sound is to be unheard, or heard again.
    """

    mute_changed = Signal(bool)

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._icons: dict[QToolButton, str] = {}
        self._make_buttons()
        self.speed = self._make_speed()
        self.frame_label, self.time_label = QLabel(self), QLabel(self)
        self.chips = LayerChips(state, self)
        self._lay_out()
        self._connect()
        self.set_sound(False, self.tr("No video is open"))
        self._refresh_all()

    def set_sound(self, available: bool, reason: str = "") -> None:
        """Say whether there is sound to be heard, and if not, why."""
        self.mute.setEnabled(available)
        tip = self.tr("Sound on or off; it plays at 1× only") if available else tr_problem(reason)
        theme.name_for_readers(self.mute, self.tr("Mute"), tip)

    def set_muted(self, muted: bool) -> None:
        """Show whether the sound is unheard."""
        self.mute.setChecked(muted)

    def _make_buttons(self) -> None:
        self.first = self._button("first", self.tr("First frame"))
        self.back = self._button("back", self.tr("One frame back"))
        self.play = self._button("play", self.tr("Play"))
        self.forward = self._button("forward", self.tr("One frame forward"))
        self.last = self._button("last", self.tr("Last frame"))
        self.loop = self._button("loop", self.tr("Loop the stage"), checkable=True)
        self.mute = self._button("sound", self.tr("Mute"), checkable=True)
        for button in (self.back, self.forward):
            button.setAutoRepeat(True)

    def _button(self, name: str, text: str, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setIconSize(_ICON)
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.name_for_readers(button, text)
        self._set_icon(button, name)
        return button

    def _set_icon(self, button: QToolButton, name: str) -> None:
        self._icons[button] = name
        colour = theme.current().accent if button.isChecked() else None
        picture = icon(name, colour)
        if picture.cacheKey() != button.icon().cacheKey():  # or the button is painted at every frame
            button.setIcon(picture)

    def _make_speed(self) -> QComboBox:
        box = QComboBox(self)
        for speed in SPEEDS:
            box.addItem(f"{speed:g} ×", speed)
        box.setFont(theme.tabular())
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.name_for_readers(box, self.tr("Speed"), self.tr("Speed of playing; sound is heard at 1× only"))
        return box

    def _lay_out(self) -> None:
        controls, layers = QHBoxLayout(), QHBoxLayout()
        controls.setSpacing(2)
        for button in (self.first, self.back, self.play, self.forward, self.last):
            controls.addWidget(button)
        controls.addSpacing(theme.SPACE)
        for widget in (self.speed, self.loop, self.mute):
            controls.addWidget(widget)
        controls.addStretch(1)
        controls.addWidget(self.time_label, 0, Qt.AlignmentFlag.AlignVCenter)
        layers.addWidget(self.chips)
        layers.addStretch(1)
        layers.addWidget(self.frame_label, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in (self.frame_label, self.time_label):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.frame_label.setProperty("role", "muted")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.SPACE, theme.SPACE // 2, theme.SPACE, theme.SPACE)
        rows.setSpacing(theme.SPACE // 2)
        rows.addLayout(controls)
        rows.addLayout(layers)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        state = self._state
        self.first.clicked.connect(lambda: self._seek(0))
        self.back.clicked.connect(lambda: self._seek(state.playhead - 1))
        self.forward.clicked.connect(lambda: self._seek(state.playhead + 1))
        self.last.clicked.connect(lambda: self._seek(state.n_frames - 1))
        self.play.clicked.connect(lambda: state.set_playing(not state.playing))
        self.loop.clicked.connect(self._loop_stage)
        self.mute.toggled.connect(self._change_mute)
        self.speed.activated.connect(lambda place: state.set_speed(SPEEDS[place]))
        state.playhead_changed.connect(self._refresh_place)
        state.playing_changed.connect(self._refresh_play)
        state.speed_changed.connect(self._refresh_speed)
        state.loop_changed.connect(self._refresh_loop)
        for changed in (state.document_changed, state.results_changed):
            changed.connect(self._refresh_all)

    def _seek(self, frame: int) -> None:
        self._state.set_playing(False)
        self._state.set_playhead(frame)

    def _loop_stage(self) -> None:
        stage = self._state.stage_at(self._state.playhead)
        looping = self._state.loop is not None or stage is None
        self._state.set_loop(None if looping or stage is None else (stage.start, stage.stop))
        self._refresh_loop()

    def _change_mute(self, muted: bool) -> None:
        self._set_icon(self.mute, "mute" if muted else "sound")
        self.mute_changed.emit(muted)

    def _refresh_all(self) -> None:
        open_now = self._state.n_frames > 0
        for widget in (self.first, self.back, self.play, self.forward, self.last, self.speed):
            widget.setEnabled(open_now)
        self._keep_widths()
        self._refresh_place()
        self._refresh_play()
        self._refresh_speed()
        self._refresh_loop()

    def _keep_widths(self) -> None:
        """Give both labels room for the longest text.

        Nothing moves while the video plays, and a label of a fixed size does not even ask for it.
        """
        last = max(self._state.n_frames - 1, 0)
        font = theme.tabular(self.font())
        for label, text in (
            (self.frame_label, self._frame_text(last)),
            (self.time_label, clock(self._state.end)),
        ):
            label.setFont(font)
            widest = "".join("0" if letter.isdigit() else letter for letter in text)
            width = label.fontMetrics().horizontalAdvance(widest) + theme.SPACE
            label.setFixedSize(width, label.sizeHint().height())

    def _frame_text(self, frame: int) -> str:
        return self.tr("frame {0} / {1}").format(frame, self._state.n_frames)

    def _refresh_place(self) -> None:
        frame = self._state.playhead
        known = self._state.n_frames > 0
        self.frame_label.setText(self._frame_text(frame) if known else "")
        self.time_label.setText(clock(self._state.time_of(frame)) if known else "")
        self._refresh_loop()

    def _refresh_play(self) -> None:
        playing = self._state.playing
        self._set_icon(self.play, "pause" if playing else "play")
        theme.name_for_readers(self.play, self.tr("Pause") if playing else self.tr("Play"))

    def _refresh_speed(self) -> None:
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - self._state.speed))
        self.speed.setCurrentIndex(nearest)

    def _refresh_loop(self) -> None:
        looping = self._state.loop is not None
        self.loop.setEnabled(looping or self._state.stage_at(self._state.playhead) is not None)
        self.loop.setChecked(looping)
        self._set_icon(self.loop, "loop")

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            for button, name in dict(getattr(self, "_icons", {})).items():
                self._set_icon(button, name)
