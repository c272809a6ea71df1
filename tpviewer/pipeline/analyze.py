"""The whole method as one generator that runs the steps that are missing."""

import json
import platform
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tpviewer import __version__
from tpviewer.core.errors import SessionError
from tpviewer.media.source import VideoInfo, VideoSource, file_identity
from tpviewer.models.default import default_package_path
from tpviewer.models.model_package import load_package
from tpviewer.pipeline.cluster import cluster
from tpviewer.pipeline.context import Context, SharedEngine, Tools, begin
from tpviewer.pipeline.curate import refresh_all
from tpviewer.pipeline.derive_stages import derive_stages
from tpviewer.pipeline.explain import explain
from tpviewer.pipeline.find_faces import find_faces
from tpviewer.pipeline.follow_face import follow_face
from tpviewer.pipeline.ground import ground
from tpviewer.pipeline.keep import prune
from tpviewer.pipeline.neutral import find_neutral
from tpviewer.pipeline.params import (
    Params,
    ProfileName,
    fingerprint,
    relevance_floors,
    resolve_thresholds,
)
from tpviewer.pipeline.progress import Event, Notice
from tpviewer.store.session import Session, VideoRecord

_PROFILES: tuple[ProfileName, ...] = ("paper", "steady")


def analyze(
    video: Path,
    session_path: Path,
    params: Params | None = None,
    model: Path | None = None,
    tools: Tools | None = None,
) -> Generator[Event, None, None]:
    """Analyse a video into a session, telling how far it is.

    To cancel is to stop iterating (or to close the generator), to resume is to call it again: steps and
    frames that are done with the same parameters are not done again.

    Parameters
    ----------
    video : Path
        Video file, image or folder of images.
    session_path : Path
        The ``.tpv`` file, made where it is missing.
    params : Params, optional
    model : Path, optional
        Model package; the bundled one by default.
    tools : Tools, optional
        How detector and engine are made.

    Yields
    ------
    StepProgress or Notice

    Raises
    ------
    MediaError, ModelError, SessionError, ParameterError
        If the video, the model, the session file or a parameter cannot be used.
    """
    params, tools = params or Params(), tools or Tools()
    package = load_package(model or default_package_path())
    thresholds = resolve_thresholds(package.card.aus, package.card.thresholds, params.thresholds)
    engine = SharedEngine(partial(tools.engine, package, params.preset, params.engine))
    with tools.source(video) as source, Session(session_path, writable=True) as session, closing(engine):
        params = params.with_profile(source.info.kind)
        context = Context(
            path=video,
            source=source,
            session=session,
            params=params,
            package=package,
            thresholds=thresholds,
            floors=relevance_floors(package.card.aus, thresholds, params),
            frames=min(source.info.n_frames, params.max_frames or source.info.n_frames),
            tools=tools,
            engine=engine,
        )
        yield from _run(context)


def _run(context: Context) -> Iterator[Event]:
    told = _Told(context.source)
    yield from told.news()
    _identify(context)
    if context.relevance_engine.note is not None:
        yield Notice(context.relevance_engine.note)
    yield from find_faces(context)
    yield from told.news()
    yield from follow_face(context)
    yield from find_neutral(context)
    yield from explain(context)
    yield from ground(context)
    for name in _PROFILES:
        yield from cluster(context, name)
        yield from derive_stages(context, name)
    yield from refresh_all([context.basis(name) for name in _PROFILES])
    prune(context)
    with context.session.transaction():
        context.session.meta.put("complete", True)


class _Told:
    """Passes on each warning about the video once; reading it can bring new ones."""

    def __init__(self, source: VideoSource) -> None:
        self._source = source
        self._told: set[str] = set()

    def news(self) -> Iterator[Notice]:
        for warning in self._source.info.warnings:
            if warning not in self._told:
                self._told.add(warning)
                yield Notice(warning)


def _identify(context: Context) -> None:
    """Store which video this is and what it is analysed with; refuse another video's session."""
    session, info = context.session, context.source.info
    sha256, size = file_identity(context.path)
    known = session.meta.get("video")
    if known is not None and known["sha256"] != sha256:
        raise SessionError(
            f"{session.path}: this session belongs to another video ({known['path']});"
            " choose another name or folder with -o"
        )
    with session.transaction():
        _outdate_stages(session, _provenance(context))
        session.meta.put("video", asdict(_record(context, info, sha256, size)))
        session.meta.put("model", context.package.card.to_json())
        session.meta.put("provenance", _provenance(context))
        session.meta.put("complete", False)
        session.arrays.put("pts", info.pts[: context.frames])
        session.arrays.put("end", np.array([info.end_s(context.frames - 1)]))
    content = fingerprint("identify", sha256)
    begin(session, "identify", content, 0, lambda: None)


def _outdate_stages(session: Session, provenance: dict[str, Any]) -> None:
    """Stages that were made with other parameters are no results of this analysis, even if it is stopped."""
    known = session.meta.get("provenance")
    if known is None or known == json.loads(json.dumps(provenance)):
        return
    for name in _PROFILES:
        state = session.steps.get(f"stages/{name}")
        if state is not None:
            session.steps.put(f"stages/{name}", replace(state, done=0))


def _record(context: Context, info: VideoInfo, sha256: str, size: int) -> VideoRecord:
    return VideoRecord(
        path=str(context.path.resolve()),
        sha256=sha256,
        size=size,
        width=info.width,
        height=info.height,
        kind=info.kind,
        codec=info.codec,
        time_base=(info.time_base.numerator, info.time_base.denominator),
        nominal_rate=info.nominal_rate,
        frames=context.frames,
        warnings=info.warnings,
    )


def _provenance(context: Context) -> dict[str, Any]:
    """Everything that decides the results, as JSON types."""
    params = asdict(context.params)
    del params["batch"], params["engine"], params["keep"]
    if context.params.neutral is None:
        del params["neutral"]  # so that a model that needs none finds its older results in date
    floors = list(zip(context.aus, context.floors, strict=True))
    return {
        "program": f"TPViewer {__version__}",
        "python": platform.python_version(),
        "model": context.package.card.name,
        "model_version": context.package.card.version,
        "model_sha256": context.package.sha256,
        "profile": context.params.profile,
        "preset": context.params.preset,
        "engine": context.relevance_engine.name,
        "engine_note": context.relevance_engine.note,
        "thresholds": dict(zip(context.aus, context.thresholds, strict=True)),
        "relevance_floors": {au: floor for au, floor in floors if floor is not None},
        "aus": [au for au, floor in floors if floor is not None],
        "parameters": params,
    }
