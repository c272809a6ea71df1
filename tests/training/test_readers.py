"""Data sets in their own layouts, with the damage they come with, become manifests."""

from pathlib import Path

import pytest

from tpviewer.core.errors import ParameterError
from tpviewer.training.commands import KINDS
from tpviewer.training.manifest import Entry, Place
from tpviewer.training.readers import READERS
from tpviewer.training.readers_bp4d import read_bp4d
from tpviewer.training.readers_ckplus import labels_of_codes, read_ckplus
from tpviewer.training.readers_disfa import read_disfa
from tpviewer.training.readers_tables import read_openface, read_pyfeat
from tpviewer.training.real_faces import photograph_manifest


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_every_kind_has_its_reader() -> None:
    assert tuple(READERS) == KINDS


class TestCKPlus:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for number in (1, 2, 3, 4, 6):  # 5 is lost
            write(tmp_path / f"cohn-kanade-images/S005/001/S005_001_{number:08d}.png")
        write(tmp_path / "cohn-kanade-images/S005/001/.DS_Store")
        write(
            tmp_path / "FACS/S005/001/S005_001_00000006_facs.txt",
            "   1.0000000e+00   3.0000000e+00\n 12 0\n\n",
        )
        for number in (1, 2):
            write(tmp_path / f"cohn-kanade-images/S005/002/S005_002_{number:08d}.png")
        write(tmp_path / "FACS/S005/002/S005_002_00000002_facs.txt", "")
        write(tmp_path / "cohn-kanade-images/S010/001/S010_001_00000001.png")  # no codes
        write(tmp_path / "FACS/S011/001/S011_001_00000009_facs.txt", "4 2\n")  # no images
        return tmp_path

    def test_the_first_frame_is_neutral_and_the_last_ones_are_coded(self, folder: Path) -> None:
        entries = read_ckplus(folder).entries
        frames = [entry.path.name for entry in entries]
        assert frames[:4] == [f"S005_001_{n:08d}.png" for n in (1, 3, 4, 6)]
        assert frames[4:] == ["S005_002_00000001.png", "S005_002_00000002.png"]
        apex = entries[3]
        assert (apex.person, apex.dataset, apex.neutral) == ("S005", "CK+", Place(entries[0].path))
        assert (apex.labels["AU01"], apex.labels["AU12"], apex.labels["AU04"]) == (1, 1, 0)
        assert apex.intensities == {"AU01": 3.0}
        assert set(entries[0].labels.values()) == set(entries[5].labels.values()) == {0}

    def test_beside_a_neutral_face_lies_that_of_another_sequence(self, folder: Path) -> None:
        entries = read_ckplus(folder).entries
        assert entries[0].neutral == Place(entries[4].path)
        assert entries[4].neutral == Place(entries[0].path)

    @pytest.mark.parametrize(
        ("codes", "expected"),
        [
            ({26: 0.0}, {"AU26": 1, "AU25": None}),
            ({27: 3.0}, {"AU26": 1, "AU25": 1}),
            ({25: 1.0}, {"AU26": 0, "AU25": 1}),
            ({43: 4.0}, {"AU45": 1}),
            ({45: 0.0}, {"AU45": None}),
        ],
    )
    def test_mouth_and_lids_follow_facs(
        self, codes: dict[int, float], expected: dict[str, int | None]
    ) -> None:
        labels, _ = labels_of_codes(codes)
        assert {au: labels.get(au) for au in expected} == expected

    @pytest.mark.parametrize("line", ["one 2", "1", "1 2 3", "1 7", "1.5 2", "0 1"])
    def test_an_odd_line_is_named(self, folder: Path, line: str) -> None:
        file = write(folder / "FACS/S005/001/S005_001_00000006_facs.txt", f"4 1\n{line}\n")
        with pytest.raises(ParameterError, match=f"{file.name}, line 2: '{line}' is not the number"):
            read_ckplus(folder)

    def test_what_is_missing_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ParameterError, match="cohn-kanade-images: there is no such folder"):
            read_ckplus(tmp_path)
        (tmp_path / "cohn-kanade-images").mkdir()
        (tmp_path / "FACS").mkdir()
        with pytest.raises(ParameterError, match="no sequence has both"):
            read_ckplus(tmp_path)


