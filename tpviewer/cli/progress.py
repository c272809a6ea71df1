"""Progress of an analysis on stderr."""

import sys
from collections.abc import Iterable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from tpviewer.pipeline.progress import Event, Notice, StepProgress

TITLES = {
    "identify": "Opening",
    "faces": "Finding faces",
    "track": "Following the face",
    "neutral": "Finding the neutral face",
    "explain": "Explaining",
    "ground": "Checking regions",
    "cluster": "Clustering",
    "stages": "Deriving stages",
}


class ProgressLine:
    """Shows the events of one or more analyses as a bar; plain lines where stderr is no terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            console=self._console,
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task: TaskID | None = None
        self._step = ""

    def __enter__(self) -> "ProgressLine":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """Print one line above the bar."""
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def follow(self, events: Iterable[Event]) -> None:
        """Iterate an analysis to its end."""
        for event in events:
            if isinstance(event, Notice):
                self.say(event.message)
            else:
                self._show(event)

    def _show(self, event: StepProgress) -> None:
        if self._task is None or event.step != self._step:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._step = event.step
            self._task = self._progress.add_task(TITLES[event.step], total=event.total, rate="")
        self._progress.update(self._task, completed=event.done, rate=_rate(event))


def _rate(event: StepProgress) -> str:
    left = event.seconds_left
    if left is None:
        return ""
    minutes, seconds = divmod(round(left), 60)
    return f"{event.rate:.0f}/s · {minutes}:{seconds:02d} left"
