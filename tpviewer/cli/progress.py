"""Progress of analyses on stderr."""

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
    """Shows the events of one or more analyses, a bar each; plain lines where stderr is no terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            console=self._console,
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._tasks: dict[str, tuple[str, TaskID]] = {}

    def __enter__(self) -> "ProgressLine":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """Print one line above the bars."""
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def follow(self, events: Iterable[Event]) -> None:
        """Iterate an analysis to its end."""
        for event in events:
            self.show(event)

    def show(self, event: Event, name: str = "") -> None:
        """Show one event of the analysis of the video `name`, which is named where there are several."""
        if isinstance(event, Notice):
            self.say(f"{name}: {event.message}" if name else event.message)
        else:
            self._progress.update(self._task(event, name), completed=event.done, rate=_rate(event))

    def end(self, name: str = "") -> None:
        """Take the bar of a video away."""
        _, task = self._tasks.pop(name, ("", None))
        if task is not None:
            self._progress.remove_task(task)

    def _task(self, event: StepProgress, name: str) -> TaskID:
        step, task = self._tasks.get(name, ("", None))
        if task is None or step != event.step:
            self.end(name)
            title = TITLES[event.step]
            task = self._progress.add_task(f"{name}: {title}" if name else title, total=event.total, rate="")
            self._tasks[name] = event.step, task
        return task


def _rate(event: StepProgress) -> str:
    left = event.seconds_left
    if left is None:
        return ""
    minutes, seconds = divmod(round(left), 60)
    return f"{event.rate:.0f}/s · {minutes}:{seconds:02d} left"
