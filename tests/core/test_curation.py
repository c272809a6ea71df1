"""What an expert may do to clusters, and what makes no sense."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.core.curation import MOST_CLUSTERS, Assign, Change, Merge, SetCount, Split, changed
from tpviewer.core.errors import ParameterError
from tpviewer.core.letters import relabel

FRAMES = np.arange(100, 112)
LABELS = np.array([0, 0, 0, 1, 1, 1, 1, 2, 2, 0, 0, 3], np.int32)


def by_halves(rows: np.ndarray, count: int) -> np.ndarray:
    """Cuts the marked maps by time into equal parts."""
    size = np.count_nonzero(rows)
    return (np.arange(size) * count // size).astype(np.int32)


def after(change: Change, labels: np.ndarray = LABELS) -> list[int]:
    return changed(change, FRAMES[: len(labels)], labels, by_halves).tolist()


def test_merged_clusters_take_the_lower_letter() -> None:
    assert after(Merge("steady", "AU12", 2, 0)) == [0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 3]


def test_a_split_cuts_one_cluster_and_leaves_the_others() -> None:
    assert after(Split("steady", "AU12", 1)) == [0, 0, 0, 1, 1, 4, 4, 2, 2, 0, 0, 3]


def test_a_number_is_a_clustering_anew() -> None:
    assert after(SetCount("steady", "AU12", 3)) == [0] * 4 + [1] * 4 + [2] * 4


def test_a_lasso_moves_its_frames_and_no_others() -> None:
    assert after(Assign("steady", "AU12", (103, 110), 2)) == [0, 0, 0, 2, 1, 1, 1, 2, 2, 0, 2, 3]
    assert after(Assign("steady", "AU12", (103, 110), None)) == [0, 0, 0, 4, 1, 1, 1, 2, 2, 0, 4, 3]


def test_a_cluster_whose_frames_are_all_moved_is_gone() -> None:
    moved = after(Assign("steady", "AU12", (107, 108), 0))
    assert 2 not in moved


@given(st.lists(st.integers(0, 3), min_size=4, max_size=12), st.integers(0, 3))
def test_a_split_undone_by_a_merge_is_what_was_before(labels: list[int], cluster: int) -> None:
    before = relabel(np.array(labels, np.int32))
    if np.count_nonzero(before == cluster) < 2:
        return
    frames = np.arange(len(before))
    parts = changed(Split("steady", "AU12", cluster), frames, before, by_halves)
    joined = changed(Merge("steady", "AU12", cluster, int(parts.max())), frames, parts, by_halves)
    assert joined.tolist() == before.tolist()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Merge("steady", "AU12", 1, 1), "look B cannot be merged with itself"),
        (Merge("steady", "AU12", 0, 4), "there is no look E; the looks are A, B, C, D"),
        (Merge("steady", "AU12", -1, 0), "there is no look -1"),
        (Split("steady", "AU12", 3), "look D has a single map; it cannot be split"),
        (Split("steady", "AU12", 9), "there is no look J"),
        (SetCount("steady", "AU12", 0), "0 clusters were asked for; these 12 maps can be 1 to 12"),
        (SetCount("steady", "AU12", 13), "1 to 12"),
        (Assign("steady", "AU12", (), 0), "no frame is chosen"),
        (Assign("steady", "AU12", (103, 7), 0), "frame 7 has no map"),
        (Assign("steady", "AU12", (103,), 5), "there is no look F"),
        (Assign("steady", "AU12", (103,), 1), "would leave the clusters as they are"),
        (Assign("steady", "AU12", (107, 108), None), "would leave the clusters as they are"),
    ],
)
def test_a_senseless_request_is_refused_in_plain_words(change: Change, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        after(change)


def test_maps_that_are_too_alike_are_not_cut() -> None:
    def blind(rows: np.ndarray, count: int) -> np.ndarray:
        return np.zeros(np.count_nonzero(rows), np.int32)

    with pytest.raises(ParameterError, match="these 4 maps are too alike for 2 clusters; ask for at most 1"):
        changed(Split("steady", "AU12", 1), FRAMES, LABELS, blind)


@pytest.mark.parametrize("change", [Split("steady", "AU12", 0), Assign("steady", "AU12", (0,), None)])
def test_there_are_no_more_looks_than_letters(change: Change) -> None:
    labels = np.repeat(np.arange(MOST_CLUSTERS, dtype=np.int32), 2)
    with pytest.raises(ParameterError, match="there are 26 looks already, and no more can be; merge some"):
        changed(change, np.arange(len(labels)), labels, by_halves)
    fewer = np.minimum(labels, MOST_CLUSTERS - 2)
    assert len(set(changed(change, np.arange(len(labels)), fewer, by_halves).tolist())) == MOST_CLUSTERS


def test_labels_are_not_changed_in_place() -> None:
    before = LABELS.copy()
    after(Merge("steady", "AU12", 0, 1))
    after(Assign("steady", "AU12", (103,), None))
    np.testing.assert_array_equal(before, LABELS)
