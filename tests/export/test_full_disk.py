"""A disk that fills up while something is written: said by name, and what was there before stays whole."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.export.made_session import make_session, states_of
from tests.fuzz.sessions import FRAMES, finished
from tests.media.clips import make_clip
from tpviewer.store.session import Session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sets a limit of this system")
EXPORTS = {
    "csv": "a.csv",
    "json": "a.json",
    "figure": "a.pdf",
    "video": "a.mp4",
    "report": "a.pdf",
    "fex": "a.csv",
    "eaf": "a.eaf",
    "nova": "a.annotation",
    "boris": "a.csv",
    "virelay": "a.yaml",
}
MOST_BYTES = 300
"""A file may have; stands for a disk that is full."""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("session")
    video = make_clip(folder / "video.mp4", FRAMES)
    return finished(make_session(folder / "session.tpv", video, states_of(FRAMES, 12)))


def on_a_full_disk(code: str, most: int) -> str:
    """Run code with the names `Path` and `full`, which no file may grow beyond; return what it prints."""
    given = f"""
        import resource, signal
        from pathlib import Path
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        full = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
    """
    whole = textwrap.dedent(given) + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_export_spoils_what_was_there(session: Path, tmp_path: Path) -> None:
    for to, name in EXPORTS.items():
        (tmp_path / to).mkdir()
        (tmp_path / to / name).write_bytes(b"before")
    told = on_a_full_disk(
        f"""
        from tpviewer.core.errors import TPViewerError
        from tpviewer.export.formats import write_export
        from tpviewer.store.session import Session
        full()
        for to, name in {EXPORTS!r}.items():
            with Session(Path({str(session)!r})) as session:
                try:
                    write_export(session, to, Path({str(tmp_path)!r}) / to / name)
                except TPViewerError as error:
                    print(to, error)
        """,
        MOST_BYTES,
    )
    lines = told.splitlines()
    assert [line.split()[0] for line in lines] == [*EXPORTS]
    for line, (to, name) in zip(lines, EXPORTS.items(), strict=True):
        assert f"{tmp_path / to}" in line
        assert "cannot be written" in line
        assert [path.name for path in (tmp_path / to).iterdir()] == [name]
        assert (tmp_path / to / name).read_bytes() == b"before"


def test_a_session_keeps_what_was_acknowledged(session: Path, tmp_path: Path) -> None:
    path = tmp_path / "full.tpv"
    path.write_bytes(session.read_bytes())
    told = on_a_full_disk(
        f"""
        from tests.store.judged import at, place
        from tpviewer.core.errors import SessionError
        from tpviewer.store.session import Session
        done = 0
        full()
        try:
            with Session(Path({str(path)!r}), writable=True) as session:
                for number in range(10_000):
                    start = number % 39
                    place(session, "Dr. Full", at(start, start + 1, note="x" * 200))
                    done += 1
        except SessionError as error:
            print(error)
        print(done)
        """,
        path.stat().st_size + 100_000,
    )
    problem, done = told.splitlines()
    assert "full.tpv" in problem
    assert "what was done is kept" in problem
    with Session(path, writable=True) as again:
        kept = [entry for entry in again.reviews.log() if entry.reviewer == "Dr. Full"]
        assert len(kept) >= int(done) > 5
        assert again.reviews.judgements("Dr. Weber")
    assert list(tmp_path.iterdir()) == [path]
