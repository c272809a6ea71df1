"""What an action of the window is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    name : str
        Its name in code.
    menu : str
        Name of its menu.
    text, tip : str
        What the menu says, and what it does in one sentence.
    keys : tuple of str
        None needs AltGr on a German keyboard.
    picture : str
        Name of an icon; empty for none.
    checkable : bool
    """

    name: str
    menu: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    picture: str = ""
    checkable: bool = False
