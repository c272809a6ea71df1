"""What is kept is around the playhead, and what comes next is what is asked for next."""

import numpy as np
import pytest

from tpviewer.workers.frame_cache import FrameCache

PICTURE = np.zeros((2, 2, 3), np.uint8)


def filled(cache: FrameCache, frames) -> FrameCache:
    for frame in frames:
        cache.put(frame, PICTURE)
    return cache


def read_all(step, cache: FrameCache) -> list[int]:
    """Put every frame that `step` names, and return their numbers."""
    done: list[int] = []
    while (frame := step()) is not None:
        assert frame not in done
        done.append(frame)
        cache.put(frame, PICTURE)
    return done


@pytest.mark.parametrize(("frame_bytes", "capacity"), [(1, 120), (3 * 1920 * 1080, 35), (100 << 20, 8)])
def test_the_number_of_frames_follows_the_budget_within_bounds(frame_bytes, capacity):
    assert FrameCache(1000, frame_bytes).capacity == capacity


def test_frames_ahead_are_read_in_order_up_to_half_of_what_is_kept():
    cache = FrameCache(1000, 1)
    cache.move(500)
    assert read_all(cache.next_ahead, cache) == list(range(500, 560))


def test_nothing_is_read_beyond_the_ends():
    cache = FrameCache(10, 1)
    cache.move(7)
    assert read_all(cache.next_ahead, cache) == [7, 8, 9]
    assert read_all(cache.next_behind, cache) == list(range(7))


def test_frames_behind_are_read_in_chunks_that_rise():
    cache = FrameCache(1000, 1)
    cache.move(500)
    read_all(cache.next_ahead, cache)
    assert read_all(cache.next_behind, cache) == [*range(470, 500)]


def test_one_step_back_does_not_begin_another_chunk():
    cache = FrameCache(1000, 1)
    cache.move(500)
    read_all(cache.next_ahead, cache)
    read_all(cache.next_behind, cache)
    for playhead in range(499, 495, -1):
        cache.move(playhead)
    behind = cache.next_behind()
    assert behind == 440
    filled(cache, range(440, 470))
    cache.move(494)
    assert cache.next_behind() is None


def test_the_farthest_frames_make_room():
    cache = FrameCache(1000, 1)
    cache.move(100)
    filled(cache, range(0, 220))
    assert len(cache) == 120
    assert 100 in cache
    assert 0 not in cache
    assert 219 not in cache


def test_a_jump_is_no_step_back():
    cache = FrameCache(1000, 1)
    cache.move(500)
    cache.move(499)
    assert cache.stepping_back
    cache.move(100)
    assert not cache.stepping_back


def test_a_chunk_is_given_up_when_the_playhead_leaves_it():
    cache = FrameCache(1000, 1)
    cache.move(500)
    read_all(cache.next_ahead, cache)
    assert cache.next_behind() == 470
    cache.move(50)
    read_all(cache.next_ahead, cache)
    assert cache.next_behind() == 20


def test_a_frame_that_cannot_be_decoded_is_known_as_such():
    cache = FrameCache(10, 1)
    cache.put(0, None)
    assert 0 in cache
    assert cache.get(0) is None
    assert cache.next_ahead() == 1
