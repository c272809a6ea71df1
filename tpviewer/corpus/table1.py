"""Table 1 of the paper for any corpus: rows, Markdown and CSV."""

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tpviewer.core.errors import ParameterError
from tpviewer.core.statistics import GroupStatistics, SequenceResult, group_statistics, label_statistics

NONE, ALL = "None", "Entire dataset"
"""Columns of sequences without a label, and of all."""

ORDER = ("disgust", "happiness", "sadness", "surprise", "anger", "contempt", "fear")
"""Labels in the order of the paper, to which fear is added; others follow, then none and all."""


@dataclass(frozen=True)
class Row:
    """A row of the table.

    Attributes
    ----------
    title : str
    value : callable
        Number of a column; None or NaN where there is none.
    text : callable
        How it is written.
    aggregation : callable or None
        What the paper's shading stands for, 0 none to 1 full; None where the row is not shaded.
    """

    title: str
    value: Callable[[GroupStatistics], float | None]
    text: Callable[[float], str]
    aggregation: Callable[[GroupStatistics], float] | None = None


def _count(value: float) -> str:
    return f"{value:.0f}"


def _average(value: float) -> str:
    return f"{value:.2f}"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _shared(value: Callable[[GroupStatistics], float | None]) -> Callable[[GroupStatistics], float]:
    """Share of the sequences that add no prototype of their own."""

    def share(group: GroupStatistics) -> float:
        seen, found = group.sequences - group.without_face, value(group)
        return math.nan if found is None or not seen else 1 - found / seen

    return share


def _by_cooccurrence(group: GroupStatistics) -> float:
    return group.cooccurrence_prototypes


def _by_clusters(group: GroupStatistics) -> float:
    return group.prototypes


def _by_joint_clusters(group: GroupStatistics) -> float | None:
    return group.joint_prototypes


ROWS = (
    Row("Num. of sequences with emotion label", lambda group: group.sequences, _count),
    Row("Avg. num. of frames per sequence", lambda group: group.frames, _average),
    Row(
        "Num. of temporal prototypes (only AU co-occurrence considered)",
        _by_cooccurrence,
        _count,
        _shared(_by_cooccurrence),
    ),
    Row(
        "Num. of temporal prototypes (AU co-occurrence and spectral clustering)",
        _by_clusters,
        _count,
        _shared(_by_clusters),
    ),
    Row("Avg. num. of stages per temporal prototype", lambda group: group.stages, _average),
    Row(
        "Avg. reduction in description length",
        lambda group: group.reduction,
        _percent,
        lambda group: group.reduction,
    ),
)
"""The six rows of the paper."""

JOINT_ROW = Row(
    "Num. of temporal prototypes (AU co-occurrence and joint clustering)",
    _by_joint_clusters,
    _count,
    _shared(_by_joint_clusters),
)
"""Beyond the paper: letters that mean the same in every sequence."""

_PAPER_COLUMNS = ("disgust", "happiness", "sadness", "surprise", "anger", "contempt", NONE, ALL)
_PAPER_VALUES = (
    (59, 69, 28, 83, 45, 18, 266, 593),
    (14.71, 19.27, 19.53, 16.0, 22.7, 12.9, 18.26, 18.1),
    (58, 56, 28, 36, 43, 16, 214, 455),
    (59, 65, 28, 56, 45, 17, 243, 525),
    (6.85, 6.57, 6.89, 3.4, 8.07, 4.28, 6.09, 6.06),
    (0.52, 0.65, 0.63, 0.78, 0.62, 0.65, 0.66, 0.66),
)
PUBLISHED: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        row.title: MappingProxyType(dict(zip(_PAPER_COLUMNS, values, strict=True)))
        for row, values in zip(ROWS, _PAPER_VALUES, strict=True)
    }
)
"""Values of the paper for CK+ by row and column (its columns add up to 568 sequences; 25 of fear miss)."""