class TestDISFA:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        labels = tmp_path / "ActionUnit_Labels/SN001"
        write(labels / "SN001_au1.txt", "1,3\n2,0\n3,0\n4,1\n")
        write(labels / "SN001_au12.txt", "1,0\n2,0\n3,0\n\n")  # the last line is lost
        write(tmp_path / "ActionUnit_Labels/SN099/SN099_au1.txt", "1,0\n")  # its videos are lost
        write(tmp_path / "Videos_LeftCamera/LeftVideoSN001_comp.avi")
        write(tmp_path / "Video_RightCamera/RightVideoSN001_Comp.avi")
        return tmp_path

    def test_frames_count_from_zero_and_both_cameras_are_taken(self, folder: Path) -> None:
        entries = read_disfa(folder, every=1).entries
        left = [entry for entry in entries if entry.path.name.startswith("Left")]
        assert len(entries) == 2 * len(left) == 8
        assert [entry.frames for entry in left] == [(0, 1), (1, 2), (2, 3), (3, 4)]
        assert left[0].intensities == {"AU01": 3.0, "AU12": 0.0}
        assert left[3].intensities == {"AU01": 1.0}
        assert {entry.neutral for entry in left} == {Place(left[0].path, 1)}
        assert {entry.person for entry in entries} == {"SN001"}

    def test_some_frames_can_be_left_out(self, folder: Path) -> None:
        assert len(read_disfa(folder, every=3).entries) == 4

    @pytest.mark.parametrize("line", ["0,1", "2;1", "2,6", "x,1", "2,"])
    def test_an_odd_line_is_named(self, folder: Path, line: str) -> None:
        write(folder / "ActionUnit_Labels/SN001/SN001_au1.txt", f"1,0\n{line}\n")
        with pytest.raises(ParameterError, match=r"SN001_au1\.txt, line 2: .* is not a frame from 1"):
            read_disfa(folder)

    def test_what_is_missing_is_named(self, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        write(folder / "ActionUnit_Labels/SN001/SN001_au12.txt", "")
        with pytest.raises(ParameterError, match=r"SN001_au12.txt: holds no labels"):
            read_disfa(folder)
        empty = tmp_path_factory.mktemp("empty")
        with pytest.raises(ParameterError, match="there are no label files"):
            read_disfa(empty)
        write(empty / "SN001_au1.txt", "1,0\n")
        with pytest.raises(ParameterError, match="no video belongs to the labels"):
            read_disfa(empty)


class TestBP4D:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        write(tmp_path / "AU_OCC/F001_T1.csv", "0,1,12\n101,9,9\n102,0,0\n103,1,9\n104,0,1\n105,1,1\n")
        write(tmp_path / "AU_OCC/F002_T1.csv", "0,1,12\n1,0,0\n")  # its images are lost
        write(tmp_path / "AU_INT/AU12/F001_T1_AU12.csv", "101,9\n")
        for number in (101, 102, 103, 104):  # 105 is lost
            write(tmp_path / f"Sequences/F001/T1/{number:04d}.jpg")
        write(tmp_path / "Sequences/F001/T1/Thumbs.jpg")
        return tmp_path

    def test_codes_belong_to_the_images_of_their_number(self, folder: Path) -> None:
        entries = read_bp4d(folder, every=1).entries
        assert [entry.path.stem for entry in entries] == ["0102", "0103", "0104"]
        assert [dict(entry.labels) for entry in entries] == [
            {"AU01": 0, "AU12": 0},
            {"AU01": 1},
            {"AU01": 0, "AU12": 1},
        ]
        assert {entry.neutral for entry in entries} == {Place(entries[0].path)}
        assert {entry.person for entry in entries} == {"F001"}

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "line 1: must hold the numbers"),
            ("frame,AU1\n", "line 1: must hold the numbers"),
            ("0,1,12\n5,0\n", "line 2: must hold a frame's number and 2 codes"),
            ("0,1,12\n5,0,1\n6,0,2\n", "line 3: must hold a frame's number and 2 codes"),
            ("0,1,12\n5.5,0,1\n", "line 2: must hold"),
        ],
    )
    def test_an_odd_line_is_named(self, folder: Path, text: str, message: str) -> None:
        write(folder / "AU_OCC/F001_T1.csv", text)
        with pytest.raises(ParameterError, match=f"F001_T1.csv, {message}"):
            read_bp4d(folder)

    def test_what_is_missing_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ParameterError, match="there are no occurrence codes"):
            read_bp4d(tmp_path)
        write(tmp_path / "F001_T1.csv", "0,1\n1,0\n")
        with pytest.raises(ParameterError, match="no images belong to the codes"):
            read_bp4d(tmp_path)


