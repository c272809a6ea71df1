"""What the command line gives is told apart, measured, told and written into the card."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.models.tiny import build_tiny_package
from tests.training.test_evaluate_sets import labelled
from tpviewer.core.errors import ModelError, ParameterError
from tpviewer.models.model_package import load_package
from tpviewer.store.truth import Truth
from tpviewer.training import evaluate as module
from tpviewer.training.au_shapes import AUS
from tpviewer.training.evaluate import Settings, evaluate, sort_material
from tpviewer.training.evaluate_clips import ClipRow
from tpviewer.training.evaluate_events import AUEvents, events_of, share_in_time
from tpviewer.training.evaluate_sets import EvaluationSet
from tpviewer.training.evaluation import Evaluation
from tpviewer.training.evaluation_card import not_reliable, write_card
from tpviewer.training.evaluation_page import page


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_package(tmp_path_factory.mktemp("evaluated") / "tiny", channels=2)


def clip_row(au: str, r: float, against: str = "teacher", counted: bool = True) -> ClipRow:
    return ClipRow("a.mp4", au, against, 50, 0.2, counted, r, r, r, r)


def set_of(**areas: float) -> dict:
    aus = {
        au: {"roc_auc": area, "pr_auc": area, "f1": area, "present": 9, "absent": 9, "persons": 6}
        for au, area in areas.items()
    }
    nothing: dict = {}
    return {
        **{"name": "faces", "crops": 18, "persons": 6, "aus": aus, "mean_roc_auc": 0.9},
        **{"calibration": nothing, "au6_apart": nothing, "intensity": nothing, "groups": nothing},
    }


def test_words_of_the_command_line_are_told_apart(tmp_path: Path) -> None:
    for name in ("film/a.mp4", "film/b.mov", "film/notes.txt", "film/b.json", "posed/neutral/x.jpg", "m.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    words = ["renders:face.npz", *(str(tmp_path / name) for name in ("film", "posed", "m.csv"))]
    found = sort_material(words)
    assert found.face_models == (Path("face.npz"),)
    assert found.clips == (tmp_path / "film" / "a.mp4",)
    assert found.sequences == (tmp_path / "film" / "b.mov",)
    assert found.photographs == (tmp_path / "posed",)
    assert found.manifests == (tmp_path / "m.csv",)


def test_words_that_are_nothing_are_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no such file or folder"):
        sort_material([str(tmp_path / "absent")])
    with pytest.raises(ParameterError, match="no videos"):
        sort_material([str(tmp_path)])


def test_a_clip_needs_a_teacher(model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    with pytest.raises(ParameterError, match="needs --teacher"):
        evaluate(model, sort_material([str(tmp_path)]), Settings(tmp_path), quiet)


@pytest.fixture(scope="module")
def evaluation(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder = tmp_path_factory.mktemp("material")
    data = replace(labelled(80), intensities=np.random.default_rng(3).random((80, 19)).astype(np.float32))
    part = EvaluationSet("noise", data, {"age": np.array(["old", "young"] * 40)})
    (folder / "m.csv").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "manifest_set", lambda *_: part)
        settings = Settings(folder, keep_thresholds=False)
        return evaluate(model, sort_material([str(folder / "m.csv")]), settings, quiet)


def test_a_model_with_a_neutral_channel_is_measured_with_and_without(evaluation: Evaluation) -> None:
    names = [part["name"] for part in evaluation.sets]
    assert names == ["noise", "noise, neutral face not shown"]
    with_neutral, without = (part["aus"]["AU12"]["roc_auc"] for part in evaluation.sets)
    assert with_neutral != without
    assert evaluation.sets[0]["groups"]["age"]["old"]["AU12"]["persons"] == 40


def test_a_threshold_that_cannot_be_decided_stays_the_cards(model: Path) -> None:
    card = replace(load_package(model).card, thresholds=(0.41, 0.42, 0.43))
    data = labelled(80)
    data.labels[:, AUS.index("AU06")] = -1
    logits = np.stack([data.labels[:, AUS.index(au)] * 2.0 - 1 for au in card.aus], axis=1)
    chosen = module._chosen(card, EvaluationSet("x", data), logits.astype(np.float32))
    assert chosen[1] == 0.42
    assert chosen[0] != 0.41
    assert chosen[2] != 0.43


def test_the_report_is_plain_json_and_the_page_needs_nothing_beside_it(evaluation: Evaluation) -> None:
    full = replace(
        evaluation,
        clips=[clip_row("AU12", 0.8), clip_row("AU01", float("nan"), "brows")],
        events=[AUEvents("b.mp4", "AU12", False, np.array([0.04]), np.array([-0.2]), 1, 2)],
    )
    report = full.report()
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    assert report["clip_means"]["teacher"]["r_probability_smooth"] == 0.8
    html = page(report)
    assert html.count("<svg") == html.count("</svg>") >= 3
    for outside in ("src=", "<link", "<script", "@import"):
        assert outside not in html
    for told in ("noise", "By age", "AU12", "a.mp4", "+0.04", "No FACS coder".lower()):
        assert told.lower() in html.lower()


def test_a_name_in_the_card_cannot_break_the_page(evaluation: Evaluation) -> None:
    report = evaluation.report()
    report["model"]["name"] = "<b>&"
    assert "<b>&" not in page(report).split("</title>")[0]


def test_the_card_takes_the_figures_and_keeps_the_others(evaluation: Evaluation, tmp_path: Path) -> None:
    folder = build_tiny_package(tmp_path / "own", channels=2, quality={"other": {"AU01": {"roc_auc": 0.7}}})
    card = write_card(folder, replace(evaluation, package=load_package(folder))).package.card
    assert card == load_package(folder).card
    assert card.quality["other"] == {"AU01": {"roc_auc": 0.7}}
    assert card.quality["noise"] == json.loads(json.dumps(evaluation.sets[0]["aus"]))
    assert card.thresholds == evaluation.thresholds
    assert card.experimental == ("AU01", "AU06", "AU12")
    assert sorted(path.name for path in folder.iterdir()) == ["card.json", "model.keras"]


def test_the_card_of_a_zip_stays(evaluation: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="unpack"):
        write_card(tmp_path / "model.zip", evaluation)


def test_an_action_unit_is_reliable_only_if_it_passes_everywhere(model: Path) -> None:
    good, poor = set_of(AU01=0.95, AU06=0.95, AU12=0.99), set_of(AU06=0.85)
    package = load_package(model)
    aus = ("AU01", "AU06", "AU12", "AU20")
    rows = [clip_row("AU12", 0.2), clip_row("AU12", 0.9), clip_row("AU01", 0.3)]
    assert not_reliable(aus, Evaluation(package, (), [good])) == ("AU20",)
    assert not_reliable(aus, Evaluation(package, (), [good, poor])) == ("AU06", "AU20")
    assert not_reliable(aus, Evaluation(package, (), [good], rows)) == ("AU01", "AU20")
    blurred = {"renders": {"grounding": {"AU12": {"passes": False}, "AU06": {"passes": None}}}}
    failing = Evaluation(package, (), [good], explanations=blurred)
    assert not_reliable(aus, failing) == ("AU12", "AU20")


class _Arrays:
    def __init__(self, **arrays: np.ndarray) -> None:
        self._arrays = {name.replace("__", "/"): array for name, array in arrays.items()}

    def require(self, name: str) -> np.ndarray:
        return self._arrays[name]


class FakeSession:
    """Fifty frames a second; AU12 is found two frames late and goes three frames early."""

    aus, model = ("AU12", "AU04"), {"experimental": ["AU04"]}

    def __init__(self) -> None:
        active = np.zeros((50, 2), bool)
        active[12:27, 0] = True
        active[40:45, 1] = True
        boxes = np.full((50, 4), 100.0)
        boxes[3] = np.nan
        self.arrays = _Arrays(steady__activity__smoothed=active, track__box=boxes)
        self.times, self.end = np.arange(50) / 50, 1.0

    def columns(self, profile: str) -> tuple[str, ...]:
        assert profile == "steady"
        return self.aus


def truth(place: float = 100.0) -> Truth:
    intensity = np.zeros((50, 2), np.float32)
    intensity[10:30, 0] = 0.8
    return Truth("x", ("AU12", "AU99"), intensity, (0.25, 0.25), (), np.full((50, 4), place, np.float32))


def test_onsets_and_offsets_are_told_in_seconds() -> None:
    (smile,) = events_of(FakeSession(), truth(), "v")
    assert smile.onset_errors == pytest.approx([0.04])
    assert smile.offset_errors == pytest.approx([-0.06])
    assert (smile.missed, smile.spurious, smile.experimental) == (0, 0, False)
    assert share_in_time([smile]) == 1.0
    assert share_in_time([smile], 0.05) == 0.5
    assert share_in_time([replace(smile, missed=1)]) == 0.5
    assert share_in_time([]) is None
