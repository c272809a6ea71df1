"""One SQLite connection to a session file: safe opening, transactions, errors in plain words."""

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar
from urllib.parse import quote

from tpviewer.core.errors import SessionError
from tpviewer.store.schema import APPLICATION_ID, SCHEMA_VERSION, migrate

T = TypeVar("T")

_BUSY_MS = 10_000
_RETRY_S = 0.01
_COUNT_CODE = "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"
_NOT_UNDERSTOOD = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
    zlib.error,
)


class Database:
    """A session file opened by one thread.

    Parameters
    ----------
    path : Path
        The ``.tpv`` file.
    writable : bool
        Open for writing; creates the file where it is missing.

    Raises
    ------
    SessionError
        If the file is missing, damaged, no session, from a newer version, or cannot be written.
    """

    def __init__(self, path: Path, writable: bool) -> None:
        self.path = path
        self.writable = writable
        with self.errors():
            self.connection = self._connect()
            try:
                self._check()
                if writable:
                    self._prepare_for_writing()
            except BaseException:
                self.connection.close()
                raise

    def _connect(self) -> sqlite3.Connection:
        if self.writable:
            if not self.path.parent.is_dir():
                raise SessionError(f"{self.path}: the folder does not exist; create it or choose another")
            return sqlite3.connect(self.path, isolation_level=None, timeout=_BUSY_MS / 1000)
        if not self.path.is_file():
            raise SessionError(f"{self.path}: no such session file; check the name")
        uri = f"file:{quote(str(self.path.resolve()))}"
        connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchone()
        except sqlite3.OperationalError as error:  # a write-ahead log beside a file in a read-only folder
            connection.close()
            if _is_busy(error):
                raise
            connection = sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None)
        return connection

    def _check(self) -> None:
        self.connection.execute("BEGIN")  # one moment, though another program may just make the file
        (application,) = self.connection.execute("PRAGMA application_id").fetchone()
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (code,) = self.connection.execute(_COUNT_CODE).fetchone()
        self.connection.rollback()
        if application != APPLICATION_ID and (tables or not self.writable):
            raise SessionError(f"{self.path}: not a TPViewer session; choose a .tpv file")
        if code:
            raise SessionError(
                f"{self.path}: holds views or triggers, which could run instead of what TPViewer asks for and"
                " are in no session that it wrote; do not trust this file"
            )
        if version > SCHEMA_VERSION:
            raise SessionError(
                f"{self.path}: written by a newer TPViewer (format {version}, this program reads up to"
                f" {SCHEMA_VERSION}); update TPViewer, the file was left untouched"
            )

    def _prepare_for_writing(self) -> None:
        migrate(self.connection)
        self._write_ahead()
        self.connection.execute("PRAGMA synchronous = FULL")

    def _write_ahead(self) -> None:
        """Ask for a write-ahead log; a drive that cannot hold one keeps its journal, slower and as safe.

        SQLite does not wait at a change of the journal while another program makes one, as it does elsewhere.
        """
        deadline = monotonic() + _BUSY_MS / 1000
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or monotonic() > deadline:
                    raise
                sleep(_RETRY_S)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into `SessionError` with the file's name and what to do."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise _named(self.path, error) from error

    @contextmanager
    def content(self) -> Iterator[None]:
        """Turn errors of code that takes what is in the file for what it should be into `SessionError`."""
        try:
            yield
        except _NOT_UNDERSTOOD as error:
            raise SessionError(
                f"{self.path}: damaged, or not written by TPViewer ({type(error).__name__}: {error});"
                " restore a copy, or analyse the video again into a new file"
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside reaches the file together or not at all."""
        with self.errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def joined(self) -> AbstractContextManager[object]:
        """Part of the transaction that is open, or one of its own."""
        return nullcontext() if self.connection.in_transaction else self.transaction()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever another process writes meanwhile."""
        with self.errors():
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def data_version(self) -> int:
        """Return a number that changes when another connection has written."""
        return int(self.query("PRAGMA data_version").fetchone()[0])

    def query(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Run one statement; damage that comes to light while its rows are read is a `SessionError` too."""
        with self.errors():
            return _Rows(self.connection, self.path).execute(sql, values)

    def compact(self) -> None:
        """Give the room of what was deleted back to the disk."""
        self.query("VACUUM")

    def close(self) -> None:
        """Close; all that was written is in the file itself then, and the last to use it leaves no log."""
        if self.writable:
            self._leave_single_file()
        self.connection.close()

    def _leave_single_file(self) -> None:
        try:
            self.connection.execute("PRAGMA busy_timeout = 0")
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a copy of the file alone has it all
            self.connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):  # another reader is still there: an empty log stays
                raise SessionError(f"{self.path}: {_advice(error)}") from error


class _Rows(sqlite3.Cursor):
    """Rows of a statement, which SQLite reads one by one."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection)
        self._path = path

    def __next__(self) -> Any:
        return self._read(super().__next__)

    def fetchone(self) -> Any:
        return self._read(super().fetchone)

    def fetchall(self) -> list[Any]:
        return self._read(super().fetchall)

    def _read(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except sqlite3.DatabaseError as error:
            raise _named(self._path, error) from error


def _named(path: Path, error: sqlite3.DatabaseError) -> SessionError:
    return SessionError(f"{path}: {_advice(error)}")


def _is_busy(error: sqlite3.DatabaseError) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _advice(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "full" in text:
        return "the disk is full; what was done is kept, free some space and run the same command again"
    if "disk I/O" in text:
        return (
            "its drive could not be read or written; what was done is kept, check that the drive is there,"
            " sound and not full, and run the same command again"
        )
    if "readonly" in text or "unable to open" in text:
        return "the file or its folder cannot be written; allow it, or choose another place (-o FOLDER)"
    if _is_busy(error):
        return "another program is writing to this session; close it and try again"
    if any(sign in text for sign in ("malformed", "not a database", "decode", "no such")):
        return (
            f"not a session or damaged ({text}); restore a copy, or analyse the video again into a new file"
        )
    return f"the session could not be used ({text})"
