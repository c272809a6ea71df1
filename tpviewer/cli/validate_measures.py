"""What the analysis of a phantom is measured by: each figure comes from its session and its known truth."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.agreement import boundaries, boundary_errors, event_agreement, frame_agreement
from tpviewer.core.grounding import grounding, mirrored
from tpviewer.core.planting import SHARES, planted_agreement
from tpviewer.core.relevance import normalise_signed
from tpviewer.core.spray import SprayParams
from tpviewer.core.stability import adjusted_rand_index
from tpviewer.core.stages import stages_from_states
from tpviewer.store.session import Session
from tpviewer.store.truth import Truth

TOLERANCE_S = 0.08
"""An onset or offset is in time if it is off by no more than this: two frames at 25 frames/s."""

NEAR = 3
"""Frames within which a stage boundary counts as found."""

SHOWN = "steady"
"""Profile that the criteria judge, the default for videos."""


@dataclass(frozen=True)
class AUAgreement:
    """How one Action Unit was found in one phantom, by one profile; errors are medians in frames."""

    video: str
    profile: str
    au: str
    experimental: bool
    true_frames: int
    found_frames: int
    shared_frames: int
    f1: float | None
    events: int
    missed: int
    spurious: int
    onset_error: float | None
    offset_error: float | None
    onsets_in_time: int
    offsets_in_time: int


@dataclass(frozen=True)
class StageAgreement:
    """How well stage boundaries were found: median distances in frames, and how many within `NEAR` frames."""

    video: str
    profile: str
    true_stages: int
    found_stages: int
    median_from_truth: float | None
    median_from_found: float | None
    share_within_3: float | None
    true_near: int
    found_near: int


@dataclass(frozen=True)
class LookAgreement:
    """How far the clusters of an Action Unit are the looks that were scripted.

    `agreement` is the adjusted Rand index over the `frames` in which the Action Unit was present and found;
    None where those show less than two looks.
    """

    video: str
    au: str
    experimental: bool
    frames: int
    looks: int
    clusters: int
    agreement: float | None


@dataclass(frozen=True)
class MaskGrounding:
    """Grounding of the mean relevance map of an Action Unit in the pixels that it moves.

    `covered` is the share of the crop that these are, `mirrored` the grounding in the same mask upside down.
    """

    video: str
    au: str
    experimental: bool
    frames: int
    covered: float
    grounding: float | None
    mirrored: float | None


@dataclass(frozen=True)
class PlantedAgreement:
    """Agreement of clusters with changes planted into an Action Unit's maps, by the share that was moved."""

    video: str
    au: str
    frames: int
    agreement: dict[str, float]


@dataclass(frozen=True)
class Measured:
    """Everything that was measured, in the order of the phantoms."""

    aus: tuple[AUAgreement, ...]
    stages: tuple[StageAgreement, ...]
    looks: tuple[LookAgreement, ...]
    grounding: tuple[MaskGrounding, ...]
    planted: tuple[PlantedAgreement, ...]


def compare_aus(session: Session, truth: Truth, video: str, profile: str) -> Iterator[AUAgreement]:
    """Agreement per Action Unit that model or truth knows to occur."""
    columns = session.columns(profile)
    active = session.arrays.require(f"{profile}/activity/smoothed")
    tolerance = _tolerance(session)
    for au in session.aus:
        found = active[:, columns.index(au)]
        true = presence(truth, au)
        if not found.any() and not true.any():
            continue
        events, frames = event_agreement(found, true), frame_agreement(found[:, None], true[:, None])
        yield AUAgreement(
            video=video,
            profile=profile,
            au=au,
            experimental=au in session.model["experimental"],
            true_frames=int(true.sum()),
            found_frames=int(found.sum()),
            shared_frames=int(frames.true_positive[0]),
            f1=_number(float(frames.f1[0])),
            events=len(events.onset_errors) + events.missed,
            missed=events.missed,
            spurious=events.spurious,
            onset_error=_median(np.abs(events.onset_errors)),
            offset_error=_median(np.abs(events.offset_errors)),
            onsets_in_time=int((np.abs(events.onset_errors) <= tolerance).sum()),
            offsets_in_time=int((np.abs(events.offset_errors) <= tolerance).sum()),
        )


