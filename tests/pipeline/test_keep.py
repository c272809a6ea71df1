"""How many maps are kept decides no result, and what needs maps that are gone says so."""

from dataclasses import replace
from pathlib import Path
from shutil import copy

import numpy as np
import pytest

from tests.models.tiny import build_tiny_package
from tests.pipeline.curated import PARAMS, run
from tests.pipeline.runs import results
from tpviewer.core.curation import SetCount
from tpviewer.core.errors import ParameterError, SessionError
from tpviewer.core.relevance import top_x_mask
from tpviewer.export.summary import relevance_told
from tpviewer.export.virelay import write_virelay
from tpviewer.pipeline.curate import apply
from tpviewer.pipeline.params import Params
from tpviewer.store import kept
from tpviewer.store.kept import KEEPS, Kept, kept_of, whole_maps
from tpviewer.store.session import PROFILES, Session

FRAMES = 48
EVERY = 3


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", seed=3)


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory, model: Path) -> dict[str, Path]:
    """The same video as if it were long, each time with other maps kept."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "MOST_WHOLE", FRAMES // EVERY)
        for keep in KEEPS:
            run(folder / f"{keep}.tpv", model, replace(PARAMS, keep=keep))
    return {keep: folder / f"{keep}.tpv" for keep in KEEPS}


@pytest.fixture(autouse=True)
def long_video(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_WHOLE", FRAMES // EVERY)


def decided(path: Path) -> dict[str, object]:
    """Results but for the maps and what is measured on each of them."""
    return {name: value for name, value in results(path).items() if not name.startswith(("maps", "ground"))}


def prototypes(path: Path) -> dict[str, bytes]:
    with Session(path) as session:
        sets = [(profile, au) for profile in PROFILES for au in session.clusterings(profile)]
        return {f"{profile} {au}": session.prototypes(au, profile).tobytes() for profile, au in sets}


@pytest.mark.parametrize("keep", ["top99", "spread", "prototypes"])
def test_clusters_letters_stages_and_prototypes_are_the_same_whatever_is_kept(
    sessions: dict[str, Path], keep: str
) -> None:
    assert decided(sessions[keep]) == decided(sessions["all"])
    assert prototypes(sessions[keep]) == prototypes(sessions["all"])


def test_the_choice_decides_which_frames_have_maps(sessions: dict[str, Path]) -> None:
    for keep, frames in {
        "all": range(FRAMES),
        "top99": range(FRAMES),
        "spread": range(0, FRAMES, EVERY),
    }.items():
        with Session(sessions[keep]) as session:
            assert session.relevance.frames(2).tolist() == list(frames)
            assert session.provenance["relevance_kept"] == {"keep": keep, "every": EVERY}
            whole = range(FRAMES) if keep == "all" else range(0, FRAMES, EVERY)
            assert whole_maps(session, 2).tolist() == list(whole)


def test_of_frames_between_the_strongest_pixels_stay_exactly(sessions: dict[str, Path]) -> None:
    with Session(sessions["all"]) as whole, Session(sessions["top99"]) as strongest:
        for frame in (0, 1, 2, EVERY):
            full, some = whole.relevance.get(2, frame), strongest.relevance.get(2, frame)
            assert full is not None
            assert some is not None
            mask = top_x_mask(full, 99.0) if frame % EVERY else np.ones(full.shape, bool)
            np.testing.assert_allclose(some, np.where(mask, full, 0), rtol=1e-3)
            assert (some[~mask] == 0).all()
            assert top_x_mask(some, 50.0).sum() > 0


def test_of_prototypes_only_one_map_of_each_cluster_stays_and_the_file_shrinks(
    sessions: dict[str, Path],
) -> None:
    with Session(sessions["prototypes"]) as session:
        clusters = {
            (session.aus.index(au), cluster.medoid)
            for profile in PROFILES
            for au, found in session.clusterings(profile).items()
            for cluster in found.clusters
        }
        assert session.relevance.stored(0, FRAMES) == clusters
    sizes = [sessions[keep].stat().st_size for keep in ("prototypes", "spread", "top99", "all")]
    assert sizes == sorted(sizes)


def test_an_edit_that_needs_maps_is_refused_where_they_are_gone(
    sessions: dict[str, Path], tmp_path: Path
) -> None:
    path = Path(copy(sessions["prototypes"], tmp_path / "a.tpv"))
    before = results(path)
    with pytest.raises(SessionError, match=r"only the prototypes .* analyse the video again"):
        apply(path, SetCount("steady", "AU12", 2), "Ada")
    assert results(path) == before
    with Session(path) as session, pytest.raises(SessionError, match="only the prototypes"):
        list(write_virelay(session, tmp_path / "a.yaml"))


def test_edits_work_on_the_maps_that_were_clustered(sessions: dict[str, Path], tmp_path: Path) -> None:
    edited = {}
    for keep in ("all", "spread"):
        path = Path(copy(sessions[keep], tmp_path / f"{keep}.tpv"))
        apply(path, SetCount("steady", "AU12", 2), "Ada")
        with Session(path) as session:
            edited[keep] = session.stages()
            assert len(session.clusterings()["AU12"].clusters) == 2
    assert edited["all"] == edited["spread"]


@pytest.mark.parametrize(
    ("before", "after"), [("prototypes", "all"), ("top99", "spread"), ("spread", "top99")]
)
def test_another_choice_makes_the_session_what_it_would_have_been(
    sessions: dict[str, Path], tmp_path: Path, model: Path, before: str, after: str
) -> None:
    path = Path(copy(sessions[before], tmp_path / "a.tpv"))
    run(path, model, replace(PARAMS, keep=after))
    with Session(path) as session, Session(sessions[after]) as fresh:
        assert kept_of(session) == kept_of(fresh)
        for au in range(3):
            frames = fresh.relevance.frames(au)
            assert session.relevance.frames(au).tolist() == frames.tolist()
            for frame in frames.tolist():
                np.testing.assert_array_equal(
                    session.relevance.get(au, frame), fresh.relevance.get(au, frame)
                )
    assert decided(path) == decided(sessions[after])


def test_another_threshold_finds_its_maps_again_where_only_prototypes_were_kept(
    sessions: dict[str, Path], tmp_path: Path, model: Path
) -> None:
    changed = replace(PARAMS, thresholds={**PARAMS.thresholds, "AU12": 0.45})
    path = Path(copy(sessions["prototypes"], tmp_path / "a.tpv"))
    run(path, model, replace(changed, keep="prototypes"))
    run(tmp_path / "fresh.tpv", model, replace(changed, keep="all"))
    assert decided(path) == decided(tmp_path / "fresh.tpv")


def test_a_finished_session_of_prototypes_is_left_alone(
    sessions: dict[str, Path], tmp_path: Path, model: Path
) -> None:
    path = Path(copy(sessions["prototypes"], tmp_path / "a.tpv"))
    before = results(path)
    run(path, model, replace(PARAMS, keep="prototypes"))
    assert results(path) == before
    with Session(path) as session:
        assert kept_of(session) == Kept("prototypes", EVERY, pruned=True)


def test_what_is_stored_is_told_by_the_hour(sessions: dict[str, Path]) -> None:
    with Session(sessions["all"]) as session:
        told = relevance_told(session)
        assert told["maps"] == session.relevance.count()
        assert told["bytes_per_hour"] == pytest.approx(told["bytes"] * 3600 / session.end, abs=1)
        assert told["bytes"] / told["maps"] < 18_500  # float16 of 96 x 96 pixels, and a little


def test_short_videos_keep_every_map_and_a_long_one_is_bounded() -> None:
    assert Kept.of("spread", FRAMES // EVERY).every == 1
    assert Kept.of("spread", 216_000).whole(np.arange(216_000)).sum() <= FRAMES // EVERY
    with pytest.raises(ParameterError, match="--keep is 'none'"):
        Params(keep="none")  # type: ignore[arg-type]
