"""How patterns are spread over labels: support, lift, and whether chance does as much (method, section 10).

The test is Fisher's exact test, one-sided, of each pattern against each label: given how many temporal
prototypes include the pattern and how many bear the label, how likely is it that at least so many do both.
Patterns are chosen by their support alone, which the test takes as given, so the choice does not bias it. All
tests of one search together are corrected by Benjamini and Hochberg: q is the false discovery rate. Videos
count as independent of each other; several of one person are less than that.

References
----------
Fisher, R. A. (1922). On the interpretation of chi-squared from contingency tables, and the calculation of P.
Journal of the Royal Statistical Society 85(1), 87-94.
Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B 57(1), 289-300.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import false_discovery_control, hypergeom

from tpviewer.core.sequence_mining import Pattern


@dataclass(frozen=True)
class LabelSupport:
    """A pattern among the temporal prototypes of one label.

    Attributes
    ----------
    label : str
    support, size : int
        Temporal prototypes of this label that include the pattern, and all of this label.
    lift : float
        Share of the label's that include it over the share of all labelled ones; NaN where none does.
    p, q : float
        Of Fisher's exact test, and corrected over all patterns and labels.
    """

    label: str
    support: int
    size: int
    lift: float
    p: float
    q: float


def label_supports(
    patterns: Sequence[Pattern], labels: Sequence[str | None]
) -> tuple[tuple[LabelSupport, ...], ...]:
    """Spread of each pattern over the labels.

    Parameters
    ----------
    patterns : sequence of Pattern
    labels : sequence of str or None, length N
        Of each temporal prototype; those without one are left out.

    Returns
    -------
    tuple of tuple of LabelSupport
        For each pattern all labels in alphabetical order; empty where there are fewer than two labels.
    """
    names = sorted({label for label in labels if label is not None})
    if len(names) < 2 or not patterns:
        return tuple(() for _ in patterns)
    member = np.array([[label == name for name in names] for label in labels])
    sizes = member.sum(axis=0)
    counts = np.array([member[pattern.prototypes].sum(axis=0) for pattern in patterns])
    totals = counts.sum(axis=1, keepdims=True)
    p = np.minimum(hypergeom.sf(counts - 1, sizes.sum(), sizes, totals), 1)
    q = false_discovery_control(p, axis=None).reshape(p.shape)
    expected = totals * sizes / sizes.sum()
    lift = np.divide(counts, expected, out=np.full(counts.shape, np.nan), where=expected > 0)
    return tuple(
        tuple(
            LabelSupport(
                name, int(counts[n, k]), int(sizes[k]), float(lift[n, k]), float(p[n, k]), float(q[n, k])
            )
            for k, name in enumerate(names)
        )
        for n in range(len(patterns))
    )


def strongest(spread: Sequence[LabelSupport]) -> LabelSupport | None:
    """The label that a pattern speaks for most: smallest p, then largest lift; None without labels."""
    return min(spread, key=lambda one: (one.p, -one.lift), default=None)
