"""Only finished results leave the program."""

from tpviewer.core.errors import SessionError
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
