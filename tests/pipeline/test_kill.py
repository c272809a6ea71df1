"""A kill at any moment loses at most the batch in flight and changes no result."""

import multiprocessing
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.pipeline.runs import finish, results
from tpviewer.resources import resource
from tpviewer.store.session import Session

KILLS = 20


@pytest.fixture(scope="module")
def children() -> multiprocessing.context.BaseContext:
    """Where the system can, children start with TensorFlow already imported."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.pipeline.preload"])
    return context


def in_child(
    children: multiprocessing.context.BaseContext, session: Path, kill_after: float | None = None
) -> float:
    """Analyse in a child process; kill it after some seconds. Returns the seconds it ran."""
    child = children.Process(target=finish, args=(resource("phantom", "phantom.mp4"), session))
    began = time.monotonic()
    child.start()
    child.join(kill_after)
    if child.is_alive():
        child.kill()
        child.join()
    else:
        assert child.exitcode == 0
    seconds = time.monotonic() - began
    child.close()
    return seconds


@pytest.mark.slow
@pytest.mark.timeout(2400)  # forty analyses, each in a process of its own
def test_killed_at_random_moments_every_session_opens_resumes_and_ends_the_same(
    tmp_path: Path, children: multiprocessing.context.BaseContext
) -> None:
    in_child(children, tmp_path / "warm.tpv")  # the first child waits for the imports
    undisturbed = tmp_path / "undisturbed.tpv"
    seconds = in_child(children, undisturbed)
    expected = results(undisturbed)
    moments = np.random.default_rng(20).uniform(0.02, 0.98, KILLS) * seconds
    survivors = 0
    for number, moment in enumerate(moments):
        path = tmp_path / f"killed {number}.tpv"
        in_child(children, path, kill_after=float(moment))
        if path.exists() and path.stat().st_size:
            with Session(path) as session:
                survivors += session.meta.get("video") is not None
        in_child(children, path)
        assert results(path) == expected, f"killed after {moment:.2f} of {seconds:.2f} s"
    assert survivors > KILLS // 2
