"""Every parameter of an analysis, and the fingerprints that decide what must run again."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from tpviewer.core.activity import switch_points
from tpviewer.core.alignment import SMOOTHING_S
from tpviewer.core.errors import ParameterError
from tpviewer.core.spray import SprayParams
from tpviewer.core.timeline_params import TimelineParams
from tpviewer.models.lrp_engines import BATCHED
from tpviewer.store.kept import KEEPS, Keep

ProfileName = Literal["paper", "steady"]
PRESET = "lrp.sequential_preset_a_flat"
RELEVANCE_FLOOR = 0.2


@dataclass(frozen=True)
class Profile:
    """How activity becomes clusters and stages: method, section 6.

    Attributes
    ----------
    spray : SprayParams
    timeline : TimelineParams
    """

    spray: SprayParams
    timeline: TimelineParams


def default_profiles() -> dict[ProfileName, Profile]:
    """Return both profiles; every analysis stores the results of both."""
    return {
        "paper": Profile(SprayParams.paper(), TimelineParams.paper()),
        "steady": Profile(SprayParams.steady(), TimelineParams.steady()),
    }


@dataclass(frozen=True)
class Params:
    """What the user can decide about an analysis.

    Attributes
    ----------
    profile : {'paper', 'steady'} or None
        Profile that is shown; None takes *paper* for image folders and *steady* for videos.
    face : int or None
        Track to analyse; None takes the largest face.
    aus : tuple of str or None
        Action Units that take part, None for all of the model; the others are classified but never active.
    neutral : (int, int) or None
        Half-open range of frames in which the face is neutral; None looks for one. For models that compare
        each frame with the person's neutral face.
    thresholds : mapping of str to float
        Probabilities that replace thresholds of the model's card, by Action Unit.
    preset : str
        LRP preset.
    engine : {'batched', 'innvestigate'}
        What computes relevance. Maps of the two differ by rounding; another engine's are computed again, so
        that a session never holds both.
    max_frames : int or None
        Analyse only the first frames.
    anchor_sigma : float
        Smoothing of the alignment points over time, seconds.
    keep_crops : bool
        Store the aligned face crops in the session.
    keep : {'spread', 'all', 'top99', 'prototypes'}
        Which relevance maps are kept, see `Kept`; decides no cluster, letter or stage.
    batch : int
        Frames per commit; has no influence on any result.
    profiles : dict
    """

    profile: ProfileName | None = None
    face: int | None = None
    aus: tuple[str, ...] | None = None
    neutral: tuple[int, int] | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    preset: str = PRESET
    engine: str = BATCHED
    max_frames: int | None = None
    anchor_sigma: float = SMOOTHING_S
    keep_crops: bool = False
    keep: Keep = "spread"
    batch: int = 64
    profiles: Mapping[ProfileName, Profile] = field(default_factory=default_profiles)

    def __post_init__(self) -> None:
        if self.max_frames is not None and self.max_frames < 1:
            raise ParameterError(f"--max-frames is {self.max_frames}; give 1 or more")
        if self.neutral is not None and not 0 <= self.neutral[0] < self.neutral[1]:
            start, stop = self.neutral
            raise ParameterError(f"the neutral stretch is {start}-{stop}; give START-STOP, the lower first")
        if self.keep not in KEEPS:
            raise ParameterError(f"--keep is {self.keep!r}; give one of {', '.join(KEEPS)}")
        if self.batch < 1:
            raise ParameterError(f"--batch is {self.batch}; give 1 or more")
        if self.aus is not None and not self.aus:
            raise ParameterError("no Action Unit is chosen; choose at least one, or all by leaving --aus out")
        for au, value in self.thresholds.items():
            if not 0.0 < value < 1.0:
                raise ParameterError(f"threshold of {au} is {value}; give a probability between 0 and 1")

    def with_profile(self, kind: str) -> "Params":
        """Fill in the default profile for a video or an image folder (`kind` of its `VideoInfo`)."""
        if self.profile is not None:
            return self
        return replace(self, profile="paper" if kind == "images" else "steady")


def resolve_thresholds(
    aus: tuple[str, ...], card: tuple[float, ...], chosen: Mapping[str, float]
) -> tuple[float, ...]:
    """Thresholds per Action Unit: the user's where given, else the card's.

    Raises
    ------
    ParameterError
        If the user names an Action Unit that the model does not know.
    """
    _require_known(chosen, aus)
    return tuple(float(chosen.get(au, value)) for au, value in zip(aus, card, strict=True))


def resolve_aus(aus: tuple[str, ...], chosen: Sequence[str] | None) -> frozenset[str]:
    """Action Units that take part: the user's where given, else all of the model.

    Raises
    ------
    ParameterError
        If the user names an Action Unit that the model does not know.
    """
    if chosen is None:
        return frozenset(aus)
    _require_known(chosen, aus)
    return frozenset(chosen)


def _require_known(named: Iterable[str], aus: tuple[str, ...]) -> None:
    unknown = sorted(set(named) - set(aus))
    if unknown:
        raise ParameterError(f"the model does not know {', '.join(unknown)}; it knows {', '.join(aus)}")


def relevance_floors(
    aus: tuple[str, ...], thresholds: tuple[float, ...], params: Params
) -> tuple[float | None, ...]:
    """Probability per Action Unit from which relevance is computed: method, section 4.

    None for Action Units that do not take part: theirs is computed on demand only.
    """
    width = max(profile.timeline.hysteresis for profile in params.profiles.values())
    chosen = resolve_aus(aus, params.aus)
    return tuple(
        min(RELEVANCE_FLOOR, switch_points(value, width)[1]) if au in chosen else None
        for au, value in zip(aus, thresholds, strict=True)
    )


def fingerprint(*parts: Any) -> str:
    """Hash of any JSON-like values and dataclasses; equal parts give equal hashes."""
    text = json.dumps(parts, sort_keys=True, default=asdict)
    return hashlib.sha256(text.encode()).hexdigest()
