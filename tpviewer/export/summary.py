"""What ``show --json`` says of a session: a stable, documented structure."""

from typing import Any

import numpy as np

from tpviewer.core.stage_grounding import Grounded, stage_grounding, video_grounding
from tpviewer.core.stages import Stage, notation, stage_label
from tpviewer.core.statistics import sequence_statistics
from tpviewer.export.provenance import edits_told, exported
from tpviewer.export.review import review_told
from tpviewer.store.kept import kept_of
from tpviewer.store.patient import shown_video
from tpviewer.store.results import ClusteringSummary
from tpviewer.store.session import EDITED, LAYERS, Session


def summary(session: Session, profile: str | None = None) -> dict[str, Any]:
    """Counts, clusters, stages and temporal prototype of a session.

    Parameters
    ----------
    session : Session
    profile : str, optional
        Name of the results: ``paper`` and ``steady`` are the machine's, ``steady edited`` the expert's. By
        default those that the window shows.

    Returns
    -------
    dict
        JSON types only: ``video``, ``frames``, ``duration_s``, ``model``, ``profile``, ``edited``,
        ``faces_found``, ``aus``, ``stages``, ``temporal_prototype``, ``description_length_reduction``,
        ``profiles``, ``relevance`` (`relevance_told`), ``review``
        (`tpviewer.export.review.review_told`), ``provenance``. ``video`` is its path, or the pseudonym where
        there is one. Frames count from 0, ranges are half-open, times are
        seconds from the first frame. ``grounding`` of a stage and of an Action Unit tells how far its
        relevance lies in the Action Unit's own region (1 all of it, 0 as chance would have it),
        ``grounding_measured`` the share of frames that this is the mean of, ``looks_elsewhere`` where it is
        too little; all are None in a session of an older version.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    profile = exported(session, profile)
    edits = edits_told(session, profile)
    times = np.append(session.times, session.end)
    stages = session.stages(profile=profile)
    counts = sequence_statistics(stages)
    values = session.grounding()
    grounded = [None] * len(stages) if values is None else stage_grounding(values, session.aus, stages)
    return {
        "video": shown_video(session),
        "frames": session.video.frames,
        "duration_s": round(session.end, 6),
        "model": f"{session.model['name']} {session.model['version']}",
        "profile": profile.removesuffix(EDITED),
        "edited": profile.endswith(EDITED),
        "faces_found": int(session.arrays.require("seen").sum()),
        "aus": _aus(session, profile),
        "stages": [_stage(*pair, times) for pair in zip(stages, grounded, strict=True)],
        "temporal_prototype": notation(stages),
        "description_length_reduction": _number(counts.reduction),
        "profiles": {name: _counts(session, name) for name in session.result_sets()},
        "relevance": relevance_told(session),
        "review": review_told(session, profile),
        "provenance": session.provenance | ({"edits": edits} if edits else {}),
    }


def relevance_told(session: Session) -> dict[str, Any]:
    """How many relevance maps are stored, and what they take.

    Returns
    -------
    dict
        ``keep`` and ``every``, see `Kept`; ``maps``, ``bytes`` and ``bytes_per_hour`` of video, None for
        pictures without times of their own.
    """
    kept, size = kept_of(session), session.relevance.size()
    return {
        "keep": kept.keep,
        "every": kept.every,
        "maps": session.relevance.count(),
        "bytes": size,
        "bytes_per_hour": round(size * 3600 / session.end) if session.video.kind == "video" else None,
    }


def _aus(session: Session, profile: str) -> list[dict[str, Any]]:
    active = session.arrays.require(f"{profile}/activity/smoothed")
    found = session.clusterings(profile)
    values, columns = session.grounding(), session.columns(profile)
    grounded = {} if values is None else video_grounding(values, session.aus, active, columns)
    experimental = set(session.model.get("experimental", ()))
    result = []
    for index, au in enumerate(columns):
        entry: dict[str, Any] = {
            "name": au,
            "active_frames": int(active[:, index].sum()),
            "experimental": au in experimental,
            **_of_video(grounded.get(au)),
            "clusters": [],
            "eigenvalues": [],
        }
        if au in found:
            entry |= _clustering(session, profile, found[au])
        result.append(entry)
    return result


def _of_video(grounded: Grounded | None) -> dict[str, Any]:
    if grounded is None:
        return dict.fromkeys(("grounding", "grounding_measured", "looks_elsewhere"))
    return {
        "grounding": _number(grounded.value),
        "grounding_measured": _number(grounded.measured),
        "looks_elsewhere": grounded.elsewhere,
    }


def _clustering(session: Session, profile: str, found: ClusteringSummary) -> dict[str, Any]:
    eigenvalues = session.results.clustering_array(profile, found.au, "eigenvalues")
    return {
        "clusters": [
            {
                "letter": cluster.letter,
                "frames": cluster.frames,
                "medoid_frame": cluster.medoid,
                "silhouette": _number(cluster.silhouette),
            }
            for cluster in found.clusters
        ],
        "clusters_from_spectrum": found.count_from_spectrum,
        "clusters_before_merge": found.count_before_merge,
        "too_few_frames_to_cluster": found.too_few,
        "stability": _number(found.stability),
        "explained_by": {
            name: {"eta_squared": _number(eta), "time_chunks": _number(chunks)}
            for name, (eta, chunks) in found.explained.items()
        },
        "eigenvalues": [round(float(value), 9) for value in eigenvalues],
    }


def _stage(
    stage: Stage, grounded: dict[str, Grounded] | None, times: np.ndarray[Any, np.dtype[np.float64]]
) -> dict[str, Any]:
    return {
        "start": stage.start,
        "stop": stage.stop,
        "start_s": round(float(times[stage.start]), 6),
        "stop_s": round(float(times[stage.stop]), 6),
        "label": stage_label(stage),
        "purity": round(stage.purity, 6),
        **_of_stage(grounded),
    }


def _of_stage(grounded: dict[str, Grounded] | None) -> dict[str, Any]:
    if grounded is None:
        return dict.fromkeys(("grounding", "grounding_measured", "looks_elsewhere"))
    return {
        "grounding": {au: _number(one.value) for au, one in grounded.items()},
        "grounding_measured": {au: _number(one.measured) for au, one in grounded.items()},
        "looks_elsewhere": [au for au, one in grounded.items() if one.elsewhere],
    }


def _counts(session: Session, profile: str) -> dict[str, Any]:
    counts = {layer: sequence_statistics(session.stages(layer, profile)) for layer in LAYERS}
    final = counts["absorbed"]
    return {
        "stages": {layer: value.stages for layer, value in counts.items()},
        "distinct_stages": final.distinct,
        "frames_in_statistics": final.frames,
        "description_length_reduction": _number(final.reduction),
    }


def _number(value: float) -> float | None:
    """JSON knows no NaN."""
    return round(float(value), 6) if np.isfinite(value) else None
