"""Analyse, stop, and what an analysis is made with."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tpviewer.store.kept import Keep
from tpviewer.ui.analysis_state import AnalysisState
from tpviewer.ui.language import tr
from tpviewer.ui.setup import Setup
from tpviewer.ui.workbench import Workbench
from tpviewer.workers.messages import Explain

if TYPE_CHECKING:
    from tpviewer.pipeline.params import Params


def do_analyse(bench: Workbench) -> None:
    """Analyse the open video, or go on where an analysis was stopped."""
    document = bench.document
    if document is None or bench.analysis.active:
        return
    if document.video is None:
        bench.report(
            tr("The video is not there"),
            tr("{0}: an analysis needs the video; say where it lies").format(document.expected),
        )
        return
    try:
        document.session.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        bench.report(tr("The results cannot be kept"), error)
        return
    bench.run.begin(document, parameters(bench.setup, bench.settings.keep_crops, bench.settings.keep))


def parameters(setup: Setup, keep_crops: bool, keep: Keep) -> "Params":
    """Parameters of an analysis in the window."""
    from tpviewer.pipeline.params import Params  # not before the window shows

    return Params(
        face=setup.face,
        aus=setup.aus,
        neutral=setup.neutral,
        thresholds=setup.thresholds,
        keep_crops=keep_crops,
        keep=keep,
    )


def do_stop(bench: Workbench) -> None:
    """Stop the analysis after the frames in hand; what is done is kept."""
    if bench.analysis.active:
        bench.run.set_state(AnalysisState("stopping"))
        bench.engine.stop()


def do_change_setup(bench: Workbench, **changes: Any) -> None:
    """Change model, face, Action Units, thresholds or neutral face.

    Where results are shown, what must run again does. While an analysis runs nothing is changed.

    Parameters
    ----------
    bench : Workbench
    **changes
        Fields of `Setup`.
    """
    if bench.analysis.active:
        bench.noted.emit(tr("This can be changed once the analysis has stopped."))
        return
    before = bench.setup
    bench.set_setup(replace(before, **changes))
    if bench.setup != before and bench.state.snapshot is not None:
        do_analyse(bench)


def do_choose_model(bench: Workbench, model: Path | None) -> None:
    """Use another model package, from now on and for the open video; None is the bundled one.

    Thresholds and Action Units that were chosen belong to the other model and are let go. While an analysis
    runs, and where it is the model that is used already, nothing is changed.
    """
    if model != bench.settings.model or model != bench.setup.model:
        if not bench.analysis.active:
            bench.settings.model = model
        do_change_setup(bench, model=model, thresholds={}, aus=None)
    bench.setup_changed.emit()  # what was clicked shows what is so


def do_ask_why_not(bench: Workbench, frame: int, au: str) -> str:
    """Ask the model why an Action Unit was not seen in a frame; the answer comes by the engine's signal.

    Returns
    -------
    str
        Why it cannot be asked; empty where it was.
    """
    document, snapshot = bench.document, bench.state.snapshot
    if bench.state.blind:
        return tr("The machine is hidden until you commit.")
    if document is None or document.video is None or snapshot is None:
        return tr("Without the video the model cannot be asked.")
    bench.engine.explain(
        Explain(
            video=document.video,
            session=document.session,
            model=bench.setup.model,
            preset=str(snapshot.provenance["preset"]),
            frame=frame,
            au=au,
        )
    )
    return ""


def do_check_model(path: Path) -> str:
    """Read a model package and say what it is.

    Raises
    ------
    ModelError
        If it cannot be used.
    """
    from tpviewer.models.model_package import load_package

    card = load_package(path).card
    return tr("{0} {1}: {2} Action Units").format(card.name, card.version, len(card.aus))


def do_load_engine(bench: Workbench) -> None:
    """Let the engine load while the user looks at the video."""
    bench.engine.load(bench.settings.model)
