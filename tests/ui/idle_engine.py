"""An engine that does nothing of its own: a test says what it replies, and when."""

from tpviewer.workers.engine import EngineDriver
from tpviewer.workers.messages import EngineState, Reply, Request


class IdleEngine(EngineDriver):
    """Takes requests down and replies what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Request | None] = []

    def asked(self, kind: type) -> list[Request | None]:
        return [request for request in self.requests if isinstance(request, kind)]

    def stop(self) -> None:
        from tpviewer.workers.messages import Stop

        self._post(Stop(), self.state)

    def reply(self, reply: Reply) -> None:
        self._on_reply(reply)

    def _post(self, request: Request | None, state: EngineState) -> None:
        self._posted += 1
        self.requests.append(request)
        self._set_state(state)
