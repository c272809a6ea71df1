"""What missing labels cost: half of them removed at random, masked in the loss or taken for absent.

    python packaging/studies/missing_labels.py --renders training/renders --n 10000 -o missing_labels.json

trains three networks for each seed on the same renders with the same number of steps, prints a table of their
mean areas under the ROC curve on held-out people, whose labels are complete, and writes it as JSON.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tpviewer.training.dataset import LabelledCrops, split_by_person
from tpviewer.training.fit import FitParams, best_network, fit
from tpviewer.training.inputs import predict
from tpviewer.training.measure import areas_under_roc
from tpviewer.training.render_store import load_chunks

VARIANTS = ("full", "masked", "absent")


def without_half(data: LabelledCrops, seed: int, share: float = 0.5) -> LabelledCrops:
    """Remove a share of the labels, each by chance."""
    removed = np.random.default_rng([seed, 1]).random(data.labels.shape) < share
    return replace(data, labels=np.where(removed, np.int8(-1), data.labels))


def study(
    data: LabelledCrops, seeds: int, params: FitParams, work: Path, console: Console
) -> dict[str, list[float]]:
    """Mean area under the ROC curve of each variant and seed.

    The checkpoint is chosen on people with the same missing labels, the figure comes from others; no fit
    stops early.
    """
    results: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
    for seed in range(seeds):
        training, held_out = split_by_person(data, 0.2, seed)
        choosing, measured = split_by_person(held_out, 0.5, seed)
        for variant in VARIANTS:
            part = training if variant == "full" else without_half(training, seed)
            chosen_by = choosing if variant == "full" else without_half(choosing, seed)
            settings = replace(params, loss_mask=variant != "absent", seed=seed)
            folder = work / f"{variant}-{seed}"
            for progress in fit([part], [chosen_by], folder, settings):
                console.print(f"seed {seed}, {variant}: step {progress.step}, loss {progress.loss:.3f}")
            areas = areas_under_roc(measured.labels, predict(best_network(folder, settings), measured))
            results[variant].append(float(np.nanmean(areas)))
    return results


def main() -> None:
    """Read the command line, study and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--renders", type=Path, required=True, help="folder of 'tpviewer train --work', renders/"
    )
    parser.add_argument("--n", type=int, default=10_000, help="renders to take")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=1500)
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
        params = FitParams(steps=options.steps, patience=10**6, bfloat16=options.bfloat16)
        results = study(data, options.seeds, params, work, console)
    table = Table("labels", *(f"seed {seed}" for seed in range(options.seeds)), "mean", "against full")
    for variant, areas in results.items():
        loss = np.mean(areas) - np.mean(results["full"])
        table.add_row(variant, *(f"{area:.3f}" for area in areas), f"{np.mean(areas):.3f}", f"{loss:+.3f}")
    console.print(table)
    settings = {"renders": options.n, "steps": options.steps, "removed": 0.5}
    options.out.write_text(json.dumps({"settings": settings, "mean_roc_auc": results}, indent=2) + "\n")


if __name__ == "__main__":
    main()
