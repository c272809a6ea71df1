"""Title page, table of stages, provenance and limits of the report."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tpviewer.export.carried import INTENDED_USE, carried
from tpviewer.export.report_told import Told
from tpviewer.export.sheets import Column, Sheets

_LIMITS = (
    "A probability is not an intensity, and an Action Unit outside the model is 'not modelled', never"
    " absent.",
    "A relevance map shows which pixels spoke for an Action Unit in this network. Where the network looks"
    " elsewhere than where the Action Unit shows (low grounding), its decision should not be trusted.",
    "Looks are clusters of relevance maps of this one video; their letters mean nothing in another video, and"
    " nothing of intensity, which is always written with the word 'intensity'.",
    "Stages depend on the profile, the thresholds and the parameters that are listed below.",
)
_HIDDEN = ("python",)
_NO_BREAK = "\N{NO-BREAK SPACE}"


def write_title(sheets: Sheets, told: Told) -> None:
    """Say what this is, of which video, and how it was made."""
    sheets.heading("Temporal prototype report", 1)
    sheets.paragraph(
        "Which Action Units a network saw in the face, where it looked, and how the video falls into stages"
        " of the same Action Units with the same look.",
        9,
        muted=True,
    )
    if told.deidentified:
        sheets.paragraph(
            "De-identified: relevance is shown on a drawing of a face that is nobody's.", 9, muted=True
        )
    sheets.heading("What was analysed")
    sheets.facts(_of_video(told))
    sheets.heading("How")
    sheets.facts(_of_method(told))
    sheets.heading("What was found")
    sheets.facts(_of_results(told))
    sheets.heading("Temporal prototype", 3)
    sheets.paragraph(told.summary["temporal_prototype"].replace("->", "→"), 7.5)
    sheets.heading("Intended use and limits")
    sheets.paragraph(INTENDED_USE)
    sheets.paragraph(str(told.session.model["label_meaning"]))


def _of_video(told: Told) -> list[tuple[str, str]]:
    video, told_of = told.session.video, told.summary
    facts = [
        ("Video", told.name),
        ("Length", f"{told_of['frames']} frames, {told_of['duration_s']:.2f} s"),
        ("Picture", f"{video.width} × {video.height} pixels, {video.nominal_rate:g} frames/s"),
        ("Face found in", f"{told_of['faces_found']} frames"),
    ]
    if not told.deidentified:
        facts.append(("SHA-256 of the file", video.sha256))
    if told.name == Path(video.path).name:  # what is odd about a file may tell its name
        facts += [("To be known", text) for text in video.warnings]
    return facts


def _of_method(told: Told) -> list[tuple[str, str]]:
    made, model = told.summary["provenance"], told.session.model
    thresholds = made.get("thresholds") or {}
    if not isinstance(thresholds, Mapping):
        thresholds = dict(zip(told.session.aus, thresholds, strict=False))
    experimental = ", ".join(model.get("experimental", ())) or "none"
    facts = [
        ("Program", str(made["program"])),
        ("Model", f"{model['name']} {model['version']}, input {_input(model)}"),
        ("SHA-256 of the model", str(made["model_sha256"])),
        ("Relevance", f"{made['preset']}; the Top-{told.top_x:g} % of positive relevance is drawn"),
        ("Profile", f"{told.summary['profile']}{_edited(told)}"),
        ("Thresholds", ", ".join(f"{au}{_NO_BREAK}{float(value):g}" for au, value in thresholds.items())),
        ("Experimental", f"{experimental} (not to be relied on)"),
    ]
    neutral = made.get("neutral")
    return facts + ([("Neutral face", _neutral(neutral))] if neutral else [])


def _input(model: Mapping[str, Any]) -> str:
    height, width = model["input_size"]
    beside = ", with the person's neutral face" if model["channels"] == 2 else ""
    return f"{width} × {height} grey pixels{beside}"


def _edited(told: Told) -> str:
    edits = told.summary["provenance"].get("edits")
    if not edits:
        return ""
    if told.deidentified:
        return f", looks edited by hand ({edits['count']} edits)"
    by = ", ".join(edits["authors"])
    return f", looks edited by {by} ({edits['count']} edits, last {edits['last'][:10]})"


def _neutral(neutral: Mapping[str, Any]) -> str:
    frames = neutral["frames"]
    where = f", {len(frames)} frames from {frames[0]} to {frames[-1]}" if frames else ""
    return f"{neutral['how']}{where}"


def _of_results(told: Told) -> list[tuple[str, str]]:
    found, experimental = told.summary["aus"], told.session.model.get("experimental", ())
    active = [_marked(au["name"], experimental) for au in found if au["active_frames"]]
    never = [_marked(au["name"], experimental) for au in found if not au["active_frames"]]
    reduction = told.summary["description_length_reduction"]
    reviewers = told.session.reviews.reviewers()
    review = f"reviewers: {len(reviewers)}" if reviewers else "not reviewed"
    return [
        ("Stages", str(len(told.summary["stages"]))),
        ("Description length", "–" if reduction is None else f"reduced by {100 * reduction:.1f} %"),
        ("Active Action Units", ", ".join(active) or "none"),
        ("Never active", ", ".join(never) or "none"),
        ("Review", review),
        *([("", "* experimental")] if experimental else []),
    ]


def _marked(au: str, experimental: Any) -> str:
    return f"{au}*" if au in experimental else au


def write_stages(sheets: Sheets, told: Told) -> None:
    """List all stages."""
    sheets.heading("Stages", with_next=1.6)
    sheets.paragraph(
        "Frames count from 0. Purity: share of the stage's frames that have exactly its set. Grounding: how"
        " far relevance lies where the Action Unit shows (1 all of it, 0 as chance would have it); ⚠ the"
        " network looks elsewhere.",
        7,
        muted=True,
    )
    columns = [
        *(Column("no.", 0.42, True), Column("frames", 0.92, True), Column("from s", 0.66, True)),
        *(Column("to s", 0.66, True), Column("s", 0.52, True), Column("purity", 0.54, True)),
        *(Column("label", 1.74), Column("grounding", 1.64)),
    ]
    rows = ((str(n), *_stage_row(stage)) for n, stage in enumerate(told.summary["stages"], start=1))
    sheets.table(columns, rows)


def _stage_row(stage: Mapping[str, Any]) -> tuple[str, ...]:
    start, stop = stage["start_s"], stage["stop_s"]
    elsewhere = stage["looks_elsewhere"] or ()
    grounding = (
        _NO_BREAK.join((au, "–" if value is None else f"{value:.2f}", *("⚠" if au in elsewhere else "")))
        for au, value in (stage["grounding"] or {}).items()
    )
    return (
        f"{stage['start']}–{stage['stop'] - 1}",
        *(f"{start:.2f}", f"{stop:.2f}", f"{stop - start:.2f}", f"{stage['purity']:.2f}"),
        stage["label"],
        ", ".join(grounding),
    )


def write_provenance(sheets: Sheets, told: Told) -> None:
    """Say what made the results, with every parameter, and what their limits are."""
    sheets.heading("Limits", with_next=1.0)
    model = told.session.model
    for text in _LIMITS:
        sheets.paragraph(f"•  {text}")
    sheets.paragraph(f"•  The model was trained on: {model['training_data']}")
    sheets.heading("Provenance", with_next=1.0)
    made = carried(told.session, told.profile, told.top_x, told.deidentified)
    rows = [(name, text) for name, text in _flat(made) if name not in _HIDDEN]
    sheets.facts(rows, 6.5, 2.6)


def _flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Parameters as names with full stops and texts."""
    for key, one in value.items():
        name = f"{before}{key}"
        if isinstance(one, Mapping) and any(isinstance(v, Mapping) for v in one.values()):
            yield from _flat(one, f"{name}.")
        elif isinstance(one, Mapping):
            yield name, ", ".join(f"{k} {_said(v)}" for k, v in one.items()) or "–"
        else:
            yield name, _said(one)


def _said(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_said, value)) or "–"
    return "–" if value is None else str(value)
