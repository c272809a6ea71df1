"""What is known of every Action Unit at one frame; no widget."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isnan
from typing import Any

from tpviewer.core.action_units import ACTION_UNITS, au_number
from tpviewer.core.stage_grounding import Grounded
from tpviewer.core.stages import INACTIVE
from tpviewer.store.snapshot import FACE, Snapshot
from tpviewer.ui.viewer_state import ViewerState

_UNITS = {unit.number: unit for unit in ACTION_UNITS}


@dataclass(frozen=True)
class Row:
    """One Action Unit at one frame.

    Attributes
    ----------
    au, name, region : str
    probability : float or None
        None where the model gives none: no face, not analysed yet, or read off another Action Unit.
    threshold : float or None
    active : bool
        By the shown results; before there are any, by probability and threshold.
    look : int or None
        Letter index, None where it is not active or not clustered yet.
    chosen : bool
        It takes part in stages.
    modelled : bool
        The model has an output of its own for it.
    experimental : bool
    quality : tuple of (str, mapping)
        Figures of the model's card by name of the test set.
    grounding : Grounded or None
        Of the stage that the frame belongs to; None where it was not measured, or this is no part of it.
    """

    au: str
    name: str
    region: str
    probability: float | None
    threshold: float | None
    active: bool
    look: int | None
    chosen: bool
    modelled: bool
    experimental: bool
    quality: tuple[tuple[str, Mapping[str, Any]], ...]
    grounding: Grounded | None = None


@dataclass(frozen=True)
class Region:
    """Heading of the Action Units of one region of the face; `active` of them are active."""

    name: str
    folded: bool
    active: int


class RowReader:
    """Reads rows frame by frame; what is the same in all frames of a snapshot is found out once."""

    def __init__(self) -> None:
        self._snapshot: Snapshot | None = None
        self._fixed: dict[str, Row] = {}

    def at(self, state: ViewerState, frame: int) -> tuple[Row, ...]:
        """Rows of all Action Units at a frame, from the brow down; none without a session."""
        snapshot = state.snapshot
        if snapshot is not self._snapshot:
            self._snapshot = snapshot
            self._fixed.clear()
        if snapshot is None:
            return ()
        grounding = _grounding(state, frame)
        return tuple(self._row(state, snapshot, au, frame, grounding.get(au)) for au in state.au_order())

    def _row(
        self, state: ViewerState, snapshot: Snapshot, au: str, frame: int, grounding: Grounded | None
    ) -> Row:
        if au not in self._fixed:
            self._fixed[au] = _row_without_frame(snapshot, au)
        row = self._fixed[au]
        inside = row.modelled and frame < snapshot.frames
        value = float(snapshot.probabilities[frame, snapshot.aus.index(au)]) if inside else float("nan")
        active, look = _activity(state, au, frame)
        if state.results is None:
            active = row.chosen and row.threshold is not None and value >= row.threshold
        probability = None if isnan(value) else value
        return replace(row, probability=probability, active=active, look=look, grounding=grounding)


def _grounding(state: ViewerState, frame: int) -> Mapping[str, Grounded]:
    """Grounding of the Action Units of the stage that a frame belongs to."""
    results, number = state.results, state.stage_number(frame)
    return {} if results is None or number is None else results.grounding_of(state.layer, number)


def rows_at(state: ViewerState, frame: int) -> tuple[Row, ...]:
    """Rows of all Action Units of a session at a frame, from the brow down; none without a session."""
    return RowReader().at(state, frame)


def _row_without_frame(snapshot: Snapshot, au: str) -> Row:
    modelled = au in snapshot.aus
    unit = _UNITS.get(au_number(au))
    return Row(
        au=au,
        name=unit.name if unit else au,
        region=unit.region if unit else "other",
        probability=None,
        threshold=float(snapshot.thresholds[snapshot.aus.index(au)]) if modelled else None,
        active=False,
        look=None,
        chosen=au in snapshot.chosen or not modelled,
        modelled=modelled,
        experimental=au in snapshot.experimental,
        quality=card_quality(snapshot.card, au),
    )


def _activity(state: ViewerState, au: str, frame: int) -> tuple[bool, int | None]:
    results = state.results
    if results is None or au not in results.columns:
        return False, None
    column = results.columns.index(au)
    states = results.states[state.layer]
    value = int(states[frame, column]) if frame < len(states) else INACTIVE
    return value >= 0, value if value >= 0 and au in results.clusters else None


def card_quality(card: Mapping[str, Any], au: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Measured figures of an Action Unit in a model's card, by name of the test set; often none."""
    sets = card.get("quality", {})
    return tuple(
        (name, figures[au])
        for name, figures in sets.items()
        if isinstance(figures, Mapping) and isinstance(figures.get(au), Mapping)
    )


def not_modelled(snapshot: Snapshot) -> tuple[str, ...]:
    """Known Action Units that the model says nothing about."""
    return tuple(
        unit.label
        for unit in sorted(ACTION_UNITS, key=lambda unit: unit.number)
        if unit.label not in snapshot.aus and unit.number != 43
    )


def face_seen(snapshot: Snapshot | None, frame: int) -> bool:
    """True where the chosen face was found in a frame."""
    return snapshot is not None and frame < snapshot.frames and int(snapshot.seen[frame]) == FACE
