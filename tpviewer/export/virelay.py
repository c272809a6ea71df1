"""A project for ViRelAy: faces, relevance maps, spectral embeddings and looks as HDF5, and a YAML file.

References
----------
Anders, C. J. et al. (2021). Software for dataset-wide XAI: from local explanations to global insights with
Zennit, CoRelAy, and ViRelAy. arXiv:2106.13200.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tpviewer.core.action_units import action_unit
from tpviewer.export.carried import carried, video_name
from tpviewer.export.hdf5_file import hdf5_file
from tpviewer.export.neutral_picture import neutral_picture
from tpviewer.export.progress import Exporting, ExportProgress
from tpviewer.export.provenance import exported
from tpviewer.export.stage_tiles import open_video, warp_grey
from tpviewer.media.source import VideoSource
from tpviewer.store.kept import whole_maps
from tpviewer.store.session import Session

CLUSTERING, EMBEDDING = "looks", "spectral"

_CHANNELS = 3  # the program draws no picture of one channel
_LEAST_DIMENSIONS = 2  # what ViRelAy draws has an x and a y
_PACKED: Any = {"compression": "gzip", "compression_opts": 1, "shuffle": True}


@dataclass(frozen=True)
class _Names:
    """Files of a project, beside its YAML file."""

    stem: str

    @property
    def all(self) -> tuple[str, ...]:
        return (
            *(self.dataset, self.attribution, self.analysis),
            *(self.shown_attribution, self.shown_analysis, self.labels),
        )

    @property
    def dataset(self) -> str:
        return f"{self.stem}.dataset.h5"

    @property
    def attribution(self) -> str:
        return f"{self.stem}.attribution.h5"

    @property
    def analysis(self) -> str:
        return f"{self.stem}.analysis.h5"

    @property
    def shown_attribution(self) -> str:
        """What the program reads: the same maps with three channels, for it cannot draw one."""
        return f"{self.stem}.virelay.attribution.h5"

    @property
    def shown_analysis(self) -> str:
        """What the program reads: the same analysis where it looks for it."""
        return f"{self.stem}.virelay.analysis.h5"

    @property
    def labels(self) -> str:
        return f"{self.stem}.labels.json"


def virelay_files(path: Path) -> list[Path]:
    """Files of the project at `path`, a YAML file; itself first."""
    return [path, *(path.with_name(name) for name in _Names(path.stem).all)]


def write_virelay(
    session: Session,
    path: Path,
    profile: str | None = None,
    video: Path | None = None,
    top_x: float = 25.0,
    deidentified: bool = False,
) -> Exporting:
    """Write `virelay_files`: one sample a stored relevance map, by frame and then Action Unit.

    ``NAME.dataset.h5`` holds the aligned faces in grey, ``NAME.attribution.h5`` signed maps (``index``,
    ``attribution``, ``label``, ``prediction``), ``NAME.analysis.h5`` of each Action Unit ``index``,
    ``embedding/spectral`` and ``clustering/looks``, as ViRelAy specifies them. Its version 0.6 itself expects
    embeddings and clusters in other places and maps with three channels: ``NAME.virelay.….h5`` show it the
    same data that way without a copy. Maps are copied one by one, however many there are.

    Parameters
    ----------
    session : Session
    path : Path
        ``.yaml``; all files are replaced when all are complete.
    profile : str, optional
        Name of the results, by default those that the window shows.
    video : Path, optional
        Where the video lies now, if it was moved.
    top_x : float
        Percent of the positive relevance that the window draws.
    deidentified : bool
        A drawing of a face in place of the person's; the video is not even opened.

    Yields
    ------
    ExportProgress
        After each map.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    MediaError
        If the video cannot be found.
    """
    profile = exported(session, profile)
    told, names = carried(session, profile, top_x, deidentified), _Names(path.stem)
    samples = _samples(session)
    source: AbstractContextManager[VideoSource | None] = nullcontext()
    if not deidentified:
        source = open_video(session, video)
    with TemporaryDirectory(dir=path.parent, prefix=".virelay-") as made, source as opened:
        folder = Path(made)
        with (
            hdf5_file(folder / names.dataset) as faces,
            hdf5_file(folder / names.attribution) as maps,
        ):
            _tell(faces, told)
            _tell(maps, told)
            yield from _copy(session, samples, opened, faces, maps)
            _show_maps(folder / names.shown_attribution, names.attribution, maps)
        _write_analysis(session, profile, samples, folder, names, told)
        labels = [{"index": k, "word_net_id": au, "name": _label(au)} for k, au in enumerate(session.aus)]
        (folder / names.labels).write_text(json.dumps(labels, indent=2) + "\n", encoding="utf-8")
        project = _project(session, names, video_name(session, deidentified))
        (folder / path.name).write_text(project, encoding="utf-8")
        for name in (*names.all, path.name):
            (folder / name).replace(path.with_name(name))


def _samples(session: Session) -> NDArray[np.int64]:
    """Frame and Action Unit of each map that is stored whole, (S, 2), by frame and then Action Unit.

    Raises
    ------
    SessionError
        If only prototypes were kept.
    """
    parts = [
        np.stack([frames, np.full(len(frames), index)], axis=1)
        for index in range(len(session.aus))
        if len(frames := whole_maps(session, index))
    ]
    found = np.concatenate([np.empty((0, 2), np.int64), *parts])
    return np.asarray(found[np.lexsort((found[:, 1], found[:, 0]))])


def _copy(
    session: Session,
    samples: NDArray[np.int64],
    source: VideoSource | None,
    faces: h5py.File,
    maps: h5py.File,
) -> Iterator[ExportProgress]:
    """Copy faces and maps; a frame is decoded once, and nothing but it is held."""
    height, width = (int(side) for side in session.model["input_size"])
    count = len(samples)
    pictures = _one_by_one(faces, "data", (count, _CHANNELS, height, width), np.uint8)
    relevance = _one_by_one(maps, "attribution", (count, 1, height, width), np.float32)
    for file in (faces, maps):
        file["label"] = samples[:, 1].astype(np.uint32)
        file["index"] = np.arange(count, dtype=np.uint32)
        file["frame"] = samples[:, 0].astype(np.uint32)
    with np.errstate(over="ignore"):
        probabilities = expit(session.logits().astype(np.float64)).astype(np.float32)
    maps["prediction"] = probabilities[samples[:, 0]]
    shown, picture = -1, np.zeros((height, width), np.uint8)
    supply = _faces(session, np.unique(samples[:, 0]), source, (height, width))
    for row, (frame, au) in enumerate(samples.tolist()):
        if frame != shown:
            shown, picture = next(supply)
        one = session.relevance.get(au, frame)
        assert one is not None
        pictures[row], relevance[row, 0] = np.broadcast_to(picture, (_CHANNELS, height, width)), one
        yield ExportProgress(row + 1, count)


def _one_by_one(file: h5py.File, name: str, shape: tuple[int, ...], kind: type) -> h5py.Dataset:
    """A data set that is written and read sample by sample."""
    if not shape[0]:
        return file.create_dataset(name, shape, kind)
    return file.create_dataset(name, shape, kind, chunks=(1, *shape[1:]), **_PACKED)


def _show_maps(path: Path, file: str, maps: h5py.File) -> None:
    """Maps as the first of three channels; the program draws their sum."""
    count, _, height, width = maps["attribution"].shape
    layout = h5py.VirtualLayout((count, _CHANNELS, height, width), np.float32)
    if count:
        layout[:, :1] = h5py.VirtualSource(file, "attribution", maps["attribution"].shape)
    with hdf5_file(path) as shown:
        shown.create_virtual_dataset("attribution", layout, fillvalue=0)
        for name in ("index", "label", "prediction"):
            shown[name] = h5py.ExternalLink(file, name)


def _faces(
    session: Session, frames: NDArray[np.int64], source: VideoSource | None, size: tuple[int, int]
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Aligned faces of ascending frames; what cannot be decoded is black."""
    if source is None:
        face = neutral_picture(session, 1)
        yield from ((frame, face) for frame in frames.tolist())
        return
    to_frame = session.arrays.require("crop_to_frame")
    wanted = set(frames.tolist())
    for frame, picture in source.frames(int(frames[0]), int(frames[-1]) + 1) if len(frames) else ():
        if frame in wanted:
            if picture is None or not np.isfinite(to_frame[frame]).all():
                yield frame, np.zeros(size, np.uint8)
            else:
                yield frame, warp_grey(picture, to_frame[frame], size[1], size[0])


