"""Rendered corpora lie as CK+ does, know their truth, and go on where they were stopped."""

import csv
from pathlib import Path

import pytest

from tpviewer.core.action_units import au_label
from tpviewer.core.errors import ParameterError
from tpviewer.corpus.layouts import read_layout
from tpviewer.importing.ckplus import IMAGES, TRUTH
from tpviewer.store.truth import read_truth
from tpviewer.training.expression_plans import PROTOTYPES, plan_corpus
from tpviewer.training.face_model import FaceModel
from tpviewer.training.phantom_corpus import TRUE_STAGES, render_corpus
from tpviewer.training.phantom_script import RESERVED_PERSONS
from tpviewer.training.readers_ckplus import read_ckplus


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, model: FaceModel) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    render_corpus(2, model, folder)
    return folder


def test_both_readers_of_ckplus_read_it(folder: Path) -> None:
    found = read_layout(folder, "ckplus")
    assert [(one.name, one.person, one.label) for one in found] == [
        ("S001/001", "S001", "anger"),
        ("S001/002", "S001", "contempt"),
    ]
    assert not any(one.error or one.warning for one in found)
    assert {entry.person for entry in read_ckplus(folder).entries} == {"S001"}


def test_codes_and_truth_agree(folder: Path) -> None:
    for one in read_layout(folder, "ckplus"):
        (truth,) = read_truth(one.truth)
        assert len(list((folder / IMAGES / one.name).glob("*.png"))) == len(truth.intensity)
        shown = {au for au, there in zip(truth.aus, truth.present[-1], strict=True) if there}
        assert shown == {au_label(au) for au, _ in one.codes}
        assert not truth.present[0].any()
        assert set(PROTOTYPES[one.label].always) <= shown


def test_true_stages_partition_every_sequence(folder: Path) -> None:
    with (folder / TRUTH / TRUE_STAGES).open(newline="") as file:
        rows = list(csv.DictReader(file))
    for one in read_layout(folder, "ckplus"):
        stages = [row for row in rows if row["sequence"] == one.name]
        starts, stops = ([int(row[end]) for row in stages] for end in ("start", "stop"))
        assert starts == [0, *stops[:-1]]
        assert stops[-1] == len(read_truth(one.truth)[0].intensity)
        assert {row["label"] for row in stages} == {one.label}
        assert stages[0]["set"] == "NONE"


def test_what_is_rendered_is_kept(folder: Path, model: FaceModel) -> None:
    kept, lost = (folder / IMAGES / f"S001/00{n}/S001_00{n}_00000001.png" for n in (1, 2))
    expected, marked = lost.read_bytes(), b"not rendered again"
    original = kept.read_bytes()
    kept.write_bytes(marked)
    lost.unlink()
    (folder / TRUTH / "S001/002/S001_002_truth.json").unlink()
    render_corpus(2, model, folder)
    assert lost.read_bytes() == expected
    assert kept.read_bytes() == marked
    kept.write_bytes(original)


def test_plans_vary_but_a_person_keeps_their_ways() -> None:
    plans = list(plan_corpus(140))
    assert plans[:9] == list(plan_corpus(9))
    assert {plan.label for plan in plans} == set(PROTOTYPES)
    assert len({plan.person for plan in plans}) == 20
    assert len({plan.script.frames for plan in plans}) > 5
    for plan in plans:
        (face,) = plan.script.faces
        assert face.person >= RESERVED_PERSONS
        assert all(event.frames[0] > 0 and event.frames[1] < plan.script.frames for event in face.events)
        assert all(event.at(plan.script.frames - 1) >= 0.4 for event in face.events)
    shown = {frozenset(e.au for e in plan.script.faces[0].events) for plan in plans if plan.label == "anger"}
    assert len(shown) > 1


def test_a_number_under_one_is_refused(tmp_path: Path, model: FaceModel) -> None:
    with pytest.raises(ParameterError, match="--corpus is 0"):
        render_corpus(0, model, tmp_path)
