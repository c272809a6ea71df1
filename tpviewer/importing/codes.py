"""Action Units as coders write them: ``AU4``, ``AU04_A``, ``12c``, ``L12C``, ``4B+7C``.

A letter with an underscore is the look that this program writes (``AU04_A``), and no intensity; any other
letter A to E, small or capital, is an intensity of FACS.
"""

import re
from dataclasses import dataclass, replace

from tpviewer.core.action_units import au_label
from tpviewer.core.annotations import INTENSITIES, REASONS, VERDICTS, WHOLE_FACE, Reason, Side, Verdict

_SIDES: dict[str, Side] = {
    **dict.fromkeys(("l", "left"), "left"),
    **dict.fromkeys(("r", "right"), "right"),
    **dict.fromkeys(("b", "both", "bilateral"), "both"),
    **dict.fromkeys(("a", "asymmetric", "asymmetrical"), "asymmetric"),
}
_VERDICTS: dict[str, Verdict] = {
    **{verdict.replace(" ", "_"): verdict for verdict in VERDICTS},
    **dict.fromkeys(("x", "yes", "1", "active", "on"), "present"),
    **dict.fromkeys(("no", "0", "none", "off"), "absent"),
    **dict.fromkeys(("?", "uncertain"), "unsure"),
    **dict.fromkeys(("unscorable", "uncodable"), "not scorable"),
}
_REASONS: dict[str, Reason] = {str(reason): reason for reason in REASONS}
_SILENT = frozenset({"intensity", "look", ""})
_OUT = "not_scorable"

_CODE = re.compile(
    r"(?P<side>[LRBAlrba])?(?:AU)?0*(?P<number>[1-9]\d?)(?:_(?P<look>[A-Z]+)|_?(?P<letter>[A-Ea-e]))?"
)
_SPACED = re.compile(r"\bAU[\s_-]+(?=\d)", re.IGNORECASE)
_JOINED = re.compile(r"\s*[+,;&]\s*")


@dataclass(frozen=True)
class Code:
    """What a code says of one Action Unit.

    Attributes
    ----------
    au : str
        `tpviewer.core.annotations.WHOLE_FACE` for ``face not scorable`` and ``speech not scorable``.
    verdict : Verdict
    intensity : int
        1 to 5, 0 for not given.
    side : Side
    reason : Reason
    look : str
        Letter of a look; empty for none.
    apex : bool
        It speaks of the apex alone, as ``AU04 apex`` does.
    rest : str
        Words that were not understood.
    """

    au: str
    verdict: Verdict = "present"
    intensity: int = 0
    side: Side = ""
    reason: Reason = ""
    look: str = ""
    apex: bool = False
    rest: str = ""


def read_codes(text: str) -> tuple[Code, ...]:
    """Read what may name several Action Units, such as ``4B+7C``, ``L12C`` or ``AU12 left c``.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of Code
        Empty where any part of the text names no Action Unit.
    """
    parts = [part for part in _JOINED.split(_normal(text)) if part]
    codes = [_one(part) for part in parts]
    return tuple(code for code in codes if code is not None) if None not in codes else ()


def read_value(text: str, code: Code) -> Code:
    """Read what is said of an Action Unit that is known: ``B``, ``c left``, ``absent``, ``12C``, nothing.

    Parameters
    ----------
    text : str
    code : Code
        What is known already.

    Returns
    -------
    Code
        With `Code.rest` where something was not understood.
    """
    words = _normal(text).split()
    named = _one(words[0]) if words and re.search(r"\d\D|\d\d|AU", words[0]) else None
    if named is not None and named.au == code.au:
        first = replace(code, intensity=named.intensity, side=named.side or code.side, look=named.look)
        return _words(words[1:], first)
    return _words(words, code)


def _normal(text: str) -> str:
    joined = _SPACED.sub("AU", text.strip())
    return re.sub(r"\bnot (scorable|codable|scoreable)\b", _OUT, joined, flags=re.IGNORECASE)


def _one(part: str) -> Code | None:
    """One Action Unit with what is said of it."""
    words = part.split()
    if words[1:2] == [_OUT] and words[0].lower() in ("face", "speech"):
        return _words([*words[1:], words[0]] if words[0].lower() == "speech" else words[1:], Code(WHOLE_FACE))
    if len(words) > 1 and words[0].lower() in ("left", "right"):
        words = [*words[1:], words[0]]
    match = _CODE.fullmatch(re.sub(r"^au", "AU", words[0], flags=re.IGNORECASE)) if words else None
    if match is None:
        return None
    known = Code(
        au=au_label(int(match["number"])),
        intensity=_intensity(match["letter"]),
        side=_SIDES[match["side"].lower()] if match["side"] else "",
        look=match["look"] or "",
    )
    return _words(words[1:], known)


def _words(words: list[str], code: Code) -> Code:
    """Take words one by one; what is not understood is kept in `Code.rest`."""
    rest: list[str] = []
    for place, word in enumerate(words):
        plain = word.strip("():.,").lower()
        if place > 0 and words[place - 1].lower() == "look":
            code = replace(code, look=word)
        elif len(plain) == 1 and plain in INTENSITIES:
            code = replace(code, intensity=_intensity(plain))
        elif plain in _SIDES:
            code = replace(code, side=_SIDES[plain])
        elif plain in _VERDICTS:
            code = replace(code, verdict=_VERDICTS[plain])
        elif plain in _REASONS:
            code = replace(code, reason=_REASONS[plain])
        elif plain == "apex":
            code = replace(code, apex=True)
        elif plain not in _SILENT:
            rest.append(word)
    return replace(code, rest=" ".join(rest))


def _intensity(letter: str | None) -> int:
    return INTENSITIES.index(letter.lower()) + 1 if letter else 0
