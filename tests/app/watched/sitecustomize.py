"""First thing in each process that a test of privacy starts: sockets fail, and what is written is noted.

The file named by TPVIEWER_WATCHED gets a line for each socket asked for and for each file written.
"""

import os
import socket
import sys
from pathlib import Path

_NOTES = os.open(os.environ["TPVIEWER_WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_WITHIN = getattr(socket, "AF_UNIX", None)  # between processes of this computer, as Python's own pipes are

_NAMED = {"os.mkdir": 0, "sqlite3.connect": 0, "os.rename": 1}  # which argument is the file


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket.") and not (event == "socket.__new__" and arguments[1] == _WITHIN):
        _note("socket", f"{event} {arguments[1:]}")
        raise PermissionError(f"{event}: no network here")
    if event in _NAMED:
        _note_file(arguments[_NAMED[event]])
    elif event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        _note_file(arguments[0])


def _note_file(name: object) -> None:
    if not isinstance(name, int):  # a descriptor was noted when it was made
        path = os.fsdecode(name)  # type: ignore[arg-type]
        _note("written", path if path.startswith("file:") else str(Path.cwd() / path))


def _note(kind: str, what: str) -> None:
    os.write(_NOTES, f"{kind}\t{what}\n".encode())


sys.addaudithook(_watch)
