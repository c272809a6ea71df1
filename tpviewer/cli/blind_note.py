"""A word of warning before a command tells what is still hidden from someone who codes blind."""

from rich.console import Console

from tpviewer.store.raters import blind_reviewers
from tpviewer.store.session import Session


def note_blind(session: Session) -> None:
    """Say on stderr from whom the machine is still hidden; nothing where it is hidden from nobody."""
    names = ", ".join(blind_reviewers(session))
    if names:
        Console(stderr=True).print(
            f"{session.path}: coded blind by {names}, and this tells what the machine says; show it to them"
            " only after the end of blind coding (Review › Commit … in the window)",
            style="yellow",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
