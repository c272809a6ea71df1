"""Every case that the product names as bad input: a clear error or a sensible result, and nothing lost."""

import csv
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.cli.conftest import Pictures, Result, command
from tests.media.clips import TICKS, make_clip, make_sound, spoil, truncate
from tpviewer.core.errors import SessionError
from tpviewer.media.video_writer import write_video
from tpviewer.store.schema import SCHEMA_VERSION
from tpviewer.store.session import Session

Analyze = Callable[..., Result]


def clip(path: Path, pictures: Iterable[NDArray[np.uint8]], rate: int = 30) -> Path:
    write_video(path, iter(pictures), Fraction(rate))
    return path


def told(tmp_path: Path, name: str) -> dict:
    result = command("show", tmp_path / "out" / f"{name}.tpv", "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def assert_refused(result: Result, *words: str) -> None:
    assert result.code == 2
    for word in words:
        assert word in result.err.replace("\n", " ")
    assert "Traceback" not in result.err


def test_not_a_video(tmp_path: Path, analyze: Analyze) -> None:
    path = tmp_path / "letter.mp4"
    path.write_text("Dear colleague, please find enclosed")
    assert_refused(analyze(path), "letter.mp4", "not a video")


def test_an_empty_file(tmp_path: Path, analyze: Analyze) -> None:
    path = tmp_path / "nothing.mp4"
    path.touch()
    assert_refused(analyze(path), "nothing.mp4", "empty")


def test_a_missing_file(tmp_path: Path, analyze: Analyze) -> None:
    assert_refused(analyze(tmp_path / "gone.mp4"), "gone.mp4", "no such file")


def test_sound_only(tmp_path: Path, analyze: Analyze) -> None:
    assert_refused(analyze(make_sound(tmp_path / "speech.m4a")), "speech.m4a", "sound but no video")


def test_a_truncated_video_gives_the_frames_that_are_there(tmp_path: Path, analyze: Analyze) -> None:
    result = analyze(truncate(make_clip(tmp_path / "cut.mkv", 48), 0.6))
    assert result.code == 0, result.err
    assert 0 < told(tmp_path, "cut")["frames"] < 48


def test_a_truncated_video_without_its_index_is_refused(tmp_path: Path, analyze: Analyze) -> None:
    assert_refused(analyze(truncate(make_clip(tmp_path / "cut.mp4", 48), 0.6)), "cut.mp4")


def test_a_video_that_is_corrupt_in_the_middle_keeps_its_frame_numbers(
    tmp_path: Path, analyze: Analyze
) -> None:
    path = make_clip(tmp_path / "spoilt.mp4", 40, gop=10)
    result = analyze(spoil(path, range(12, 16)))
    assert result.code == 0, result.err
    assert told(tmp_path, "spoilt")["frames"] == 40


def test_a_video_of_one_frame(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    assert analyze(clip(tmp_path / "one.mp4", faces[:1])).code == 0
    got = told(tmp_path, "one")
    assert (got["frames"], got["faces_found"], len(got["stages"])) == (1, 1, 1)


def test_a_single_picture(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    cv2.imwrite(str(tmp_path / "portrait.png"), faces[0][..., ::-1])
    assert analyze(tmp_path / "portrait.png").code == 0
    got = told(tmp_path, "portrait")
    assert (got["frames"], got["faces_found"], got["profile"]) == (1, 1, "paper")


def test_4k(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    large = [
        cv2.copyMakeBorder(cv2.resize(f, (2160, 2160)), 0, 0, 840, 840, cv2.BORDER_REPLICATE) for f in faces
    ]
    assert analyze(clip(tmp_path / "large.mp4", large[:3])).code == 0
    got = told(tmp_path, "large")
    assert (got["frames"], got["faces_found"]) == (3, 3)


def test_240_frames_a_second(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    assert analyze(clip(tmp_path / "fast.mp4", faces * 2, rate=240)).code == 0
    got = told(tmp_path, "fast")
    assert got["frames"] == 24
    assert got["duration_s"] == pytest.approx(0.1, abs=1e-3)


def test_a_variable_rate_keeps_the_real_times(tmp_path: Path, analyze: Analyze) -> None:
    pts = np.cumsum([0, *([TICKS, 3 * TICKS, 2 * TICKS] * 5)]).tolist()
    assert analyze(make_clip(tmp_path / "vfr.mp4", len(pts), pts=pts)).code == 0
    with Session(tmp_path / "out" / "vfr.tpv") as session:
        np.testing.assert_allclose(session.times, np.array(pts) / 12800, atol=1e-6)


def test_a_rotated_video_is_seen_upright(tmp_path: Path, analyze: Analyze) -> None:
    assert analyze(make_clip(tmp_path / "turned.mp4", 4, rotation=90, size=(128, 96))).code == 0
    with Session(tmp_path / "out" / "turned.tpv") as session:
        assert (session.video.width, session.video.height) == (128, 96)


def test_hdr(tmp_path: Path, analyze: Analyze) -> None:
    path = make_clip(tmp_path / "hdr.mkv", 4, codec="libx265", pix_fmt="yuv420p10le", colour=16)
    result = analyze(path)
    assert result.code == 0, result.err
    assert told(tmp_path, "hdr")["frames"] == 4


def test_no_face_at_all_is_unseen_not_none(tmp_path: Path, analyze: Analyze) -> None:
    result = analyze(make_clip(tmp_path / "wall.mp4", 20))
    assert result.code == 0
    assert "no face was found" in result.err
    got = told(tmp_path, "wall")
    assert got["faces_found"] == 0
    assert got["temporal_prototype"] == "(UNSEEN)"
    assert got["profiles"]["paper"]["stages"]["absorbed"] == 1


def test_a_face_that_leaves_and_returns_is_one_person(
    tmp_path: Path, faces: Pictures, analyze: Analyze
) -> None:
    wall = [np.full_like(faces[0], 120)] * 12
    assert analyze(clip(tmp_path / "leaves.mp4", [*faces, *wall, *faces])).code == 0
    got = told(tmp_path, "leaves")
    assert got["faces_found"] == 24
    assert [s["label"] for s in got["stages"]].count("UNSEEN") == 1
    with Session(tmp_path / "out" / "leaves.tpv") as session:
        assert set(session.arrays.require("track/of_face").tolist()) == {0}


def test_two_faces_the_larger_is_taken_and_the_other_can_be_chosen(
    tmp_path: Path, faces: Pictures, analyze: Analyze
) -> None:
    size = faces[0].shape[0]
    small = [
        cv2.copyMakeBorder(cv2.resize(f, None, fx=0.6, fy=0.6), 0, size - int(size * 0.6), 0, 0, 1)
        for f in faces
    ]
    pair = [np.hstack([s[:size], f]) for s, f in zip(small, faces, strict=True)]
    pair = [p[: p.shape[0] // 2 * 2, : p.shape[1] // 2 * 2] for p in pair]
    path = clip(tmp_path / "pair.mp4", pair)
    result = analyze(path)
    assert result.code == 0, result.err
    assert "2 faces" in result.err
    with Session(tmp_path / "out" / "pair.tpv") as session:
        large = session.arrays.require("track/box")[0]
    assert analyze(path, "--face", "0").code == 0
    with Session(tmp_path / "out" / "pair.tpv") as session:
        first = session.arrays.require("track/box")[0]
    assert analyze(path, "--face", "1").code == 0
    with Session(tmp_path / "out" / "pair.tpv") as session:
        second = session.arrays.require("track/box")[0]
    assert sorted([first[2], second[2]])[1] == large[2]
    assert first[0] != second[0]
    assert_refused(analyze(path, "--face", "7"), "no face 7", "faces 0 to 1")


def test_bad_light(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    dim = [(f * 0.25).astype(np.uint8) for f in faces]
    assert analyze(clip(tmp_path / "dim.mp4", dim)).code == 0
    assert told(tmp_path, "dim")["faces_found"] >= 10


@pytest.mark.shared
def test_glasses(tmp_path: Path, shared_data: Path, analyze: Analyze) -> None:
    assert analyze(shared_data / "videos" / "talk_glasses_512_30fps.mp4", "--max-frames", "8").code == 0
    assert told(tmp_path, "talk_glasses_512_30fps")["faces_found"] == 8


@pytest.mark.shared
def test_dark_skin(tmp_path: Path, shared_data: Path, analyze: Analyze) -> None:
    london = shared_data / "faces" / "london"
    people = csv.DictReader((london / "london_info.csv").read_text().splitlines())
    names = [row["face_id"] for row in people if "black" in row["face_eth"].lower()]
    pictures = [path for name in names if (path := london / "neutral" / f"{name}.jpg").exists()]
    assert len(pictures) >= 3
    for picture in pictures:
        assert analyze(picture).code == 0
        assert told(tmp_path, picture.stem)["faces_found"] == 1


def test_blanks_and_umlauts_in_names(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    folder = tmp_path / "Müller, Jörg (2. Aufnahme)"
    folder.mkdir()
    assert analyze(clip(folder / "Gesicht für Ärzte.mp4", faces)).code == 0
    assert told(tmp_path, "Gesicht für Ärzte")["faces_found"] == 12


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    path = clip(tmp_path / "locked.mp4", faces)
    path.chmod(0)
    assert_refused(analyze(path), "locked.mp4", "cannot be opened", "check that you may read it")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path, faces: Pictures, tiny_model: Path) -> None:
    folder = tmp_path / "read only"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    path = clip(tmp_path / "face.mp4", faces)
    result = command("analyze", path, "-o", folder, "--model", tiny_model)
    assert_refused(result, "face.tpv", "cannot be written", "-o")


def test_an_output_folder_that_is_a_file(tmp_path: Path, faces: Pictures, tiny_model: Path) -> None:
    (tmp_path / "taken").touch()
    path = clip(tmp_path / "face.mp4", faces)
    result = command("analyze", path, "-o", tmp_path / "taken", "--model", tiny_model)
    assert_refused(result, "taken", "output folder", "-o")


def test_a_full_disk_keeps_what_was_done(
    tmp_path: Path, faces: Pictures, analyze: Analyze, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = clip(tmp_path / "face.mp4", faces)
    with monkeypatch.context() as patch:

        def full(*args: object) -> None:
            raise SessionError(f"{path}: the disk is full; what was done is kept")

        patch.setattr("tpviewer.store.relevance.RelevanceTable.add_rows", full)
        assert_refused(analyze(path), "the disk is full")
    with Session(tmp_path / "out" / "face.tpv") as session:
        assert session.steps.get("faces").finished
        assert not session.complete
    assert_refused(command("show", tmp_path / "out" / "face.tpv"), "not finished", "goes on")
    assert analyze(path).code == 0
    assert told(tmp_path, "face")["faces_found"] == 12


def test_a_session_from_a_newer_version(tmp_path: Path, faces: Pictures, analyze: Analyze) -> None:
    path = clip(tmp_path / "face.mp4", faces)
    assert analyze(path).code == 0
    session = tmp_path / "out" / "face.tpv"
    raw = sqlite3.connect(session)
    raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    raw.close()
    before = session.read_bytes()
    assert_refused(analyze(path), "newer TPViewer")
    assert_refused(command("show", session), "newer TPViewer")
    assert session.read_bytes() == before


def test_a_damaged_session(tmp_path: Path) -> None:
    path = tmp_path / "broken.tpv"
    path.write_bytes(b"SQLite format 3\0" + os.urandom(20000))
    assert_refused(command("show", path), "broken.tpv", "damaged")


def test_a_session_of_another_video_is_not_overwritten(
    tmp_path: Path, faces: Pictures, analyze: Analyze
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    assert analyze(clip(tmp_path / "a" / "face.mp4", faces)).code == 0
    assert_refused(analyze(clip(tmp_path / "b" / "face.mp4", faces[:6])), "another video", "-o")
    assert told(tmp_path, "face")["frames"] == 12


def test_a_model_with_the_wrong_shape(tmp_path: Path, faces: Pictures, tiny_model: Path) -> None:
    model = tmp_path / "wrong"
    model.mkdir()
    for file in tiny_model.iterdir():
        (model / file.name).write_bytes(file.read_bytes())
    card = json.loads((model / "card.json").read_text())
    card["input_size"] = [64, 64]
    (model / "card.json").write_text(json.dumps(card))
    path = clip(tmp_path / "face.mp4", faces)
    result = command("analyze", path, "-o", tmp_path / "out", "--model", model)
    assert_refused(result, "wrong", "64")


def test_one_bad_input_among_good_ones_is_named_and_does_not_stop_the_others(
    tmp_path: Path, faces: Pictures, analyze: Analyze
) -> None:
    bad = tmp_path / "bad.mp4"
    bad.touch()
    result = analyze(bad, clip(tmp_path / "good.mp4", faces), "--json")
    assert result.code == 1
    first, second = json.loads(result.out)
    assert "empty" in first["error"]
    assert second["error"] is None
    assert second["frames"] == 12


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--max-frames", "0"), "--max-frames is 0"),
        (("--threshold", "AU12=1.5"), "AU12 is 1.5"),
        (("--threshold", "AU99=0.5"), "does not know AU99"),
    ],
)
def test_a_parameter_that_makes_no_sense(
    tmp_path: Path, faces: Pictures, analyze: Analyze, words: tuple[str, ...], message: str
) -> None:
    assert_refused(analyze(clip(tmp_path / "face.mp4", faces), *words), message)