def _write_analysis(
    session: Session,
    profile: str,
    samples: NDArray[np.int64],
    folder: Path,
    names: _Names,
    told: dict[str, Any],
) -> None:
    with (
        hdf5_file(folder / names.analysis) as file,
        hdf5_file(folder / names.shown_analysis) as links,
    ):
        _tell(file, told)
        for au in session.clusterings(profile):
            arrays = {
                name: session.results.clustering_array(profile, au, name)
                for name in ("frames", "labels", "eigenvalues", "embedding", "prototypes")
            }
            own = np.flatnonzero(samples[:, 1] == session.aus.index(au))
            stored = np.isin(arrays["frames"], samples[own, 0])
            for name in ("frames", "labels", "embedding"):
                arrays[name] = arrays[name][stored]
            rows = own[np.searchsorted(samples[own, 0], arrays["frames"])]
            _write_category(file.create_group(au), rows, arrays)
            if arrays["embedding"].shape[1] >= _LEAST_DIMENSIONS:
                _link_category(links.create_group(au), names.analysis, au)


def _write_category(
    group: h5py.Group, rows: NDArray[np.int64], arrays: dict[str, NDArray[np.generic]]
) -> None:
    """One Action Unit, as ViRelAy's specification of its files has it."""
    group["name"] = _label(group.name.strip("/"))
    group["index"] = rows.astype(np.uint32)
    embedding = group.create_group(f"embedding/{EMBEDDING}")
    embedding["name"] = "spectral embedding"
    embedding["root"] = arrays["embedding"].astype(np.float32)
    embedding["root"].attrs["eigenvalue"] = arrays["eigenvalues"].astype(np.float32)
    embedding["eigenvalue"] = arrays["eigenvalues"].astype(np.float32)
    clustering = group.create_group(f"clustering/{CLUSTERING}")
    clustering["name"] = "looks, 0 is A"
    clustering["root"] = arrays["labels"].astype(np.uint32)
    clustering["prototype/average"] = arrays["prototypes"].astype(np.float32)[:, None]


