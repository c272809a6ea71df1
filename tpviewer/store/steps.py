"""Which steps of the analysis are done, up to where, and with which parameters."""

from dataclasses import dataclass

from tpviewer.store.database import Database


@dataclass(frozen=True)
class StepState:
    """How far one step has come.

    Attributes
    ----------
    content : str
        Fingerprint of everything that decides the step's values.
    coverage : str
        Fingerprint of what decides only which values are kept.
    done, total : int
        Frames done and frames to do; the step is finished when they are equal.
    """

    content: str
    coverage: str
    done: int
    total: int

    @property
    def finished(self) -> bool:
        """True when nothing is left to do."""
        return self.done >= self.total


class StepTable:
    """State of the analysis steps."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, name: str) -> StepState | None:
        """Return the state of step `name`, None when it never ran."""
        row = self._db.query(
            "SELECT content, coverage, done, total FROM step WHERE name = ?", (name,)
        ).fetchone()
        return StepState(*row) if row else None

    def put(self, name: str, state: StepState) -> None:
        """Record a state; belongs inside the transaction that writes the step's values."""
        self._db.query(
            "INSERT OR REPLACE INTO step VALUES (?, ?, ?, ?, ?)",
            (name, state.content, state.coverage, state.done, state.total),
        )
