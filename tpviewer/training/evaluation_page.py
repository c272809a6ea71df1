"""An evaluation as one page of HTML that needs nothing beside it."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from tpviewer.training.evaluation_plots import (
    area_plot,
    correlation_plot,
    explanation_plots,
    reliability_plot,
)

_STYLE = """
body { font: 15px/1.45 sans-serif; color: #222; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h2 { margin-top: 2.2em; border-bottom: 1px solid #ccc; }
table { border-collapse: collapse; font-size: 13px; margin: 0.8em 0; }
th, td { padding: 0.15em 0.7em; text-align: right; border-bottom: 1px solid #eee; }
th:first-child, td:first-child { text-align: left; }
tr.experimental td { color: #b3432b; }
svg { max-width: 100%; height: auto; }
p.note { color: #555; }
"""

_SHOWS = """This page shows how often the model is right on the material named below, and how far that may
vary with the people (95 % intervals, drawn over people, not over pictures). It holds for other people only if
none of these took part in the training: compare the card. It does not show how the model does on other
cameras, ages, illnesses or cultures, and no FACS coder has checked it. Renders are drawn faces whose Action
Units are exactly known: doing well on them is necessary, not sufficient. The teacher is another network,
good at some Action Units and nearly blind to others: agreeing with it is a hint, not a proof."""


def page(report: dict[str, Any]) -> str:
    """Write the page.

    Parameters
    ----------
    report : dict
        From `Evaluation.report`.

    Returns
    -------
    str
        HTML.
    """
    model = report["model"]
    title = f"Evaluation of {model['name']} {model['version']}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p class=note>{escape(report['program'])}, model {model['sha256'][:16]}…</p>",
        f"<p>{_SHOWS}</p>",
        _reliable(report),
        *(_set(part, report["experimental"]) for part in report["sets"]),
        _clips(report),
        _events(report),
        _explanations(report),
    ]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def _reliable(report: dict[str, Any]) -> str:
    weak = report["experimental"]
    good = [au for au in report["thresholds"] if au not in weak]
    return (
        f"<p><b>Reliable by the card:</b> {', '.join(good) or 'none'}. "
        f"<b>Experimental</b> (red below): {', '.join(weak) or 'none'}.</p>"
    )


def _set(part: dict[str, Any], experimental: Sequence[str]) -> str:
    mean = part["mean_roc_auc"]
    told = (
        f"{part['crops']} faces of {part['persons']} people; mean area under the ROC curve {_number(mean)}."
    )
    parts = [f"<h2>{escape(part['name'])}</h2><p>{told}</p>"]
    if part["aus"]:
        parts += [area_plot(part["aus"], experimental), _figures(part["aus"], experimental)]
    parts += [_apart(part["au6_apart"]), _calibration(part["calibration"])]
    parts += [_intensity(part["intensity"]), _groups(part["groups"])]
    return "".join(parts)


def _figures(aus: dict[str, dict[str, Any]], experimental: Sequence[str]) -> str:
    head = (
        "AU",
        "ROC-AUC",
        "95 %",
        "PR-AUC",
        "95 %",
        "F1",
        "95 %",
        "present",
        "absent",
        "people",
        "ICC",
        "r",
    )
    rows = [
        (
            *(au, *(text for name in ("roc_auc", "pr_auc", "f1") for text in _with_interval(figures, name))),
            *(figures["present"], figures["absent"], figures.get("persons", "–")),
            *(_number(figures.get("icc")), _number(figures.get("pearson"))),
        )
        for au, figures in aus.items()
    ]
    marked = [str(row[0]) in experimental for row in rows]
    note = "ICC(3,1) and r: of the probability with the true intensity, where that is known."
    return _table(head, rows, marked) + _note(note)


def _apart(found: dict[str, dict[str, Any]]) -> str:
    if not found:
        return ""
    rows = [
        (name, *_with_interval(figures, "roc_auc"), figures["present"], figures["absent"])
        for name, figures in found.items()
    ]
    text = "Smiles lift the cheeks, so a model may take the mouth for AU06. It then has about 0.5 here."
    return f"<h3>AU06 apart from AU12</h3><p>{text}</p>" + _table(
        ("where", "ROC-AUC of AU06", "95 %", "present", "absent"), rows
    )


def _calibration(found: dict[str, dict[str, Any]]) -> str:
    if not found:
        return ""
    head = ("AU", "off by", "other half of the people", "there, recalibrated", "slope", "offset")
    names = ("ece", "ece_before", "ece_after", "slope", "offset")
    rows = [(au, *(_number(figures[name]) for name in names)) for au, figures in found.items()]
    text = (
        "Does a probability of 0.8 mean four out of five? “Off by” is the mean distance (expected calibration"
        " error). It holds for material in which Action Units are as frequent as in this set."
    )
    return f"<h3>Calibration</h3><p>{text}</p>{reliability_plot(found)}{_table(head, rows)}"


def _intensity(found: dict[str, dict[str, Any]]) -> str:
    if not found:
        return ""
    head = ("AU", "r", "ICC(3,1)", "error", "error where present", "error of saying the mean", "cases")
    names = ("pearson", "icc", "mae", "mae_present", "mae_of_mean")
    rows = [(au, *(_number(f[name]) for name in names), f["rated"]) for au, f in found.items()]
    text = (
        "A rising curve from the logit to an intensity of 0 to 5, fitted on one half of the people and tested"
        " on the other. Errors are mean distances on that scale."
    )
    return f"<h3>Intensity</h3><p>{text}</p>{_table(head, rows)}"


def _groups(found: dict[str, dict[str, Any]]) -> str:
    parts = []
    for attribute, groups in found.items():
        rows = [
            (group, au, *_with_interval(figures, "roc_auc"), _number(figures["f1"]), figures["persons"])
            for group, aus in groups.items()
            for au, figures in aus.items()
        ]
        head = (attribute, "AU", "ROC-AUC", "95 %", "F1", "people")
        parts.append(f"<h3>By {escape(attribute)}</h3>{_table(head, rows)}")
    if parts:
        parts.append(_note("Intervals of small groups are wide; groups of fewer than 5 people have none."))
    return "".join(parts)


def _clips(report: dict[str, Any]) -> str:
    if not report["clips"]:
        return ""
    parts = ["<h2>Clips of real people</h2>"]
    texts = {
        "teacher": "Agreement with the teacher (MediaPipe blendshapes; AU25: gap between the lips)",
        "brows": "Agreement with the height of the brows against the eyes, from the mesh turned to the front",
        "brows, pose taken off": "The same, less what goes with yaw and pitch",
    }
    for against, text in texts.items():
        rows = [row for row in report["clips"] if row["against"] == against]
        counted = [row for row in rows if row["counted"]]
        mean = _number(report["clip_means"][against]["r_probability_smooth"])
        parts.append(f"<h3>{text}</h3><p>Mean over the {len(counted)} curves that move enough: {mean}.</p>")
        parts.append(correlation_plot(counted) if counted else "")
        parts.append(_clip_table(rows))
    return "".join(parts)


def _clip_table(rows: list[dict[str, Any]]) -> str:
    names = ("r_probability", "r_logit", "r_probability_smooth", "r_logit_smooth")
    head = (
        "clip",
        "AU",
        "frames",
        "SD",
        "counts",
        "r of p",
        "r of logit",
        "r of p, smoothed",
        "of logit, smoothed",
    )
    cells = [
        (
            *(row["clip"], row["au"], row["frames"], _number(row["sd"]), "yes" if row["counted"] else "no"),
            *(_number(row[name]) for name in names),
        )
        for row in rows
    ]
    return _table(head, cells)


def _events(report: dict[str, Any]) -> str:
    if not report["events"]:
        return ""
    rows = [
        (
            *(one["video"], one["au"], len(one["onset_errors_s"]) + one["missed"], one["missed"]),
            *(one["spurious"], _seconds(one["onset_errors_s"]), _seconds(one["offset_errors_s"])),
        )
        for one in report["events"]
    ]
    marked = [one["experimental"] for one in report["events"]]
    share = report["events_in_time"]
    told = "–" if share is None else f"{100 * share:.0f} %"
    text = f"Onsets and offsets of reliable Action Units within 0.08 s (2 frames at 25 frames/s): {told}."
    head = ("video", "AU", "events", "missed", "spurious", "onsets late by, s", "offsets late by, s")
    return f"<h2>Onset and offset in rendered sequences</h2><p>{text}</p>{_table(head, rows, marked)}"


def _explanations(report: dict[str, Any]) -> str:
    if not report["explanations"]:
        return ""
    text = (
        "Whether the network looks where an Action Unit shows, beside what maps reach that know nothing of"
        " it: those of random weights, the edges of the picture, and the region in the wrong place."
    )
    plots = explanation_plots(report["explanations"])
    drawn = "".join(f"<h3>{escape(title)}</h3>{plot}" for title, plot in plots.items())
    return f"<h2>Explanations</h2><p>{text}</p>{drawn}"


def _seconds(errors: list[float]) -> str:
    return ", ".join(f"{error:+.2f}" for error in errors) or "–"


def _with_interval(figures: dict[str, Any], name: str) -> tuple[str, str]:
    interval = figures.get(f"{name}_95")
    told = "–" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"
    return _number(figures[name]), told


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def _note(text: str) -> str:
    return f"<p class=note>{text}</p>"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]], marked: Sequence[bool] = ()) -> str:
    lines = ["<tr>" + "".join(f"<th>{escape(title)}</th>" for title in head) + "</tr>"]
    for number, row in enumerate(rows):
        kind = " class=experimental" if number < len(marked) and marked[number] else ""
        lines.append(f"<tr{kind}>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>")
    return f"<table>{''.join(lines)}</table>"
