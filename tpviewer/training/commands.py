"""What ``tpviewer train`` and ``tpviewer phantom`` do."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tpviewer.core.errors import ParameterError
from tpviewer.training.au_shapes import AUS
from tpviewer.training.dataset import LabelledCrops, split_by_person

Say = Callable[[str], None]

_FACE_MODEL_HELP = "ICT-FaceKit: the npz of this project's format, or the OBJ folder of its repository"


def add_train_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``tpviewer train``."""
    parser.add_argument("--face-model", type=Path, required=True, metavar="PATH", help=_FACE_MODEL_HELP)
    parser.add_argument(
        "--renders", type=int, default=30_000, metavar="N", help="rendered crops (default 30000)"
    )
    parser.add_argument(
        "--faces", type=Path, metavar="DIR", help="photographs, e.g. in neutral/ and smiling/"
    )
    parser.add_argument("--teacher", type=Path, metavar="FILE", help="MediaPipe's face_landmarker.task")
    parser.add_argument("--minutes", type=float, default=15.0, help="time to fit, after rendering")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", type=Path, default=Path("training"), help="renders and checkpoints; kept")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder of the model package")


def add_phantom_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``tpviewer phantom``."""
    parser.add_argument("out", type=Path, metavar="OUT", help="folder for the videos and their truth")
    parser.add_argument("--face-model", type=Path, required=True, metavar="PATH", help=_FACE_MODEL_HELP)
    parser.add_argument("--script", type=Path, metavar="F", help="TOML script; default: the bundled ones")


def run_phantom(options: argparse.Namespace, say: Say) -> int:
    """Render one script, or the bundled ones."""
    from tpviewer.resources import resource
    from tpviewer.training.face_model import load_face_model
    from tpviewer.training.phantom import render_phantom
    from tpviewer.training.phantom_script import read_script

    scripts = [options.script] if options.script else sorted(resource("phantom").glob("*.toml"))
    parsed = [read_script(path) for path in scripts]
    model = load_face_model(options.face_model)
    options.out.mkdir(parents=True, exist_ok=True)
    for path, script in zip(scripts, parsed, strict=True):
        video = options.out / f"{path.stem}.mp4"
        render_phantom(script, model, video)
        say(f"wrote {video}")
    return 0


def run_train(options: argparse.Namespace, say: Say) -> int:
    """Render, fit, measure and write a model package; every part goes on where it was stopped."""
    from tpviewer.training.fit import FitParams, best_network, fit

    if options.minutes <= 0 or options.renders < 1:
        raise ParameterError("--minutes and --renders must be over 0")
    renders = _renders(options, say)
    training, held_out = split_by_person(renders, 0.05, options.seed)
    photographs = _photographs(options, say)
    sets = [training] + ([photographs[0]] if photographs else [])
    for progress in fit(sets, held_out, options.work / "fit", FitParams(options.minutes, seed=options.seed)):
        say(
            f"{progress.minutes:.1f} of {options.minutes:g} min, step {progress.step},"
            f" loss {progress.loss:.3f}, held-out ROC-AUC {progress.held_out_auc:.3f}"
        )
    _write_package(options, best_network(options.work / "fit"), held_out, photographs, say)
    return 0


def _renders(options: argparse.Namespace, say: Say) -> LabelledCrops:
    from tpviewer.training.render_store import load_chunks, render_chunks

    folder = options.work / "renders"
    for done in render_chunks(options.face_model, folder, options.renders, os.cpu_count() or 1):
        say(f"rendered {done} of {options.renders}")
    loaded = load_chunks(folder, options.renders)
    return LabelledCrops(loaded.crops, loaded.labels, loaded.persons)


def _photographs(options: argparse.Namespace, say: Say) -> tuple[LabelledCrops, LabelledCrops] | None:
    from tpviewer.training.real_faces import read_photographs

    if options.faces is None:
        return None
    data = read_photographs(options.faces, options.teacher)
    say(f"{len(data)} photographs of {len(np.unique(data.persons))} people")
    return split_by_person(data, 0.3, options.seed)


def _write_package(
    options: argparse.Namespace,
    model: object,
    held_out: LabelledCrops,
    photographs: tuple[LabelledCrops, LabelledCrops] | None,
    say: Say,
) -> None:
    from tpviewer.models.model_package import save_package
    from tpviewer.training.card import make_card
    from tpviewer.training.fit import predict
    from tpviewer.training.measure import choose_thresholds, experimental, quality

    logits = predict(model, held_out.crops)
    thresholds = choose_thresholds(held_out.labels, logits)
    measured = {"held-out renders": quality(AUS, held_out.labels, logits, thresholds)}
    if photographs is not None:
        unseen = photographs[1]
        real = quality(AUS, unseen.labels, predict(model, unseen.crops), thresholds)
        measured["held-out people, photographs"] = real
    card = make_card(
        thresholds,
        measured,
        experimental(measured["held-out renders"], AUS),
        f"{options.renders} renders" + (f", {len(photographs[0])} photographs" if photographs else ""),
    )
    save_package(options.out, card, model)
    say(f"wrote {options.out}")
