"""The report of ``tpviewer validate`` as one HTML page with its pictures inside, to be printed and filed."""

import base64
import io
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tpviewer.cli.validate_criteria import Criterion, f1_by_au
from tpviewer.cli.validate_measures import SHOWN, Measured, mean_map, presence
from tpviewer.cli.validate_text import about_lines, verdict
from tpviewer.core.errors import TPViewerError
from tpviewer.core.relevance import bwr
from tpviewer.core.runs import runs
from tpviewer.store.session import Session
from tpviewer.store.truth import Truth

Pairs = Sequence[tuple[Session, Truth, str]]

_INCHES = 7.6  # width of the figures
_ROW, _TITLE = 0.1, 0.36  # height of an Action Unit's bars, and of a phantom's title and axis, inches
_MAPS = 13  # relevance maps in a row
_TRUE, _FOUND = "#9a9a9a", "#1f6fb4"
_STYLE: Any = {"font.family": "DejaVu Sans", "font.size": 6}
_LIMITS = (
    "Rendered faces; truth by construction: an Action Unit is present from the intensity on from which"
    " training labels it so. They are easier than patients: even light, a calm head. A pass says that the"
    " program works as it did when it was made, not that it was validated by FACS coders. It is no medical"
    " device."
)
_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>TPViewer acceptance test</title><style>
@page { size: A4; margin: 10mm }
body { font: 9px/1.25 "DejaVu Sans", Arial, sans-serif; max-width: 190mm; margin: 6mm auto; color: #111 }
h1 { font-size: 15px; margin: 0 } h2 { font-size: 11px; margin: 7px 0 2px }
p { margin: 2px 0 } table { border-collapse: collapse; width: 100% }
td:first-child, .bound { white-space: nowrap }
td, th { text-align: left; padding: 0 6px 0 0; border-bottom: 1px solid #ddd; vertical-align: top }
.verdict { font-size: 13px; font-weight: bold; margin: 5px 0; padding: 3px 6px; color: #fff }
.pass { background: #2e7d32 } .fail { background: #b3261e }
td.fail, td.pass { color: #fff; padding: 0 5px; border-right: 5px solid #fff }
img { width: 100%; display: block } .sign { margin-top: 10px; border-top: 1px solid #111; padding-top: 3px }
.hash { word-break: break-all }
</style></head><body>"""


def write_page(
    path: Path, about: dict[str, Any], criteria: Sequence[Criterion], measured: Measured, pairs: Pairs
) -> None:
    """Write the page.

    Parameters
    ----------
    path : Path
        ``.html``; replaced if it exists.
    about : dict
        Of `tpviewer.cli.validate.about_run`.
    criteria : sequence of Criterion
    measured : Measured
    pairs : sequence of (Session, Truth, str)
        Finished sessions, truth of their faces, and names of the videos, for the pictures.

    Raises
    ------
    TPViewerError
        If the file cannot be written.
    """
    try:
        path.write_text(page(about, criteria, measured, pairs), encoding="utf-8")
    except OSError as error:
        raise TPViewerError(
            f"{path}: the report cannot be written ({error.strerror}); choose another -o"
        ) from error


def page(about: dict[str, Any], criteria: Sequence[Criterion], measured: Measured, pairs: Pairs) -> str:
    """Text of the page; see `write_page`."""
    passed = all(criterion.passed for criterion in criteria)
    return "\n".join(
        (
            _HEAD,
            "<h1>TPViewer acceptance test</h1>",
            *(f'<p class="hash">{escape(line)}</p>' for line in about_lines(about)),
            f'<p class="verdict {_mark(passed)}">{escape(verdict(criteria))}</p>',
            _criteria(criteria),
            "<h2>Found (blue) against true (grey), frame by frame</h2>",
            _image(_timeline, pairs, "Action Units found and true in every phantom"),
            "<h2>Mean relevance of each Action Unit, red for it, and the pixels that it moves (outline)</h2>",
            _image(_maps, pairs, "Mean relevance maps with masks"),
            "<h2>Figures per Action Unit, all phantoms together</h2>",
            _per_au(measured),
            f"<p>{_LIMITS}</p>",
            '<p class="sign">Reviewed by: ______________________ &nbsp; Date: ____________ &nbsp; '
            "Installed at: ______________________</p>",
            "</body></html>\n",
        )
    )


def _criteria(criteria: Sequence[Criterion]) -> str:
    rows = (
        f'<tr><td class="{_mark(c.passed)}">{_mark(c.passed)}</td>'
        f'<td>{escape(c.name)}</td><td class="bound">{escape(c.bound)}</td><td>{escape(c.measured)}</td></tr>'
        for c in criteria
    )
    return (
        f"<table><tr><th></th><th>criterion</th><th>bound</th><th>measured</th></tr>{''.join(rows)}</table>"
    )


def _per_au(measured: Measured) -> str:
    rows = [row for row in measured.aus if row.profile == SHOWN]
    f1 = f1_by_au(rows)
    lines = [_au_line(au, f1[au], measured) for au in sorted(f1)]
    titles = ("Action Unit", "F1", "events", "in time on/off", "missed", "spurious", "grounding", "mirrored")
    planted = ("adjusted Rand of changes planted into the maps (share moved)",)
    return _table((*titles, *planted), lines)


def _au_line(au: str, f1: float, measured: Measured) -> tuple[str, ...]:
    rows = [row for row in measured.aus if row.profile == SHOWN and row.au == au]
    on, off, events, missed, spurious = (
        sum(getattr(row, name) for row in rows)
        for name in ("onsets_in_time", "offsets_in_time", "events", "missed", "spurious")
    )
    seen = [row for row in measured.grounding if row.au == au]
    planted = [row.agreement for row in measured.planted if row.au == au]
    shares = planted[0] if planted else {}
    return (
        f"{au} (experimental)" if rows[0].experimental else au,
        *(f"{f1:.2f}", str(events), f"{on}/{off}", str(missed), str(spurious)),
        _mean([row.grounding for row in seen]),
        _mean([row.mirrored for row in seen]),
        ", ".join(f"{_mean([p[s] for p in planted])} ({float(s):.0%})" for s in shares),
    )


def _table(titles: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    body = ("".join(f"<td>{escape(text)}</td>" for text in line) for line in lines)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in body)}</table>"


def _timeline(pairs: Pairs) -> Figure:
    """Two columns of phantoms, each a row of bars per Action Unit that is true or found in it."""
    middle = -(-len(pairs) // 2)
    columns = [column for column in (pairs[:middle], pairs[middle:]) if column]
    counts = [[max(1, len(_shown_aus(*pair[:2]))) for pair in column] for column in columns]
    tallest = max(sum(rows) * _ROW + len(rows) * _TITLE for rows in counts)
    figure = Figure(figsize=(_INCHES, tallest))
    parts = np.atleast_1d(np.asarray(figure.subfigures(1, len(columns)), dtype=object))
    for part, column, rows in zip(parts, columns, counts, strict=True):
        axes = part.subplots(len(column), 1, squeeze=False, gridspec_kw={"height_ratios": rows})[:, 0]
        for ax, pair in zip(axes, column, strict=True):
            _bars_of(ax, *pair)
    return figure


def _bars_of(ax: Axes, session: Session, truth: Truth, name: str) -> None:
    aus = _shown_aus(session, truth)
    for row, au in enumerate(aus):
        ax.broken_barh(_bars(presence(truth, au)), (row + 0.05, 0.4), color=_TRUE)
        ax.broken_barh(_bars(_found(session, au)), (row + 0.5, 0.4), color=_FOUND)
    ax.set(xlim=(0, session.video.frames), ylim=(max(1, len(aus)), 0))
    ax.set_yticks(np.arange(len(aus)) + 0.5, aus)
    ax.set_title(f"{name}, frames", loc="left", pad=2)
    ax.tick_params(length=1, pad=1)


def _shown_aus(session: Session, truth: Truth) -> list[str]:
    return [au for au in session.aus if presence(truth, au).any() or _found(session, au).any()]


def _found(session: Session, au: str) -> NDArray[np.bool_]:
    active = session.arrays.require(f"{SHOWN}/activity/smoothed")
    return np.asarray(active[:, session.columns(SHOWN).index(au)], np.bool_)


def _bars(active: NDArray[np.bool_]) -> list[tuple[int, int]]:
    return [(int(start), int(stop - start)) for start, stop in runs(active)]


def _maps(pairs: Pairs) -> Figure:
    shown = list(_first_maps(pairs).items())
    height = max(1, -(-len(shown) // _MAPS))
    figure = Figure(figsize=(_INCHES, height * (_INCHES / _MAPS + 0.14)))
    for place, ax in enumerate(figure.subplots(height, _MAPS, squeeze=False).ravel()):
        ax.set_axis_off()
        if place < len(shown):
            au, (relevance, mask) = shown[place]
            ax.imshow(bwr(relevance))
            ax.contour(mask, levels=[0.5], colors="k", linewidths=0.5)
            ax.set_title(au, pad=1)
    return figure


def _first_maps(pairs: Pairs) -> dict[str, tuple[NDArray[np.float64], NDArray[np.bool_]]]:
    """Mean map and mask of each Action Unit, in the first phantom that shows both."""
    found = {}
    for session, truth, _ in pairs:
        for au, mask in zip(truth.aus, truth.masks if truth.masks is not None else (), strict=False):
            relevance, _ = mean_map(session, truth, au)
            if au not in found and relevance is not None and mask.any():
                found[au] = (relevance, mask)
    return dict(sorted(found.items()))


def _image(draw: Callable[[Pairs], Figure], pairs: Pairs, what: str) -> str:
    target = io.BytesIO()
    with rc_context(_STYLE):
        figure = draw(pairs)
        figure.set_layout_engine("constrained", h_pad=0.01, w_pad=0.01)
        FigureCanvasAgg(figure).print_figure(target, dpi=200)
    coded = base64.b64encode(target.getvalue()).decode()
    return f'<img alt="{escape(what)}" src="data:image/png;base64,{coded}">'


def _mark(passed: bool) -> str:
    return "pass" if passed else "fail"


def _mean(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.2f}" if known else "–"