@dataclass(frozen=True)
class Table1:
    """Figures of a corpus.

    Attributes
    ----------
    columns : mapping of str to GroupStatistics
        In the order in which they are shown: labels, `NONE`, `ALL`.
    true : mapping of str to GroupStatistics
        The same from the known truth; empty where that is not known of every sequence.
    published : bool
        The paper's values stand beside: the corpus has the layout of CK+.
    """

    columns: Mapping[str, GroupStatistics]
    true: Mapping[str, GroupStatistics]
    published: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        """The paper's, then that of joint clusters where there are some."""
        joint = any(group.joint_prototypes is not None for group in self.columns.values())
        return (*ROWS, JOINT_ROW) if joint else ROWS

    def lines(self) -> list[tuple[Row, str, dict[str, str]]]:
        """Every line of the table: its row, where its figures come from, and their texts by column.

        Sources are ``found`` and, where they are known, ``true`` and ``published``.
        """
        told = []
        for row in self.rows:
            told.append((row, "found", _texts(row, {n: row.value(g) for n, g in self.columns.items()})))
            if self.true and row is not JOINT_ROW:
                told.append((row, "true", _texts(row, {n: row.value(g) for n, g in self.true.items()})))
            if self.published and row.title in PUBLISHED:
                values = PUBLISHED[row.title]
                told.append((row, "published", _texts(row, {n: values.get(n) for n in self.columns})))
        return told

    def notes(self) -> list[str]:
        """What the figures leave out, and how many letters are A by construction."""
        every = self.columns[ALL]
        told = [
            f"Of {every.units} Action Units in sequences {every.units_with_one_look} have the letter A alone;"
            f" {every.units_too_few} had too few maps to cluster, which makes them A by rule."
        ]
        if self.published:
            told.append(
                "Published are the paper's values for CK+, to compare a licensed copy with; of its 593"
                " sequences 25 are of fear, which has no column there."
            )
        if every.without_face:
            told.append(f"{every.without_face} sequences without a face count in the first row only.")
        return told


def make_table1(found: Sequence[SequenceResult], true: Sequence[SequenceResult], published: bool) -> Table1:
    """Figures of a corpus by label and over all.

    Parameters
    ----------
    found : sequence of SequenceResult
    true : sequence of SequenceResult
        From known truths; taken where there are as many.
    published : bool
        Show the paper's values for CK+ beside them.

    Raises
    ------
    ParameterError
        If a label has the name of a column of its own.
    """
    return Table1(_columns(found), _columns(true) if len(true) == len(found) else {}, published)


def write_markdown(table: Table1, path: Path, more: Sequence[str] = ()) -> Path:
    """Write the table in Markdown, known and published values in lines of their own; returns `path`.

    `more` are further notes below it.
    """
    lines = [
        f"| | {' | '.join(table.columns)} |",
        f"| --- |{' --: |' * len(table.columns)}",
    ]
    for row, source, texts in table.lines():
        title = row.title if source == "found" else f"*{source}*"
        lines.append(f"| {title} | {' | '.join(texts.values())} |")
    notes = "\n\n".join([*table.notes(), *more])
    path.write_text("\n".join(lines) + f"\n\n{notes}\n", encoding="utf-8")
    return path


def write_csv(table: Table1, path: Path) -> Path:
    """Write one line a row, source and column, all digits; returns `path`."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("row", "source", "label", "value"))
        for row, source, texts in table.lines():
            for name in texts:
                out.writerow((row.title, source, name, _exact(table, row, source, name)))
    return path


def _exact(table: Table1, row: Row, source: str, name: str) -> str:
    if source == "published":
        value = PUBLISHED[row.title].get(name)
    else:
        value = row.value((table.true if source == "true" else table.columns)[name])
    return "" if value is None or math.isnan(value) else repr(value)


def _columns(results: Sequence[SequenceResult]) -> dict[str, GroupStatistics]:
    groups = label_statistics(results)
    if NONE in groups or ALL in groups:
        raise ParameterError(f"a label cannot be called {NONE} or {ALL}; rename its folder")
    others = sorted(label for label in groups if label is not None and label not in ORDER)
    named = {label: groups[label] for label in (*ORDER, *others) if label in groups}
    nobody = {NONE: groups[None]} if None in groups else {}
    return {**named, **nobody, ALL: group_statistics(results)}


def _texts(row: Row, values: Mapping[str, float | None]) -> dict[str, str]:
    return {
        name: "–" if value is None or math.isnan(value) else row.text(value) for name, value in values.items()
    }
