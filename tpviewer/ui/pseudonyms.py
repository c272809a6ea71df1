"""Pseudonyms in what the window says: where one was set, no path tells whose session it is."""

import re
from collections.abc import Mapping
from pathlib import Path


def pseudonymised(text: str, known: Mapping[Path, str]) -> str:
    """Put pseudonyms in place of paths.

    Parameters
    ----------
    text : str
    known : mapping of Path to str
        Pseudonyms of videos and sessions; empty for none.
    """
    for path in sorted((path for path in known if known[path]), key=lambda one: len(str(one)), reverse=True):
        whole = rf"(?<![\w.]){re.escape(str(path))}(?!\.?\w)"
        text = re.sub(whole, lambda _, name=known[path]: name, text)  # type: ignore[misc]
    return text