def compare_stages(session: Session, truth: Truth, video: str, profile: str) -> StageAgreement:
    """Agreement of stage boundaries, over the Action Units that are in stages and not experimental."""
    excluded = set(session.model["experimental"]) | ({"AU45"} if profile == "steady" else set())
    kept = [au not in excluded for au in truth.aus]
    true = stages_from_states(truth.states()[:, kept], [au for au in truth.aus if au not in excluded])
    columns = session.columns(profile)
    mine = [au not in excluded for au in columns]
    states = session.states("absorbed", profile)[:, mine]
    found = stages_from_states(states, [au for au in columns if au not in excluded])
    from_truth, from_found = boundary_errors(boundaries(found), boundaries(true))
    return StageAgreement(
        video=video,
        profile=profile,
        true_stages=len(true),
        found_stages=len(found),
        median_from_truth=_median(from_truth),
        median_from_found=_median(from_found),
        share_within_3=float((from_truth <= NEAR).mean()) if len(from_truth) else None,
        true_near=int((from_truth <= NEAR).sum()),
        found_near=int((from_found <= NEAR).sum()),
    )


def compare_looks(session: Session, truth: Truth, video: str) -> Iterator[LookAgreement]:
    """Agreement of clusters with looks, for each Action Unit whose look was scripted to change."""
    states = truth.states()
    for au in dict.fromkeys(change.au for change in truth.changes):
        if au not in session.aus:
            continue
        frames, labels = clusters(session, au)
        looks = states[frames, truth.aus.index(au)]
        shown = looks >= 0
        looks, labels = looks[shown], labels[shown]
        yield LookAgreement(
            video=video,
            au=au,
            experimental=au in session.model["experimental"],
            frames=len(looks),
            looks=len(np.unique(looks)),
            clusters=len(np.unique(labels)),
            agreement=_number(adjusted_rand_index(labels, looks)) if len(np.unique(looks)) > 1 else None,
        )


def compare_grounding(session: Session, truth: Truth, video: str) -> Iterator[MaskGrounding]:
    """Grounding of each Action Unit that was present and found; nothing for a truth without masks."""
    if truth.masks is None:
        return
    for au, mask in zip(truth.aus, truth.masks, strict=True):
        relevance, frames = mean_map(session, truth, au)
        if relevance is None or not mask.any():
            continue
        yield MaskGrounding(
            video=video,
            au=au,
            experimental=au in session.model["experimental"],
            frames=frames,
            covered=round(float(mask.mean()), 4),
            grounding=_number(grounding(relevance, mask)),
            mirrored=_number(grounding(relevance, mirrored(mask))),
        )


def compare_planted(session: Session, truth: Truth, video: str) -> Iterator[PlantedAgreement]:
    """Changes planted into the maps of every Action Unit that was present and found."""
    params = SprayParams.steady()
    for au in session.aus:
        frames, _ = clusters(session, au)
        if len(frames) < 2 * params.min_maps or not presence(truth, au).any():
            continue
        maps = np.stack(list(session.relevance.maps(session.aus.index(au), frames)))
        found = {f"{share:g}": round(planted_agreement(maps, share, params), 4) for share in SHARES}
        yield PlantedAgreement(video, au, len(frames), found)


def clusters(session: Session, au: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Frames of an Action Unit's maps and the cluster of each, both (n,) int64; none if it was not found."""
    if au not in session.clusterings(SHOWN):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    frames, labels = (session.results.clustering_array(SHOWN, au, name) for name in ("frames", "labels"))
    return frames.astype(np.int64), labels.astype(np.int64)


def mean_map(session: Session, truth: Truth, au: str) -> tuple[NDArray[np.float64] | None, int]:
    """Mean of an Action Unit's maps, each divided by its own max |R|, where it was present and found.

    Returns
    -------
    (H, W) float64, or None without such frames
    int
        Number of these frames.
    """
    frames, _ = clusters(session, au)
    frames = frames[presence(truth, au)[frames]]
    if not len(frames):
        return None, 0
    total = np.zeros(tuple(session.model["input_size"]), np.float64)
    for relevance in session.relevance.maps(session.aus.index(au), frames):
        total += normalise_signed(relevance)
    return total / len(frames), len(frames)


def presence(truth: Truth, au: str) -> NDArray[np.bool_]:
    """When an Action Unit was present, (N,) bool; never, if the truth does not know it."""
    if au in truth.aus:
        return np.asarray(truth.present[:, truth.aus.index(au)])
    return np.zeros(len(truth.intensity), np.bool_)


def _tolerance(session: Session) -> int:
    """`TOLERANCE_S` in whole frames of this video."""
    return int(TOLERANCE_S * len(session.times) / session.end + 1e-6)


def _median(values: NDArray[np.int64]) -> float | None:
    return float(np.median(values)) if len(values) else None


def _number(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
