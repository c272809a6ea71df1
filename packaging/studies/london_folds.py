"""Smiles of real people nobody trained on: five folds by person, held-out AU12 scores pooled.

    python packaging/studies/london_folds.py --faces ../shared/data/faces/london --renders training/renders \
        --n 10000 --start training/fit/best.weights.h5 -o london_folds.json

fits five networks, each from the same starting weights, on the renders and the photographs of four fifths of
the people, and scores the last fifth's neutral and smiling photographs. The starting weights must never have
seen these people, neither as photographs nor as photographic renders: start from a fit on renders alone. The
longer that was, the more of it holds for renders only: five minutes are better here than an hour. The
photographs are shown and scored without a neutral face, which would be the very picture that is to be told
apart; the renders keep theirs. With `--photo-renders` photographic renders are learnt from too, in each fold
without those of its people and of composite faces, which may have their features.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tpviewer.training.au_shapes import AUS
from tpviewer.training.dataset import LabelledCrops
from tpviewer.training.evaluate_sets import photograph_set
from tpviewer.training.fit import FitParams, best_network, fit
from tpviewer.training.inputs import predict
from tpviewer.training.measure import quality
from tpviewer.training.photo_crops import person_number
from tpviewer.training.real_faces import photograph_person, photographs_in
from tpviewer.training.render_store import load_chunks

AU = "AU12"
COMPOSITES = ("f", "m")
"""Whom the names of composite faces begin with, up to the first underscore."""


def folds_of(persons: NDArray[np.int64], folds: int, seed: int) -> NDArray[np.int64]:
    """Fold of each crop, shape (n,): all crops of a person are in one."""
    people = np.random.default_rng(seed).permutation(np.unique(persons))
    fold = {person: number % folds for number, person in enumerate(people.tolist())}
    return np.array([fold[person] for person in persons.tolist()], np.int64)


def without(photo_renders: LabelledCrops, faces: Path, tested: NDArray[np.int64]) -> LabelledCrops:
    """Photographic renders of none of the tested people, and of no composite face."""
    seen = {*tested.tolist()}
    names = {path.stem.split("_")[0] for path in photographs_in(faces) if photograph_person(path) in seen}
    unwanted = [person_number(name) for name in (*names, *COMPOSITES)]
    return photo_renders.part(~np.isin(photo_renders.persons, unwanted))


def batch_shares(photographs: float, *, photo_renders: bool) -> tuple[float, ...]:
    """Shares of a batch: renders, photographic renders where there are any, photographs."""
    others = (0.625, 0.375) if photo_renders else (1.0,)
    return (*((1 - photographs) * other for other in others), photographs)


def held_out_scores(
    photographs: LabelledCrops,
    renders: Callable[[NDArray[np.int64]], Sequence[LabelledCrops]],
    params: FitParams,
    start: Path | None,
    work: Path,
    folds: int,
    console: Console,
) -> NDArray[np.float32]:
    """Logits, shape (n, K), of each photograph by a network that has not seen its person.

    `renders` gives the sets that may be learnt from where some people are tested.
    """
    fold = folds_of(photographs.persons, folds, params.seed)
    scores = np.full(photographs.labels.shape, np.nan, np.float32)
    for number in range(folds):
        training, tested = photographs.part(fold != number), fold == number
        folder = work / f"fold-{number}"
        sets = [*renders(np.unique(photographs.persons[tested])), training]
        for progress in fit(sets, [], folder, params, start):
            console.print(f"fold {number}: step {progress.step}, loss {progress.loss:.3f}")
        network = best_network(folder, params)
        scores[tested] = predict(network, photographs.part(tested), use_neutrals=False)
    return scores


def result(photographs: LabelledCrops, scores: NDArray[np.float32]) -> dict[str, Any]:
    """Area under the ROC curve of AU12 over the pooled scores, with its interval over people."""
    column = [AUS.index(AU)]
    found = quality((AU,), photographs.labels[:, column], scores[:, column], (0.5,), photographs.persons)
    return found[AU]


def main() -> None:
    """Read the command line, fit the folds and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--faces", type=Path, required=True, help="folder with neutral/ and smiling/")
    parser.add_argument(
        "--renders", type=Path, required=True, help="folder of 'tpviewer train --work', renders/"
    )
    parser.add_argument("--n", type=int, default=10_000, help="renders to take")
    parser.add_argument("--photo-renders", type=Path, help="photo-renders-… of 'tpviewer train --work'")
    parser.add_argument("--photo-n", type=int, default=12_000, help="photographic renders to take")
    parser.add_argument("--start", type=Path, help="best.weights.h5 of a fit on renders alone")
    parser.add_argument("--steps", type=int, default=300, help="of each fold")
    parser.add_argument("--rate", type=float, default=3e-4, help="highest learning rate")
    parser.add_argument("--channels", type=int, choices=(1, 2), default=2)
    parser.add_argument("--architecture", default="small")
    parser.add_argument("--share", type=float, default=0.9, help="of the photographs in a batch")
    parser.add_argument("--bfloat16", action="store_true", help="as in 'tpviewer train'")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", type=Path, default=Path("london_folds"), help="checkpoints; kept")
    parser.add_argument("-o", "--out", type=Path, required=True, help="JSON to write")
    options = parser.parse_args()
    params = FitParams(
        steps=options.steps,
        rate=options.rate,
        channels=options.channels,
        architecture=options.architecture,
        bfloat16=options.bfloat16,
        shares=batch_shares(options.share, photo_renders=options.photo_renders is not None),
        patience=10**6,
        seed=options.seed,
    )
    photographs = photograph_set(options.faces).data
    photographs = replace(photographs, neutrals=np.zeros_like(photographs.neutrals))
    rendered = load_chunks(options.renders, options.n)
    from_photos = options.photo_renders and load_chunks(options.photo_renders, options.photo_n)

    def renders(tested: NDArray[np.int64]) -> Sequence[LabelledCrops]:
        return [rendered, without(from_photos, options.faces, tested)] if from_photos else [rendered]

    console = Console()
    scores = held_out_scores(
        photographs, renders, params, options.start, options.work, options.folds, console
    )
    found = result(photographs, scores)
    options.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    low, high = found["roc_auc_95"]
    console.print(
        f"{AU}, {found['persons']} people: ROC-AUC {found['roc_auc']:.3f} (95 % {low:.3f} to {high:.3f})"
    )


if __name__ == "__main__":
    main()
