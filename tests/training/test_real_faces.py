"""Photographs are labelled by what their people were asked to do; who acts in a phantom is left out."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from tpviewer.training import real_faces
from tpviewer.training.au_shapes import AUS, MISSING
from tpviewer.training.real_faces import (
    calm_photographs,
    photograph_person,
    photographs_in,
    protocol_labels,
    taught_labels,
)


def test_a_neutral_face_shows_nothing_and_a_smile_shows_au12() -> None:
    assert not protocol_labels(Path("neutral/001.jpg")).any()
    smile = protocol_labels(Path("smiling/001.jpg"))
    assert smile[AUS.index("AU12")] == 1
    assert smile[AUS.index("AU04")] == 0
    assert smile[AUS.index("AU06")] == MISSING
    assert (protocol_labels(Path("canada/001.jpg")) == MISSING).all()


def test_the_teacher_labels_only_what_it_is_sure_of() -> None:
    scores = {"mouthSmileLeft": 0.8, "mouthSmileRight": 0.6, "jawOpen": 0.1, "mouthPucker": 0.3}
    labels = taught_labels(scores)
    assert labels[AUS.index("AU12")] == 1
    assert labels[AUS.index("AU26")] == 0
    assert labels[AUS.index("AU18")] == MISSING
    assert np.count_nonzero(labels != MISSING) == 2
    assert (taught_labels({}) == MISSING).all()


def test_the_two_pictures_of_a_person_are_of_one_person() -> None:
    assert photograph_person(Path("neutral/001_03.jpg")) == photograph_person(Path("smiling/001_08.jpg"))
    assert photograph_person(Path("canada/001.jpg")) != photograph_person(Path("neutral/001.jpg"))


def test_who_acts_in_a_phantom_is_left_out_whatever_the_file_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("neutral/001.jpg", "neutral/002.png", "smiling/001.jpg", "notes/001.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    acts = hashlib.sha256(b"neutral/002.png").hexdigest()
    monkeypatch.setattr(real_faces, "_ACTS", frozenset({acts}))
    found = [path.relative_to(tmp_path).as_posix() for path in photographs_in(tmp_path)]
    assert found == ["neutral/001.jpg", "smiling/001.jpg"]
    assert [path.name for path in calm_photographs(tmp_path)] == ["001.jpg"]


@pytest.mark.shared
def test_the_acting_person_is_known_by_her_pictures(shared_data: Path) -> None:
    london = shared_data / "faces" / "london"
    names = {path.relative_to(london).as_posix() for path in photographs_in(london)}
    assert len(names) == 156
    assert not names & {"neutral/010.jpg", "smiling/010.jpg"}
