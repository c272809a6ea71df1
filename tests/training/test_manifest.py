"""A manifest is read as it was written, and each mistake in it is named by its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpviewer.core.errors import ParameterError
from tpviewer.training.manifest import Entry, Manifest, Place, person_number, read_manifest, write_manifest


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_column_is_understood(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "path,person,frame,dataset,AU01,AU12_i,AU06,neutral,age,gender,skin\n"
        "clips/a.mp4,Ann,10-12,lab,1,2.5,,4,31,f,III\n"
        "\n"
        "b.png,Bo,,,0,,1,rest.mp4#7,,,\n",
    )
    manifest = read_manifest(path)
    first, second = manifest.entries
    clip = tmp_path / "clips" / "a.mp4"
    assert manifest.name == "mine"
    assert first == Entry(
        clip, "Ann", (10, 12), "lab", {"AU01": 1}, {"AU12": 2.5}, Place(clip, 4), "31", "f", "III"
    )
    assert (second.frames, second.dataset, second.labels) == ((0, 1), "mine", {"AU01": 0, "AU06": 1})
    assert second.neutral == Place(tmp_path / "rest.mp4", 7)
    assert [place for place, _ in manifest.places()] == [
        Place(clip, 10),
        Place(clip, 11),
        Place(tmp_path / "b.png", 0),
    ]


@pytest.mark.parametrize(
    ("labels", "intensities", "label"),
    [
        ({}, {}, None),
        ({}, {"AU01": 0.0}, 0),
        ({}, {"AU01": 1.0}, None),
        ({}, {"AU01": 2.0}, 1),
        ({"AU01": 1}, {"AU01": 1.0}, 1),
    ],
)
def test_a_label_follows_from_the_intensity_where_it_is_clear(
    labels: dict[str, int], intensities: dict[str, float], label: int | None
) -> None:
    assert Entry(Path("a.png"), "Ann", labels=labels, intensities=intensities).label("AU01") == label


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("person,AU01\nAnn,1\n", "mine.csv, line 1: the column 'path' is missing"),
        ("path,AU01\na.png,1\n", "mine.csv, line 1: the column 'person' is missing"),
        ("path,person,AU1\na.png,Ann,1\n", "mine.csv, line 1: the column 'AU1' is not known; there are path"),
        ("path,person,AU01,AU01\n", "mine.csv, line 1: the column 'AU01' is there twice"),
        ("path,person\na.png,Ann\n", "mine.csv, line 1: there is no column of an Action Unit"),
        ("path,person,AU01\n", "mine.csv: has no rows"),
        ("", "mine.csv, line 1: the column 'path' is missing"),
        ("path,person,AU01\na.png,Ann\n", "mine.csv, line 2: has 2 fields, but the header 3"),
        ("path,person,AU01\na.png,Ann,1\n,Bo,1\n", "mine.csv, line 3, column 'path': '' must not be empty"),
        ("path,person,AU01\na.png,Ann,2\n", "mine.csv, line 2, column 'AU01': '2' must be 1"),
        ("path,person,AU01_i\na.png,Ann,6\n", "mine.csv, line 2, column 'AU01_i': '6' must be an intensity"),
        ("path,person,AU01_i\na.png,Ann,B\n", "mine.csv, line 2, column 'AU01_i': 'B' must be an intensity"),
        (
            "path,person,AU01,frame\na.png,Ann,1,-3\n",
            "mine.csv, line 2, column 'frame': '-3' must be a frame",
        ),
        (
            "path,person,AU01,frame\na.png,Ann,1,9-9\n",
            "mine.csv, line 2, column 'frame': '9-9' must end after",
        ),
    ],
)
def test_a_mistake_is_named_by_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ParameterError) as error:
        read_manifest(written(tmp_path, text))
    assert message in str(error.value)


def test_what_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes(b"path,person,AU01\n\xff\xfe,Ann,1\n")
    for path in (tmp_path / "mine.csv", tmp_path / "none.csv", tmp_path):
        with pytest.raises(ParameterError, match="cannot be read as a CSV file"):
            read_manifest(path)


names = st.text("ab,\"';é_-%[", min_size=1, max_size=6)
entries = st.builds(
    lambda name, person, start, length, labels, intensities, neutral: Entry(
        Path("videos") / f"{name}.mp4", person, (start, start + length), "set", labels, intensities, neutral
    ),
    names,
    names,
    st.integers(0, 99),
    st.integers(1, 9),
    st.dictionaries(st.sampled_from(["AU01", "AU12", "AU43"]), st.integers(0, 1)),
    st.dictionaries(st.sampled_from(["AU01", "AU06"]), st.sampled_from([0.0, 0.5, 3.0, 5.0])),
    st.none() | st.builds(Place, names.map(lambda name: Path(f"{name}.png")), st.integers(0, 9)),
)


@given(rows=st.lists(entries, min_size=1, max_size=4))
def test_a_written_manifest_reads_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Entry]) -> None:
    folder = tmp_path_factory.mktemp("manifest")

    def at(base: Path, row: Entry) -> Entry:
        neutral = None if row.neutral is None else Place(base / row.neutral.path, row.neutral.frame)
        labels, grades = ({"AU01": 0, **row.labels}, row.intensities)  # one Action Unit at least
        return Entry(base / row.path, row.person, row.frames, row.dataset, labels, grades, neutral)

    manifest = Manifest("out", tuple(at(folder, row) for row in rows))
    write_manifest(folder / "out.csv", manifest)
    assert read_manifest(folder / "out.csv") == manifest


def test_a_frame_of_the_own_video_is_written_as_its_number(tmp_path: Path) -> None:
    video = tmp_path / "a.mp4"
    entry = Entry(video, "Ann", (3, 4), "set", {"AU01": 1}, {}, Place(video, 0))
    write_manifest(tmp_path / "m.csv", Manifest("m", (entry,)))
    assert "a.mp4,Ann,3,set,0,,,,1" in (tmp_path / "m.csv").read_text()
    assert read_manifest(tmp_path / "m.csv").entries == (entry,)


def test_people_of_two_data_sets_are_two_people() -> None:
    assert person_number("DISFA", "SN001") == person_number("DISFA", "SN001")
    numbers = {person_number(a, b) for a, b in (("a", "bc"), ("ab", "c"), ("abc", ""), ("a", "b"))}
    assert len(numbers) == 4
    assert all(2**61 <= number < 2**63 for number in numbers)
