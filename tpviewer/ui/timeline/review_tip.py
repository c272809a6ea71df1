"""What the tool tip says of a judgement: all of it, by whom, when, and on what it was based."""

from PySide6.QtCore import QDateTime, QLocale, Qt

from tpviewer.core.judgements import Judgement
from tpviewer.ui.language import tr
from tpviewer.ui.review_words import annotation_words, au_name, lane_words, range_words
from tpviewer.ui.viewer_state import ViewerState
from tpviewer.ui.wording import WARNING_SIGN


def length_words(state: ViewerState, start: int, stop: int) -> str:
    """``frames 120–164 · 1.50 s``."""
    seconds = state.time_of(stop) - state.time_of(start)
    return tr("{frames} · {seconds:.2f} s").format(frames=range_words(start, stop), seconds=seconds)


def judgement_tip(judgement: Judgement, flagged: bool, state: ViewerState) -> str:
    """Lines of the tool tip of one judgement."""
    one = judgement.annotation
    name = f"{lane_words(one)} {au_name(one.au)}" if one.au else lane_words(one)
    lines = [f"{name.strip()} · {annotation_words(one)}", length_words(state, one.start, one.stop)]
    if one.apex is not None:
        lines.append(tr("apex: {frames}").format(frames=range_words(*one.apex)))
    if one.note:
        lines.append(f"✎ {one.note}")
    lines.append(_made(judgement))
    if judgement.source:
        lines.append(tr("imported from {file}").format(file=judgement.source))
    if judgement.blind:
        lines.append(tr("judged while the machine was hidden"))
    if flagged:
        lines.append(tr("{sign} the machine's result has changed since").format(sign=WARNING_SIGN))
    return "\n".join(lines)


def _made(judgement: Judgement) -> str:
    moment = QDateTime.fromString(judgement.made_at, Qt.DateFormat.ISODate).toLocalTime()
    written = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    return tr("by {reviewer}, {time}").format(reviewer=judgement.reviewer, time=written)
