"""Tables of OpenFace, py-feat and BORIS, written as these programs write them, become ratings."""

from pathlib import Path

import numpy as np
import pytest

from tpviewer.core.annotations import check_annotation
from tpviewer.core.errors import ParameterError
from tpviewer.importing.ratings import annotations_of, frame_values, problems, read_ratings

TIMES = np.arange(8) / 4

OPENFACE = """\
frame, face_id, timestamp, confidence, success, gaze_0_x, pose_Rx, p_rx,\
 AU04_r, AU12_r, AU04_c, AU12_c, AU28_c
1, 0, 0.000, 0.98, 1, 0.1, 0.0, -0.2, 0.00, 0.20, 0.00, 0.00, 1.00
2, 0, 0.250, 0.98, 1, 0.1, 0.0, -0.2, 1.60, 0.20, 1.00, 0.00, 1.00
3, 0, 0.500, 0.98, 1, 0.1, 0.0, -0.2, 2.70, 0.30, 1.00, 1.00, 0.00
4, 0, 0.750, 0.10, 0, 0.0, 0.0, 0.0, 0.00, 0.00, 0.00, 0.00, 0.00
6, 0, 1.250, 0.98, 1, 0.1, 0.0, -0.2, 4.80, 0.00, 1.00, 0.00, 0.00
7, 0, 1.500, 0.98, 1, 0.1, 0.0, -0.2, 0.10, 0.00, 0.00, 0.00, 0.00
8, 0, 1.750, 0.98, 1, 0.1, 0.0, -0.2, 0.10, 0.00, 0.00, 0.00, 0.00
"""


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


def test_openface_frame_by_frame(tmp_path: Path) -> None:
    (ratings,) = read_ratings(write(tmp_path / "of.csv", OPENFACE))
    assert (ratings.rater, ratings.aus, ratings.end_s) == ("OpenFace", ("AU04", "AU12", "AU28"), 2.0)
    presence, intensity, known = frame_values(ratings, TIMES)
    assert np.flatnonzero(~known[:, 0]).tolist() == [3, 4]  # lost, and missing
    assert np.flatnonzero(presence[:, 0]).tolist() == [1, 2, 5]
    assert intensity[:, 0] == pytest.approx([0, 1.6, 2.7, np.nan, np.nan, 4.8, 0.1, 0.1], nan_ok=True)
    assert np.isnan(intensity[:, 2]).all()
    assert presence.dtype == bool
    assert intensity.dtype == np.float32


def test_openface_as_lanes(tmp_path: Path) -> None:
    (ratings,) = read_ratings(write(tmp_path / "of.csv", OPENFACE))
    lanes = annotations_of(ratings, TIMES, 2.0)
    for one in lanes:
        check_annotation(one, len(TIMES))
    told = [(one.start, one.stop, one.verdict, one.intensity) for one in lanes if one.au == "AU04"]
    assert told == [
        (0, 1, "absent", 0),
        (1, 3, "present", 3),
        (5, 6, "present", 5),
        (6, 8, "absent", 0),
    ]
    smile = [one for one in lanes if one.au == "AU12" and one.verdict == "present"]
    assert [(one.start, one.stop, one.intensity) for one in smile] == [(2, 3, 0)]  # under trace: none given
    seconds = [(i.start_s, i.stop_s, i.intensity) for i in ratings.intervals if i.au == "AU04"]
    assert seconds == [(0.25, 0.75, pytest.approx(2.7)), (1.25, 1.5, pytest.approx(4.8))]


def test_older_openface_without_face_and_presence(tmp_path: Path) -> None:
    text = "frame,timestamp,AU12_r\n1,0,0.4\n2,0.25,1.2\n"
    (ratings,) = read_ratings(write(tmp_path / "old.csv", text))
    presence, _, known = frame_values(ratings, TIMES)
    assert presence[:, 0].tolist() == [False, True] + [False] * 6
    assert known[:, 0].tolist() == [True, True] + [False] * 6
    assert "AU12" in ratings.warnings[0]


