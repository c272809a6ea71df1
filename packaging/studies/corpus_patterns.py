"""Hold the patterns of a rendered corpus against those of its true stages, also with frames disturbed.

python packaging/studies/corpus_patterns.py OUT TRUE_STAGES.csv

OUT is what `tpviewer corpus` made of it. Both sides are compared by co-occurrence, without letters: the truth
has none. A pattern is one with q <= 0.05 for a label; it is false where it is no more common under this label
among the true temporal prototypes (p > 0.05, one-sided).
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tpviewer.core.comparison import included
from tpviewer.core.pattern_query import parse_pattern
from tpviewer.core.pattern_statistics import label_supports
from tpviewer.core.planted_patterns import SIGNIFICANT, Claim, claims, disturbed, share_found
from tpviewer.core.relations import SequenceStages, find_patterns, sequence_stages
from tpviewer.core.sequence_mining import MiningParams, Pattern
from tpviewer.core.stages import INACTIVE, NO_LOOK, Stage, stage_key, stages_from_states
from tpviewer.export.library import LibraryEntry, listed, read_entry
from tpviewer.store.session import Session

SUPPORT, LONGEST = 0.05, 4
DISTURBED = (0.0, 0.01, 0.05)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="OUT")
    parser.add_argument("truth", type=Path, metavar="TRUE_STAGES.csv")
    options = parser.parse_args()
    named = listed([options.corpus])
    with Session(named[0].path) as session:
        known_aus = set(session.aus)
    stages = true_stages(options.truth, known_aus)
    entries = [(one.name, read_entry(one)) for one in named]
    truth = [sequence_stages(name, entry.label, stages[name], letters=False) for name, entry in entries]
    print(f"{len(truth)} sequences, {len({one.label for one in truth})} labels, support {SUPPORT:.0%}")
    for gaps in (False, True):
        known = claims(find_patterns(truth, params(len(truth), gaps)))
        print(f"\n{'with gaps' if gaps else 'contiguous'}: {len(known)} true patterns")
        for share in DISTURBED:
            rng = np.random.default_rng(0)
            found_in = [spoilt(entry, share, rng) for _, entry in entries]
            found = claims(find_patterns(found_in, params(len(truth), gaps)))
            mean = np.mean([len(one.stages) for one in found_in])
            print(
                f"{share:4.0%} of frames disturbed: {mean:4.1f} stages, {len(found)} patterns,"
                f" {share_found(known, found, gaps):.0%} of the true ones found,"
                f" {share_false(found, truth, gaps):.0%} false"
            )
    return 0


def params(count: int, gaps: bool) -> MiningParams:
    return MiningParams(max(2, round(SUPPORT * count)), LONGEST, gaps)


def true_stages(path: Path, aus: set[str]) -> dict[str, list[Stage]]:
    """Stages by sequence, of the Action Units that the model knows; blinks are in none of them."""
    found: dict[str, list[Stage]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = parse_pattern(row["set"])[0] if row["set"] != "NONE" else ()
            kept = stage_key([(au, NO_LOOK) for au, _ in key if au in aus])
            found.setdefault(row["sequence"], []).append(Stage(int(row["start"]), int(row["stop"]), kept))
    return found


def spoilt(entry: LibraryEntry, share: float, rng: np.random.Generator) -> SequenceStages:
    """Stages of a session by co-occurrence, with a share of its frames disturbed."""
    own = entry.sequence("none").stages
    aus = sorted({au for stage in own for au, _ in stage.key}) or ["AU01"]
    states = np.full((own[-1].stop if own else 0, len(aus)), INACTIVE, np.int16)
    for stage in own:
        states[stage.start : stage.stop, [aus.index(au) for au, _ in stage.key]] = 0
    stages = stages_from_states(disturbed(states, share, rng), aus)
    return sequence_stages(entry.name, entry.label, stages, letters=False)


def share_false(found: Sequence[Claim], truth: Sequence[SequenceStages], gaps: bool) -> float:
    """Share of patterns that the true temporal prototypes of their label do not bear out."""
    patterns = {
        stages: Pattern(
            stages, np.flatnonzero([included(stages, one.prototype, gaps) for one in truth]), False
        )
        for _, stages in found
    }
    spread = label_supports([*patterns.values()], [one.label for one in truth])
    p = {(one.label, s): one.p for s, labels in zip(patterns, spread, strict=True) for one in labels}
    return float(np.mean([p[claim] > SIGNIFICANT for claim in found])) if found else float("nan")


if __name__ == "__main__":
    sys.exit(main())
