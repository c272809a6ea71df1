"""What the window and the engine say to each other; every message can be pickled and none needs Qt."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tpviewer.pipeline.progress import StepProgress

if TYPE_CHECKING:
    from tpviewer.core.curation import Operation
    from tpviewer.pipeline.params import Params

Task = Literal["load", "analyse", "explain", "curate"]
"""What the engine can be asked to do; each ends with exactly one reply of `ENDS` or a `Failed`."""


class EngineState(Enum):
    """What the engine is doing, as the window shows it."""

    OFF = "off"
    LOADING = "loading"
    READY = "ready"
    BUSY = "busy"
    CRASHED = "crashed"


@dataclass(frozen=True)
class Failure:
    """Why a task did not come to its end.

    Attributes
    ----------
    kind : {'input', 'internal', 'crash'}
        Something the user can mend, an error in the program, or the engine's process died.
    message : str
        One plain sentence or two: what was wrong and what to do.
    detail : str
        Traceback or last words of the process, for a report; no image data.
    during : Task or None
        What was being done, None where the engine died idle.
    session : Path or None
        The session that it was done to.
    """

    kind: Literal["input", "internal", "crash"]
    message: str
    detail: str = ""
    during: Task | None = None
    session: Path | None = None


@dataclass(frozen=True)
class Load:
    """Import TensorFlow and build a model, so that what follows need not wait for it.

    Attributes
    ----------
    model : Path or None
        Model package, None for the bundled one.
    """

    model: Path | None = None


@dataclass(frozen=True)
class Analyse:
    """Run the steps that are missing in a session; see `tpviewer.pipeline.analyze.analyze`."""

    video: Path
    session: Path
    params: "Params"
    model: Path | None = None


@dataclass(frozen=True)
class Explain:
    """Relevance of one Action Unit in one frame, active or not; it is not stored.

    Attributes
    ----------
    video, session : Path
    model : Path or None
        The one the session was analysed with.
    preset : str
        LRP preset.
    frame : int
    au : str
    """

    video: Path
    session: Path
    model: Path | None
    preset: str
    frame: int
    au: str


@dataclass(frozen=True)
class Curate:
    """Overrule clusters, or take that back; see `tpviewer.pipeline.curate.apply`."""

    session: Path
    operation: "Operation"
    author: str


@dataclass(frozen=True, eq=False)
class Live:
    """Where is the face in a picture of the camera, and how likely is each Action Unit?

    No task: it is passed on only to an engine that runs, and answered by `LiveSeen` between the batches of an
    analysis too. The next one is to be asked after the answer, so that nothing ever waits.

    Attributes
    ----------
    number : int
        Comes back with the answer.
    picture : (H, W, 3) uint8
        RGB.
    model : Path or None
        Model package, None for the bundled one.
    """

    number: int
    picture: NDArray[np.uint8]
    model: Path | None = None


@dataclass(frozen=True)
class EndLive:
    """The camera is off: free what answered `Live`."""


@dataclass(frozen=True)
class Stop:
    """End the analysis after the batch in work; what is committed stays."""


@dataclass(frozen=True)
class Quit:
    """Stop, and end the engine."""


@dataclass(frozen=True)
class Loading:
    """TensorFlow or a model is being loaded."""


@dataclass(frozen=True)
class Ready:
    """TensorFlow and a model are loaded.

    Attributes
    ----------
    seconds : float
        How long that took.
    """

    seconds: float


@dataclass(frozen=True)
class Progress:
    """A step of the analysis has committed a batch."""

    event: StepProgress


@dataclass(frozen=True)
class Told:
    """A notice of the analysis to the user."""

    message: str


@dataclass(frozen=True)
class Committed:
    """New data is in the session; said at most four times a second, and before every end."""


@dataclass(frozen=True)
class Finished:
    """An analysis ran to its end."""


@dataclass(frozen=True)
class Stopped:
    """An analysis was stopped as asked."""


@dataclass(frozen=True)
class Failed:
    """A task was given up."""

    failure: Failure


@dataclass(frozen=True, eq=False)
class Explained:
    """The answer to `Explain`.

    Attributes
    ----------
    session : Path
    frame : int
    au : str
    relevance : (H, W) float32
        Signed.
    """

    session: Path
    frame: int
    au: str
    relevance: NDArray[np.float32]


@dataclass(frozen=True)
class Curated:
    """A curation is in the session."""


@dataclass(frozen=True, eq=False)
class LiveSeen:
    """The answer to `Live`.

    Attributes
    ----------
    number : int
    box : (float, float, float, float) or None
        x, y, width and height of the face as shares of the picture's width and height; None without a face.
    probabilities : (K,) float32 or None
        Per Action Unit, in the model's order.
    problem : str
        Why there is no answer; empty if there is one.
    """

    number: int
    box: tuple[float, float, float, float] | None = None
    probabilities: NDArray[np.float32] | None = None
    problem: str = ""


Request = Load | Analyse | Explain | Curate | Live | EndLive | Stop | Quit
Reply = (
    Loading
    | Ready
    | Progress
    | Told
    | Committed
    | Finished
    | Stopped
    | Failed
    | Explained
    | Curated
    | LiveSeen
)

ASKS: dict[type[Request], Task] = {Load: "load", Analyse: "analyse", Explain: "explain", Curate: "curate"}
"""The task that a request begins; `Live`, `EndLive`, `Stop` and `Quit` begin none."""

ENDS: dict[type[Reply], Task] = {
    Ready: "load",
    Finished: "analyse",
    Stopped: "analyse",
    Explained: "explain",
    Curated: "curate",
}
"""The task that a reply ends."""
