"""Tracks: one per person, the same however the detector orders its faces."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpviewer.core.tracking import choose_track, link_tracks

RATE = 30.0


def box(x, y, size=100.0):
    return [x - size / 2, y - size / 2, size, size]


def frames(*people):
    """Boxes per frame of people, each given by an array (n, 2) of centres with NaN where not seen."""
    return [
        np.array([box(*centre) for centre in centres if np.isfinite(centre).all()]).reshape(-1, 4)
        for centres in zip(*people, strict=True)
    ]


def path(start, stop, n=90):
    return np.linspace(start, stop, n)


def ids(boxes, times=None):
    times = np.arange(len(boxes)) / RATE if times is None else times
    return [tracks.tolist() for tracks in link_tracks(boxes, times)]


def test_a_person_is_one_track():
    assert ids(frames(path((100, 100), (600, 200)))) == [[0]] * 90


def test_no_faces_are_no_tracks():
    assert ids([np.empty((0, 4))] * 5) == [[]] * 5
    assert link_tracks([], np.empty(0)) == []


def test_two_people_are_two_tracks_numbered_by_appearance():
    left, right = path((100, 100), (120, 100)), path((500, 100), (480, 100))
    right[:10] = np.nan
    assert ids(frames(left, right)) == [[0]] * 10 + [[0, 1]] * 80


def test_people_who_cross_keep_their_tracks():
    right, left = path((100, 200), (700, 200)), path((700, 260), (100, 260))
    assert ids(frames(right, left)) == [[0, 1]] * 90


def test_people_who_cross_behind_one_another_keep_their_tracks():
    front, behind = path((100, 200), (700, 200)), path((700, 215), (100, 215))
    covered = np.abs(front[:, 0] - behind[:, 0]) < 70
    behind[covered] = np.nan
    assert covered.sum() > 5
    tracks = ids(frames(front, behind))
    assert [t for t in tracks if len(t) == 2] == [[0, 1]] * int((~covered).sum())
    assert [t for t in tracks if len(t) == 1] == [[0]] * int(covered.sum())


def test_people_who_cross_while_nobody_is_seen_keep_their_tracks():
    right, left = path((100, 200), (700, 200)), path((700, 210), (100, 210))
    right[41:49] = left[41:49] = np.nan
    assert [t for t in ids(frames(right, left)) if t] == [[0, 1]] * 82


def test_a_face_that_comes_back_is_the_same_person():
    person = path((300, 200), (330, 200))
    person[30:60] = np.nan
    assert ids(frames(person)) == [[0]] * 30 + [[]] * 30 + [[0]] * 30


def test_a_face_that_comes_back_after_long_is_a_new_track():
    still = np.array([box(300, 200)])
    boxes = [still, np.empty((0, 4)), still]
    assert ids(boxes, np.array([0.0, 1.0, 4.9])) == [[0], [], [0]]
    assert ids(boxes, np.array([0.0, 1.0, 5.1])) == [[0], [], [1]]


def test_another_face_elsewhere_is_another_person():
    one, other = path((100, 100), (100, 100)), path((500, 300), (500, 300))
    one[45:], other[:45] = np.nan, np.nan
    assert ids(frames(one, other)) == [[0]] * 45 + [[1]] * 45


def test_a_face_of_another_size_is_another_person():
    boxes = [np.array([box(300, 200, 100)])] * 5 + [np.array([box(300, 200, 260)])] * 5
    assert ids(boxes) == [[0]] * 5 + [[1]] * 5


def test_a_jerk_of_the_head_is_followed():
    rest, moved = path((300, 200), (300, 200), 20), path((360, 200), (360, 200), 20)
    assert ids(frames(np.concatenate([rest, moved]))) == [[0]] * 40


@st.composite
def strolls(draw):
    """Two to four people, who stay in lanes of their own but move in them as they like."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, n = draw(st.integers(2, 4)), 60
    people = []
    for lane in range(count):
        x = 400 + np.cumsum(np.clip(np.cumsum(rng.normal(0, 1.0, n)), -12, 12))
        person = np.column_stack([x, np.full(n, 150.0 + 160 * lane) + rng.normal(0, 2, n)])
        lost = rng.integers(1, n - 5)
        person[lost : lost + 3] = np.nan
        people.append(person)
    return people, rng


@settings(deadline=None, max_examples=60)
@given(strolls())
def test_everyone_keeps_one_track_and_no_two_share_one(strollers):
    people, _ = strollers
    tracks = ids(frames(*people))
    seen = np.isfinite(np.array(people)).all(axis=2).T
    owners: dict[int, set[int]] = {}
    for present, row in zip(seen, tracks, strict=True):
        assert len(set(row)) == len(row)
        for person, track in zip(np.flatnonzero(present), row, strict=True):
            owners.setdefault(int(person), set()).add(track)
    assert all(len(tracks) == 1 for tracks in owners.values())
    assert len(set.union(*owners.values())) == len(people)


@settings(deadline=None, max_examples=60)
@given(strolls())
def test_the_order_of_detections_does_not_matter(strollers):
    people, rng = strollers
    boxes = frames(*people)
    orders = [np.arange(len(boxes[0]))] + [rng.permutation(len(b)) for b in boxes[1:]]
    shuffled = ids([b[o] for b, o in zip(boxes, orders, strict=True)])
    for row, order, expected in zip(shuffled, orders, ids(boxes), strict=True):
        assert row == [expected[i] for i in order]


def test_any_boxes_are_linked_without_error():
    rng = np.random.default_rng(0)
    boxes = [rng.uniform(0, 500, (rng.integers(0, 6), 4)) for _ in range(50)] + [np.zeros((3, 4))]
    for faces, tracks in zip(boxes, link_tracks(boxes, np.zeros(51)), strict=True):
        assert len(faces) == len(set(tracks.tolist()))


def test_the_person_who_is_longest_and_nearest_is_chosen():
    assert choose_track([0, 1, 0, 1, 1], [10, 4, 10, 4, 4]) == 0
    assert choose_track([0, 1, 1, 1], [10, 4, 4, 4]) == 1
    assert choose_track([1, 0], [5, 5]) == 0


def test_nobody_cannot_be_chosen():
    with pytest.raises(ValueError, match="no face"):
        choose_track([], [])
