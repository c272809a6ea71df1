"""How wide a command prints its tables."""

from rich.console import Console


def printed_width(piped: int = 120) -> int | None:
    """Width for a `Console` on stdout: None, that of the terminal, or `piped` columns where there is none."""
    return None if Console().is_terminal else piped
