"""A corpus gives the same tables wherever it runs and whatever dies, and a failure stops nothing else."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.stub import LAST, SEEN, Frame, analysis, deadly, deadly_remote, remote, write_pictures
from tests.oracle.table1 import table
from tpviewer.core.errors import ParameterError
from tpviewer.core.stages import notation
from tpviewer.corpus.executors import DaskCluster, Executor, LocalProcesses, local_processes
from tpviewer.corpus.layouts import read_layout
from tpviewer.corpus.recording import Recording
from tpviewer.corpus.results import analysed
from tpviewer.corpus.runner import run_corpus
from tpviewer.corpus.table1 import ALL, make_table1
from tpviewer.corpus.tables import write_tables
from tpviewer.corpus.work import Analysis
from tpviewer.importing.ckplus import EMOTION, EMOTIONS, IMAGES
from tpviewer.pipeline.params import Params
from tpviewer.store.corpus import CORPUS_FILE, Corpus, read_corpus
from tpviewer.store.session import Session

TABLES = ("table1.md", "table1.csv", "table1.png", "sequences.csv", "prototypes.csv", CORPUS_FILE)
PARAMS = Params(profile="paper")

SMILE: list[Frame] = [{}, {}, *[{"AU12": 0}] * 9, *[{"AU12": 1}] * 9]
ONLY_SECOND: list[Frame] = [{}, *[{"AU12": 1}] * 9]
CONTENT: dict[str, tuple[str | None, list[Frame]]] = {
    "S005/001": ("happiness", SMILE),
    "S005/002": ("happiness", ONLY_SECOND),
    "S010/001": ("surprise", [{}, {"AU01": 0}, {"AU01": 0}]),
    "S010/002": ("surprise", [{}, {}, {"AU01": 0}, {"AU01": 0, "AU06": 1}]),
    "S010/003": (None, [{}] * 5),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ckplus")
    for name, (label, frames) in CONTENT.items():
        write_pictures(folder / IMAGES / name, frames)
        if label is not None:
            place = folder / EMOTION / name
            place.mkdir(parents=True)
            last = f"{name.replace('/', '_')}_{len(frames):08d}"
            (place / f"{last}_emotion.txt").write_text(f"   {EMOTIONS.index(label):.7e}\n")
    return folder


@pytest.fixture(scope="module")
def recordings(folder: Path) -> tuple[Recording, ...]:
    return read_layout(folder, "ckplus")


def run(
    recordings: tuple[Recording, ...], out: Path, executor: Executor, work: Analysis, **hooks: object
) -> Corpus:
    out.mkdir(exist_ok=True)
    corpus = run_corpus(recordings, "ckplus", out, PARAMS, out, executor, work, **hooks)
    write_tables(corpus, recordings, list(analysed(corpus, recordings, out)), out)
    return corpus


def tables(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in TABLES}


@pytest.fixture(scope="module")
def alone(recordings: tuple[Recording, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, made by one process that nothing disturbs."""
    out = tmp_path_factory.mktemp("alone")
    run(recordings, out, LocalProcesses(1), analysis)
    return out


def lettered(name: str) -> list[frozenset[tuple[str, str]]]:
    """What a perfect method says of each frame: the look that comes first is A."""
    first: dict[str, int] = {}
    return [
        frozenset((au, "A" if look == first.setdefault(au, look) else "B") for au, look in frame.items())
        for frame in CONTENT[name][1]
    ]


def test_table_1_is_that_of_the_pictures(alone: Path, recordings: tuple[Recording, ...]) -> None:
    found = [one.found for one in analysed(read_corpus(alone), recordings, alone)]
    made = make_table1(found, [], published=True)
    slow = table([(label, lettered(name)) for name, (label, _) in CONTENT.items()])
    for label, group in made.columns.items():
        expected = slow["everything" if label == ALL else None if label == "None" else label]
        assert (group.sequences, group.cooccurrence_prototypes, group.prototypes) == (
            *(expected["sequences"], expected["cooccurrence"], expected["clustered"]),
        )
        assert (group.frames, group.stages) == (float(expected["frames"]), float(expected["stages"]))


