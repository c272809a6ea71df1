"""Scripts say who does what when; what makes no sense is named, with its file."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.core.errors import ParameterError
from tpviewer.resources import resource
from tpviewer.training.phantom_script import (
    RESERVED_PERSONS,
    Course,
    Event,
    FaceScript,
    Script,
    read_script,
)

TEXT = """
width = 64
height = 48
frames = 30
rate = 25
background = 3

[[face]]
name = "left"
person = 7
centre = [20, 24.5]
scale = 2
sway = 1.5
event = [
  { au = "AU12", frames = [2, 6, 10, 14], intensity = 0.8 },
  { au = "AU12", frames = [8, 12, 16, 20], intensity = 1.0, side = "left" },
  { au = "AU04", frames = [3, 5, 5, 7], intensity = 0.5, side = "right" },
]
change = [{ au = "AU12", frame = 11 }]

[[face]]
name = "right"
person = 8
centre = [44, 24]
scale = 2
sway = 0
"""

ordered = st.lists(st.integers(0, 60), min_size=4, max_size=4, unique=True).map(sorted)


def script(folder: Path, text: str = TEXT) -> Script:
    (folder / "script.toml").write_text(text)
    return read_script(folder / "script.toml")


def event(frames: list[int], intensity: float = 1.0) -> Event:
    onset, rise, fall, stop = frames
    return Event("AU12", (onset, rise, fall, stop), intensity, "both")


def test_a_script_is_read(tmp_path: Path) -> None:
    read = script(tmp_path)
    assert (read.width, read.height, read.frames, read.rate, read.background) == (64, 48, 30, 25, 3)
    left, right = read.faces
    assert (left.name, left.person, left.centre, left.scale, left.sway) == ("left", 7, (20, 24.5), 2, 1.5)
    assert left.events[0] == Event("AU12", (2, 6, 10, 14), 0.8, "both")
    assert left.events[2] == Event("AU04", (3, 5, 5, 7), 0.5, "right")
    assert left.changes == (("AU12", 11),)
    assert (right.events, right.changes) == ((), ())


@pytest.mark.parametrize(
    "name", ["phantom.toml", "two_people.toml", "appearance.toml", "events.toml", "photo.toml"]
)
def test_the_bundled_scripts_are_read_and_end_calm(name: str) -> None:
    read = read_script(resource("phantom", name))
    for face in read.faces:
        for frame in (0, read.frames - 1):
            assert not any(face.expression(frame).intensity(e.au) for e in face.events)


@given(ordered, st.floats(0.01, 1))
def test_an_event_is_zero_outside_and_full_at_its_apex(frames: list[int], intensity: float) -> None:
    onset, rise, fall, stop = frames
    values = np.array([event(frames, intensity).at(frame) for frame in range(-3, 64)])[3:]
    assert not values[: onset + 1].any()
    assert not values[stop:].any()
    assert values[onset + 1 : stop].min() > 0
    np.testing.assert_allclose(values[rise : fall + 1], intensity)


@given(ordered)
def test_an_event_rises_and_falls_without_a_step_back(frames: list[int]) -> None:
    _, rise, fall, stop = frames
    values = np.array([event(frames).at(frame) for frame in range(64)])
    assert (np.diff(values[: rise + 1]) >= 0).all()
    assert (np.diff(values[fall : stop + 1]) <= 0).all()


def test_an_event_is_smooth_and_half_way_at_half_time() -> None:
    values = np.array([event([0, 40, 50, 90]).at(frame) for frame in range(91)])
    assert values[20] == values[70] == pytest.approx(0.5)
    assert np.abs(np.diff(values)).max() < 0.04
    assert np.abs(np.diff(values, 2)).max() < 0.004


def test_sides_are_the_persons_own_and_the_stronger_event_counts(tmp_path: Path) -> None:
    face = script(tmp_path).faces[0]
    assert face.expression(13).left["AU12"] == pytest.approx(1.0)
    assert face.expression(13).right["AU12"] < 0.3
    assert face.expression(5).right["AU04"] == pytest.approx(0.5)
    assert "AU04" not in face.expression(5).left
    assert face.expression(8).left["AU12"] == pytest.approx(0.8)


def test_a_face_without_events_is_calm() -> None:
    face = FaceScript("calm", 0, (0.0, 0.0), 1.0, 0.0, (), ())
    assert face.expression(3).right == face.expression(3).left == {}


def test_a_missing_script_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"none\.toml: the script cannot be read \(No such file"):
        read_script(tmp_path / "none.toml")


@pytest.mark.parametrize("content", [b"width = ", b"\xff\xfe"])
def test_what_is_no_toml_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "script.toml").write_bytes(content)
    with pytest.raises(ParameterError, match=r"script\.toml: not a script"):
        read_script(tmp_path / "script.toml")


@pytest.mark.parametrize(
    "key", ["width", "height", "frames", "rate", "background", "name", "person", "scale"]
)
def test_a_missing_entry_is_named(tmp_path: Path, key: str) -> None:
    text = "\n".join(line for line in TEXT.splitlines() if not line.startswith(f"{key} ="))
    with pytest.raises(ParameterError, match=rf"script\.toml: .*{key}.* is missing"):
        script(tmp_path, text)


def test_a_video_without_a_face_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"script\.toml: .*face.* is missing"):
        script(tmp_path, TEXT.split("[[face]]")[0])


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("width = 64", "width = 63", "63x48: width and height must be even"),
        ("height = 48", "height = 0", "width, height, frames and rate must be 1 or more"),
        ("frames = 30", "frames = -1", "width, height, frames and rate must be 1 or more"),
        ('au = "AU04"', 'au = "AU99"', "AU99 cannot be rendered; it must be one of AU01"),
        ('change = [{ au = "AU12"', 'change = [{ au = "AU3"', "AU3 cannot be rendered"),
        ("[3, 5, 5, 7]", "[3, 5, 4, 7]", r"AU04: frames \[3, 5, 4, 7\] must rise"),
        ("[3, 5, 5, 7]", "[5, 5, 5, 7]", r"AU04: frames \[5, 5, 5, 7\] must rise"),
        ("[3, 5, 5, 7]", "[3, 5, 7, 7]", r"AU04: frames \[3, 5, 7, 7\] must rise"),
        ("intensity = 0.5", "intensity = 0", "AU04: intensity 0.0 must be over 0 and at most 1"),
        ("intensity = 0.5", "intensity = 1.1", "AU04: intensity 1.1 must be over 0 and at most 1"),
        ('side = "right"', 'side = "top"', "AU04: side 'top' must be one of both, left, right"),
        ('{ au = "AU04", ', "{ ", "'au' is missing"),
        ("intensity = 0.5, ", "", "'intensity' is missing"),
    ],
)
def test_an_entry_that_makes_no_sense_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(ParameterError, match=rf"script\.toml: .*{named}"):
        script(tmp_path, TEXT.replace(old, new))


def test_sealed_lips_are_part_of_the_expression(tmp_path: Path) -> None:
    (left, right) = script(
        tmp_path,
        TEXT.replace("change = [", "seal = [{ frames = [4, 8, 12, 14], intensity = 0.9 }]\nchange = ["),
    ).faces
    assert left.seals == (Course((4, 8, 12, 14), 0.9),)
    assert [left.expression(frame).sealed for frame in (4, 6, 10, 14)] == pytest.approx([0, 0.45, 0.9, 0])
    assert right.expression(10).sealed == 0


def test_a_seal_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    text = TEXT.replace("change = [", "seal = [{ frames = [8, 4, 12, 14], intensity = 0.9 }]\nchange = [")
    with pytest.raises(ParameterError, match=r"script\.toml: seal: frames \[8, 4, 12, 14\]"):
        script(tmp_path, text)


@pytest.mark.parametrize("name", ["appearance.toml", "events.toml"])
def test_people_of_acceptance_phantoms_are_kept_from_training(name: str) -> None:
    read = read_script(resource("phantom", name))
    assert all(face.person >= RESERVED_PERSONS for face in read.faces)
    assert read.rate == 25
    assert read.frames <= 8 * read.rate


def test_scripted_looks_last_long_enough_to_be_clusters() -> None:
    (face,) = read_script(resource("phantom", "appearance.toml")).faces
    for au, change in face.changes:
        present = [frame for frame in range(200) if face.expression(frame).intensity(au) >= 0.25]
        before = sum(frame < change for frame in present)
        assert min(before, len(present) - before) >= 20


def test_a_photographed_face_must_be_alone(tmp_path: Path) -> None:
    one = TEXT[: TEXT.rindex("[[face]]")].replace("sway = 1.5", 'sway = 1.5\nphoto = "a.jpg"')
    assert script(tmp_path, one).faces[0].photo == "a.jpg"
    with pytest.raises(ParameterError, match="alone"):
        script(tmp_path, TEXT.replace("sway = 1.5", 'sway = 1.5\nphoto = "a.jpg"'))
