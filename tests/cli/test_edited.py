"""Edited clusters are what commands show by default; the machine's are there under the profile's name."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Pictures, command
from tests.cli.test_bad_input import Analyze, assert_refused, clip, told
from tests.models.tiny import AUS, build_tiny_package
from tests.pipeline.curated import run
from tpviewer.core.curation import SetCount, Split
from tpviewer.pipeline.curate import apply
from tpviewer.store.session import Session


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edited")
    path = folder / "a.tpv"
    run(path, build_tiny_package(folder / "tiny", seed=3))
    apply(path, SetCount("steady", "AU12", 3), "A. Expert")
    apply(path, Split("steady", "AU06", 0), "B. Expert")
    return path


def shown(path: Path, *words: str) -> dict:
    result = command("show", path, "--json", *words)
    assert result.code == 0, result.err
    return json.loads(result.out)


def looks(summary: dict, au: str) -> int:
    return next(len(entry["clusters"]) for entry in summary["aus"] if entry["name"] == au)


def test_show_has_the_edited_clusters_unless_the_machine_s_are_asked_for(edited: Path) -> None:
    default, machine = shown(edited), shown(edited, "--profile", "steady")
    assert (default["edited"], default["profile"], looks(default, "AU12")) == (True, "steady", 3)
    assert (machine["edited"], machine["profile"]) == (False, "steady")
    assert looks(machine, "AU12") != 3
    assert shown(edited, "--profile", "steady edited") == default


def test_provenance_names_the_edits_of_what_is_shown(edited: Path) -> None:
    told_edits = shown(edited)["provenance"]["edits"]
    assert (told_edits["count"], told_edits["authors"]) == (2, ["A. Expert", "B. Expert"])
    with Session(edited) as session:
        assert told_edits["last"] == session.edits.all()[-1].made_at
    assert "edits" not in shown(edited, "--profile", "steady")["provenance"]


def test_show_in_words_says_who_edited(edited: Path) -> None:
    assert "profile steady edited by A. Expert, B. Expert (2 edits" in command("show", edited).out
    assert "edited" not in command("show", edited, "--profile", "paper").out


def test_exports_agree_with_show(edited: Path, tmp_path: Path) -> None:
    for kind, name in (("csv", "t.csv"), ("json", "t.json")):
        assert command("export", edited, "--to", kind, "-o", tmp_path / name).code == 0
    exported, default = json.loads((tmp_path / "t.json").read_text()), shown(edited)
    stages = pd.read_csv(tmp_path / "t.stages.csv", keep_default_na=False)
    assert stages["label"].tolist() == [stage["label"] for stage in default["stages"]]
    assert set(exported["layers"]) == {"paper", "steady", "steady edited"}
    assert (
        exported["layers"]["steady edited"]["absorbed"]["temporal_prototype"]
        == (default["temporal_prototype"])
    )


def test_the_figure_names_the_edits(edited: Path, tmp_path: Path) -> None:
    assert command("export", edited, "--to", "figure", "-o", tmp_path / "f.svg").code == 0
    assert "by A. Expert, B. Expert, 2 edits" in (tmp_path / "f.svg").read_text(encoding="utf-8")


def test_edited_results_that_are_not_there_are_refused(edited: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(edited, tmp_path / "a.tpv"))
    result = command("show", path, "--profile", "paper edited")
    assert_refused(result, "a.tpv", "no results named paper edited", "paper, steady, steady edited")


def test_analyze_takes_a_set_of_action_units(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    result = analyze(clip(tmp_path / "face.mp4", faces), "--aus", "au12, AU01", "--threshold", "AU06=0.01")
    assert result.code == 0, result.err
    got = told(tmp_path, "face")
    assert got["provenance"]["aus"] == ["AU01", "AU12"]
    assert [entry["name"] for entry in got["aus"]] == list(AUS)
    assert got["aus"][AUS.index("AU06")]["active_frames"] == 0


def test_an_unknown_action_unit_is_refused(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    result = analyze(clip(tmp_path / "face.mp4", faces[:2]), "--aus", "AU12,AU77")
    assert_refused(result, "does not know AU77", "AU01, AU06, AU12")
