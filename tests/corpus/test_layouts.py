"""Corpora in their layouts, with the damage they come with."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from tpviewer.core.errors import ParameterError
from tpviewer.corpus.layouts import read_layout
from tpviewer.corpus.recording import Recording
from tpviewer.importing.ckplus import read_emotion

PNG = bytes(cv2.imencode(".png", np.zeros((4, 4), np.uint8))[1])


def write(path: Path, content: str | bytes = PNG) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def by_name(folder: Path, layout: str) -> dict[str, Recording]:
    return {one.name: one for one in read_layout(folder, layout)}


class TestCKPlus:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """The exact layout: a labelled and coded sequence, and one with neither, as half of CK+ is."""
        for number in (1, 2, 3):
            write(tmp_path / f"cohn-kanade-images/S005/001/S005_001_{number:08d}.png")
        write(tmp_path / "cohn-kanade-images/S005/001/.DS_Store", "x")
        write(tmp_path / "Emotion/S005/001/S005_001_00000003_emotion.txt", "   3.0000000e+00\n")
        write(
            tmp_path / "FACS/S005/001/S005_001_00000003_facs.txt",
            "   9.0000000e+00   2.0000000e+00\n   1.7000000e+01   0.0000000e+00\n",
        )
        write(tmp_path / "cohn-kanade-images/S010/004/S010_004_00000001.png")
        (tmp_path / "Emotion/S010/004").mkdir(parents=True)
        write(tmp_path / "Emotion/ReadMe.txt", "about the labels")
        return tmp_path

    def test_person_label_and_codes_are_read(self, folder: Path) -> None:
        found = by_name(folder, "ckplus")
        assert list(found) == ["S005/001", "S010/004"]
        first, second = found.values()
        assert (first.person, first.label, first.codes) == ("S005", "disgust", ((9, 2.0), (17, 0.0)))
        assert (first.error, first.warning, first.session) == ("", "", "S005_001.tpv")
        assert first.path == folder / "cohn-kanade-images/S005/001"
        assert (second.label, second.codes, second.error) == (None, (), "")

    def test_images_alone_are_a_corpus_without_labels(self, tmp_path: Path) -> None:
        write(tmp_path / "cohn-kanade-images/S005/001/S005_001_00000001.png")
        assert [one.label for one in read_layout(tmp_path, "ckplus")] == [None]

    def test_missing_frames_are_warned_of(self, folder: Path) -> None:
        (folder / "cohn-kanade-images/S005/001/S005_001_00000002.png").unlink()
        found = by_name(folder, "ckplus")["S005/001"]
        assert found.error == ""
        assert "frame 2 is missing" in found.warning

    @pytest.mark.parametrize(
        ("file", "content", "told"),
        [
            ("Emotion/S005/001/S005_001_00000003_emotion.txt", "", "holds nothing, not the number"),
            ("Emotion/S005/001/S005_001_00000003_emotion.txt", "8", "holds '8', not the number"),
            ("Emotion/S005/001/S005_001_00000002_emotion.txt", "3", "holds 2 files *_emotion.txt"),
            ("FACS/S005/001/S005_001_00000003_facs.txt", "9 two\n", "line 1: '9 two' is not the number"),
            ("cohn-kanade-images/S005/001/S005_001_00000002.png", "", "the file is empty"),
            ("cohn-kanade-images/S005/001/S010_001_00000001.png", PNG, "is not named like the frames"),
            ("cohn-kanade-images/S005/001/copy of 3.png", PNG, "is not named like the frames"),
        ],
    )
    def test_damage_is_named_and_takes_no_other_sequence_along(
        self, folder: Path, file: str, content: str | bytes, told: str
    ) -> None:
        write(folder / file, content)
        found = by_name(folder, "ckplus")
        assert told in found["S005/001"].error
        assert str(folder) in found["S005/001"].error
        assert found["S010/004"].error == ""

    @pytest.mark.parametrize(
        ("file", "name", "told"),
        [
            ("cohn-kanade-images/S005/001 (1)/S005_001_00000001.png", "S005/001 (1)", "is no sequence"),
            ("cohn-kanade-images/S011/S011_001_00000001.png", "S011", "is no sequence"),
            ("cohn-kanade-images/S011/001/notes.txt", "S011/001", "there is no image"),
            ("FACS/S011/001/S011_001_00000009_facs.txt", "S011/001", "there is no image"),
            ("Emotion/S011/001/S011_001_00000009_emotion.txt", "S011/001", "there is no image"),
        ],
    )
    def test_odd_names_and_lost_images_are_named(self, folder: Path, file: str, name: str, told: str) -> None:
        write(folder / file, PNG if file.endswith("png") else "1 1")
        found = by_name(folder, "ckplus")
        assert told in found[name].error
        assert [one.name for one in found.values() if not one.error] == ["S005/001", "S010/004"]

    def test_another_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ParameterError, match="cohn-kanade-images: there is no such folder"):
            read_layout(tmp_path, "ckplus")
        with pytest.raises(ParameterError, match="there is no such folder"):
            read_layout(tmp_path / "gone", "ckplus")

    def test_a_label_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ParameterError, match="cannot be read"):
            read_emotion(tmp_path / "gone_emotion.txt")


class TestFolders:
    def test_sub_folders_are_labels(self, tmp_path: Path) -> None:
        write(tmp_path / "joy/a.mp4", "x")
        write(tmp_path / "joy/b/1.png")
        write(tmp_path / "joy/notes.txt", "x")
        write(tmp_path / "joy/poster.png")
        write(tmp_path / "pain/a.MP4", "x")
        write(tmp_path / "pain/lost/notes.txt", "x")
        write(tmp_path / "loose.avi", "x")
        write(tmp_path / "pictures/1.png")
        write(tmp_path / ".hidden/a.mp4", "x")
        found = by_name(tmp_path, "folders")
        assert {name: one.label for name, one in found.items()} == {
            "joy/a.mp4": "joy",
            "joy/b": "joy",
            "pain/a.MP4": "pain",
            "pain/lost": "pain",
            "loose.avi": None,
            "pictures": None,
        }
        assert [one.name for one in found.values() if one.error] == ["pain/lost"]
        assert list(found) == sorted(found)
        assert {one.person for one in found.values()} == {None}

    def test_two_sequences_never_share_a_session(self, tmp_path: Path) -> None:
        write(tmp_path / "a_b/c.mp4", "x")
        write(tmp_path / "a/b_c.mp4", "x")
        with pytest.raises(ParameterError, match="would both be stored as a_b_c"):
            read_layout(tmp_path, "folders")

    def test_an_empty_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ParameterError, match="no sequence was found"):
            read_layout(tmp_path, "folders")
