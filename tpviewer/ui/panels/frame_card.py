"""What is known of the frame at the playhead as a whole: its stage and its face."""

import math

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tpviewer.core.letters import letter
from tpviewer.core.stages import Stage
from tpviewer.store.snapshot import NO_FACE, UNKNOWN
from tpviewer.ui import theme
from tpviewer.ui.panels.still_lines import StillLines
from tpviewer.ui.panels.tags import Tag, TagRow, au_colour
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import share


class FrameCard(QFrame):
    """Label, number, duration and purity of the stage, and the state of the face.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional
    """

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.tags = TagRow(2, self)
        self.stage = QLabel(self)
        self.face = QLabel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self.tags)
        for label in (self.stage, self.face):
            label.setFont(theme.tabular())
            label.setProperty("role", "muted")
        layout.addWidget(StillLines((self.stage, self.face), self))
        self.setProperty("role", "card")
        self.refresh()

    def refresh(self) -> None:
        """Read the playhead's frame."""
        stage = self._state.stage_at(self._state.playhead)
        self.tags.set_tags(self._tags(stage))
        for label, text in ((self.stage, self._stage_text(stage)), (self.face, self._face_text())):
            if text != label.text():
                label.setText(text)
                label.setToolTip(text)

    def _tags(self, stage: Stage | None) -> list[Tag]:
        if stage is None:
            return []
        if stage.unseen:
            return [Tag(self.tr("UNSEEN: no face"))]
        tags = [Tag(f"{au}_{letter(index)}", au_colour(au, index)) for au, index in stage.key]
        return tags or [Tag(self.tr("NONE: no Action Unit active"))]

    def _stage_text(self, stage: Stage | None) -> str:
        results = self._state.results
        if self._state.blind:
            return self.tr("The machine is hidden until you commit")
        if stage is None or results is None:
            return self.tr("No stages yet") if self._state.snapshot else self.tr("Not analysed")
        number = (self._state.stage_number(stage.start) or 0) + 1
        total = len(results.stages[self._state.layer])
        seconds = self._state.time_of(stage.stop) - self._state.time_of(stage.start)
        return self.tr("stage {0} of {1} · {2} s · {3} frames · purity {4}").format(
            number, total, f"{seconds:.2f}", stage.frames, share(stage.purity)
        )

    def _face_text(self) -> str:
        snapshot, frame = self._state.snapshot, self._state.playhead
        if snapshot is None:
            return ""
        seen = int(snapshot.seen[frame]) if frame < snapshot.frames else UNKNOWN
        if seen == UNKNOWN:
            return self.tr("Not analysed yet")
        if seen == NO_FACE:
            return self.tr("No face in this frame")
        angles = self.tr("yaw {0} · pitch {1}").format(
            _degrees(float(snapshot.yaw[frame])), _degrees(float(snapshot.pitch[frame]))
        )
        return self.tr("Face {0} · score {1}").format(angles, share(float(snapshot.score[frame])))


def _degrees(angle: float) -> str:
    return "–" if math.isnan(angle) else f"{round(angle):+d}°".replace("-", "−")
