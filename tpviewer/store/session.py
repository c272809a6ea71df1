"""A session: one video, what was found in it, and with which parameters."""

from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.errors import EmptySessionError, SessionError
from tpviewer.core.stages import Stage
from tpviewer.store.arrays import ArrayTable, MetaTable
from tpviewer.store.database import Database
from tpviewer.store.edits import Edit, EditTable
from tpviewer.store.faces import FaceTable
from tpviewer.store.kept import kept_of
from tpviewer.store.neutral_face import NeutralFace
from tpviewer.store.predictions import PredictionTable
from tpviewer.store.relevance import RelevanceTable
from tpviewer.store.results import ClusteringSummary, ResultTable
from tpviewer.store.review_log import SUBJECT as REVIEW
from tpviewer.store.reviews import ReviewTable
from tpviewer.store.steps import StepTable

if TYPE_CHECKING:
    import pandas as pd

PROFILES = ("paper", "steady")
LAYERS = ("raw", "smoothed", "absorbed")
EDITED = " edited"
"""Suffix of the name of a result set in which an expert overruled clusters."""

VIEW = "view"
"""Key in `Session.meta` of how the window was left: a JSON object with ``playhead``, ``top_x`` and ``au``."""

BLIND = "blind"
"""Key in `Session.meta` of the reviewers from whom the machine is hidden: a JSON list of names."""


_MOST_FRAMES = 1 << 24  # three days of 60 frames/s


def edited_name(profile: str) -> str:
    """Name of the results of a profile in which an expert overruled clusters."""
    return profile + EDITED


@dataclass(frozen=True)
class VideoRecord:
    """The video that a session speaks of; it is referenced, not copied.

    Attributes
    ----------
    path : str
        Where it lay, absolute.
    sha256, size : str, int
        Identity of its bytes.
    width, height : int
        Pixels of the upright frame.
    kind : str
        ``video`` or ``images``.
    codec : str
    time_base : (int, int)
        Unit of the presentation times, seconds as a fraction.
    nominal_rate : float
        Frames per second by the container's word; nothing is computed from it.
    frames : int
        Frames analysed.
    warnings : tuple of str
        What is unusual about the file.
    """

    path: str
    sha256: str
    size: int
    width: int
    height: int
    kind: str
    codec: str
    time_base: tuple[int, int]
    nominal_rate: float
    frames: int
    warnings: tuple[str, ...]

    def __post_init__(self) -> None:
        whole = (self.size, self.width, self.height, self.frames, *self.time_base)
        known = all(isinstance(text, str) for text in (self.path, self.sha256, self.kind, self.codec))
        if not known or not all(isinstance(n, int) for n in whole) or len(self.time_base) != 2:
            raise TypeError("the record of the video has values of wrong types")
        if min(whole) < 0 or 0 in self.time_base or self.frames > _MOST_FRAMES:
            raise ValueError("the record of the video has numbers that cannot be")


