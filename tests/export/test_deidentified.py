"""What is de-identified is the same for any two people with the same maps: nothing of them can be in it."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.export.made_session import make_session, states_of
from tpviewer.core.annotations import Annotation, Change, new_key
from tpviewer.core.errors import ParameterError
from tpviewer.export.formats import write_export
from tpviewer.export.stage_tiles import neutral_tiles
from tpviewer.media.source import open_source
from tpviewer.media.video_writer import write_video
from tpviewer.store.session import Session

NAMES = ("Anna Müller 1970", "Herr Schmidt")
COUNT = 30


def patient(folder: Path, name: str, seed: int) -> Path:
    """A session of a noisy video, reviewed by somebody with a name."""
    folder.mkdir()
    rng = np.random.default_rng(seed)
    pictures = (rng.integers(0, 255, (120, 160, 3), np.uint8) for _ in range(COUNT))
    write_video(folder / f"{name}.mp4", pictures, Fraction(25))
    session = make_session(folder / f"{name}.tpv", folder / f"{name}.mp4", states_of(COUNT, 6, (25, 28)))
    with Session(session, writable=True) as opened:
        spoken = Annotation(new_key(), "AU04", 3, 9, "present", 3, note=f"{name} frowns")
        opened.reviews.change(
            f"Dr. {name}", [Change(None, spoken)], "Place", seconds=12.0, source=f"{name}.eaf"
        )
    return session


@pytest.fixture(scope="module")
def patients(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("patients")
    first, second = (patient(folder / str(n), name, n) for n, name in enumerate(NAMES))
    return first, second


@pytest.mark.parametrize("kind", ["figure.pdf", "figure.svg", "figure.png", "report.pdf", "video.mp4"])
def test_two_people_with_the_same_maps_give_the_same_bytes(
    patients: tuple[Path, Path], tmp_path: Path, kind: str
) -> None:
    written = []
    for number, session in enumerate(patients):
        target = tmp_path / f"{number}-{kind}"
        with Session(session) as opened:
            write_export(opened, kind.split(".")[0], target, deidentified=True)
        written.append(target.read_bytes())
    assert written[0] == written[1]
    for word in ("ller", "Anna", "Schmidt", "Dr.", "patients", "frowns", "tpv", ".eaf"):
        for coded in (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le")):
            assert coded not in written[0]


def test_the_same_exports_that_are_not_deidentified_differ(
    patients: tuple[Path, Path], tmp_path: Path
) -> None:
    written = []
    for number, session in enumerate(patients):
        with Session(session) as opened:
            write_export(opened, "video", tmp_path / f"{number}.mp4", frames=(0, 3))
        written.append((tmp_path / f"{number}.mp4").read_bytes())
    assert written[0] != written[1]
    assert "Müller".encode() in written[0]


def test_the_video_need_not_even_be_there(patients: tuple[Path, Path], tmp_path: Path) -> None:
    with Session(patients[0]) as opened:
        video = Path(opened.video.path)
        moved = video.rename(video.with_suffix(".away"))
        try:
            for kind in ("figure.png", "report.pdf", "video.mp4"):
                write_export(opened, kind.split(".")[0], tmp_path / kind, deidentified=True)
        finally:
            moved.rename(video)
    with open_source(tmp_path / "video.mp4") as film:
        assert film.info.n_frames == COUNT
        assert not film.info.has_audio


def test_a_pseudonym_stands_for_the_name(patients: tuple[Path, Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy.tpv"
    copy.write_bytes(patients[0].read_bytes())
    with Session(copy, writable=True) as opened:
        with opened.transaction():
            opened.meta.put("pseudonym", "P-017")
        write_export(opened, "video", tmp_path / "v.mp4", frames=(0, 2))
        write_export(opened, "report", tmp_path / "r.pdf", deidentified=True)
    data = (tmp_path / "v.mp4").read_bytes()
    assert b"P-017" in data
    assert b"Anna" not in data
    assert b"P-017" in (tmp_path / "r.pdf").read_bytes()


def test_tiles_show_one_drawing_wherever_a_face_was_seen(patients: tuple[Path, Path]) -> None:
    with Session(patients[0]) as opened:
        tiles = neutral_tiles(opened, "paper")
    shown = [tile.picture for tile in tiles if not tile.stage.unseen]
    assert len(shown) > 3
    assert all(np.array_equal(picture, shown[0]) for picture in shown)
    assert [tile.picture for tile in tiles if tile.stage.unseen] == [None]


@pytest.mark.parametrize(("to", "name"), [("csv", "a.csv"), ("json", "a.json")])
def test_tables_refuse_to_be_deidentified(
    patients: tuple[Path, Path], tmp_path: Path, to: str, name: str
) -> None:
    with Session(patients[0]) as opened, pytest.raises(ParameterError, match="de-identified"):
        write_export(opened, to, tmp_path / name, deidentified=True)
