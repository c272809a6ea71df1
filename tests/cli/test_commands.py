"""What the commands print and write."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import pandas as pd
import pytest

import tpviewer
from tests.cli.conftest import Pictures, Result, command
from tests.cli.test_bad_input import clip
from tpviewer.resources import resource
from tpviewer.store.session import Session

Analyze = Callable[..., Result]


@pytest.fixture
def session(tmp_path: Path, faces: Pictures, analyze: Analyze) -> Path:
    result = analyze(clip(tmp_path / "face.mp4", faces))
    assert result.code == 0, result.err
    return tmp_path / "out" / "face.tpv"


def test_show_json_has_what_the_product_promises(session: Path) -> None:
    told = json.loads(command("show", session, "--json").out)
    assert {"video", "frames", "duration_s", "model", "faces_found", "aus", "stages"} <= told.keys()
    assert {"temporal_prototype", "description_length_reduction", "provenance"} <= told.keys()
    assert {"name", "active_frames", "clusters", "eigenvalues"} <= told["aus"][0].keys()
    assert {"start", "stop", "start_s", "stop_s", "label"} <= told["stages"][0].keys()
    assert told["stages"][-1]["stop"] == told["frames"] == 12


def test_show_prints_the_notation(session: Path) -> None:
    told = json.loads(command("show", session, "--json").out)
    assert told["temporal_prototype"] in command("show", session).out


def test_tables_of_show_are_not_folded_in_a_pipe(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = command("show", session).out.splitlines()
    (heading,) = (line for line in lines if line.startswith("AU "))
    titles = ("active frames", "from spectrum", "stability", "grounding", "looks (frames)")
    assert all(title in heading for title in (*titles, "smallest eigenvalues"))
    told = json.loads(command("show", session, "--json").out)["aus"]
    clustered = [one["name"] for one in told if one["clusters"]]
    rows = lines[lines.index(heading) + 1 :]
    assert [row.split()[0] for row in rows[: len(clustered)]] == clustered


def test_how_much_of_the_relevance_is_kept_is_a_choice_that_show_tells(
    tmp_path: Path, faces: Pictures, analyze: Analyze
) -> None:
    video = clip(tmp_path / "face.mp4", faces)
    assert analyze(video, "--keep", "prototypes").code == 0
    session = tmp_path / "out" / "face.tpv"
    few = json.loads(command("show", session, "--json").out)["relevance"]
    assert "relevance maps kept: prototypes; " in command("show", session).out
    assert analyze(video, "--keep", "all").code == 0
    told = json.loads(command("show", session, "--json").out)["relevance"]
    assert (few["keep"], told["keep"], told["every"]) == ("prototypes", "all", 1)
    assert few["maps"] < told["maps"]
    assert few["bytes_per_hour"] < told["bytes_per_hour"]


def test_csv_counts_frames_from_one_and_has_one_row_each(session: Path, tmp_path: Path) -> None:
    assert command("export", session, "--to", "csv", "-o", tmp_path / "t.csv").code == 0
    table = pd.read_csv(tmp_path / "t.csv")
    assert table["frame"].tolist() == list(range(1, 13))
    assert list(table.columns[:5]) == ["frame", "face_id", "timestamp", "confidence", "success"]
    assert not [name for name in table.columns if name.endswith("_r")]
    stages = pd.read_csv(tmp_path / "t.stages.csv")
    assert stages["frames"].sum() == 12


def test_csv_and_json_tell_the_same_stages(session: Path, tmp_path: Path) -> None:
    for kind, name in (("csv", "t.csv"), ("json", "t.json")):
        assert command("export", session, "--to", kind, "-o", tmp_path / name, "--profile", "paper").code == 0
    told = json.loads((tmp_path / "t.json").read_text())
    stages = pd.read_csv(tmp_path / "t.stages.csv", keep_default_na=False)
    assert [s["label"] for s in told["stages"]] == stages["label"].tolist()
    layers = told["layers"]["paper"]
    assert layers["raw"] == layers["absorbed"]


@pytest.mark.parametrize(("name", "start"), [("f.png", b"\x89PNG"), ("f.pdf", b"%PDF"), ("f.svg", b"<?xml")])
def test_the_figure_is_png_pdf_or_svg(session: Path, tmp_path: Path, name: str, start: bytes) -> None:
    result = command("export", session, "--to", "figure", "-o", tmp_path / name, "--profile", "paper")
    assert result.code == 0, result.err
    assert (tmp_path / name).read_bytes().startswith(start)


def test_another_kind_of_figure_is_refused(session: Path, tmp_path: Path) -> None:
    result = command("export", session, "--to", "figure", "-o", tmp_path / "f.bmp")
    assert result.code == 2
    assert ".pdf, .png, .svg" in result.err


def test_a_moved_video_is_asked_for_and_checked(session: Path, tmp_path: Path, faces: Pictures) -> None:
    figure = ("export", session, "--to", "figure", "-o", tmp_path / "f.png")
    (tmp_path / "face.mp4").rename(tmp_path / "moved.mp4")
    result = command(*figure)
    assert result.code == 2
    assert "--video" in result.err
    assert command(*figure, "--video", tmp_path / "moved.mp4").code == 0
    clip(tmp_path / "other.mp4", faces[:3])
    result = command(*figure, "--video", tmp_path / "other.mp4")
    assert result.code == 2
    assert "not the video" in result.err


def test_a_folder_of_videos_is_all_of_them(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    for name in ("a.mp4", "a.mkv", "b.mp4"):
        clip(folder / name, faces[:2])
    result = analyze(folder, "--jobs", "2", "--json")
    assert result.code == 0, result.err
    names = [Path(outcome["session"]).name for outcome in json.loads(result.out)]
    assert names == ["a.mkv.tpv", "a.mp4.tpv", "b.tpv"]


def test_a_folder_of_images_is_one_sequence_in_the_paper_profile(
    tmp_path: Path, faces: Pictures, analyze: Analyze
) -> None:
    folder = tmp_path / "S005_001"
    folder.mkdir()
    for number, picture in enumerate(faces[:5]):
        cv2.imwrite(str(folder / f"S005_001_{number:08d}.png"), picture[..., ::-1])
    assert analyze(folder).code == 0
    told = json.loads(command("show", tmp_path / "out" / "S005_001.tpv", "--json").out)
    assert (told["frames"], told["profile"]) == (5, "paper")


def test_crops_are_kept_only_on_request(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    path = clip(tmp_path / "face.mp4", faces)
    assert analyze(path).code == 0
    with Session(tmp_path / "out" / "face.tpv") as opened:
        assert opened.predictions.crop(0) is None
    assert analyze(path, "--keep-crops").code == 0
    with Session(tmp_path / "out" / "face.tpv") as opened:
        assert opened.predictions.crop(11).shape == (96, 96)


def test_usage_errors_exit_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command("analyze")
    assert ended.value.code == 2


def test_an_interruption_exits_with_130_and_keeps_what_was_done(
    tmp_path: Path, faces: Pictures, analyze: Analyze, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = clip(tmp_path / "face.mp4", faces)

    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tpviewer.pipeline.analyze.explain", interrupt)
        result = analyze(path)
    assert result.code == 130
    assert "goes on from there" in result.err
    with Session(tmp_path / "out" / "face.tpv") as session:
        assert session.steps.get("faces").finished
    assert analyze(path).code == 0


def test_python_gives_the_same_as_the_command_line(
    session: Path, tmp_path: Path, tiny_model: Path, faces: Pictures
) -> None:
    with tpviewer.analyze(tmp_path / "face.mp4", tmp_path / "python.tpv", tiny_model) as mine:
        table = mine.frame_table()
        assert mine.complete
    with tpviewer.open(session) as theirs:
        pd.testing.assert_frame_equal(table, theirs.frame_table())


def test_no_network_connection_is_opened(tmp_path: Path, tiny_model: Path) -> None:
    """The audit hook sees every connection and name look-up of Python; it ends the program at the first."""
    code = """
import os, sys
def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        os.write(2, f"network: {event} {args}".encode())
        os._exit(3)
sys.addaudithook(refuse)
from tpviewer.cli.main import run
sys.exit(run(sys.argv[1:]))
"""
    words = [
        "analyze",
        resource("phantom", "phantom.mp4"),
        "--max-frames",
        "8",
        "-o",
        tmp_path,
        "--model",
        tiny_model,
    ]
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
