"""Step 3b: does the network look where the Action Unit is? Grounding of every map (method, section 11)."""

from collections.abc import Iterator
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

VERSION = 1  # raise when grounding changes, so that older results are found out of date


def ground(context: Context) -> Iterator[Event]:
    """Measure how far each stored map lies in its Action Unit's region on that frame's face mesh.

    Frames are worked through in the blocks in which the result is stored, whatever the batch size. What is
    stored of the same map is not measured again.
    """
    session = context.session
    content = fingerprint("ground", VERSION, context.content("relevance"), dict(REGIONS))
    coverage = fingerprint(context.floors)
    clear = session.relevance.clear_grounding
    state = begin(session, "ground", content, context.frames, clear, coverage)
    if state.finished:
        return
    blocks = _Blocks.of(context)
    meter = Meter("ground", context.frames, state.done)
    for first in range(state.done - state.done % GROUNDING_BLOCK, context.frames, GROUNDING_BLOCK):
        stop = min(first + GROUNDING_BLOCK, context.frames)
        values = blocks.measure(first, stop)
        with session.transaction():
            session.relevance.put_grounding(first, values)
            session.steps.put("ground", replace(state, done=stop))
        yield meter.at(stop)


@dataclass(frozen=True)
class _Blocks:
    """Where the chosen face's meshes are stored, and how they come into the crop."""

    session: Session
    aus: tuple[str, ...]
    shape: tuple[int, int]
    to_frame: NDArray[np.float64]
    faces: dict[int, int]

    @classmethod
    def of(cls, context: Context) -> "_Blocks":
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

    def measure(self, start: int, stop: int) -> NDArray[np.float16]:
        """Grounding (stop - start, K) of the maps of frames [start, stop), NaN where there is none."""
        values = self.session.relevance.grounding(len(self.aus), start, stop)
        missing: dict[int, list[int]] = {}
        for index, frame in sorted(self.session.relevance.stored(start, stop)):
            if self.aus[index] in REGIONS and np.isnan(values[frame - start, index]):
                missing.setdefault(index, []).append(frame)
        meshes = {frame: self._mesh(frame) for frame in set().union(*missing.values())}
        for index, frames in missing.items():
            masks = region_masks(self.aus[index], np.stack([meshes[frame] for frame in frames]), self.shape)
            places = np.array(frames)
            maps = np.stack(list(self.session.relevance.maps(index, places)))
            values[places - start, index] = groundings(maps, masks)
        return values

    def _mesh(self, frame: int) -> NDArray[np.float64]:
        """Mesh points (468, 2) of the chosen face in pixels of the crop."""
        points = self.session.faces.mesh_points(frame, self.faces[frame], range(MESH_POINTS))
        return apply(invert(self.to_frame[frame]), points)
