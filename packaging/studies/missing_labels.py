"""What missing labels cost: half of them removed at random, masked in the loss or taken for absent.

    python packaging/studies/missing_labels.py --renders training/renders --n 10000 -o missing_labels.json

trains three networks for each seed on the same renders with the same number of steps, prints a table of their
mean areas under the ROC curve, and mean F1 at a probability of one half, on held-out people, whose labels are
complete, and writes it as JSON. Without half of the labels a batch has twice as many crops, so that a step
learns from as many labels: with fewer a step is noisier, which costs more than the labels themselves.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.metrics import f1_score

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tpviewer.models.architectures import ARCHITECTURES
from tpviewer.training.dataset import LabelledCrops, split_by_person
from tpviewer.training.fit import FitParams, best_network, fit
from tpviewer.training.inputs import predict
from tpviewer.training.measure import areas_under_roc
from tpviewer.training.render_store import load_chunks

VARIANTS = ("full", "masked", "absent")
REMOVED = 0.5


class Figures(NamedTuple):
    """Means over the Action Units."""

    roc_auc: float
    f1: float


def without_half(data: LabelledCrops, seed: int) -> LabelledCrops:
    """Remove half of the labels, each by chance."""
    removed = np.random.default_rng([seed, 1]).random(data.labels.shape) < REMOVED
    return replace(data, labels=np.where(removed, np.int8(-1), data.labels))


def study(
    data: LabelledCrops, seeds: int, params: FitParams, work: Path, console: Console
) -> dict[str, list[Figures]]:
    """Figures of each variant and seed.

    The checkpoint is chosen on people with the same missing labels, the figure comes from others; no fit
    stops early.
    """
    results: dict[str, list[Figures]] = {variant: [] for variant in VARIANTS}
    for seed in range(seeds):
        training, held_out = split_by_person(data, 0.2, seed)
        choosing, measured = split_by_person(held_out, 0.5, seed)
        for variant in VARIANTS:
            part, chosen_by, batch = training, choosing, params.batch
            if variant != "full":
                part, chosen_by = without_half(training, seed), without_half(choosing, seed)
                batch = round(batch / (1 - REMOVED))
            settings = replace(params, loss_mask=variant != "absent", seed=seed, batch=batch)
            folder = work / f"{variant}-{seed}"
            for progress in fit([part], [chosen_by], folder, settings):
                console.print(f"seed {seed}, {variant}: step {progress.step}, loss {progress.loss:.3f}")
            results[variant].append(figures(measured, predict(best_network(folder, settings), measured)))
    return results


def figures(data: LabelledCrops, logits: NDArray[np.float32]) -> Figures:
    """Measure logits (n, K) of labelled crops."""
    labelled = [data.labels[:, k] >= 0 for k in range(data.labels.shape[1])]
    scores = [
        f1_score(data.labels[there, k] == 1, logits[there, k] > 0, zero_division=0.0)
        for k, there in enumerate(labelled)
    ]
    return Figures(float(np.nanmean(areas_under_roc(data.labels, logits))), float(np.mean(scores)))


def table(results: dict[str, list[Figures]], measure: str) -> Table:
    """One measure of every variant and seed."""
    values = {variant: [getattr(one, measure) for one in found] for variant, found in results.items()}
    seeds = range(len(values["full"]))
    shown = Table("labels", *(f"seed {seed}" for seed in seeds), "mean", "against full", title=measure)
    for variant, found in values.items():
        loss = np.mean(found) - np.mean(values["full"])
        shown.add_row(variant, *(f"{one:.3f}" for one in found), f"{np.mean(found):.3f}", f"{loss:+.3f}")
    return shown


def main() -> None:
    """Read the command line, study and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--renders", type=Path, required=True, help="folder of 'tpviewer train --work', renders/"
    )
    parser.add_argument("--n", type=int, default=10_000, help="renders to take")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--architecture", choices=list(ARCHITECTURES), default="small")
    parser.add_argument("--bfloat16", action="store_true", help="as in 'tpviewer train'")
    parser.add_argument(
        "--work", type=Path, help="checkpoints, to go on after a stop; default: none are kept"
    )
    parser.add_argument("-o", "--out", type=Path, required=True, help="JSON to write")
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        data = load_chunks(options.renders, options.n)
        params = FitParams(
            steps=options.steps,
            patience=10**6,
            architecture=options.architecture,
            bfloat16=options.bfloat16,
        )
        results = study(data, options.seeds, params, work, console)
    told = {
        "settings": {
            **{"renders": options.n, "steps": options.steps, "removed": REMOVED},
            "architecture": options.architecture,
        }
    }
    for measure in Figures._fields:
        console.print(table(results, measure))
        told[f"mean_{measure}"] = {
            variant: [getattr(one, measure) for one in found] for variant, found in results.items()
        }
    options.out.write_text(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
