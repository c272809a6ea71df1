"""Agreement of two raters the slow way: by other libraries, frame after frame, draw after draw."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching
from sklearn.metrics import accuracy_score, cohen_kappa_score, precision_recall_fscore_support

from tests.oracle.agreement import slow_icc


def slow_events(presence, scorable):
    """(first, last) frame of each run of frames that are present and scorable."""
    events, start = [], None
    for frame, (present, scored) in enumerate(zip(presence, scorable, strict=True)):
        if present and scored:
            start = frame if start is None else start
        elif start is not None:
            events.append((start, frame - 1))
            start = None
    return events if start is None else [*events, (start, len(presence) - 1)]


def slow_matches(first, second, tolerance):
    """Size of a maximum matching of all pairs that fit."""
    if not first or not second:
        return 0
    fits = [[abs(a - c) <= tolerance and abs(b - d) <= tolerance for c, d in second] for a, b in first]
    return int((maximum_bipartite_matching(csr_array(np.array(fits, np.int8))) >= 0).sum())


def slow_figures(videos, tolerance):
    """Figures of one Action Unit over videos of (presence, intensity, scorable) of two raters each."""
    truth, found, ratings = [], [], []
    matched = events = 0
    for (first, x, first_scored), (second, y, second_scored) in videos:
        both = first_scored & second_scored
        for frame in np.flatnonzero(both):
            truth.append(bool(first[frame]))
            found.append(bool(second[frame]))
            if not (np.isnan(x[frame]) or np.isnan(y[frame])):
                ratings.append((float(x[frame]), float(y[frame])))
        ours, theirs = slow_events(first, both), slow_events(second, both)
        matched += slow_matches(ours, theirs, tolerance)
        events += len(ours) + len(theirs)
    scores = precision_recall_fscore_support(
        truth, found, average="binary", pos_label=True, zero_division=np.nan
    )
    constant = len(set(truth) | set(found)) < 2
    rated = np.array(ratings)
    varies = len(rated) > 1 and rated.std(axis=0).any()
    return {
        "kappa": np.nan if constant else cohen_kappa_score(truth, found),
        "f1": scores[2],
        "precision": scores[0],
        "recall": scores[1],
        "agreement": accuracy_score(truth, found),
        "prevalence_reference": np.mean(truth),
        "prevalence_other": np.mean(found),
        "icc": slow_icc(rated) if varies else np.nan,
        "event_f1": 2 * matched / events if events else np.nan,
    }


def slow_interval(videos, tolerance, name, draws, seed):
    """Percentile interval of one figure: each draw's videos are put together anew."""
    rng = np.random.default_rng(seed)
    count, values = len(videos), []
    for times in rng.multinomial(count, [1 / count] * count, size=draws):
        drawn = [videos[k] for k in range(count) for _ in range(times[k])]
        values.append(slow_figures(drawn, tolerance)[name])
    known = [value for value in values if not np.isnan(value)]
    return np.percentile(known, [2.5, 97.5])
