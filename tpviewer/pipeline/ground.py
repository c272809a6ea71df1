"""Step 3b: does the network look where the Action Unit is? Grounding of every map (method, section 11)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.alignment import apply, invert
from tpviewer.core.grounding import groundings
from tpviewer.core.regions import MESH_POINTS, REGIONS, region_masks
from tpviewer.pipeline.context import Context, Meter, begin
from tpviewer.pipeline.follow_face import chosen_rows
from tpviewer.pipeline.params import fingerprint
from tpviewer.pipeline.progress import Event
from tpviewer.store.relevance import GROUNDING_BLOCK
from tpviewer.store.session import Session
from tpviewer.store.steps import StepState

Pair = tuple[int, int]
"""Action Unit index and frame of a map."""

VERSION = 1  # raise when grounding changes, so that older results are found out of date


def ground(context: Context) -> Iterator[Event]:
    """Measure how far each stored map lies in its Action Unit's region on that frame's face mesh.

    Frames are worked through in the blocks in which the result is stored, whatever the batch size. What is
    stored of the same map, as a rule by the step that computed it, is not measured again.
    """
    session, state = context.session, begin_ground(context)
    if state.finished:
        return
    faces = FollowedFaces.of(context)
    meter = Meter("ground", context.frames, state.done)
    for first in range(state.done - state.done % GROUNDING_BLOCK, context.frames, GROUNDING_BLOCK):
        stop = min(first + GROUNDING_BLOCK, context.frames)
        values = _measured(faces, session, first, stop)
        with session.transaction():
            session.relevance.put_grounding(first, values)
            session.steps.put("ground", replace(state, done=stop))
        yield meter.at(stop)


def begin_ground(context: Context) -> StepState:
    """Return where the step goes on, after what was measured on other maps is forgotten."""
    session = context.session
    content = fingerprint("ground", VERSION, context.content("relevance"), dict(REGIONS))
    coverage = fingerprint(context.floors)
    clear = session.relevance.clear_grounding
    return begin(session, "ground", content, context.frames, clear, coverage)


@dataclass(frozen=True)
class FollowedFaces:
    """Where the chosen face's meshes are stored, and how they come into the crop."""

    session: Session
    aus: tuple[str, ...]
    shape: tuple[int, int]
    to_frame: NDArray[np.float64]
    faces: dict[int, int]

    @classmethod
    def of(cls, context: Context) -> "FollowedFaces":
        """The face that an analysis has followed."""
        session = context.session
        found, tracks = session.faces.columns(), session.arrays.require("track/of_face")
        rows = chosen_rows(context, found, tracks)
        return cls(
            session=session,
            aus=context.aus,
            shape=context.package.card.input_size,
            to_frame=session.arrays.require("crop_to_frame"),
            faces=dict(zip(found.frame[rows].tolist(), found.face[rows].tolist(), strict=True)),
        )

    def mesh(self, frame: int) -> NDArray[np.float64]:
        """Mesh points (468, 2) of the chosen face in pixels of the crop.

        Parameters
        ----------
        frame : int

        Returns
        -------
        (468, 2) float64

        Raises
        ------
        KeyError
            If the face was not seen in this frame.
        """
        points = self.session.faces.mesh_points(frame, self.faces[frame], range(MESH_POINTS))
        return apply(invert(self.to_frame[frame]), points)

    def measure(
        self, pairs: Sequence[Pair], maps: NDArray[np.float32], meshes: Mapping[int, NDArray[np.float64]]
    ) -> NDArray[np.float16]:
        """Grounding (n,) of n maps as they are stored, NaN where no region is known; touches no file.

        Parameters
        ----------
        pairs : sequence of n (Action Unit index, frame)
        maps : (n, H, W) float32
        meshes : mapping of int to (468, 2) float64
            `mesh` of each frame.
        """
        values, aus = np.full(len(pairs), np.nan, np.float16), np.array([index for index, _ in pairs])
        for index in np.unique(aus).tolist():
            if self.aus[index] in REGIONS:
                rows = np.flatnonzero(aus == index)
                faces = np.stack([meshes[pairs[row][1]] for row in rows.tolist()])
                values[rows] = groundings(maps[rows], region_masks(self.aus[index], faces, self.shape))
        return values


def put_measured(
    session: Session, pairs: Sequence[Pair], values: NDArray[np.float16], n_aus: int, n_frames: int
) -> None:
    """Store the grounding of some maps beside that of others; belongs inside a transaction.

    Parameters
    ----------
    session : Session
    pairs : sequence of n (Action Unit index, frame)
    values : (n,) float16
    n_aus, n_frames : int
        Of the whole analysis.
    """
    if not pairs:
        return
    aus, frames = np.array(pairs).T
    for first in np.unique(frames - frames % GROUNDING_BLOCK).tolist():
        stop, rows = (
            min(first + GROUNDING_BLOCK, n_frames),
            frames // GROUNDING_BLOCK == first // GROUNDING_BLOCK,
        )
        block = session.relevance.grounding(n_aus, first, stop)
        block[frames[rows] - first, aus[rows]] = values[rows]
        session.relevance.put_grounding(first, block)


def _measured(faces: FollowedFaces, session: Session, start: int, stop: int) -> NDArray[np.float16]:
    """Grounding (stop - start, K) of the maps of frames [start, stop), NaN where there is none."""
    values = session.relevance.grounding(len(faces.aus), start, stop)
    stored = sorted(session.relevance.stored(start, stop))
    pairs = [
        (au, frame)
        for au, frame in stored
        if faces.aus[au] in REGIONS and np.isnan(values[frame - start, au])
    ]
    if pairs:
        found = [session.relevance.get(au, frame) for au, frame in pairs]
        maps = np.stack([relevance for relevance in found if relevance is not None])
        meshes = {frame: faces.mesh(frame) for frame in {frame for _, frame in pairs}}
        aus, frames = np.array(pairs).T
        values[frames - start, aus] = faces.measure(pairs, maps, meshes)
    return values
