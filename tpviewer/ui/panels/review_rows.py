"""What a stage is judged on: the machine's Action Units beside the reviewer's judgements; no widget."""

from collections.abc import Iterable
from dataclasses import dataclass

from tpviewer.core.action_units import facial_order
from tpviewer.core.annotations import WHOLE_FACE, Annotation
from tpviewer.core.letters import letter
from tpviewer.ui.review_queue import ReviewItem


@dataclass(frozen=True)
class ReviewRow:
    """One line.

    Attributes
    ----------
    au : str
        `WHOLE_FACE` for speech and stretches that cannot be scored.
    look : int or None
        Letter index of the look that the machine sees; None where it sees none.
    modelled : bool
        The machine speaks of this Action Unit at all.
    annotation : Annotation or None
        None where the reviewer has not judged it here.
    changed : bool
        The machine's result has changed since it was judged.
    """

    au: str
    look: int | None
    modelled: bool
    annotation: Annotation | None
    changed: bool = False

    @property
    def machine(self) -> str:
        """Letter of the look, empty for none."""
        return letter(self.look) if self.look is not None else ""


def review_rows(
    item: ReviewItem | None,
    annotations: Iterable[Annotation],
    changed: frozenset[str],
    modelled: tuple[str, ...],
) -> tuple[ReviewRow, ...]:
    """Lines for one stage: from the brow down, then the whole face.

    Parameters
    ----------
    item : ReviewItem or None
    annotations : iterable of Annotation
        The reviewer's.
    changed : frozenset of str
        Keys of those that the machine's result has changed under.
    modelled : tuple of str
        Action Units that the machine speaks of.
    """
    if item is None:
        return ()
    here = [one for one in annotations if one.start < item.stop and item.start < one.stop]
    looks = dict(item.key)
    rows = []
    for au in (*facial_order(tuple({*looks, *(one.au for one in here)} - {WHOLE_FACE})), WHOLE_FACE):
        own = [one for one in here if one.au == au]
        known = au == WHOLE_FACE or au in modelled
        rows += [ReviewRow(au, looks.get(au), known, one, one.key in changed) for one in own]
        if not own and au in looks:
            rows.append(ReviewRow(au, looks[au], known, None))
    return tuple(rows)