class Session:
    """One ``.tpv`` file, opened by one thread.

    Parameters
    ----------
    path : Path
    writable : bool
        False opens an existing file for reading only.

    Raises
    ------
    SessionError
        If the file is missing, damaged, no session, from a newer version, or cannot be written.
    """

    def __init__(self, path: Path, writable: bool = False) -> None:
        self.path = path
        self._db = Database(path, writable)
        self.meta = MetaTable(self._db)
        self.arrays = ArrayTable(self._db)
        self.steps = StepTable(self._db)
        self.faces = FaceTable(self._db)
        self.predictions = PredictionTable(self._db)
        self.relevance = RelevanceTable(self._db, self.arrays)
        self.results = ResultTable(self._db, self.arrays)
        self.edits = EditTable(self._db, self._content_of)
        self.reviews = ReviewTable(self._db, self.edits, lambda: self.video.frames)

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def compact(self) -> None:
        """Give the room of what was deleted back to the disk; belongs outside transactions."""
        self._db.compact()

    def transaction(self) -> AbstractContextManager[Connection]:
        """Everything written inside reaches the file together or not at all."""
        return self._db.transaction()

    def reading(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever another process writes meanwhile."""
        return self._db.reading()

    def understood(self) -> AbstractContextManager[None]:
        """Errors of code that takes what is in the file for what it should be become `SessionError`."""
        return self._db.content()

    def data_version(self) -> int:
        """Return a number that changes when another connection has written."""
        return self._db.data_version()

    @property
    def video(self) -> VideoRecord:
        """The video of this session.

        Raises
        ------
        EmptySessionError
            If no analysis was ever started in this file.
        """
        known = self._known("video", "holds no video yet", EmptySessionError)
        with self.understood():
            value = dict(known)
            value["time_base"] = tuple(value["time_base"])
            value["warnings"] = tuple(value["warnings"])
            return VideoRecord(**value)

    @property
    def provenance(self) -> dict[str, Any]:
        """Program, model, every parameter of the results and their neutral face if any, JSON types."""
        value = self._known("provenance", "holds no results yet")
        with self.understood():
            known = dict(value)
            _check_provenance(known)
        neutral = self.neutral
        if neutral is not None:
            known["neutral"] = {"how": neutral.how, "frames": list(neutral.frames)}
        kept = kept_of(self)
        known["relevance_kept"] = {"keep": kept.keep, "every": kept.every}
        return known

    @property
    def neutral(self) -> NeutralFace | None:
        """The neutral face; None where the model takes none, or while it has not been looked for."""
        value = self.meta.get("neutral")
        with self.understood():
            if value is None or self.model["channels"] == 1:
                return None
            return NeutralFace(value["how"], tuple(int(frame) for frame in value["frames"]))

    def put_neutral(self, neutral: NeutralFace) -> None:
        """Store the neutral face; belongs inside the transaction that records the step."""
        self.meta.put("neutral", asdict(neutral))

    @property
    def model(self) -> dict[str, Any]:
        """Card of the model that gave the results, JSON types."""
        value = self._known("model", "holds no model yet")
        with self.understood():
            model = dict(value)
            _check_model(model)
            return model

    @property
    def aus(self) -> tuple[str, ...]:
        """Action Units of the model, in its order."""
        return tuple(self.model["aus"])

    @property
    def profile(self) -> str:
        """The profile that this session is shown in: ``paper`` or ``steady``."""
        known = self.provenance
        with self.understood():
            return str(known["profile"])

    @property
    def chosen(self) -> frozenset[str]:
        """Action Units that take part; the others are classified but never active."""
        return frozenset(self.provenance.get("aus", self.aus))

    def shown(self, profile: str | None = None) -> str:
        """Name of the results that the window shows of a profile (by default `Session.profile`).

        It is the expert's, ``steady edited``, where clusters were overruled, else the machine's, ``steady``.
        """
        machine = profile or self.profile
        edited = edited_name(machine)
        return edited if edited in self.result_sets() else machine

    def result_sets(self) -> tuple[str, ...]:
        """Names of the results: the machine's of both profiles, then those that an expert edited."""
        names = (*PROFILES, *map(edited_name, PROFILES))
        return tuple(name for name in names if self.meta.get(f"columns/{name}") is not None)

    def forget(self, name: str) -> None:
        """Delete one set of results; belongs inside a transaction."""
        self.results.clear(name)
        self.meta.delete(f"columns/{name}")

    def edits_of(self, name: str) -> list[Edit]:
        """Edits that made a set of results what it is, in order; none for the machine's own."""
        machine = next((profile for profile in PROFILES if edited_name(profile) == name), None)
        return [] if machine is None else self.edits.applying(f"{machine}/")

    def _content_of(self, subject: str) -> str | None:
        """Fingerprint of the machine's clusters of a subject of edits, such as ``steady/AU12``.

        It is of the result, not of the parameters: an edit stands while the machine says the same of the
        same maps, whatever else was changed. What a coder says (``review/NAME``) always stands.
        """
        if subject.startswith(REVIEW):
            return "judgements"
        relevance = self.steps.get("relevance")
        frames, labels = (self.arrays.get(f"{subject}/{name}") for name in ("frames", "labels"))
        if relevance is None or frames is None or labels is None:
            return None
        return sha256(relevance.content.encode() + frames.tobytes() + labels.tobytes()).hexdigest()

    @property
    def pts(self) -> NDArray[np.int64]:
        """Presentation times (N,) in the video's time base."""
        return self.arrays.require("pts")

    @property
    def times(self) -> NDArray[np.float64]:
        """Presentation times (N,) in seconds from the first frame."""
        pts = self.pts
        ticks: NDArray[np.float64] = (pts - pts[0]).astype(np.float64)
        numerator, denominator = self.video.time_base
        return ticks * numerator / denominator

    @property
    def end(self) -> float:
        """End of the last frame in seconds from the first."""
        return float(self.arrays.require("end")[0])

    @property
    def complete(self) -> bool:
        """True when the last analysis with these parameters ran to its end."""
        return bool(self.meta.get("complete"))

    def columns(self, profile: str | None = None) -> tuple[str, ...]:
        """Action Units of the columns of `states`: the model's, then those read off another one (AU43)."""
        value = self._known(f"columns/{profile or self.shown()}", "holds no stages yet")
        with self.understood():
            return tuple(str(au) for au in value)

    def logits(self) -> NDArray[np.float32]:
        """Logits (N, K) float32, NaN where no face was seen."""
        return self.predictions.logits(self.video.frames, len(self.aus))

    def grounding(self) -> NDArray[np.float16] | None:
        """Grounding (N, K) of the maps, NaN where there is none; None in a session that was not measured."""
        step = self.steps.get("ground")
        if step is None or not step.finished:
            return None
        return self.relevance.grounding(len(self.aus), 0, self.video.frames)

    def states(self, layer: str = "absorbed", profile: str | None = None) -> NDArray[np.int16]:
        """Letter index per frame and Action Unit.

        Returns
        -------
        (N, columns) int16
            -2 no face, -1 not active, 0 letter A, 1 letter B, …
        """
        return self.arrays.require(f"{profile or self.shown()}/states/{layer}")

    def stages(self, layer: str = "absorbed", profile: str | None = None) -> list[Stage]:
        """Stages of a layer: ``raw``, ``smoothed`` or ``absorbed``."""
        return self.results.stages(profile or self.shown(), layer)

    def clusterings(self, profile: str | None = None) -> dict[str, ClusteringSummary]:
        """Clusterings by Action Unit."""
        return self.results.clusterings(profile or self.shown())

    def prototypes(self, au: str, profile: str | None = None) -> NDArray[np.float32]:
        """Cluster prototypes of an Action Unit (clusters, H, W) float32, letter A first.

        Parameters
        ----------
        au : str
        profile : str, optional
            Name of the results; by default those that the window shows.

        Returns
        -------
        (clusters, H, W) float32
            Signed, in [-1, 1].

        Raises
        ------
        MissingResultError
            If the Action Unit was not clustered in these results.
        """
        array = self.results.clustering_array(profile or self.shown(), au, "prototypes")
        return array.astype(np.float32)

    def frame_table(self) -> "pd.DataFrame":
        """One row a frame: time, face, and per Action Unit probability and letter index."""
        import pandas as pd  # half a second that the window should not wait for

        times = self.times
        with np.errstate(over="ignore"):
            probabilities = 1.0 / (1.0 + np.exp(-self.logits().astype(np.float64)))
        columns: dict[str, NDArray[Any]] = {
            "frame": np.arange(len(times)),
            "time_s": times,
            "face": self.arrays.require("seen"),
        }
        for index, au in enumerate(self.aus):
            columns[f"{au}_p"] = probabilities[:, index]
        states = self.states()
        for index, au in enumerate(self.columns()):
            columns[f"{au}_letter"] = states[:, index]
        return pd.DataFrame(columns)

    def _known(self, key: str, problem: str, kind: type[SessionError] = SessionError) -> Any:
        value = self.meta.get(key)
        if value is None:
            raise kind(f"{self.path}: {problem}; run: tpviewer analyze VIDEO -o FOLDER")
        return value


def _check_model(model: dict[str, Any]) -> None:
    aus = model["aus"]
    if not (isinstance(aus, list) and aus and all(isinstance(au, str) for au in aus)):
        raise TypeError("the card of the model lists no Action Units")


def _check_provenance(known: dict[str, Any]) -> None:
    if known.get("profile", PROFILES[0]) not in PROFILES:
        raise ValueError(f"there is no profile {known['profile']!r}")
    if not all(isinstance(p, (int, float)) for p in known.get("thresholds", {}).values()):
        raise TypeError("a threshold is no number")
