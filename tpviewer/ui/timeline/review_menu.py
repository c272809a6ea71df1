"""What can be done with a judgement on its lane."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from tpviewer.core.annotations import INTENSITIES, REASONS, SIDES, VERDICTS, WHOLE_FACE, Annotation, Verdict
from tpviewer.ui.language import tr
from tpviewer.ui.review_words import intensity_words, reason_words, side_words, verdict_words

Change = Callable[[Annotation], None]


def block_menu(
    one: Annotation, change: Change, loop: Callable[[], None], remove: Callable[[], None], parent: QWidget
) -> QMenu:
    """Make the menu of one of the present reviewer's judgements.

    Parameters
    ----------
    one : Annotation
    change : callable
        Gets the annotation as it is to be.
    loop, remove : callable
    parent : QWidget

    Returns
    -------
    QMenu
        Not shown yet.
    """
    menu = QMenu(parent)
    if one.au == WHOLE_FACE:
        _reasons(menu, one, change)
    else:
        choices = {verdict_words(verdict): with_verdict(one, verdict) for verdict in VERDICTS}
        _choices(menu, choices, one, change)
        menu.addSeparator()
        _reasons(menu.addMenu(tr("Not scorable because")), one, change)
        if one.verdict == "present":
            _present_menus(menu, one, change)
    menu.addSeparator()
    menu.addAction(tr("Loop it, or stop"), loop)
    menu.addAction(tr("Remove"), remove)
    return menu


def with_verdict(one: Annotation, verdict: Verdict) -> Annotation:
    """The same with another verdict, and without what does not go with that."""
    present = verdict == "present"
    return replace(
        one,
        verdict=verdict,
        intensity=one.intensity if present else 0,
        side=one.side if present else "",
        apex=one.apex if present else None,
        reason=one.reason if verdict == "not scorable" else "",
    )


def _reasons(menu: QMenu, one: Annotation, change: Change) -> None:
    base = with_verdict(one, "not scorable")
    choices = {reason_words(reason): replace(base, reason=reason) for reason in ("", *REASONS)}
    _choices(menu, choices, one, change)


def _present_menus(menu: QMenu, one: Annotation, change: Change) -> None:
    words = [intensity_words(step) or tr("no intensity") for step in range(len(INTENSITIES) + 1)]
    levels = {text: replace(one, intensity=step) for step, text in enumerate(words)}
    _choices(menu.addMenu(tr("Intensity")), levels, one, change)
    sides = {side_words(side): replace(one, side=side) for side in ("", *SIDES)}
    _choices(menu.addMenu(tr("Side")), sides, one, change)
    if one.apex is None:
        third = (one.stop - one.start) // 3
        apex = (one.start + third, max(one.stop - third, one.start + third + 1))
        menu.addAction(tr("Mark an apex"), partial(change, replace(one, apex=apex)))
    else:
        menu.addAction(tr("Remove the apex"), partial(change, replace(one, apex=None)))


def _choices(menu: QMenu, choices: dict[str, Annotation], one: Annotation, change: Change) -> None:
    group = QActionGroup(menu)
    for text, annotation in choices.items():
        action = group.addAction(text)
        action.setCheckable(True)
        action.setChecked(annotation == one)
        action.triggered.connect(partial(_change, change, annotation))
    menu.addActions(group.actions())


def _change(change: Change, annotation: Annotation, *_: bool) -> None:
    change(annotation)
