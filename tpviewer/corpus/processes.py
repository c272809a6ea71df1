"""Several analyses at a time, each in a process: one that dies takes no other along."""

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tpviewer.core.errors import TPViewerError

Work = Callable[..., Iterator[Any]]
"""Called with one job's arguments; yields what it tells and returns its result at the end."""

MEMORY_PER_PROCESS = 1_500_000_000
"""Bytes set aside for one analysis: a short one takes 0.8 GB, large frames and many maps take more."""

_PATIENCE_S = 10.0


@dataclass(frozen=True)
class Told:
    """What a job says on its way."""

    job: int
    event: Any


@dataclass(frozen=True)
class Ended:
    """How a job ended: with a result, or with the reason why there is none; `died` with its process."""

    job: int
    result: Any = None
    error: str = ""
    died: bool = False


@dataclass(frozen=True, eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection


def in_processes(
    work: Work, jobs: Sequence[tuple[Any, ...]], workers: int
) -> Generator[Told | Ended, None, None]:
    """Run jobs in processes that are used again, and tell of all of them as they go on.

    Parameters
    ----------
    work : callable
        At the top of a module, so that another process can import it.
    jobs : sequence of tuple
        Arguments of each job.
    workers : int
        Processes at a time.

    Yields
    ------
    Told or Ended
        In the order in which it happens; every job ends exactly once.
    """
    waiting, idle, busy = deque(enumerate(jobs)), list[_Worker](), dict[Any, tuple[_Worker, int]]()
    try:
        while waiting or busy:
            while waiting and len(busy) < workers:
                worker = _alive(idle) or _start(work)
                number, job = waiting.popleft()
                worker.connection.send(job)
                busy[worker.connection] = worker, number
            for connection in wait([*busy]):
                worker, number = busy[connection]
                told = _receive(worker, number)
                yield told
                if isinstance(told, Ended):
                    del busy[connection]
                    if worker.process.is_alive():
                        idle.append(worker)
    finally:
        _end([*idle, *(worker for worker, _ in busy.values())])


def _alive(idle: list[_Worker]) -> _Worker | None:
    while idle:
        worker = idle.pop()
        if worker.process.is_alive():
            return worker
        worker.connection.close()
    return None


def _start(work: Work) -> _Worker:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, work), daemon=True)
    process.start()
    there.close()  # so that its end is seen when the process is gone
    return _Worker(process, here)


def _receive(worker: _Worker, number: int) -> Told | Ended:
    try:
        kind, value = worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join(_PATIENCE_S)
        worker.connection.close()
        return Ended(number, error=_death(worker.process.exitcode), died=True)
    if kind == "told":
        return Told(number, value)
    return Ended(number, value) if kind == "done" else Ended(number, error=value)


def _death(code: int | None) -> str:
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    return (
        f"its process stopped unexpectedly ({how}; memory may have run out: try fewer --jobs); what was done"
        " is kept"
    )


def _end(workers: Sequence[_Worker]) -> None:
    """Let processes go: each notices at its next word, after a batch that it has kept."""
    for worker in workers:
        worker.connection.close()
    for worker in workers:
        worker.process.join(_PATIENCE_S)
        if worker.process.is_alive():
            worker.process.terminate()
            worker.process.join()


def _serve(connection: Connection, work: Work) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process, which then lets go
    with connection, suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            with closing(answers(work, connection.recv())) as told:
                for message in told:
                    connection.send(message)


def answers(work: Work, job: tuple[Any, ...]) -> Generator[tuple[str, Any], None, None]:
    """Run one job: ``told`` with each event, at the end ``done`` with its result or ``failed`` and why."""
    steps = work(*job)
    try:
        while True:
            try:
                event = next(steps)
            except StopIteration as end:
                yield "done", end.value
                return
            except TPViewerError as error:
                yield "failed", str(error)
                return
            except Exception as error:
                yield "failed", f"an error in the program ({type(error).__name__}: {error})"
                return
            yield "told", event
    finally:
        close = getattr(steps, "close", None)
        if close is not None:
            close()


def affordable(wanted: int) -> int:
    """So many of the wanted processes fit into the memory that is free; at least one."""
    free = available_memory()
    return wanted if free is None else max(1, min(wanted, free // MEMORY_PER_PROCESS))


def available_memory() -> int | None:
    """Bytes that programs can take without pushing others out; None where the system does not say."""
    if sys.platform == "win32":
        return _windows_memory()
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        line = next(line for line in lines if line.startswith("MemAvailable:"))
        return 1024 * int(line.split()[1])
    return None


def _windows_memory() -> int | None:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "pages", "free_pages")),
            *((name, ctypes.c_ulonglong) for name in ("virtual", "free_virtual", "extended")),
        )

    status = Status(length=ctypes.sizeof(Status))
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    return int(status.free) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else None
