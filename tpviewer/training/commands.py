"""What ``tpviewer train``, ``tpviewer dataset`` and ``tpviewer phantom`` do."""

import argparse
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tpviewer.core.errors import ParameterError
from tpviewer.models.architectures import ARCHITECTURES
from tpviewer.training.au_shapes import AUS
from tpviewer.training.train_sets import KEPT, RENDERS, Sources, TrainSets, gather

if TYPE_CHECKING:
    from tpviewer.training.fit import FitParams, FitProgress
    from tpviewer.training.taught import Taught

Say = Callable[[str], None]

KINDS = ("ckplus", "disfa", "bp4d", "openface", "pyfeat", "photos")
"""Data sets that ``tpviewer dataset`` reads; `tpviewer.training.readers.READERS` has their readers."""

_COMMITTEE_RATE = 5e-4  # the first of the committee is nearly there
_FACE_MODEL_HELP = "ICT-FaceKit: the npz of this project's format, or the OBJ folder of its repository"


def add_train_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``tpviewer train``."""
    parser.add_argument("--face-model", type=Path, metavar="PATH", help=_FACE_MODEL_HELP)
    parser.add_argument(
        "--renders", type=int, default=30_000, metavar="N", help="rendered crops (default 30000)"
    )
    parser.add_argument(
        "--faces", type=Path, metavar="DIR", help="photographs, e.g. in neutral/ and smiling/"
    )
    parser.add_argument("--teacher", type=Path, metavar="FILE", help="MediaPipe's face_landmarker.task")
    parser.add_argument(
        "--photo-renders",
        type=int,
        default=0,
        metavar="N",
        help="rendered crops of the calm people in --faces (default: none)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        metavar="CSV",
        help="manifest of your own data, see 'tpviewer dataset'; may be given several times",
    )
    parser.add_argument("--architecture", choices=tuple(ARCHITECTURES), default="wide")
    parser.add_argument(
        "--channels",
        type=int,
        choices=(1, 2),
        default=2,
        help="2: the person's neutral face is shown beside each frame (default); 1: it is not used",
    )
    parser.add_argument(
        "--bfloat16",
        action="store_true",
        help="fit in bfloat16: faster on processors that compute in it, slower on others",
    )
    parser.add_argument(
        "--name", default="fit", help="of this fit; fits with other names use the same renders (default fit)"
    )
    parser.add_argument(
        "--committee",
        nargs="+",
        default=[],
        metavar="NAME",
        help="earlier fits of this architecture in the work folder: learn their mean answers, not labels",
    )
    parser.add_argument(
        "--average",
        nargs="+",
        default=[],
        metavar="NAME",
        help="fit nothing: the means of the weights of fits that come from one another, by --committee",
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help="all rendered people have the same folds, and crops are not spoilt: follows renders better, real"
        " faces less",
    )
    parser.add_argument("--minutes", type=float, default=15.0, help="time to fit, after rendering")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", type=Path, default=Path("training"), help="renders and checkpoints; kept")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder of the model package")


def add_dataset_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``tpviewer dataset``."""
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the data set as it was delivered")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="CSV", help="manifest to write")
    parser.add_argument(
        "--every", type=int, default=5, metavar="N", help="take each Nth frame of videos (default 5)"
    )


