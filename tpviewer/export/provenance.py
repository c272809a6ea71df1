"""Only finished results leave the program, and they say what made them."""

from typing import Any

from tpviewer.core.errors import SessionError
from tpviewer.store.check import check
from tpviewer.store.session import Session


def require_complete(session: Session) -> None:
    """Refuse to export half an analysis.

    Raises
    ------
    SessionError
        If the analysis has not come to its end.
    """
    if not session.complete:
        raise SessionError(
            f"{session.path}: the analysis is not finished; run the same `tpviewer analyze` again, it goes on"
            " where it stopped"
        )


def exported(session: Session, profile: str | None) -> str:
    """Name of the results to export: the named ones, by default those that the window shows.

    Parameters
    ----------
    session : Session
    profile : str or None
        ``paper`` and ``steady`` are the machine's, ``steady edited`` the expert's.

    Raises
    ------
    SessionError
        If the analysis has not come to its end, there are no such results, or they are damaged.
    """
    require_complete(session)
    check(session)
    name = profile or session.shown()
    known = session.result_sets()
    if name not in known:
        raise SessionError(f"{session.path}: holds no results named {name}; it holds {', '.join(known)}")
    return name


def edits_told(session: Session, name: str) -> dict[str, Any] | None:
    """Number of edits in a set of results, who made them, and when the last was made; None without any."""
    edits = session.edits_of(name)
    if not edits:
        return None
    return {
        "count": len(edits),
        "authors": sorted({edit.author for edit in edits}),
        "last": edits[-1].made_at,
    }
