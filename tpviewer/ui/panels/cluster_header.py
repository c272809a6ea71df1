"""The words above an Action Unit's clusters: what was found, how far to trust it, who changed it."""

import math

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tpviewer.core.action_units import ACTION_UNITS, au_number
from tpviewer.core.letters import letter
from tpviewer.core.stage_grounding import Grounded
from tpviewer.store.results import ClusteringSummary
from tpviewer.store.snapshot import AUClusters
from tpviewer.ui import theme
from tpviewer.ui.panels.cluster_facts import Overruling, Suspicion, overruling, suspicions
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import WARNING_SIGN, share

_NAMES = {unit.number: unit.name for unit in ACTION_UNITS}


class ClusterHeader(QWidget):
    """Name, looks found, stability, warnings, and whether an expert overruled the machine.

    Parameters
    ----------
    state : ViewerState
    parent : QWidget, optional
    """

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.title = QLabel(self)
        self.facts = QLabel(self)
        self.counts = QLabel(self)
        self.overruled = QLabel(self)
        self.grounding = QLabel(self)
        self.warning = QLabel(self)
        roles = (
            (self.title, "title"),
            (self.facts, "muted"),
            (self.counts, "muted"),
            (self.overruled, "muted"),
            (self.grounding, "muted"),
            (self.warning, "warning"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        for label, role in roles:
            label.setProperty("role", role)
            label.setFont(theme.tabular())
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addStretch(1)

    def refresh(self) -> None:
        """Say what is known of the chosen Action Unit."""
        au, results, snapshot = self._state.au, self._state.results, self._state.snapshot
        clusters = results.clusters.get(au) if results else None
        name = _NAMES.get(au_number(au), "") if au else self.tr("Looks")
        self.title.setText(f"{au} {name}".strip())
        self._set(self.facts, self._facts(clusters) if clusters else self._nothing())
        self._set(self.counts, self._counts(clusters.summary) if clusters else "")
        changed = overruling(results, snapshot, au) if results and snapshot else None
        self._set(self.overruled, self._overruled(changed) if changed else "")
        found = suspicions(clusters, snapshot) if clusters and snapshot else ()
        letters = [look.letter for look in clusters.summary.clusters] if clusters else []
        grounded = results.grounding.get(au) if results else None
        self._set(self.grounding, self._grounding(grounded) if grounded else "")
        self._set(self.warning, "\n".join(self._warning(one, letters) for one in found))

    def _set(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _nothing(self) -> str:
        if self._state.blind:
            return self.tr("The machine is hidden until you commit.")
        if self._state.snapshot is None:
            return self.tr("Looks of an Action Unit show here when a video has been analysed.")
        if not self._state.au:
            return self.tr("Choose an Action Unit to see its looks.")
        if self._state.results is None:
            return self.tr("Looks appear when the analysis has clustered the relevance maps.")
        return self.tr("Never active in this video, so there is nothing to cluster.")

    def _facts(self, clusters: AUClusters) -> str:
        summary, maps = clusters.summary, len(clusters.frames)
        if summary.too_few:
            return self.tr("{0} frames: too few frames to cluster").format(maps)
        looks = len(summary.clusters)
        found = self.tr("1 look") if looks == 1 else self.tr("{0} looks").format(looks)
        stability = self.tr("stability {0}").format(share(summary.stability))
        if math.isnan(summary.stability):
            stability = self.tr("stability not measured")
        return self.tr("{0} in {1} frames · {2}").format(found, maps, stability)

    def _counts(self, summary: ClusteringSummary) -> str:
        if summary.too_few:
            return ""
        text = self.tr("{0} from the spectrum → {1} after joining small ones → {2} after merging like ones")
        return text.format(summary.count_from_spectrum, summary.count_before_merge, len(summary.clusters))

    def _grounding(self, grounded: Grounded) -> str:
        text = self.tr("Grounding {0} over the frames where it is active").format(share(grounded.value))
        if grounded.elsewhere:
            text += self.tr(" {0} the network looks elsewhere than where it shows").format(WARNING_SIGN)
        return text

    def _overruled(self, changed: Overruling) -> str:
        if changed.looks == changed.machine:
            return self.tr("Overruled by you: the frames of the looks have changed")
        looks = self.tr("1 look") if changed.looks == 1 else self.tr("{0} looks").format(changed.looks)
        return self.tr("Overruled by you: {0} instead of {1}").format(looks, changed.machine)

    def _warning(self, one: Suspicion, letters: list[str]) -> str:
        names = {
            "yaw": (self.tr("head yaw"), self.tr("pose")),
            "brightness": (self.tr("brightness"), self.tr("light")),
            "blur": (self.tr("blur"), self.tr("focus or motion")),
        }
        covariate, cause = names[one.covariate]
        numbers = share(one.eta), share(one.time_eta)
        if one.look is not None:
            text = self.tr("Look {0} goes with {1} (η² {2} against {3} for time): it may be {4}, not muscle")
            return text.format(letter(one.look), covariate, *numbers, cause)
        listed = self.tr("Looks {0} go").format(self.tr(" and ").join(letters[:2]))
        if len(letters) > 2:
            listed = self.tr("Looks go")
        text = self.tr("{0} with {1} (η² {2} against {3} for time): they may be {4}, not muscle")
        return text.format(listed, covariate, *numbers, cause)