def test_each_face_of_openface_is_a_rater(tmp_path: Path) -> None:
    text = "frame,face_id,timestamp,success,AU12_c\n1,0,0,1,1\n1,1,0,1,0\n2,0,.25,1,1\n2,1,.25,1,1\n"
    first, second = read_ratings(write(tmp_path / "two.csv", text))
    assert (first.rater, second.rater) == ("OpenFace face 0", "OpenFace face 1")
    assert frame_values(second, TIMES[:2])[0][:, 0].tolist() == [False, True]


def test_pyfeat_is_matched_by_frame_and_gives_no_intensity(tmp_path: Path) -> None:
    text = (
        "FaceRectX,FaceRectY,FaceRectWidth,FaceRectHeight,FaceScore,AU04,AU12,frame,approx_time,input\n"
        "10,10,50,50,0.99,0.1,0.9,0,00:00,a.mp4\n"
        ",,,,,,,1,00:00,a.mp4\n"
        "10,10,50,50,0.99,0.5,NaN,2,00:00,a.mp4\n"
    )
    (ratings,) = read_ratings(write(tmp_path / "fex.csv", text))
    presence, intensity, known = frame_values(ratings, np.array([0.0, 0.04, 0.11, 0.2]))
    assert ratings.rater == "py-feat"
    assert presence.tolist() == [[False, True], [False, False], [True, False], [False, False]]
    assert known.tolist() == [[True, True], [False, False], [True, False], [False, False]]
    assert np.isnan(intensity).all()


def test_every_tenth_frame_of_pyfeat_stands_for_those_around_it(tmp_path: Path) -> None:
    rows = "".join(f"{int(frame >= 20)},{frame}\n" for frame in range(0, 50, 10))
    (ratings,) = read_ratings(write(tmp_path / "fex.csv", "AU12,frame\n" + rows))
    (absent, present) = annotations_of(ratings, np.arange(50) / 25, 2.0)
    assert (absent.start, absent.stop, absent.verdict) == (0, 16, "absent")
    assert (present.start, present.stop, present.verdict) == (16, 46, "present")


BORIS = """\
Observation id,Observation date,Description,Observation type,Source,Time offset (s),Coding duration,\
Media duration (s),FPS (frame/s),Subject,Observation duration by subject by observation,Behavior,\
Behavioral category,Modifier #1,Behavior type,Start (s),Stop (s),Duration (s),Media file name,\
Image index start,Image index stop,Image file path start,Image file path stop,Comment start,Comment stop
clip,2024-01-01 10:00:00,,Media file(s),player #1:a.mp4,0.0,2.0,2.0,4.0,No focal subject,2.0,AU4,brow,B,\
STATE,0.26,0.99,0.73,a.mp4,1,4,,,frown,
clip,2024-01-01 10:00:00,,Media file(s),player #1:a.mp4,0.0,2.0,2.0,4.0,No focal subject,2.0,L12C,lips,,\
POINT,1.3,1.3,NA,a.mp4,5,5,,,,
clip,2024-01-01 10:00:00,,Media file(s),player #1:a.mp4,0.0,2.0,2.0,4.0,No focal subject,2.0,laugh,lips,,\
STATE,1.0,1.5,0.5,a.mp4,4,6,,,,
"""


def test_boris_states_points_and_modifiers(tmp_path: Path) -> None:
    (ratings,) = read_ratings(write(tmp_path / "boris.csv", BORIS))
    assert (ratings.rater, ratings.aus, ratings.end_s) == ("clip", ("AU04", "AU12"), 2.0)
    present = [one for one in annotations_of(ratings, TIMES, 2.0) if one.verdict == "present"]
    assert [(o.au, o.start, o.stop, o.intensity, o.side, o.note) for o in present] == [
        ("AU04", 1, 4, 2, "", "frown"),
        ("AU12", 5, 6, 3, "left", ""),
    ]
    assert "line 4" in ratings.warnings[0]
    assert "'laugh'" in ratings.warnings[0]


