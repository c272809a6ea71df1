"""A corpus of rendered sequences in the layout of CK+, with what its faces truly do beside it."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tpviewer.core.action_units import au_number
from tpviewer.core.activity import BLINK
from tpviewer.core.errors import MediaError, ParameterError
from tpviewer.core.stages import Stage, stage_label, stages_from_states
from tpviewer.importing.ckplus import EMOTION, EMOTIONS, FACS, IMAGES, TRUTH, truth_file
from tpviewer.store.truth import Truth, read_truth, write_truth
from tpviewer.training.expression_plans import Plan, plan_corpus
from tpviewer.training.face_model import FaceModel
from tpviewer.training.phantom import Studio

TRUE_STAGES = "true_stages.csv"


def render_corpus(
    count: int, model: FaceModel, out: Path, told: Callable[[int], None] = lambda done: None
) -> None:
    """Render sequences that rise from a neutral face to an emotion; those that are there are kept.

    Parameters
    ----------
    count : int
        Number of sequences.
    model : FaceModel
    out : Path
        Gets the folders of CK+, ``Truth`` with the intensities of every frame, and the true stages as CSV.
    told : callable
        Is given the number of sequences done.

    Raises
    ------
    ParameterError
        If `count` is under 1.
    MediaError
        If a file cannot be written.
    """
    if count < 1:
        raise ParameterError(f"--corpus is {count}; give the number of sequences, 1 or more")
    plans = list(plan_corpus(count))
    try:
        for done, plan in enumerate(plans, start=1):
            if not truth_file(out, plan.person, plan.sequence).exists():
                _render(plan, model, out)
            told(done)
        _write_stages(plans, out)
    except OSError as error:
        raise MediaError(
            f"{error.filename or out}: cannot be written ({error.strerror}); make room, or choose another"
            " folder"
        ) from error


def _render(plan: Plan, model: FaceModel, out: Path) -> None:
    """Render one sequence; its truth comes last and says that it is whole."""
    studio = Studio(plan.script, model)
    place, stem = Path(plan.person) / plan.sequence, f"{plan.person}_{plan.sequence}"
    images, last = out / IMAGES / place, f"{stem}_{plan.script.frames:08d}"
    images.mkdir(parents=True, exist_ok=True)
    for frame in range(plan.script.frames):
        (images / f"{stem}_{frame + 1:08d}.png").write_bytes(_png(studio.picture(frame)))
    (truth,) = studio.truths(with_masks=False)
    _write(out / EMOTION / place / f"{last}_emotion.txt", [(EMOTIONS.index(plan.label),)])
    _write(out / FACS / place / f"{last}_facs.txt", _codes(truth))
    file = truth_file(out, plan.person, plan.sequence)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_truth(file, [truth])


def _png(picture: NDArray[np.uint8]) -> bytes:
    _, data = cv2.imencode(".png", picture[:, :, ::-1])
    return bytes(data)


def _codes(truth: Truth) -> list[tuple[int, int]]:
    """FACS codes of the last frame; the gap between the lips has no intensity, which is 0 as in CK+."""
    last, present = truth.intensity[-1], truth.present[-1]
    return [
        (au_number(au), 0 if au == "AU25" else min(5, 1 + int(5 * last[k])))
        for k, au in enumerate(truth.aus)
        if present[k]
    ]


def _write(path: Path, lines: Sequence[tuple[int, ...]]) -> None:
    """Write numbers as the files of CK+ have them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join("".join(f"   {number:.7e}" for number in line) + "\n" for line in lines)
    path.write_text(text, encoding="ascii")


def _true_stages(truth: Truth) -> tuple[Stage, ...]:
    """Stages that a perfect analysis would give, blinks left out as they are in both profiles."""
    staged = [au for au in truth.aus if au != BLINK]
    return stages_from_states(truth.states()[:, [truth.aus.index(au) for au in staged]], staged)


def _write_stages(plans: list[Plan], out: Path) -> None:
    with (out / TRUTH / TRUE_STAGES).open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("sequence", "label", "stage", "start", "stop", "set"))
        for plan in plans:
            (truth,) = read_truth(truth_file(out, plan.person, plan.sequence))
            for number, stage in enumerate(_true_stages(truth)):
                name = f"{plan.person}/{plan.sequence}"
                table.writerow((name, plan.label, number, stage.start, stage.stop, stage_label(stage)))
