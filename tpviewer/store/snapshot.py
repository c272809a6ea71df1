"""What a session holds at one moment, as arrays that can be handed to another thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.stage_grounding import Grounded
from tpviewer.core.stages import Stage
from tpviewer.store.by_layer import ByLayer
from tpviewer.store.results import ClusteringSummary
from tpviewer.store.session import EDITED, VideoRecord

UNKNOWN, NO_FACE, FACE = -1, 0, 1
"""Values of `Snapshot.seen`: not looked at yet, no face, the chosen face."""


@dataclass(frozen=True, eq=False)
class AUClusters:
    """Clusters of one Action Unit's maps.

    Attributes
    ----------
    summary : ClusteringSummary
    frames : (n,) int64
        Clustered frames, ascending.
    labels : (n,) int32
        Letter index of each.
    eigenvalues : (m,) float64
        Smallest eigenvalues of the Laplacian, ascending; empty where there were too few maps.
    embedding : (n, m) float32
        Their eigenvectors.
    prototypes : (clusters, H, W) float32
        Mean map of each cluster, signed, in [-1, 1].
    """

    summary: ClusteringSummary
    frames: NDArray[np.int64]
    labels: NDArray[np.int32]
    eigenvalues: NDArray[np.float64]
    embedding: NDArray[np.float32]
    prototypes: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ResultSet:
    """Clusters, states and stages of one profile.

    Attributes
    ----------
    name : str
        ``paper`` or ``steady``, with `EDITED` at its end where an expert overruled clusters.
    columns : tuple of str, length C
        Action Units of the columns below: the model's, then those read off another one (AU43).
    activity : mapping of str to (N, C) bool
        ``raw`` and ``smoothed``: where each Action Unit is active.
    states : mapping of str to (N, C) int16
        ``raw``, ``smoothed``, ``absorbed``: -2 no face, -1 not active, 0 letter A, 1 letter B, …
    stages : mapping of str to tuple of Stage
        The same three layers.
    clusters : mapping of str to AUClusters
    grounding : mapping of str to Grounded
        Of each Action Unit over the frames in which it is active; empty where it was not measured.
    stage_grounding : mapping of str to tuple of mapping of str to Grounded
        By layer, of each stage's Action Units; no layers where it was not measured.
    """

    name: str
    columns: tuple[str, ...]
    activity: Mapping[str, NDArray[np.bool_]]
    states: Mapping[str, NDArray[np.int16]]
    stages: Mapping[str, tuple[Stage, ...]]
    clusters: Mapping[str, AUClusters]
    grounding: Mapping[str, Grounded] = field(default_factory=dict)
    stage_grounding: Mapping[str, tuple[Mapping[str, Grounded], ...]] = field(default_factory=dict)

    def grounding_of(self, layer: str, number: int) -> Mapping[str, Grounded]:
        """Grounding of the Action Units of stage `number` of a layer; empty where it was not measured."""
        return self.stage_grounding[layer][number] if layer in self.stage_grounding else {}

    def elsewhere(self, layer: str) -> tuple[frozenset[str], ...]:
        """Action Units of each stage of a layer for which the network looks elsewhere."""
        return self._elsewhere[layer]

    @cached_property
    def _elsewhere(self) -> ByLayer[tuple[frozenset[str], ...]]:
        def of(layer: str) -> tuple[frozenset[str], ...]:
            if layer not in self.stage_grounding:
                return (frozenset(),) * len(self.stages[layer])
            measured = self.stage_grounding[layer]
            return tuple(frozenset(au for au, one in stage.items() if one.elsewhere) for stage in measured)

        return ByLayer(tuple(self.stages), of)

    @property
    def profile(self) -> str:
        """The profile without the mark of edits."""
        return self.name.removesuffix(EDITED)

    @property
    def edited(self) -> bool:
        """True where an expert overruled clusters."""
        return self.name.endswith(EDITED)


@dataclass(frozen=True)
class FaceTrack:
    """One face followed through the video.

    Attributes
    ----------
    number : int
        0 is the first to appear.
    frames : int
        Frames in which it was found.
    first : int
        Its first frame.
    largest : int
        The frame in which it is largest.
    box : (float, float, float, float)
        x, y, width, height in that frame, pixels.
    """

    number: int
    frames: int
    first: int
    largest: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that views draw of a session, N frames and K Action Units of the model.

    Attributes
    ----------
    path : Path
        The session file.
    video : VideoRecord
    times : (N,) float64
        Presentation times in seconds from the first frame.
    end : float
        End of the last frame, seconds.
    aus : tuple of str, length K
    thresholds : (K,) float64
        Decision thresholds that were used.
    chosen : frozenset of str
        Action Units that take part; the others are classified but never active.
    experimental : frozenset of str
    card : mapping
        Card of the model, JSON types.
    provenance : mapping
    profile : str
        Profile that the session is shown in by default.
    progress : mapping of str to (int, int)
        Done and total of each step that has begun (``faces``, ``track``, ``predict``, ``relevance``,
        ``cluster/paper``, …).
    complete : bool
        The last analysis ran to its end.
    seen : (N,) int8
        `UNKNOWN`, `NO_FACE` or `FACE`.
    probabilities : (N, K) float32
        NaN where unknown or no face.
    yaw, pitch : (N,) float32
        Degrees, NaN where unknown or no face.
    score, brightness, blur : (N,) float32
        Quality of the face, as the detector saw it.
    box : (N, 4) float32
        The chosen face; x, y, width, height in pixels.
    crop_to_frame : (N, 2, 3) float64
        Affine matrix from crop to frame pixels (whole numbers are pixel centres); NaN without a face.
    tracks : tuple of FaceTrack
        Empty until faces have been followed.
    face : int or None
        Number of the track that was analysed.
    unreadable : tuple of int
        Frames that could not be decoded.
    result_sets : mapping of str to ResultSet
        By name; empty until stages have been derived.
    view : mapping
        How the session was left: ``playhead``, ``top_x``, ``au``; empty at first.
    blind : tuple of str
        Reviewers from whom the machine is hidden until they commit.
    can_undo, can_redo : bool
        There is an edit to take back, or one that was taken back.
    """

    path: Path
    video: VideoRecord
    times: NDArray[np.float64]
    end: float
    aus: tuple[str, ...]
    thresholds: NDArray[np.float64]
    chosen: frozenset[str]
    experimental: frozenset[str]
    card: Mapping[str, Any]
    provenance: Mapping[str, Any]
    profile: str
    progress: Mapping[str, tuple[int, int]]
    complete: bool
    seen: NDArray[np.int8]
    probabilities: NDArray[np.float32]
    yaw: NDArray[np.float32]
    pitch: NDArray[np.float32]
    score: NDArray[np.float32]
    brightness: NDArray[np.float32]
    blur: NDArray[np.float32]
    box: NDArray[np.float32]
    crop_to_frame: NDArray[np.float64]
    tracks: tuple[FaceTrack, ...] = ()
    face: int | None = None
    unreadable: tuple[int, ...] = ()
    result_sets: Mapping[str, ResultSet] = field(default_factory=dict)
    view: Mapping[str, Any] = field(default_factory=dict)
    blind: tuple[str, ...] = ()
    can_undo: bool = False
    can_redo: bool = False

    @property
    def frames(self) -> int:
        """Number of frames N that are (to be) analysed."""
        return len(self.times)

    @cached_property
    def bounds(self) -> NDArray[np.float64]:
        """Presentation time of each frame and the end of the last, (N + 1,) seconds."""
        return np.append(self.times, self.end)

    def hidden(self) -> "Snapshot":
        """The same video with nothing of what the machine says of its face, for a coder who is blind to it.

        Whether, where and how well a face was seen stays, and how far the analysis is.
        """
        nothing = np.full_like(self.probabilities, np.nan)
        return replace(self, probabilities=nothing, result_sets={})

    def shown(self, profile: str) -> ResultSet | None:
        """Results of a profile, the expert's where there are some; None while there are none."""
        return self.result_sets.get(profile + EDITED) or self.result_sets.get(profile)
