"""Material to evaluate on: fresh renders, photographs with who is on them, manifests."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.tiny_face import raw_face
from tpviewer.core.errors import ParameterError
from tpviewer.training import evaluate_sets
from tpviewer.training.au_shapes import AUS
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.evaluate_sets import EVALUATION_SEED, age_band, photograph_set, rendered_set
from tpviewer.training.phantom_script import RESERVED_PERSONS
from tpviewer.training.render_crops import SIDE


def labelled(n: int, seed: int = 0) -> LabelledCrops:
    """Crops of noise with random labels."""
    rng = np.random.default_rng(seed)
    return LabelledCrops(
        rng.integers(100, 200, (n, SIDE, SIDE)).astype(np.uint8),
        rng.integers(1, 100, (n, SIDE, SIDE)).astype(np.uint8),
        rng.integers(0, 2, (n, len(AUS))).astype(np.int8),
        np.full((n, len(AUS)), np.nan, np.float32),
        np.arange(n, dtype=np.int64) // 2,
    )


@pytest.mark.parametrize(
    ("text", "band"),
    [("18", "18–24"), ("24.5", "18–24"), ("25", "25–34"), ("54", "50–120"), ("NA", ""), ("", ""), ("-3", "")],
)
def test_ages_fall_into_bands(text: str, band: str) -> None:
    assert age_band(text) == band


def test_renders_are_of_people_no_training_and_no_phantom_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.savez(tmp_path / "face.npz", **raw_face())
    monkeypatch.setattr(evaluate_sets, "_CHUNK", 4)
    told: list[str] = []
    part = rendered_set(tmp_path / "face.npz", 6, tmp_path / "work", told.append)
    assert len(part.data) == 6
    assert (part.data.persons >= EVALUATION_SEED * 1_000_000).all()
    assert EVALUATION_SEED < RESERVED_PERSONS
    assert len(told) == 2
    again = rendered_set(tmp_path / "face.npz", 6, tmp_path / "work", told.append)
    assert (again.data.crops == part.data.crops).all()
    assert len(told) == 2


def test_no_renders_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="--renders is 0"):
        rendered_set(tmp_path / "face.npz", 0, tmp_path, print)


@pytest.mark.shared
def test_photographs_know_who_is_on_them(shared_data: Path, tmp_path: Path) -> None:
    london = shared_data / "faces" / "london"
    for pose in ("neutral", "smiling"):
        (tmp_path / pose).mkdir()
        for path in sorted((london / pose).iterdir())[:4]:
            (tmp_path / pose / path.name).symlink_to(path)
    (tmp_path / "london_info.csv").symlink_to(london / "london_info.csv")
    part = photograph_set(tmp_path)
    smile = part.data.labels[:, AUS.index("AU12")]
    assert sorted(smile.tolist()) == [0] * 4 + [1] * 4
    assert len(np.unique(part.data.persons)) == 4
    assert sorted(part.groups["gender"].tolist()) == ["female"] * 6 + ["male"] * 2
    assert set(part.groups["age"].tolist()) == {"18–24", "25–34", "35–49"}
    assert part.without_neutrals
