"""What other programs read is read back by readers that are not ours, and says the same as the session."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
import pandas as pd
import pytest
from pympi import Eaf

from tests.export.exchanged import ANNOTATIONS, FRAMES, UNSEEN, exchanged_session
from tests.export.made_session import PROFILE
from tests.models.tiny import AUS
from tpviewer.core.annotations import Change, new_key
from tpviewer.core.letters import letter
from tpviewer.core.stages import stage_label
from tpviewer.export.events import judgement_words
from tpviewer.export.formats import Format, write_export
from tpviewer.export.review import reviewer_result
from tpviewer.importing.ratings import annotations_of, frame_values, read_ratings
from tpviewer.store.patient import put_patient
from tpviewer.store.session import Session

MACHINE = "machine (tiny 1)"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exchanged_session(tmp_path_factory.mktemp("exchanged"))


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with Session(path) as opened:
        yield opened


def export(session: Session, to: Format, path: Path, **options: object) -> list[Path]:
    written = write_export(session, to, path, top_x=30.0, **options)  # type: ignore[arg-type]
    assert all(one.stat().st_size for one in written)
    return written


def told(value: dict[str, object]) -> None:
    """X, thresholds, model hash and parameters are there."""
    assert value["top_x"] == 30.0
    assert value["thresholds"] == dict.fromkeys(AUS, 0.5)
    assert value["model_sha256"] == "ab" * 32
    assert value["parameters"]


def test_pyfeat_table(session: Session, tmp_path: Path) -> None:
    table_path, provenance = export(session, "fex", tmp_path / "a.csv")
    table = pd.read_csv(table_path)
    assert list(table.columns) == [
        *("FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight", "FaceScore"),
        *AUS,
        *("frame", "input"),
    ]
    assert table["frame"].tolist() == list(range(FRAMES))
    assert table.loc[slice(*UNSEEN), "AU01"].iloc[:4].isna().all()
    assert table["FaceRectX"].isna().sum() == UNSEEN[1] - UNSEEN[0]
    expected = 1 / (1 + np.exp(-session.logits().astype(float)))
    np.testing.assert_allclose(table[list(AUS)].to_numpy(), expected, atol=6e-5)
    told(json.loads(provenance.read_text()))


def test_our_table_comes_back_as_a_rater_and_says_how_it_was_made(session: Session, tmp_path: Path) -> None:
    written = export(session, "csv", tmp_path / "a.csv")
    assert not [name for name in pd.read_csv(written[0]).columns if name.endswith("_r")]
    told(json.loads(written[-1].read_text()))
    (ratings,) = read_ratings(written[0])
    presence, intensity, known = frame_values(ratings, session.times)
    assert ratings.rater == "TPViewer"
    assert (presence == session.arrays.require(f"{PROFILE}/activity/smoothed")).all()
    assert np.flatnonzero(~known[:, 0]).tolist() == list(range(*UNSEEN))
    assert np.isnan(intensity).all()


def test_an_action_unit_that_took_no_part_is_not_absent(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "part.tpv"
    copy.write_bytes(path.read_bytes())
    with Session(copy, writable=True) as session:
        with session.transaction():
            made = session.meta.get("provenance") | {"aus": ["AU01", "AU12"]}
            session.meta.put("provenance", made)
        columns = pd.read_csv(export(session, "csv", tmp_path / "a.csv")[0]).columns
        assert "AU06_p" in columns
        assert "AU06_c" not in columns
        tiers = Eaf(str(export(session, "eaf", tmp_path / "a.eaf")[0])).get_tier_names()
        assert "AU06" not in tiers


def test_elan_tiers_read_by_pympi(session: Session, tmp_path: Path) -> None:
    (written,) = export(session, "eaf", tmp_path / "a.eaf")
    read = Eaf(str(written))
    ms = np.rint(1000 * np.append(session.times, session.end)).astype(int)
    states = session.states("smoothed", PROFILE)
    for column, au in enumerate(AUS):
        for start, stop, value in read.get_annotation_data_for_tier(au):
            first, last = np.searchsorted(ms, [start, stop])
            assert (ms[first], ms[last]) == (start, stop)
            assert {letter(int(s)) for s in states[first:last, column]} == {value}
        assert sum(e - s for s, e, _ in read.get_annotation_data_for_tier(au)) == sum(
            int(ms[f + 1] - ms[f]) for f in np.flatnonzero(states[:, column] >= 0)
        )
    stages = sorted(read.get_annotation_data_for_tier("stages"))
    assert stages == [(ms[s.start], ms[s.stop], stage_label(s)) for s in session.stages(profile=PROFILE)]
    assert all(value.isascii() and ";" not in value for _, _, value in stages)
    assert read.get_annotation_data_for_tier("AU04 Ayşe")[0][2] == (
        "AU04 present intensity b left: a frown; short"
    )
    apexes = {au: read.get_annotation_data_for_tier(f"{au} apex Ayşe") for au in ("AU04", "AU12")}
    assert apexes == {"AU04": [(ms[8], ms[12], "AU04 apex")], "AU12": [(ms[29], ms[30], "AU12 apex")]}
    assert "AU06 apex Ayşe" not in read.get_tier_names()
    assert "stages Ayşe" in read.get_tier_names()
    properties = dict(read.properties)
    told(json.loads(properties["tpviewer.provenance"]))
    assert properties["tpviewer.model_sha256"] == "ab" * 32
    (media,) = read.media_descriptors
    assert media["MIME_TYPE"] == "video/mp4"
    assert media["MEDIA_URL"].endswith("/clip.mp4")


def test_elan_order_and_overlap_are_those_of_the_schema(session: Session, tmp_path: Path) -> None:
    (written,) = export(session, "eaf", tmp_path / "a.eaf")
    root = Xml.parse(written).getroot()
    order = ["HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE"]
    assert list(dict.fromkeys(child.tag for child in root)) == order
    assert {"DATE", "AUTHOR", "VERSION"} <= set(root.attrib)
    slots = {s.attrib["TIME_SLOT_ID"]: int(s.attrib["TIME_VALUE"]) for s in root.iter("TIME_SLOT")}
    assert list(slots.values()) == sorted(slots.values())
    types = {one.attrib["LINGUISTIC_TYPE_ID"] for one in root.iter("LINGUISTIC_TYPE")}
    for tier in root.iter("TIER"):
        assert tier.attrib["LINGUISTIC_TYPE_REF"] in types
        end = 0
        for one in tier.iter("ALIGNABLE_ANNOTATION"):
            start, stop = slots[one.attrib["TIME_SLOT_REF1"]], slots[one.attrib["TIME_SLOT_REF2"]]
            assert end <= start < stop
            end = stop
    ids = [one.attrib["ANNOTATION_ID"] for one in root.iter("ALIGNABLE_ANNOTATION")]
    assert len(set(ids)) == len(ids)


def test_a_pseudonym_stands_for_the_video_everywhere(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "named.tpv"
    copy.write_bytes(path.read_bytes())
    with Session(copy, writable=True) as session:
        with session.transaction():
            put_patient(session, "me", "P17", "")
        for to, name in (("eaf", "a.eaf"), ("boris", "b.csv"), ("fex", "f.csv"), ("nova", "n.annotation")):
            for one in export(session, to, tmp_path / name):  # type: ignore[arg-type]
                assert b"clip" not in one.read_bytes()
        for one in export(session, "virelay", tmp_path / "v.yaml", video=path.parent / "clip.mp4"):
            assert b"clip.mp4" not in one.read_bytes()


@pytest.mark.parametrize(("to", "name"), [("eaf", "a.eaf"), ("boris", "a.csv")])
def test_looks_and_judgements_come_back_on_the_same_frames(
    session: Session, tmp_path: Path, to: Format, name: str
) -> None:
    machine, reviewer = read_ratings(export(session, to, tmp_path / name)[0])
    assert machine.warnings == reviewer.warnings == ()
    assert machine.rater.endswith(MACHINE)
    assert machine.aus == AUS
    presence, intensity, known = frame_values(machine, session.times)
    assert (presence == session.arrays.require(f"{PROFILE}/activity/smoothed")).all()
    assert np.flatnonzero(~known.any(axis=1)).tolist() == list(range(*UNSEEN))
    assert np.isnan(intensity).all()  # a look is no intensity
    assert reviewer.rater.endswith("Ayşe")
    back = annotations_of(reviewer, session.times, session.end)
    assert sorted(map(plain, back)) == sorted(map(plain, ANNOTATIONS))


def plain(one: object) -> tuple[object, ...]:
    names = ("au", "start", "stop", "verdict", "intensity", "side", "reason", "apex", "note")
    return tuple(str(getattr(one, name)) if name == "apex" else getattr(one, name) for name in names)


def test_boris_table(session: Session, tmp_path: Path) -> None:
    written, provenance = export(session, "boris", tmp_path / "a.csv")
    with written.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    states = session.states("smoothed", PROFILE)
    stops = np.append(session.times, session.end)
    machine = [row for row in rows if row["Observation id"].endswith(MACHINE)]
    for row in machine:
        start, stop = int(row["Image index start"]), int(row["Image index stop"])
        assert float(row["Start (s)"]) == pytest.approx(stops[start], abs=6e-4)
        assert float(row["Stop (s)"]) == pytest.approx(stops[stop], abs=6e-4)
        if row["Behavior"] in AUS:
            looks = {f"look {letter(int(s))}" for s in states[start:stop, AUS.index(row["Behavior"])]}
            assert looks == {row["Comment start"]}
    active = sum(
        int(r["Image index stop"]) - int(r["Image index start"]) for r in machine if r["Behavior"] in AUS
    )
    assert active == (states >= 0).sum()
    assert {row["Behavior type"] for row in rows} == {"STATE"}
    table = pd.read_csv(written)
    apexes = table[table["Behavior"].str.endswith(" apex")]
    assert apexes["Behavior"].tolist() == ["AU04 apex", "AU12 apex"]
    assert apexes[["Image index start", "Image index stop"]].to_numpy().tolist() == [[8, 12], [29, 30]]
    np.testing.assert_allclose(apexes["Start (s)"], stops[[8, 29]], atol=6e-4)
    np.testing.assert_allclose(apexes["Stop (s)"], stops[[12, 30]], atol=6e-4)
    told(json.loads(provenance.read_text()))


def test_nova_schemes(session: Session, tmp_path: Path) -> None:
    written = export(session, "nova", tmp_path / "a.annotation")
    names = {one.name for one in written}
    theirs = ("AU04", "AU06", "AU12", "face", "speech", "stages")
    schemes = [*AUS, *(f"{au}_p" for au in AUS), "stages", *(f"{name}.Ayşe" for name in theirs)]
    assert names == {f"a.{scheme}.annotation{end}" for scheme in schemes for end in ("", "~")}
    assert {one.parent for one in written} == set(tmp_path.iterdir()) == {tmp_path / "a"}
    states, stops = session.states("smoothed", PROFILE), np.append(session.times, session.end)
    for column, au in enumerate(AUS):
        root, lines = nova(tmp_path, au)
        items = {one.attrib["id"]: one.attrib["name"] for one in root.iter("item")}
        seen = np.full(FRAMES, -1)
        for start, stop, key, confidence in lines:
            first, last = (int(np.abs(stops - float(t)).argmin()) for t in (start, stop))
            seen[first:last] = ord(items[key].removeprefix(f"{au}_")) - ord("A")
            assert 0 <= float(confidence) <= 1
        assert (seen == np.maximum(states[:, column], -1)).all()
    root, lines = nova(tmp_path, "stages")
    assert root.find("scheme").attrib["type"] == "FREE"  # type: ignore[union-attr]
    assert [line[2] for line in lines] == [stage_label(s) for s in session.stages(profile=PROFILE)]
    told(json.loads(root.find("meta").attrib["provenance"]))  # type: ignore[union-attr]


def test_the_folder_of_nova_is_written_again_and_keeps_the_rest(session: Session, tmp_path: Path) -> None:
    written = export(session, "nova", tmp_path / "a.annotation")
    written[0].write_text("of before")
    (tmp_path / "a" / "notes.txt").write_text("mine")
    assert export(session, "nova", tmp_path / "a.annotation") == written
    assert "of before" not in written[0].read_text(encoding="utf-8")
    assert set((tmp_path / "a").iterdir()) == {*written, tmp_path / "a" / "notes.txt"}
    assert (tmp_path / "a" / "notes.txt").read_text() == "mine"


def test_nova_holds_each_reviewer_s_judgements(session: Session, tmp_path: Path) -> None:
    export(session, "nova", tmp_path / "a.annotation")
    stops = np.append(session.times, session.end)
    for name, said in (("AU04", ANNOTATIONS[:1]), ("AU12", ANNOTATIONS[1:3]), ("speech", ANNOTATIONS[6:])):
        root, lines = nova(tmp_path, f"{name}.Ayşe")
        assert root.find("meta").attrib["annotator"] == "Ayşe"  # type: ignore[union-attr]
        assert root.find("scheme").attrib["name"] == name  # type: ignore[union-attr]
        items = {one.attrib["id"]: one.attrib["name"] for one in root.iter("item")}
        assert all(label.isascii() and ";" not in label for label in items.values())
        assert [(items[key], confidence) for _, _, key, confidence in lines] == [
            (words, "1") for words in map(judgement_words, said)
        ]
        times = np.array([line[:2] for line in lines], float)
        np.testing.assert_allclose(times, [[stops[one.start], stops[one.stop]] for one in said], atol=1e-6)
    root, lines = nova(tmp_path, "stages.Ayşe")
    after = reviewer_result(session, "Ayşe", PROFILE).after
    assert [line[2] for line in lines] == [stage_label(stage) for stage in after.stages]


def test_reviewers_whose_names_are_no_names_of_files_have_files_of_their_own(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "named.tpv"
    copy.write_bytes(path.read_bytes())
    names = ("Dr. A/B", "Dr. a:b", "../Eve")
    with Session(copy, writable=True) as session:
        for name in names:
            session.reviews.change(name, [Change(None, replace(ANNOTATIONS[0], key=new_key()))], "Place")
        written = export(session, "nova", tmp_path / "out.annotation")
    headers = [one for one in written if one.name.startswith("out.AU04.") and one.suffix == ".annotation"]
    assert {one.parent for one in written} == {tmp_path / "out"}
    assert len({one.name.casefold() for one in headers}) == len(headers) == 4
    told_names = {Xml.parse(one).getroot().find("meta").attrib["annotator"] for one in headers}  # type: ignore[union-attr]
    assert told_names == {*names, "Ayşe"}


def test_nova_probabilities_keep_time_at_a_changing_rate(session: Session, tmp_path: Path) -> None:
    export(session, "nova", tmp_path / "a.annotation")
    root, lines = nova(tmp_path, "AU12_p")
    scheme = root.find("scheme").attrib  # type: ignore[union-attr]
    rate = float(scheme["sr"])
    expected = 1 / (1 + np.exp(-session.logits()[:, AUS.index("AU12")].astype(float)))
    assert len(lines) == int(session.end * rate + 1e-6)
    for number, (score, _) in enumerate(lines):
        shown = int(np.searchsorted(session.times, (number + 0.5) / rate, side="right")) - 1
        assert float(score) == pytest.approx(expected[shown], abs=6e-5, nan_ok=True)
    assert any(score == "nan" for score, _ in lines)


def nova(folder: Path, scheme: str) -> tuple[Xml.Element, list[list[str]]]:
    """Header and lines of a scheme, as the format's own readers take them."""
    root = Xml.parse(folder / "a" / f"a.{scheme}.annotation").getroot()
    text = (folder / "a" / f"a.{scheme}.annotation~").read_text(encoding="utf-8")
    lines = [line.split(";") for line in text.splitlines()]
    assert root.attrib["ssi-v"] == "3"
    assert int(root.find("info").attrib["size"]) == len(lines)  # type: ignore[union-attr]
    return root, lines
