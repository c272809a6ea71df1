"""Which temporal prototypes the library shows, and how they are aligned."""

from collections.abc import Sequence
from dataclasses import dataclass

from tpviewer.core.comparison import places
from tpviewer.core.pattern_query import with_any_look
from tpviewer.core.relations import SequenceStages
from tpviewer.core.stages import StageKey
from tpviewer.export.library import LibraryEntry


@dataclass(frozen=True, eq=False)
class Row:
    """One session.

    Attributes
    ----------
    entry : LibraryEntry
    sequence : SequenceStages
        Its stages with the letters that are shown.
    hit : tuple of int
        Stages of the first place where the pattern is; empty without one.
    hits : int
        Number of places where it is.
    offset : int
        Column of the first stage.
    """

    entry: LibraryEntry
    sequence: SequenceStages
    hit: tuple[int, ...] = ()
    hits: int = 0
    offset: int = 0


def shown_rows(
    entries: Sequence[LibraryEntry],
    sequences: Sequence[SequenceStages],
    label: str | None,
    pattern: Sequence[StageKey],
    gaps: bool,
) -> list[Row]:
    """Rows of the sessions that bear a label and include a pattern, the pattern's first places aligned.

    Parameters
    ----------
    entries, sequences : sequence of LibraryEntry, of SequenceStages
        Sessions and their stages.
    label : str or None
        None takes all.
    pattern : sequence of StageKey
        From `tpviewer.core.pattern_query.parse_pattern`; empty takes all.
    gaps : bool
    """
    found = []
    for entry, sequence in zip(entries, sequences, strict=True):
        if label is not None and entry.label != label:
            continue
        where = places(pattern, with_any_look(sequence.prototype), gaps) if pattern else ((),)
        if where:
            found.append((entry, sequence, where))
    first = max((where[0][0] for _, _, where in found if where[0]), default=0)
    return [
        Row(entry, sequence, where[0], len(where) if pattern else 0, first - where[0][0] if pattern else 0)
        for entry, sequence, where in found
    ]
