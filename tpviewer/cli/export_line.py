"""Progress of an export on stderr."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from tpviewer.export.progress import ExportProgress


class ExportLine:
    """A bar while an export takes its time; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self._progress = Progress(
            *(TextColumn("Exporting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def follow(self, progress: ExportProgress) -> bool:
        """Show how far it is; it always goes on (Ctrl+C stops it)."""
        if self._task is None:
            self._task = self._progress.add_task("", total=progress.total)
        self._progress.update(self._task, completed=progress.done)
        return True