class TestTables:
    def test_openface(self, tmp_path: Path) -> None:
        video = write(tmp_path / "walk.mp4")
        write(
            tmp_path / "walk.csv",
            "frame, face_id, timestamp, confidence, success, p_rx, AU12_r, AU12_c, AU28_c\n"
            "1, 0, 0.0, 0.98, 1, 0.1, 0.00, 0.00, 0.00\n"
            "2, 0, 0.0, 0.98, 1, 0.1, 3.25, 1.00, 0.00\n"
            "2, 1, 0.0, 0.98, 1, 0.1, 0.00, 0.00, 0.00\n"
            "3, 0, 0.0, 0.10, 1, 0.1, 3.25, 1.00, 0.00\n"
            "5, 0, 0.0, 0.00, 0, 0.1, 0.00, 0.00, 0.00\n",
        )
        assert read_openface(tmp_path, every=1).entries == (
            Entry(video, "walk", (0, 1), "openface", {"AU12": 0, "AU28": 0}, {"AU12": 0.0}, Place(video, 0)),
            Entry(video, "walk", (1, 2), "openface", {"AU12": 1, "AU28": 0}, {"AU12": 3.25}, Place(video, 0)),
        )

    def test_a_table_that_a_spreadsheet_saved_again(self, tmp_path: Path) -> None:
        write(tmp_path / "walk.mp4")
        (tmp_path / "walk.csv").write_text("frame;AU12_c\n1;1\n;1\n\n3;0\n", encoding="utf-16")
        assert [(entry.frames, dict(entry.labels)) for entry in read_openface(tmp_path, every=1).entries] == [
            ((0, 1), {"AU12": 1}),
            ((2, 3), {"AU12": 0}),
        ]

    def test_pyfeat_with_a_folder_of_frames(self, tmp_path: Path) -> None:
        images = [write(tmp_path / "run" / f"{number}.png") for number in (2, 9, 10)]
        write(
            tmp_path / "run.csv",
            "FaceRectX,FaceScore,AU12,AU43,frame,input\n"
            "3,0.9,0.9,0.5,0,run.mp4\n,,,,1,run.mp4\n3,0.9,0.1,0.8,2,run.mp4\n4,0.8,0.9,0.0,2,run.mp4\n",
        )
        entries = read_pyfeat(tmp_path, every=1).entries
        assert [entry.path for entry in entries] == [images[0], images[2]]
        assert [dict(entry.labels) for entry in entries] == [{"AU12": 1}, {"AU12": 0, "AU45": 1}]
        assert entries[0].neutral is None

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "a.csv: there is no column of an Action Unit"),
            ("x,AU12_c\n1,1\n", "a.csv: the column 'frame' is missing"),
            ("frame,AU12_c\n1,1\n2,yes\n", "a.csv, line 3: 'AU12_c' is 'yes', no number"),
            ("frame,p_rx\n1,1\n", "a.csv: there is no column of an Action Unit"),
            ("frame,success,AU12_c\n1,0,1\n", "no table has a row with a face"),
            ("frame,AU12_c\n4,1\n", "has 1 images, but its table names number 3"),
        ],
    )
    def test_an_odd_table_is_refused(self, tmp_path: Path, text: str, message: str) -> None:
        write(tmp_path / "a.png")
        write(tmp_path / "a.csv", text)
        with pytest.raises(ParameterError) as error:
            read_openface(tmp_path)
        assert message in str(error.value)

    def test_tables_and_their_videos_are_needed(self, tmp_path: Path) -> None:
        with pytest.raises(ParameterError, match="there are no tables"):
            read_openface(tmp_path)
        write(tmp_path / "a.csv", "frame,AU12_c\n1,1\n")
        with pytest.raises(ParameterError, match="neither a video nor a folder of frames named a beside it"):
            read_openface(tmp_path)


class TestPhotographs:
    def test_folders_tell_what_was_posed(self, tmp_path: Path) -> None:
        calm, smile = write(tmp_path / "neutral/001_03.jpg"), write(tmp_path / "smiling/001_08.jpg")
        write(tmp_path / "other/002.jpg")
        entries = photograph_manifest(tmp_path).entries
        assert [(entry.path, entry.person, entry.neutral) for entry in entries] == [
            (calm, "001", None),
            (smile, "001", Place(calm)),
        ]
        assert set(entries[0].labels.values()) == {0}
        assert entries[1].labels["AU12"] == 1
        assert "AU06" not in entries[1].labels

    def test_without_such_folders_nothing_is_known(self, tmp_path: Path) -> None:
        write(tmp_path / "other/002.jpg")
        with pytest.raises(ParameterError, match="no photographs in folders named neutral or smiling"):
            photograph_manifest(tmp_path)
