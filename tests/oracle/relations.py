"""Common sub-sequences by trying every one; edit distance by its recursion (method, section 10)."""

from functools import cache
from itertools import combinations, product

from tests.oracle.timeline import included


def nonempty_subsets(key):
    return [frozenset(some) for size in range(1, len(key) + 1) for some in combinations(sorted(key), size)]


def all_patterns(prototype, longest, gaps):
    """Every sequence of non-empty sets that is included in a temporal prototype."""
    found = set()
    for length in range(1, min(len(prototype), longest) + 1):
        for places in combinations(range(len(prototype)), length):
            if gaps or places[-1] - places[0] == length - 1:
                found |= set(product(*(nonempty_subsets(prototype[place]) for place in places)))
    return found


def closed_patterns(prototypes, least, longest, gaps):
    """Support and maximality of each closed pattern, by comparing all with all."""
    longest = longest or max(map(len, prototypes), default=0)
    candidates = set().union(*(all_patterns(one, longest, gaps) for one in prototypes))
    support = {
        p: frozenset(n for n, one in enumerate(prototypes) if included(p, one, gaps)) for p in candidates
    }
    frequent = {p: where for p, where in support.items() if len(where) >= least}
    found = {}
    for pattern, where in frequent.items():
        larger = [other for other in frequent if other != pattern and included(pattern, other, gaps)]
        if all(len(frequent[other]) < len(where) for other in larger):
            found[pattern] = (where, not larger)
    return found


def set_distance(first, second):
    first, second = set(first), set(second)
    return 1 - len(first & second) / len(first | second) if first | second else 0.0


def edit_distance(first, second):
    @cache
    def cost(i, j):
        if not i or not j:
            return float(i + j)
        return min(
            cost(i - 1, j) + 1,
            cost(i, j - 1) + 1,
            cost(i - 1, j - 1) + set_distance(first[i - 1], second[j - 1]),
        )

    return cost(len(first), len(second))
