"""Judgements that the machine's result has changed under."""

from collections.abc import Sequence

from tpviewer.core.annotations import Annotation
from tpviewer.core.judgements import Judgement, changed_since, claim, range_activity
from tpviewer.core.types import BoolArray
from tpviewer.store.snapshot import ResultSet


class ReviewFlags:
    """Compares each judgement with each result once, however often the judgements change."""

    def __init__(self) -> None:
        self._results: ResultSet | None = None
        self._judgements: Sequence[Judgement] = ()
        self._keys: frozenset[str] = frozenset()
        self._changed: dict[tuple[str, int, int, str], bool] = {}

    def keys(self, judgements: Sequence[Judgement], results: ResultSet | None) -> frozenset[str]:
        """Keys of the annotations that were judged when the machine said something else."""
        if results is None:
            return frozenset()
        if results is not self._results:
            self._results, self._changed = results, {}
        elif judgements is self._judgements:
            return self._keys
        self._judgements = judgements
        found = (one.annotation.key for one in judgements if one.claim and self._is_changed(one, results))
        self._keys = frozenset(found)
        return self._keys

    def _is_changed(self, judgement: Judgement, results: ResultSet) -> bool:
        one = judgement.annotation
        claimed = (one.au, one.start, one.stop, judgement.claim)
        if claimed not in self._changed:
            self._changed[claimed] = changed_since(judgement, _activity(one, results))
        return self._changed[claimed]


def claim_of(annotation: Annotation, results: ResultSet | None) -> str:
    """Fingerprint of what results say of an annotation's range; empty where they say nothing."""
    activity = None if results is None else _activity(annotation, results)
    return "" if activity is None else claim(activity)


def _activity(annotation: Annotation, results: ResultSet) -> BoolArray | None:
    return range_activity(annotation, results.activity["smoothed"], results.columns)