def test_a_point_of_boris_is_the_apex_of_the_state_that_it_lies_in(tmp_path: Path) -> None:
    lines = ["Behavior,Behavior type,Start (s),Stop (s)", "AU12,STATE,0.5,1.5", "AU12C apex,POINT,1.1,1.1"]
    lines += ["AU04 apex,POINT,0.3,0.3"]
    (ratings,) = read_ratings(write(tmp_path / "b.csv", "\n".join(lines) + "\n"))
    brow, smile = (one for one in annotations_of(ratings, TIMES, 2.0) if one.verdict == "present")
    assert (smile.start, smile.stop, smile.apex, smile.intensity) == (2, 6, (4, 5), 3)
    assert (brow.start, brow.stop, brow.apex, brow.note) == (1, 2, None, "apex")  # of no state: its own
    assert ratings.warnings == ()


def test_boris_offset_subjects_and_tabs(tmp_path: Path) -> None:
    lines = [
        "Observation id\tTime offset (s)\tSubject\tBehavior\tBehavior type\tStart (s)\tStop (s)",
        "one\t10\tAnna\tAU12\tSTATE\t10.5\t11.0",
        "one\t10\tBert\tAU12\tSTATE\t10\t10.25",
    ]
    anna, bert = read_ratings(write(tmp_path / "b.tsv", "\n".join(lines) + "\n"))
    assert (anna.rater, bert.rater) == ("one, Anna", "one, Bert")
    assert frame_values(anna, TIMES)[0][:, 0].nonzero()[0].tolist() == [2, 3]
    assert frame_values(bert, TIMES)[0][:, 0].nonzero()[0].tolist() == [0]


def test_what_lies_outside_the_video_is_told(tmp_path: Path) -> None:
    text = "Behavior,Behavior type,Start (s),Stop (s)\nAU12,STATE,0,1\nAU12,STATE,8,9\n"
    (ratings,) = read_ratings(write(tmp_path / "b.csv", text))
    assert "1 of 2 annotations" in problems(ratings, 2.0)[0]
    assert [one.verdict for one in annotations_of(ratings, TIMES, 2.0)] == ["present", "absent"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("frame, timestamp, success, AU12_c\n1, 0, 1, 1\n2, oops, 1, 1\n", "line 3: 'timestamp' is 'oops'"),
        ("face, AU12_c\n0, 1\n", "neither 'timestamp' nor 'frame'"),
        ("frame, timestamp, AU12_c\n", "no line of a frame"),
        ("AU12,input\n0.3,a.png\n", "'frame'"),
        ("Behavior,Time,Status\nAU12,1,START\n", "aggregated events"),
        ("Behavior,Start (s),Stop (s)\nlaugh,1,2\n", "no behaviour names an Action Unit"),
        ("a,b\n1,2\n", "no file of a rater"),
        ("", "no file of a rater"),
    ],
)
def test_errors_name_the_file_and_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path / "bad.csv", text)
    with pytest.raises(ParameterError) as error:
        read_ratings(path)
    assert str(path) in str(error.value)
    assert told in str(error.value)


def test_a_missing_file_and_a_picture_are_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="nowhere"):
        read_ratings(tmp_path / "nowhere.csv")
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x81\x8d\x90" * 9)
    with pytest.raises(ParameterError, match=r"a\.png"):
        read_ratings(picture)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_that_a_spreadsheet_saved_again(tmp_path: Path, encoding: str) -> None:
    text = "Observation id;Behavior;Start (s);Stop (s)\nMüller;AU12;0;1\n"
    (ratings,) = read_ratings(write(tmp_path / "b.csv", text, encoding))
    assert ratings.rater == "Müller"
