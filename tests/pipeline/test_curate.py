"""An expert's clusters stand beside the machine's, and everything that follows from them follows."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.models.tiny import build_tiny_package
from tests.pipeline.curated import PARAMS, run, told
from tpviewer.core.annotations import Annotation, Change
from tpviewer.core.curation import Assign, Merge, Operation, Redo, SetCount, Split, Undo
from tpviewer.core.errors import ParameterError, SessionError
from tpviewer.core.prototypes import cluster_prototypes
from tpviewer.core.spray import SprayParams
from tpviewer.core.stages import Stage
from tpviewer.pipeline.curate import apply
from tpviewer.pipeline.params import Params, default_profiles
from tpviewer.store.session import LAYERS, Session

TARGET = "steady edited"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("model") / "tiny", seed=3)


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    path = tmp_path_factory.mktemp("analysed") / "a.tpv"
    run(path, model)
    return path


@pytest.fixture
def path(analysed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(analysed, tmp_path / "a.tpv"))


def edit(path: Path, *operations: Operation) -> None:
    for operation in operations:
        apply(path, operation, "A. Expert")


def sizes(path: Path, au: str = "AU12") -> list[int]:
    with Session(path) as session:
        return [cluster.frames for cluster in session.clusterings()[au].clusters]


def results(path: Path, name: str = TARGET) -> dict[str, object]:
    with Session(path) as session:
        return told(session, name)


def other_rule(path: Path, model: Path) -> list[str]:
    """Analyse with a rule that finds other clusters."""
    rule = replace(SprayParams.steady(), merge_cosine=None, tau=1.5)
    steady = replace(default_profiles()["steady"], spray=rule)
    return run(path, model, replace(PARAMS, profiles={**default_profiles(), "steady": steady}))


def test_an_edit_leaves_the_machine_s_results_as_they_were(path: Path) -> None:
    before = results(path, "steady"), results(path, "paper")
    edit(path, SetCount("steady", "AU12", 3), Split("steady", "AU06", 0))
    assert (results(path, "steady"), results(path, "paper")) == before
    with Session(path) as session:
        assert session.profile == "steady"
        assert session.shown() == TARGET
        assert session.shown("paper") == "paper"
        assert session.result_sets() == ("paper", "steady", TARGET)


def test_the_expert_s_number_of_clusters_is_shown(path: Path) -> None:
    edit(path, SetCount("steady", "AU12", 3))
    assert len(sizes(path)) == 3
    with Session(path) as session:
        assert set(session.states("smoothed")[:, session.columns().index("AU12")].tolist()) == {0, 1, 2}


def test_clusters_carry_what_the_machine_s_carry_but_no_stability(path: Path) -> None:
    edit(path, SetCount("steady", "AU12", 3))
    with Session(path) as session:
        found = session.clusterings()["AU12"]
        frames, labels = (session.results.clustering_array(TARGET, "AU12", n) for n in ("frames", "labels"))
        maps = session.relevance.maps(session.aus.index("AU12"), frames)
        true = cluster_prototypes(zip(labels.tolist(), maps, strict=True), 3)
        np.testing.assert_array_equal(session.prototypes("AU12"), true)
    assert np.isnan(found.stability)
    assert [cluster.frames for cluster in found.clusters] == np.bincount(labels).tolist()
    for look, cluster in enumerate(found.clusters):
        assert labels[np.flatnonzero(frames == cluster.medoid)[0]] == look
        assert np.isfinite(cluster.silhouette)
    assert found.explained.keys() == {"yaw", "brightness", "blur", "time"}


def test_letters_follow_the_first_occurrence_after_an_edit(path: Path) -> None:
    with Session(path) as session:
        frames = session.results.clustering_array("steady", "AU12", "frames")
    edit(path, SetCount("steady", "AU12", 1), Assign("steady", "AU12", tuple(frames[:20].tolist()), None))
    with Session(path) as session:
        labels = session.results.clustering_array(TARGET, "AU12", "labels")
    assert labels.tolist() == [0] * 20 + [1] * (len(frames) - 20)


def test_a_lasso_of_three_maps_can_be_split_again(path: Path) -> None:
    with Session(path) as session:
        frames = session.results.clustering_array("steady", "AU12", "frames")
    first = tuple(frames[[0, 20, 40]].tolist())
    edit(path, SetCount("steady", "AU12", 1), Assign("steady", "AU12", first, None))
    assert sizes(path) == [len(frames) - 3, 3]  # the mode filter leaves no frame of the three in the lanes
    edit(path, Split("steady", "AU12", 1))
    assert sorted(sizes(path))[:2] == [1, 2]


def test_undoing_every_edit_leaves_the_machine_s_results_shown(path: Path) -> None:
    edit(path, SetCount("steady", "AU12", 3), Merge("steady", "AU12", 0, 2), Undo(), Undo())
    with Session(path) as session:
        assert session.shown() == "steady"
        assert session.result_sets() == ("paper", "steady")
        assert session.arrays.get(f"{TARGET}/states/absorbed") is None
        assert len(session.edits.all()) == 2
    with pytest.raises(ParameterError, match="nothing to undo"):
        edit(path, Undo())


def test_undo_then_redo_gives_the_same_bytes(path: Path) -> None:
    edit(path, SetCount("steady", "AU12", 4))
    first = results(path)
    edit(path, Merge("steady", "AU12", 0, 1), Split("steady", "AU06", 0))
    last = results(path)
    edit(path, Undo(), Undo())
    assert results(path) == first
    edit(path, Redo(), Redo())
    assert results(path) == last


def test_the_way_to_a_state_does_not_matter(path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(path, tmp_path / "b.tpv"))
    edit(path, SetCount("steady", "AU06", 2), SetCount("steady", "AU12", 3))
    edit(other, SetCount("steady", "AU12", 3), SetCount("steady", "AU06", 5), Undo())
    edit(other, SetCount("steady", "AU06", 2))
    assert results(path) == results(other)


def test_profiles_are_edited_apart(path: Path) -> None:
    before = results(path, "paper")
    edit(path, SetCount("steady", "AU12", 3))
    edit(path, SetCount("paper", "AU12", 2))
    with Session(path) as session:
        assert len(session.clusterings("paper edited")["AU12"].clusters) == 2
        assert session.states("raw", "paper edited").tobytes() != session.states("raw", "paper").tobytes()
    assert results(path, "paper") == before
    assert len(sizes(path)) == 3


def test_stages_of_all_layers_are_derived_from_the_edited_clusters(path: Path) -> None:
    edit(path, SetCount("paper", "AU12", 1), SetCount("paper", "AU06", 1), SetCount("paper", "AU01", 1))
    with Session(path) as session:
        frames = session.video.frames
        for layer in LAYERS:
            assert session.stages(layer, "paper edited") == [
                Stage(0, frames, (("AU01", 0), ("AU06", 0), ("AU12", 0)))
            ]


def test_another_analysis_with_the_same_parameters_keeps_the_edited_results(path: Path, model: Path) -> None:
    edit(path, SetCount("steady", "AU12", 3))
    before = results(path)
    assert run(path, model) == []
    assert results(path) == before


def test_edits_of_other_clusters_are_kept_named_and_apply_again(path: Path, model: Path) -> None:
    edit(path, SetCount("steady", "AU12", 1), Undo(), SetCount("steady", "AU12", 3))
    before = results(path)
    (notice,) = other_rule(path, model)
    assert "1 (steady/AU12)" in notice
    with Session(path) as session:
        assert session.shown() == "steady"
        assert len(session.edits.all()) == 2
    assert run(path, model) == []
    assert results(path) == before


def test_an_edit_of_one_action_unit_outlives_a_change_of_another(path: Path, model: Path) -> None:
    edit(path, SetCount("steady", "AU12", 3))
    changed = replace(PARAMS, thresholds={**PARAMS.thresholds, "AU06": 0.9})
    assert run(path, model, changed) == []
    assert len(sizes(path)) == 3
    with Session(path) as session:
        assert "AU06" not in session.clusterings()


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (Merge("steady", "AU12", 0, 25), "there is no look Z"),
        (Merge("steady", "AU99", 0, 1), "AU99 has no clusters in profile steady"),
        (SetCount("loose", "AU12", 2), "no profile loose"),
        (Redo(), "nothing to redo"),
    ],
)
def test_a_senseless_change_is_refused_and_leaves_no_trace(
    path: Path, operation: Operation, words: str
) -> None:
    with pytest.raises(ParameterError, match=words):
        edit(path, operation)
    with Session(path) as session:
        assert session.edits.all() == []
        assert session.result_sets() == ("paper", "steady")


def test_half_an_analysis_is_not_edited(path: Path) -> None:
    with Session(path, writable=True) as session, session.transaction():
        session.meta.put("complete", False)
    with pytest.raises(SessionError, match="the analysis is not finished"):
        edit(path, SetCount("steady", "AU12", 3))


def test_a_session_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="no such session"):
        edit(tmp_path / "gone.tpv", Undo())
    assert not (tmp_path / "gone.tpv").exists()


def test_a_step_that_fails_leaves_neither_edit_nor_results(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("stop")

    monkeypatch.setattr("tpviewer.pipeline.curate.put_stages", fail)
    with pytest.raises(RuntimeError, match="stop"):
        edit(path, SetCount("steady", "AU12", 3))
    with Session(path) as session:
        assert session.edits.all() == []
        assert session.clusterings(TARGET) == {}


def test_more_frames_forget_what_edits_led_to_but_not_the_edits(path: Path, model: Path) -> None:
    edit(path, SetCount("steady", "AU12", 3))
    assert run(path, model, Params(max_frames=32, thresholds=PARAMS.thresholds)) != []
    with Session(path) as session:
        assert session.shown() == "steady"
        assert [entry.kind for entry in session.edits.all()] == ["SetCount"]


def test_an_author_takes_back_looks_and_judgements_in_the_order_in_which_they_were_made(path: Path) -> None:
    edit(path, SetCount("steady", "AU12", 3))
    with Session(path, writable=True) as session:
        seen = Annotation("k", "AU04", 3, 9, "present")
        session.reviews.change("A. Expert", [Change(None, seen)], "Place")
        session.reviews.change("B. Expert", [Change(None, seen)], "Place")
    edited = results(path)
    edit(path, Undo())  # the judgement: nothing to rebuild
    assert results(path) == edited
    with Session(path) as session:
        assert [one.reviewer for one in session.reviews.judgements()] == ["B. Expert"]
    edit(path, Undo())
    with Session(path) as session:
        assert session.shown() == "steady"
    edit(path, Redo(), Redo())
    assert results(path) == edited
    with Session(path) as session:
        assert [one.reviewer for one in session.reviews.judgements()] == ["A. Expert", "B. Expert"]


def test_judgements_outlive_another_analysis_and_are_no_edits_of_clusters(path: Path, model: Path) -> None:
    with Session(path, writable=True) as session:
        seen = Annotation("k", "AU04", 3, 9, "present")
        session.reviews.change("A. Expert", [Change(None, seen)], "Place")
    assert other_rule(path, model) == []
    with Session(path) as session:
        assert [one.annotation for one in session.reviews.judgements()] == [seen]
        assert session.edits.undoable("A. Expert") is not None
