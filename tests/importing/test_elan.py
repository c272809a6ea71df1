"""Files of ELAN, written by hand and by an independent writer, become ratings."""

from pathlib import Path

import numpy as np
import pytest
from pympi import Eaf

from tpviewer.core.annotations import check_annotation
from tpviewer.core.errors import ParameterError
from tpviewer.importing.ratings import annotations_of, frame_values, read_ratings

TIMES = np.arange(50) / 25

BY_HAND = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="Dr. Berg" DATE="2024-01-01T10:00:00+01:00" FORMAT="3.0" VERSION="3.0">
  <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>
  <TIME_ORDER>
    <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="200"/>
    <TIME_SLOT TIME_SLOT_ID="ts2"/>
    <TIME_SLOT TIME_SLOT_ID="ts3"/>
    <TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="800"/>
    <TIME_SLOT TIME_SLOT_ID="ts5" TIME_VALUE="1000"/>
    <TIME_SLOT TIME_SLOT_ID="ts6" TIME_VALUE="1200"/>
  </TIME_ORDER>
  <TIER TIER_ID="AU04" LINGUISTIC_TYPE_REF="t">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
      <ANNOTATION_VALUE>B</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3">
      <ANNOTATION_VALUE>unsure</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts4">
      <ANNOTATION_VALUE></ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER TIER_ID="FACS" ANNOTATOR="Ayşe" LINGUISTIC_TYPE_REF="t">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a4" TIME_SLOT_REF1="ts5" TIME_SLOT_REF2="ts6">
      <ANNOTATION_VALUE>4B+L12C</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a5" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts4">
      <ANNOTATION_VALUE>looks away</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER TIER_ID="side" PARENT_REF="AU04" LINGUISTIC_TYPE_REF="r"/>
  <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="t" TIME_ALIGNABLE="true" GRAPHIC_REFERENCES="false"/>
</ANNOTATION_DOCUMENT>
"""


def eaf(path: Path, text: str = BY_HAND) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_owners_values_and_slots_without_time(tmp_path: Path) -> None:
    berg, ayse = read_ratings(eaf(tmp_path / "a.eaf"))
    assert (berg.rater, berg.aus) == ("Dr. Berg", ("AU04",))
    assert [i.start_s for i in berg.intervals] == pytest.approx([0.2, 0.4, 0.6])
    assert [i.stop_s for i in berg.intervals] == pytest.approx([0.4, 0.6, 0.8])
    assert [(i.verdict, i.intensity) for i in berg.intervals] == [
        ("present", 2),
        ("unsure", None),
        ("present", None),
    ]
    assert (ayse.rater, ayse.aus) == ("Ayşe", ("AU04", "AU12"))
    assert [(i.au, i.intensity, i.side) for i in ayse.intervals] == [("AU04", 2, ""), ("AU12", 3, "left")]
    assert "tier FACS, 0.200 s: 'looks away'" in ayse.warnings[0]


def test_unsure_is_not_known_and_the_rest_is_absent(tmp_path: Path) -> None:
    berg, _ = read_ratings(eaf(tmp_path / "a.eaf"))
    presence, intensity, known = frame_values(berg, TIMES)
    assert np.flatnonzero(presence[:, 0]).tolist() == [*range(5, 10), *range(15, 20)]
    assert np.flatnonzero(~known[:, 0]).tolist() == list(range(10, 15))
    assert intensity[[0, 5, 15], 0].tolist() == pytest.approx([0, 2, np.nan], nan_ok=True)
    for one in annotations_of(berg, TIMES, 2.0):
        check_annotation(one, 50)


def test_an_independent_writer_dependent_tiers_and_sides(tmp_path: Path) -> None:
    written = Eaf(author="Coder")
    written.remove_tier("default")
    written.add_linguistic_type("sub", "Symbolic_Association", timealignable=False)
    written.add_tier("12 left")
    written.add_annotation("12 left", 0, 1000, "c")
    written.add_tier("R12")
    written.add_annotation("R12", 400, 2000, "A")
    written.add_tier("AU06")
    written.add_annotation("AU06", 0, 400)
    written.add_tier("AU06 intensity", "sub", parent="AU06")
    written.add_ref_annotation("AU06 intensity", "AU06", 200, "D")
    written.to_file(str(tmp_path / "p.eaf"))
    (ratings,) = read_ratings(tmp_path / "p.eaf")
    lanes = [one for one in annotations_of(ratings, TIMES, 2.0) if one.verdict == "present"]
    assert [(o.au, o.start, o.stop, o.side, o.intensity) for o in lanes] == [
        ("AU06", 0, 10, "", 4),
        ("AU12", 0, 10, "left", 3),
        ("AU12", 10, 25, "asymmetric", 3),
        ("AU12", 25, 50, "right", 1),
    ]
    assert lanes[2].note == "left intensity c, right intensity a"


def test_an_apex_goes_to_the_interval_of_its_side_and_stays_inside_it(tmp_path: Path) -> None:
    written = Eaf(author="Coder")
    written.remove_tier("default")
    for tier, start, stop in (("12 left", 0, 1000), ("R12", 1200, 2000), ("12 left apex", 800, 1080)):
        written.add_tier(tier)
        written.add_annotation(tier, start, stop)
    written.to_file(str(tmp_path / "p.eaf"))
    (ratings,) = read_ratings(tmp_path / "p.eaf")
    left, right = (one for one in annotations_of(ratings, TIMES, 2.0) if one.verdict == "present")
    assert (left.side, left.start, left.stop, left.apex) == ("left", 0, 25, (20, 25))
    assert (right.side, right.apex) == ("right", None)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("</ANNOTATION_DOCUMENT>", "", "damaged"),
        ('REF2="ts6"', 'REF2="ts9"', "tier FACS, annotation a4: there is no time slot ts9"),
        ('TIME_VALUE="1200"', 'TIME_VALUE="1,2"', "'1,2'"),
        ("milliseconds", "PAL-frames", "PAL-frames"),
    ],
)
def test_damaged_files_say_where(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = eaf(tmp_path / "a.eaf", BY_HAND.replace(old, new))
    with pytest.raises(ParameterError) as error:
        read_ratings(path)
    assert str(path) in str(error.value)
    assert told in str(error.value)


def test_no_action_unit_anywhere(tmp_path: Path) -> None:
    text = BY_HAND.replace("AU04", "head").replace("4B+L12C", "nods")
    with pytest.raises(ParameterError, match="names an Action Unit"):
        read_ratings(eaf(tmp_path / "a.eaf", text))