def test_joint_letters_mean_the_same_everywhere(alone: Path) -> None:
    corpus = read_corpus(alone)
    by_name = {one.name: one.joint for one in corpus.sequences}
    with Session(alone / "S005_002.tpv") as session:
        assert notation(session.stages(profile="paper")) == "(NONE) -> (AU12_A)"
    assert notation(by_name["S005/001"].stages) == "(NONE) -> (AU12_A) -> (AU12_B)"
    assert notation(by_name["S005/002"].stages) == "(NONE) -> (AU12_B)"
    assert by_name["S005/001"].letters == {"AU12": ((2, 11, 0), (11, 20, 1))}
    assert by_name["S010/003"].letters == {}
    assert corpus.looks["AU12"] == 2


def test_two_processes_give_the_same(alone: Path, recordings: tuple[Recording, ...], tmp_path: Path) -> None:
    run(recordings, tmp_path, LocalProcesses(2), analysis)
    assert tables(tmp_path) == tables(alone)


def test_processes_that_are_killed_change_nothing(
    alone: Path, recordings: tuple[Recording, ...], tmp_path: Path
) -> None:
    corpus = run(recordings, tmp_path, LocalProcesses(2), deadly)
    assert sorted((tmp_path / LAST).read_text().split()) == ["S005_002", "S010_002"]
    assert all(one.error is None for one in corpus.sequences)
    assert tables(tmp_path) == tables(alone)


def test_what_is_finished_is_kept_when_the_client_ends(
    alone: Path, recordings: tuple[Recording, ...], tmp_path: Path
) -> None:
    ended = []

    def end_after_two(name: str, event: object, error: str) -> None:
        if event is None:
            ended.append(name)
        if len(ended) == 2:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        run(recordings, tmp_path, LocalProcesses(1), analysis, tell=end_after_two)
    assert len(ended) == 2
    assert not (tmp_path / CORPUS_FILE).exists()
    run(recordings, tmp_path, LocalProcesses(1), analysis)
    pictures = sum(len(frames) for _, frames in CONTENT.values())
    assert len((tmp_path / SEEN).read_text()) <= pictures + max(len(f) for _, f in CONTENT.values())
    assert tables(tmp_path) == tables(alone)


def test_a_failure_is_named_and_the_rest_is_done(
    alone: Path, recordings: tuple[Recording, ...], tmp_path: Path
) -> None:
    lost = replace(recordings[0], path=tmp_path / "gone")
    refused = replace(recordings[1], error="S005/002 is damaged")
    told: dict[str, str] = {}

    def tell(name: str, event: object, error: str) -> None:
        if event is None:
            told[name] = error

    corpus = run((lost, refused, *recordings[2:]), tmp_path, LocalProcesses(1), analysis, tell=tell)
    assert {name: bool(error) for name, error in told.items()} == {
        name: name.startswith("S005") for name in CONTENT
    }
    assert str(tmp_path / "gone") in told["S005/001"]
    assert [one.error for one in corpus.sequences[:2]] == [told["S005/001"], "S005/002 is damaged"]
    rows = (tmp_path / "sequences.csv").read_text().splitlines()
    assert len(rows) == 1 + len(CONTENT)
    assert rows[2].split(",")[4] == "S005/002 is damaged"


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Address of a Dask cluster of two workers."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as running:
        yield running.scheduler_address


@pytest.mark.parametrize("work", [remote, deadly_remote])
@pytest.mark.filterwarnings("default")
def test_a_cluster_gives_the_same_also_when_workers_are_killed(
    alone: Path, recordings: tuple[Recording, ...], tmp_path: Path, cluster: str, work: Analysis
) -> None:
    corpus = run(recordings, tmp_path, DaskCluster(cluster), work)
    assert all(one.error is None for one in corpus.sequences)
    assert (tmp_path / LAST).exists() == (work is deadly_remote)
    assert tables(tmp_path) == tables(alone)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("tpviewer.corpus.executors._PATIENCE_S", 0.5)
    with pytest.raises(ParameterError, match="no Dask scheduler answers"):
        list(DaskCluster("tcp://127.0.0.1:9").run(analysis, []))


def test_memory_and_cores_limit_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tpviewer.corpus.processes.available_memory", lambda: 4_500_000_000)
    monkeypatch.setattr("tpviewer.corpus.executors.cores", lambda: 2)
    assert [local_processes(wanted).workers for wanted in (None, 1, 8)] == [2, 1, 3]
    with pytest.raises(ParameterError, match="--jobs is 0"):
        local_processes(0)
