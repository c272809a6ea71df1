"""Tables of a session file, and how an older file becomes a newer one."""

import sqlite3

APPLICATION_ID = 0x54505657  # "TPVW", so that `file` and SQLite tools recognise a session
SCHEMA_VERSION = 2

_VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE step (
    name TEXT PRIMARY KEY, content TEXT NOT NULL, coverage TEXT NOT NULL,
    done INTEGER NOT NULL, total INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE array (
    name TEXT PRIMARY KEY, dtype TEXT NOT NULL, shape TEXT NOT NULL, data BLOB NOT NULL
);
CREATE TABLE face (
    frame INTEGER NOT NULL, face INTEGER NOT NULL,
    x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
    score REAL NOT NULL, yaw REAL NOT NULL, pitch REAL NOT NULL, roll REAL NOT NULL,
    brightness REAL NOT NULL, blur REAL NOT NULL,
    mesh BLOB NOT NULL,
    PRIMARY KEY (frame, face)
) WITHOUT ROWID;
CREATE TABLE unreadable (frame INTEGER PRIMARY KEY);
CREATE TABLE prediction (frame INTEGER PRIMARY KEY, logits BLOB NOT NULL);
CREATE TABLE crop (frame INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE relevance (
    au INTEGER NOT NULL, frame INTEGER NOT NULL, scale REAL NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (au, frame)
);
CREATE TABLE cluster (
    profile TEXT NOT NULL, au INTEGER NOT NULL, summary TEXT NOT NULL,
    PRIMARY KEY (profile, au)
) WITHOUT ROWID;
CREATE TABLE stage (
    profile TEXT NOT NULL, layer TEXT NOT NULL, number INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL,
    unseen INTEGER NOT NULL, parts TEXT NOT NULL, purity REAL NOT NULL,
    PRIMARY KEY (profile, layer, number)
) WITHOUT ROWID;
"""

_VERSION_2 = """
CREATE TABLE edit (
    id INTEGER PRIMARY KEY, made_at TEXT NOT NULL, author TEXT NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, content TEXT NOT NULL,
    value TEXT NOT NULL, data BLOB NOT NULL, undone INTEGER NOT NULL
);
"""

_MIGRATIONS = {1: _VERSION_1, 2: _VERSION_2}


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to `SCHEMA_VERSION` in one transaction.

    Which versions are missing is asked within it: another program may make the same file at this moment.
    """
    if _version(connection) == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for target in range(_version(connection) + 1, SCHEMA_VERSION + 1):
            for statement in _MIGRATIONS[target].split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {target}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
    finally:
        connection.rollback()


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
