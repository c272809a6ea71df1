import numpy as np

from tests.store.judged import at
from tpviewer.core.rater_tracks import MACHINE, machine_track, reviewer_track

FRAMES = 20
LOOKED, NOT_LOOKED = np.ones(FRAMES, bool), np.zeros(FRAMES, bool)
COLUMNS = ("AU04", "AU25")


def scored(track, au):
    return np.flatnonzero(track.scorable[:, track.aus.index(au)]).tolist()


def present(track, au):
    column = track.aus.index(au)
    return np.flatnonzero(track.presence[:, column] & track.scorable[:, column]).tolist()


def test_without_a_look_through_only_verdicts_count():
    said = [at(2, 4), at(6, 8, verdict="absent"), at(10, 12, verdict="unsure")]
    track = reviewer_track("Ann", said, NOT_LOOKED, COLUMNS)
    assert scored(track, "AU04") == [2, 3, 6, 7]
    assert present(track, "AU04") == [2, 3]
    assert scored(track, "AU25") == []


def test_silence_means_absent_where_the_stretch_was_looked_through():
    looked = np.arange(FRAMES) < 10
    track = reviewer_track("Ann", [at(2, 4)], looked, COLUMNS)
    assert scored(track, "AU04") == list(range(10))
    assert present(track, "AU04") == [2, 3]
    assert scored(track, "AU25") == list(range(10))


def test_the_machines_word_that_was_left_to_stand_is_nobodys():
    left = np.zeros((FRAMES, 2), bool)
    left[3:8, 0] = True
    track = reviewer_track("Ann", [at(5, 7, verdict="absent")], LOOKED, COLUMNS, left)
    assert [frame for frame in range(FRAMES) if frame not in scored(track, "AU04")] == [3, 4, 7]


def test_what_cannot_be_scored_is_left_out():
    said = [
        at(0, 20),
        at(0, 20, "AU25"),
        at(4, 6, "", "not scorable", reason="speech"),
        at(8, 10, "", "not scorable", reason="turned"),
        at(12, 14, "AU12", "not scorable"),
    ]
    track = reviewer_track("Ann", said, LOOKED, COLUMNS)
    assert set(range(FRAMES)) - set(scored(track, "AU04")) == {8, 9}
    assert set(range(FRAMES)) - set(scored(track, "AU25")) == {4, 5, 8, 9}
    assert set(range(FRAMES)) - set(scored(track, "AU12")) == {8, 9, 12, 13}


def test_absent_is_intensity_0_beside_intensities_and_nothing_without_any():
    rated = reviewer_track("Ann", [at(2, 4, intensity=3), at(6, 8)], LOOKED, COLUMNS)
    column = rated.intensity[:, 0]
    assert (column[2], column[10]) == (3, 0)
    assert np.isnan(column[6:8]).all()
    unrated = reviewer_track("Ann", [at(2, 4)], LOOKED, COLUMNS)
    assert np.isnan(unrated.intensity[:, 0]).all()
    assert (unrated.intensity[:, 1] == 0).all()  # absent all through is a rating


def test_the_machine_scores_what_it_sees_and_gives_no_intensity():
    seen = np.arange(FRAMES) < 15
    track = machine_track(np.ones((FRAMES, 2), bool), COLUMNS, seen)
    assert track.rater == MACHINE
    assert scored(track, "AU25") == list(range(15))
    assert np.isnan(track.intensity).all()