def _link_category(group: h5py.Group, file: str, au: str) -> None:
    """The same where the program looks for it."""
    group["index"] = h5py.ExternalLink(file, f"{au}/index")
    group[f"embedding/{EMBEDDING}"] = h5py.ExternalLink(file, f"{au}/embedding/{EMBEDDING}/root")
    group[f"cluster/{CLUSTERING}"] = h5py.ExternalLink(file, f"{au}/clustering/{CLUSTERING}/root")


def _tell(file: h5py.File, told: dict[str, Any]) -> None:
    for name, value in told.items():
        plain = isinstance(value, str | int | float)
        file.attrs[name] = value if plain else json.dumps(value, sort_keys=True)


def _label(au: str) -> str:
    return f"{au} {action_unit(au).name}"


def _project(session: Session, names: _Names, video: str) -> str:
    """The project file; every value is written as JSON, which YAML understands."""
    height, width = session.model["input_size"]
    value = json.dumps
    model = f"{session.model['name']} {session.model['version']}"
    return "\n".join(
        [
            "project:",
            f"  name: {value(f'Relevance of {video}')}",
            f"  model: {value(model)}",
            f"  label_map: {value(names.labels)}",
            "  dataset:",
            f"    name: {value(video)}",
            "    type: hdf5",
            f"    path: {value(names.dataset)}",
            f"    input_width: {int(width)}",
            f"    input_height: {int(height)}",
            "    down_sampling_method: none",
            "    up_sampling_method: none",
            "  attributions:",
            f"    attribution_method: {value(str(session.provenance['preset']))}",
            "    attribution_strategy: predicted_label",
            "    sources:",
            f"      - {value(names.shown_attribution)}",
            "  analyses:",
            "    - analysis_method: spectral",
            "      sources:",
            f"        - {value(names.shown_analysis)}",
            "",
        ]
    )
