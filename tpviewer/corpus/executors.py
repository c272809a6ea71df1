"""Where the analyses of a corpus run: processes of this machine, or a Dask cluster with a shared folder."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tpviewer import __version__
from tpviewer.core.errors import ParameterError
from tpviewer.core.processors import cores
from tpviewer.corpus.processes import Ended, Told, Work, affordable, answers, in_processes

_TRIES = 3
"""Processes that a job may take down with it before it is given up."""


_PATIENCE_S = 30.0


class Executor(Protocol):
    """Runs jobs somewhere."""

    def run(self, work: Work, jobs: Sequence[tuple[Any, ...]]) -> Iterator[Told | Ended]:
        """Run jobs, telling of all of them in the order in which it happens; every job ends exactly once.

        `work` lies at the top of a module, so that another process can import it. Where several times the
        process of a job dies with it, the job ends with an error.
        """
        ...


@dataclass(frozen=True)
class LocalProcesses(Executor):
    """Processes of this machine, `workers` at a time."""

    workers: int

    def run(self, work: Work, jobs: Sequence[tuple[Any, ...]]) -> Iterator[Told | Ended]:
        """See `Executor.run`."""
        numbers = list(range(len(jobs)))
        for left in reversed(range(_TRIES)):
            died = []
            with closing(in_processes(work, [jobs[number] for number in numbers], self.workers)) as running:
                for told in running:
                    number = numbers[told.job]
                    if isinstance(told, Ended) and told.died and left:
                        died.append(number)
                    else:
                        yield replace(told, job=number)
            numbers = died


def local_processes(wanted: int | None) -> LocalProcesses:
    """As many processes as asked for, by default one a core, as far as memory is free for each.

    Raises
    ------
    ParameterError
        If fewer than one are asked for.
    """
    if wanted is not None and wanted < 1:
        raise ParameterError(f"--jobs is {wanted}; give 1 or more")
    return LocalProcesses(affordable(wanted or cores()))


@dataclass(frozen=True)
class DaskCluster(Executor):
    """Workers of a Dask cluster; those who die are replaced by others, as far as Dask allows it.

    Attributes
    ----------
    scheduler : str
        Address of the scheduler, for example ``tcp://192.168.0.5:8786``.
    """

    scheduler: str

    def run(self, work: Work, jobs: Sequence[tuple[Any, ...]]) -> Iterator[Told | Ended]:
        """See `Executor.run`; of a job on its way nothing is told.

        Raises
        ------
        ParameterError
            If Dask is not installed, or no scheduler answers.
        """
        try:
            from distributed import Client, as_completed
        except ImportError as error:
            raise ParameterError(
                "--scheduler needs Dask, which is not installed here; in the folder of TPViewer run: pip"
                " install '.[cluster]'"
            ) from error
        try:
            client = Client(self.scheduler, timeout=_PATIENCE_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ParameterError(
                f"--scheduler {self.scheduler}: no Dask scheduler answers there; start one with `dask"
                " scheduler` and give the address that it prints"
            ) from error
        with client:
            futures = {
                client.submit(_at_worker, work, job, __version__, pure=False): number
                for number, job in enumerate(jobs)
            }
            for future in as_completed(futures, loop=client.loop):
                yield _ended(futures[future], future)


def _at_worker(work: Work, job: tuple[Any, ...], version: str) -> tuple[str, Any]:
    """Run a job to its end; refuse where worker and client are not of one version."""
    if version != __version__:
        return "failed", (
            f"a worker runs TPViewer {__version__} and this program is {version}; install the same version on"
            " every machine"
        )
    *_, last = answers(work, job)
    return last


def _ended(number: int, future: Any) -> Ended:
    error = future.exception()
    if error is not None:
        first_line = str(error).partition("\n")[0]
        return Ended(
            number,
            error=f"the cluster gave it up ({type(error).__name__}: {first_line}); what is"
            " finished is kept, run the same command again",
        )
    kind, value = future.result()
    return Ended(number, value) if kind == "done" else Ended(number, error=value)
