"""The engine's side of the camera: one picture in, Action Units out, with a model of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tpviewer.core.errors import TPViewerError
from tpviewer.workers.messages import Live, LiveSeen, Reply

if TYPE_CHECKING:
    from tpviewer.pipeline.live import LiveReader

_LONGEST_REASON = 200


class LiveChild:
    """Answers `Live`; what it needs is made for the first picture and freed by `close`.

    Parameters
    ----------
    send : callable
        Takes each answer.
    """

    def __init__(self, send: Callable[[Reply], None]) -> None:
        self._send = send
        self._reader: LiveReader | None = None
        self._failed: tuple[Path | None, str] | None = None

    def answer(self, request: Live) -> None:
        """Say what is seen in a picture; a model that cannot be used is not tried again until `close`."""
        if self._failed is not None and self._failed[0] == request.model:
            self._send(LiveSeen(request.number, problem=self._failed[1]))
            return
        try:
            face = self._reader_of(request.model).read(request.picture)
        except TPViewerError as error:
            self._give_up(request, str(error))
        except Exception as error:  # shown where the bars are; the recording goes on
            reason = f"{type(error).__name__}: {error}".splitlines()[0][:_LONGEST_REASON]
            self._give_up(request, f"The program made an error ({reason}). Recording goes on.")
        else:
            seen = (None, None) if face is None else (face.box, face.probabilities)
            self._send(LiveSeen(request.number, *seen))

    def close(self) -> None:
        """Free model and detector."""
        self._failed = None
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _reader_of(self, model: Path | None) -> "LiveReader":
        from tpviewer.models.default import default_package_path
        from tpviewer.models.model_package import load_package
        from tpviewer.pipeline.live import LiveReader

        path = model or default_package_path()
        if self._reader is None or self._reader.path != path:
            self.close()
            self._reader = LiveReader(load_package(path))
        return self._reader

    def _give_up(self, request: Live, problem: str) -> None:
        self.close()
        self._failed = (request.model, problem)
        self._send(LiveSeen(request.number, problem=problem))
