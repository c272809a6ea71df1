"""``tpviewer corpus``: a corpus of labelled sequences through the pipeline, and Table 1 of the paper."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tpviewer.cli.analyze import make_folder
from tpviewer.cli.options import Commands, add_analysis_options, resolved_params
from tpviewer.cli.progress import ProgressLine
from tpviewer.cli.width import printed_width
from tpviewer.core.errors import ParameterError
from tpviewer.corpus.executors import DaskCluster, Executor, LocalProcesses, local_processes
from tpviewer.corpus.layouts import LAYOUTS, read_layout
from tpviewer.corpus.recording import Recording
from tpviewer.corpus.results import analysed
from tpviewer.corpus.runner import run_corpus
from tpviewer.corpus.table1 import Table1
from tpviewer.corpus.tables import notes, write_tables
from tpviewer.corpus.work import Analysis, analyze_remotely, analyze_sequence
from tpviewer.pipeline.params import Params
from tpviewer.pipeline.progress import Event
from tpviewer.store.corpus import Corpus

DONE, FAILED = 0, 1


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser(
        "corpus",
        help="analyse a corpus of labelled sequences; Table 1, prototypes, joint letters",
        description="Analyse every sequence of a corpus, with the profile 'paper' unless another is named."
        " The same command goes on where it was stopped.",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="the corpus")
    parser.add_argument(
        "--layout",
        choices=tuple(LAYOUTS),
        required=True,
        help="'ckplus': cohn-kanade-images, Emotion and FACS; 'folders': videos and folders of images, in"
        " sub-folders that are their labels",
    )
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder for sessions and tables")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="sequences at a time, as far as 1.5 GB are free for each; default: one a core",
    )
    where.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="Dask scheduler whose workers do it, for example tcp://192.168.0.5:8786; DIR, -o and --model lie"
        " in a folder that all of them share",
    )
    add_analysis_options(parser)
    parser.set_defaults(run=run, profile="paper")


def run(options: argparse.Namespace) -> int:
    """Analyse what is missing and write the tables; a sequence that fails is named and stops no other."""
    executor, analysis = _where(options)
    recordings = read_layout(options.folder, options.layout)
    params = resolved_params(options)
    make_folder(options.out)
    with ProgressLine() as line:
        corpus = _followed(line, recordings, options, params, executor, analysis)
    found = list(analysed(corpus, recordings, options.out))
    if not found:
        raise ParameterError(f"{options.folder}: no sequence could be analysed; the reasons are above")
    table = write_tables(corpus, recordings, found, options.out)
    _print(table, [*table.notes(), *notes(corpus, found), f"Tables are in {options.out}."])
    return FAILED if any(one.error for one in corpus.sequences) else DONE


def _where(options: argparse.Namespace) -> tuple[Executor, Analysis]:
    if options.scheduler is not None:
        return DaskCluster(options.scheduler), analyze_remotely
    return local_processes(options.jobs), analyze_sequence


def _followed(
    line: ProgressLine,
    recordings: Sequence[Recording],
    options: argparse.Namespace,
    params: Params,
    executor: Executor,
    analysis: Analysis,
) -> Corpus:
    """Run the corpus, telling of it."""
    ended = 0

    def tell(name: str, event: Event | None, error: str) -> None:
        nonlocal ended
        if event is not None:
            line.show(event, name)
            return
        ended += 1
        line.end(name)
        line.say(f"failed: {error}" if error else f"{ended} of {len(recordings)}: {name}")

    if isinstance(executor, LocalProcesses) and options.jobs and executor.workers < options.jobs:
        line.say(f"--jobs {options.jobs}: the free memory is enough for {executor.workers} at a time")
    for one in recordings:
        if one.warning:
            line.say(one.warning)
    return run_corpus(
        recordings, options.layout, options.out, params, options.model, executor, analysis, tell
    )


def _print(table: Table1, told: Sequence[str]) -> None:
    """Table 1 and its notes on stdout."""
    console = Console(width=printed_width(200))
    shown = Table(box=None, pad_edge=False)
    shown.add_column("")
    for name in table.columns:
        shown.add_column(name, justify="right")
    for row, source, texts in table.lines():
        quiet = None if source == "found" else "dim"
        shown.add_row(row.title if source == "found" else f"  {source}", *texts.values(), style=quiet)
    console.print(shown)
    for note in told:
        console.print(note, markup=False, highlight=False, soft_wrap=True)
