"""Letters of an Action Unit's clusters: the cluster that occurs first is A (paper, section 3.4)."""

import numpy as np
from numpy.typing import NDArray

from tpviewer.core.types import IntArray


def letter(index: int) -> str:
    """Letters of a cluster index: 0 is A, 25 is Z, 26 is AA, 27 is AB.

    Raises
    ------
    ValueError
        If the index is negative.
    """
    if index < 0:
        raise ValueError(f"a letter index counts from 0, got {index}")
    text = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        text = chr(ord("A") + digit) + text
    return text


def letter_index(text: str) -> int:
    """Index of a letter name, the inverse of `letter`.

    Raises
    ------
    ValueError
        If the text is not made of capitals A to Z.
    """
    if not text or any(not "A" <= char <= "Z" for char in text):
        raise ValueError(f"{text!r} is not a letter name: use A to Z, then AA, AB, ...")
    index = 0
    for char in text:
        index = index * 26 + ord(char) - ord("A") + 1
    return index - 1


def first_occurrence(labels: IntArray) -> NDArray[np.int32]:
    """Rank of each label value by where it first occurs.

    Parameters
    ----------
    labels : ndarray of int, shape (N,)
        Cluster of each map in temporal order; negative values are "no cluster" and are ignored.

    Returns
    -------
    ndarray of int32, shape (max label + 1,)
        New label of each old one, -1 for values that do not occur.
    """
    present = labels[labels >= 0]
    values, first = np.unique(present, return_index=True)
    rank = np.full(int(values[-1]) + 1 if len(values) else 0, -1, np.int32)
    rank[values[np.argsort(first)]] = np.arange(len(values), dtype=np.int32)
    return rank


def relabel(labels: IntArray) -> NDArray[np.int32]:
    """Rename labels so that the one that occurs first is 0, the next new one 1 (paper, section 3.4).

    Parameters
    ----------
    labels : ndarray of int, shape (N,)
        Any labels; negative values stay as they are.

    Returns
    -------
    ndarray of int32, shape (N,)
    """
    named = labels.astype(np.int32)
    taken = named >= 0
    named[taken] = first_occurrence(labels)[labels[taken]]
    return named
