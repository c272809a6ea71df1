"""``tpviewer bench mining``: how fast patterns are found, and whether they are those that are there."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from tpviewer.cli.options import Commands
from tpviewer.core.absorption import absorb
from tpviewer.core.errors import ParameterError
from tpviewer.core.planted_patterns import (
    AUS,
    RATE,
    DrawnCorpus,
    claims,
    disturbed,
    drawn_corpus,
    share_astray,
    share_found,
)
from tpviewer.core.relations import SequenceStages, find_patterns, sequence_stages
from tpviewer.core.sequence_mining import MiningParams, closed_patterns
from tpviewer.core.stages import Stage, stages_from_states
from tpviewer.core.timeline_params import TimelineParams

LARGE, LARGE_STAGES, LARGE_SUPPORT = 10_000, 20, 0.1
_SUPPORT = 0.05  # a label has a seventh of the sequences
_LONGEST = 4  # stages of a pattern; the planted ones have three


@dataclass(frozen=True)
class Row:
    """Patterns found in drawn sequences with known ones.

    Attributes
    ----------
    disturbed : float
        Share of the frames in which one Action Unit is wrong.
    stages : str
        ``raw``, or ``absorbed`` where short ones were taken into their neighbours as the steady profile does.
    gaps : bool
    mean_stages : float
        Of a sequence.
    patterns, significant : int
        Closed patterns, and pairs of pattern and label with q at most 0.05.
    found : float
        Share of the planted sub-sequences that a significant pattern of their label includes.
    astray : float or None
        Share of the significant ones that mostly occur where nothing was planted.
    by_chance : int
        Significant ones when labels are dealt out anew.
    """

    disturbed: float
    stages: str
    gaps: bool
    mean_stages: float
    patterns: int
    significant: int
    found: float
    astray: float | None
    by_chance: int


@dataclass(frozen=True)
class Timing:
    """One search in many temporal prototypes.

    Attributes
    ----------
    prototypes, stages, patterns : int
    gaps : bool
    wall_s, cpu_s : float
    """

    prototypes: int
    stages: int
    patterns: int
    gaps: bool
    wall_s: float
    cpu_s: float


def add_to(commands: Commands) -> None:
    """Add this benchmark's arguments."""
    parser = commands.add_parser("mining", help="common sub-sequences: planted ones found, and speed")
    parser.add_argument("--sequences", type=int, default=350, metavar="N")
    parser.add_argument("--disturb", type=float, nargs="+", default=[0.0, 0.01, 0.05], metavar="SHARE")
    large = f"time {LARGE:,} temporal prototypes of {LARGE_STAGES} stages too"
    parser.add_argument("--large", action="store_true", help=large)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    if options.sequences < 14:
        raise ParameterError(f"--sequences {options.sequences}: seven labels need 14 sequences or more")
    if any(not 0 <= share <= 1 for share in options.disturb):
        raise ParameterError("--disturb: write shares from 0 to 1, such as 0.05")
    corpus = drawn_corpus(options.sequences)
    cases = [(share, gaps) for share in options.disturb for gaps in (False, True)]
    rows = [row for share, gaps in cases for row in measured(corpus, share, gaps)]
    timings = [timed(gaps) for gaps in (False, True)] if options.large else []
    if options.json:
        told = {"planted": [asdict(row) for row in rows], "timing": [asdict(one) for one in timings]}
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
    else:
        _print(rows, timings)
    return 0


def measured(corpus: DrawnCorpus, share: float, gaps: bool) -> tuple[Row, Row]:
    """Disturb a share of the frames, and look for patterns in raw and in absorbed stages."""
    rng = np.random.default_rng(0)
    raw = [stages_from_states(disturbed(states, share, rng), AUS) for states in corpus.states]
    absorbed = [*map(_absorbed, raw)]
    return _row(corpus, raw, share, "raw", gaps), _row(corpus, absorbed, share, "absorbed", gaps)


def _absorbed(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    bounds = np.arange(stages[-1].stop + 1) / RATE
    return absorb(tuple(stages), bounds, TimelineParams.steady().min_stage_s)


def _row(corpus: DrawnCorpus, stages: Sequence[Sequence[Stage]], share: float, name: str, gaps: bool) -> Row:
    sequences = _labelled(stages, corpus.labels)
    params = MiningParams(max(2, round(_SUPPORT * len(sequences))), _LONGEST, gaps)
    patterns = find_patterns(sequences, params)
    found = claims(patterns)
    dealt = np.random.default_rng(1).permutation(np.array(corpus.labels)).tolist()
    astray = share_astray(corpus, sequences, found, gaps)
    return Row(
        disturbed=share,
        stages=name,
        gaps=gaps,
        mean_stages=float(np.mean([len(one.stages) for one in sequences])),
        patterns=len(patterns),
        significant=len(found),
        found=share_found(corpus.planted, found, gaps),
        astray=None if np.isnan(astray) else astray,
        by_chance=len(claims(find_patterns(_labelled(stages, dealt), params))),
    )


def _labelled(stages: Sequence[Sequence[Stage]], labels: Sequence[str]) -> list[SequenceStages]:
    pairs = zip(stages, labels, strict=True)
    return [sequence_stages(str(number), label, some) for number, (some, label) in enumerate(pairs)]


def timed(gaps: bool, count: int = LARGE) -> Timing:
    """Find patterns in many drawn temporal prototypes of equal length."""
    rng = np.random.default_rng(0)
    pieces = [[stage.key for stage in stages_from_states(one, AUS)] for one in drawn_corpus(1000).states]
    shortest = min(map(len, pieces))
    drawn = rng.integers(len(pieces), size=(count, -(-LARGE_STAGES // shortest)))
    cut = [[key for number in some for key in pieces[number]][:LARGE_STAGES] for some in drawn]
    params = MiningParams(round(LARGE_SUPPORT * len(cut)), gaps=gaps)
    wall, cpu = time.perf_counter(), time.process_time()
    found = sum(1 for _ in closed_patterns(cut, params))
    return Timing(
        *(len(cut), LARGE_STAGES, found, gaps), time.perf_counter() - wall, time.process_time() - cpu
    )


def _print(rows: Sequence[Row], timings: Sequence[Timing]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("frames disturbed", "stages", "patterns with"):
        table.add_column(title)
    for title in ("stages each", "patterns", "significant", "planted found", "astray", "labels dealt anew"):
        table.add_column(title, justify="right")
    for row in rows:
        table.add_row(
            *(
                f"{row.disturbed:.0%}",
                row.stages,
                "gaps" if row.gaps else "no gaps",
                f"{row.mean_stages:.1f}",
            ),
            *(str(row.patterns), str(row.significant), f"{row.found:.0%}"),
            *("–" if row.astray is None else f"{row.astray:.1%}", str(row.by_chance)),
        )
    console = Console(width=140, highlight=False)
    console.print(table)
    for one in timings:
        how = "with gaps" if one.gaps else "contiguous"
        console.print(
            f"{one.prototypes:,} temporal prototypes of {one.stages} stages, {how}: {one.patterns:,} closed"
            f" patterns in {one.wall_s:.1f} s ({one.cpu_s:.1f} s of one core)"
        )