def add_phantom_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``tpviewer phantom``."""
    parser.add_argument("out", type=Path, metavar="OUT", help="folder for the videos and their truth")
    parser.add_argument("--face-model", type=Path, required=True, metavar="PATH", help=_FACE_MODEL_HELP)
    parser.add_argument("--script", type=Path, metavar="F", help="TOML script; default: the bundled ones")
    parser.add_argument("--photos", type=Path, metavar="DIR", help="photographs that scripts name")
    parser.add_argument(
        "--corpus",
        type=int,
        metavar="N",
        help="render N short sequences of the seven emotions instead, in the layout of CK+; goes on where it"
        " was stopped",
    )


def run_phantom(options: argparse.Namespace, say: Say) -> int:
    """Render one script, the bundled ones, or a corpus."""
    if options.corpus is not None:
        return _run_phantom_corpus(options, say)
    from tpviewer.resources import resource
    from tpviewer.training.face_model import load_face_model
    from tpviewer.training.phantom import render_phantom
    from tpviewer.training.phantom_script import read_script

    scripts = [options.script] if options.script else sorted(resource("phantom").glob("*.toml"))
    parsed = [read_script(path) for path in scripts]
    model = load_face_model(options.face_model)
    options.out.mkdir(parents=True, exist_ok=True)
    for path, script in zip(scripts, parsed, strict=True):
        if not options.script and options.photos is None and any(face.photo for face in script.faces):
            say(f"left out {path.stem}: it shows a photographed person; name the photographs with --photos")
            continue
        video = options.out / f"{path.stem}.mp4"
        render_phantom(script, model, video, photos=options.photos)
        say(f"wrote {video}")
    return 0


def _run_phantom_corpus(options: argparse.Namespace, say: Say) -> int:
    from tpviewer.training.face_model import load_face_model
    from tpviewer.training.phantom_corpus import render_corpus

    if options.script is not None or options.photos is not None:
        raise ParameterError("--corpus has scripts of its own; leave --script and --photos out")
    render_corpus(
        options.corpus,
        load_face_model(options.face_model),
        options.out,
        lambda done: say(f"{done} of {options.corpus} sequences"),
    )
    say(f"wrote {options.out}")
    return 0


def run_dataset(options: argparse.Namespace, say: Say) -> int:
    """Write the manifest of a data set."""
    from tpviewer.training.manifest import write_manifest
    from tpviewer.training.readers import READERS

    if options.every < 1:
        raise ParameterError("--every must be 1 or more")
    manifest = READERS[options.kind](options.folder, options.every)
    write_manifest(options.out, manifest)
    people = len({(entry.dataset, entry.person) for entry in manifest.entries})
    say(f"wrote {options.out}: {len(manifest.entries)} rows, {people} people")
    return 0


def run_train(options: argparse.Namespace, say: Say) -> int:
    """Gather material, fit, measure and write a model package; every part goes on where it was stopped."""
    from tpviewer.training.fit import FitParams, best_network, fit, mean_network
    from tpviewer.training.taught import Taught, joint, read_taught, write_taught

    if options.minutes <= 0 or options.renders < 1 or options.photo_renders < 0:
        raise ParameterError("--minutes and --renders must be over 0, --photo-renders not below 0")
    folder = _fit_folder(options, options.name)
    committee = [_fit_folder(options, name) for name in options.committee]
    if folder in committee:
        raise ParameterError(
            f"--committee {folder.name}: a fit cannot learn from itself; choose another --name"
        )
    if options.average and committee:
        raise ParameterError("--average fits nothing; leave --committee out")
    parts = [_fit_folder(options, name) for name in options.average]
    earlier = [read_taught(member) for member in committee or parts]
    sets = gather(_sources(options), say)
    params = FitParams(
        minutes=options.minutes,
        architecture=options.architecture,
        channels=options.channels,
        shares=tuple(sets.weights),
        bfloat16=options.bfloat16,
        seed=options.seed,
        spoil=not options.plain,
        committee=tuple(str(member / "best.weights.h5") for member in committee),
        rate=_COMMITTEE_RATE if committee else FitParams.rate,
    )
    if parts:
        _write_package(options, mean_network(parts, params), sets, joint(earlier), params, say)
        return 0
    taught = Taught(tuple(sets.material), bool(options.data)).by(earlier)
    for progress in fit(sets.training, sets.measured(), folder, params):
        say(_line(progress))
    write_taught(folder, taught)
    _write_package(options, best_network(folder, params), sets, taught, params, say)
    return 0


def _fit_folder(options: argparse.Namespace, name: str) -> Path:
    """Return the folder of a fit, beside the renders."""
    if not re.fullmatch(r"\w[\w-]*", name) or name.startswith(KEPT):
        raise ParameterError(
            f"--name or --committee {name}: not a name for a fit; take one word, such as 'long'"
        )
    folder: Path = options.work / name
    return folder


def _sources(options: argparse.Namespace) -> Sources:
    return Sources(
        work=options.work,
        face_model=options.face_model,
        renders=options.renders,
        photo_renders=options.photo_renders,
        faces=options.faces,
        teacher=options.teacher,
        manifests=tuple(options.data),
        seed=options.seed,
        jobs=os.cpu_count() or 1,
        vary=not options.plain,
    )


def _line(progress: "FitProgress") -> str:
    areas = " and ".join(f"{area:.3f}" for area in progress.held_out_auc)
    return (
        f"step {progress.step}, {progress.steps_per_second:.1f}/s, {progress.minutes_left:.1f} min left,"
        f" loss {progress.loss:.3f}, held-out ROC-AUC {areas}{' (best)' if progress.best else ''}"
    )


def _write_package(
    options: argparse.Namespace,
    model: Any,
    sets: TrainSets,
    taught: "Taught",
    params: "FitParams",
    say: Say,
) -> None:
    from tpviewer.models.model_package import save_package
    from tpviewer.training.card import make_card
    from tpviewer.training.inputs import predict
    from tpviewer.training.measure import choose_thresholds, experimental, quality

    first = RENDERS if RENDERS in sets.held_out else next(iter(sets.held_out))
    thresholds = choose_thresholds(sets.held_out[first].labels, predict(model, sets.held_out[first]))
    measured = {}
    for name, crops in sets.held_out.items():
        measured[name] = quality(AUS, crops.labels, predict(model, crops), thresholds)
        if params.channels == 2:
            alone = predict(model, crops, use_neutrals=False)
            measured[f"{name}, without a neutral face"] = quality(AUS, crops.labels, alone, thresholds)
    card = make_card(
        thresholds,
        measured,
        experimental(measured[first], AUS),
        taught.material,
        params.architecture,
        params.channels,
        own_data=taught.own_data,
    )
    save_package(options.out, card, model)
    say(f"wrote {options.out}")
