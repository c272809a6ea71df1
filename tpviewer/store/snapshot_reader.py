"""Reads a session into snapshots, again and again while an analysis fills it."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.stage_grounding import stage_grounding, video_grounding
from tpviewer.store.by_layer import ByLayer
from tpviewer.store.face_tracks import largest_track, stored_tracks, tracks_of
from tpviewer.store.faces import FaceColumns
from tpviewer.store.results import stages_of
from tpviewer.store.session import BLIND, EDITED, LAYERS, PROFILES, VIEW, Session
from tpviewer.store.snapshot import FACE, NO_FACE, UNKNOWN, AUClusters, FaceTrack, ResultSet, Snapshot
from tpviewer.store.steps import StepState

_STEPS = (
    "faces",
    "track",
    "neutral",
    "predict",
    "relevance",
    "ground",
    *(f"{s}/{p}" for p in PROFILES for s in ("cluster", "stages")),
)

_SHOWN_LAYER = "absorbed"


@dataclass
class _Grown:
    """Rows of a table that grows, read up to some frame, and the step's fingerprint they belong to."""

    content: str = ""
    done: int = 0
    value: Any = None


class SnapshotReader:
    """One session file, opened for reading by one thread.

    What is read once and cannot have changed is not read again, so that following a running analysis costs
    what is new and not what is there.

    Parameters
    ----------
    path : Path

    Raises
    ------
    SessionError
        If the file is missing, damaged, no session, or from a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._session = Session(path)
        self._version = -1
        self._last: Snapshot | None = None
        self._faces, self._logits, self._measured = _Grown(), _Grown(), _Grown()
        self._sets: dict[str, tuple[str, ResultSet]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._session.close()

    def read(self) -> Snapshot:
        """Read what the session holds now; the same object as before where nothing was written.

        Raises
        ------
        SessionError
            If the session is damaged, or locked at this moment.
        """
        version = self._session.data_version()
        if self._last is None or version != self._version:
            with self._session.reading(), self._session.understood():
                self._last = self._read()
            self._version = version
        return self._last

    def _read(self) -> Snapshot:
        session = self._session
        video = session.video  # says so where nothing was analysed yet
        steps = {name: state for name in _STEPS if (state := session.steps.get(name)) is not None}
        times, provenance = session.times, session.provenance
        course, tracks, face = self._course(steps, len(times))
        return Snapshot(
            path=session.path,
            video=video,
            times=times,
            end=session.end,
            aus=session.aus,
            thresholds=np.array([provenance["thresholds"][au] for au in session.aus], np.float64),
            chosen=frozenset(provenance.get("aus", session.aus)),
            experimental=frozenset(session.model.get("experimental", ())),
            card=session.model,
            provenance=provenance,
            profile=session.profile,
            progress={name: (state.done, state.total) for name, state in steps.items()},
            complete=session.complete,
            probabilities=self._probabilities(steps.get("predict"), len(times)),
            tracks=tracks,
            face=face,
            unreadable=tuple(session.faces.unreadable()),
            result_sets=self._result_sets(steps),
            view=session.meta.get(VIEW) or {},
            blind=tuple(session.meta.get(BLIND) or ()),
            can_undo=session.edits.undoable() is not None,
            can_redo=session.edits.redoable() is not None,
            **course,
        )

    def _course(
        self, steps: dict[str, StepState], frames: int
    ) -> tuple[dict[str, Any], tuple[FaceTrack, ...], int | None]:
        """Arrays of the face per frame: the chosen one's, before it is chosen the largest one's."""
        track = steps.get("track")
        if track is not None and track.finished:
            arrays, faces = self._session.arrays, steps["faces"]
            known = np.where(arrays.require("seen"), FACE, NO_FACE).astype(np.int8)
            pose = arrays.require("track/pose")
            course = {
                name: arrays.require(f"track/{name}") for name in ("score", "brightness", "blur", "box")
            }
            course |= {"yaw": pose[:, 0], "pitch": pose[:, 1], "seen": known}
            course["crop_to_frame"] = arrays.require("crop_to_frame")
            fitting = all(len(values) == frames for values in course.values())
            if fitting and faces.done >= frames:
                return course, *self._tracks(faces)
        return _provisional(self._face_columns(steps.get("faces")), frames, steps.get("faces")), (), None

    def _tracks(self, faces: StepState) -> tuple[tuple[FaceTrack, ...], int | None]:
        """Every face that was followed, and the number of the chosen one."""
        arrays, asked = self._session.arrays, self._session.provenance["parameters"]["face"]
        known = stored_tracks(arrays)
        if known is None:
            columns, of_face = self._face_columns(faces), arrays.require("track/of_face")
            known = tracks_of(columns, of_face), largest_track(columns, of_face)
        tracks, largest = known
        return tracks, largest if asked is None or not tracks else int(asked)

    def _face_columns(self, step: StepState | None) -> FaceColumns:
        content, done = (step.content, step.done) if step is not None else ("", 0)
        if self._faces.content != content or self._faces.value is None or done < self._faces.done:
            self._faces = _Grown(content, 0, self._session.faces.columns(start=1 << 60))
        if done > self._faces.done:
            new = self._session.faces.columns(self._faces.done)
            self._faces = _Grown(content, done, _joined(self._faces.value, new))
        columns: FaceColumns = self._faces.value
        return columns

    def _probabilities(self, step: StepState | None, frames: int) -> NDArray[np.float32]:
        content, done = (step.content, min(step.done, frames)) if step is not None else ("", 0)
        n_aus = len(self._session.aus)
        old = self._logits
        if (
            old.content != content
            or old.value is None
            or old.value.shape != (frames, n_aus)
            or done < old.done
        ):
            old = _Grown(content, 0, np.full((frames, n_aus), np.nan, np.float32))
        if done > old.done:
            logits = self._session.predictions.logits(done - old.done, n_aus, old.done)
            values = old.value.copy()  # the last snapshot still shows the old ones
            with np.errstate(over="ignore"):
                values[old.done : done] = 1.0 / (1.0 + np.exp(-logits.astype(np.float64)))
            old = _Grown(content, done, values)
        self._logits = old
        probabilities: NDArray[np.float32] = old.value
        return probabilities

    def _result_sets(self, steps: dict[str, StepState]) -> dict[str, ResultSet]:
        found = {}
        ground = steps.get("ground")
        measured = ground.content if ground is not None and ground.finished else ""
        for profile in PROFILES:
            step = steps.get(f"stages/{profile}")
            if step is None or not step.finished:
                continue
            for name in (profile, profile + EDITED):
                if self._session.arrays.get(f"{name}/states/absorbed") is None:
                    continue
                known = self._sets.get(name)
                content = step.content + measured
                if known is None or known[0] != content or name.endswith(EDITED):
                    known = (content, self._result_set(name, self._grounding(measured)))
                    self._sets[name] = known
                found[name] = known[1]
            if profile == self._session.profile and found:
                shown = found.get(profile + EDITED) or found[profile]
                shown.elsewhere(_SHOWN_LAYER)  # made here, so that the window need not wait for it
        return found

    def _grounding(self, content: str) -> NDArray[np.float16] | None:
        """Grounding of the maps; `content` is the fingerprint of that step."""
        if content != self._measured.content:
            self._measured = _Grown(content, 0, self._session.grounding())
        values: NDArray[np.float16] | None = self._measured.value
        return values

    def _result_set(self, name: str, values: NDArray[np.float16] | None) -> ResultSet:
        session = self._session
        rows = {layer: session.results.stage_rows(name, layer) for layer in LAYERS}
        array = session.results.clustering_array
        clusters = {
            au: AUClusters(
                summary=summary,
                frames=array(name, au, "frames").astype(np.int64),
                labels=array(name, au, "labels").astype(np.int32),
                eigenvalues=array(name, au, "eigenvalues").astype(np.float64),
                embedding=array(name, au, "embedding").astype(np.float32),
                prototypes=array(name, au, "prototypes").astype(np.float32),
            )
            for au, summary in session.results.clusterings(name).items()
        }
        result = ResultSet(
            name=name,
            columns=tuple(session.columns(name)),
            activity={k: session.arrays.require(f"{name}/activity/{k}") for k in ("raw", "smoothed")},
            states={layer: session.states(layer, name) for layer in LAYERS},
            stages=ByLayer(LAYERS, lambda layer: tuple(stages_of(rows[layer]))),
            clusters=clusters,
        )
        return result if values is None else _grounded(result, values, session.aus)


def _grounded(result: ResultSet, values: NDArray[np.float16], aus: tuple[str, ...]) -> ResultSet:
    """The same results with the grounding of their stages and Action Units."""
    return replace(
        result,
        grounding=video_grounding(values, aus, result.activity["smoothed"], result.columns),
        stage_grounding=ByLayer(LAYERS, lambda layer: stage_grounding(values, aus, result.stages[layer])),
    )


def _joined(old: FaceColumns, new: FaceColumns) -> FaceColumns:
    return FaceColumns(
        **{f.name: np.concatenate([getattr(old, f.name), getattr(new, f.name)]) for f in fields(FaceColumns)}
    )


def _provisional(columns: FaceColumns, frames: int, step: StepState | None) -> dict[str, Any]:
    """Arrays per frame before faces were followed: of the largest face of each frame."""
    course: dict[str, Any] = {
        name: np.full(frames, np.nan, np.float32) for name in ("yaw", "pitch", "score", "brightness", "blur")
    }
    course["box"] = np.full((frames, 4), np.nan, np.float32)
    course["crop_to_frame"] = np.full((frames, 2, 3), np.nan)
    course["seen"] = np.full(frames, UNKNOWN, np.int8)
    course["seen"][: step.done if step is not None else 0] = NO_FACE
    rows = np.flatnonzero(columns.frame < frames)
    order = rows[np.argsort(columns.box[rows, 2] * columns.box[rows, 3], kind="stable")]
    place = columns.frame[order]  # the largest face of a frame comes last and stays
    course["seen"][place] = FACE
    course["yaw"][place], course["pitch"][place] = columns.pose[order, 0], columns.pose[order, 1]
    for name in ("score", "brightness", "blur", "box"):
        course[name][place] = getattr(columns, name)[order]
    return course
