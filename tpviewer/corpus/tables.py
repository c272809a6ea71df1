"""What a corpus comes to: Table 1 in three forms, a table of its sequences, a table of its prototypes."""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from tpviewer.core.action_units import au_label
from tpviewer.core.errors import SessionError
from tpviewer.core.stages import StageKey, notation, prototype_notation, temporal_prototype
from tpviewer.core.statistics import sequence_statistics
from tpviewer.corpus.recording import Recording
from tpviewer.corpus.results import Analysed
from tpviewer.corpus.table1 import Table1, make_table1, write_csv, write_markdown
from tpviewer.store.corpus import Corpus


def write_tables(
    corpus: Corpus, recordings: Sequence[Recording], found: Sequence[Analysed], out: Path
) -> Table1:
    """Write ``table1.md``, ``.csv`` and ``.png``, ``sequences.csv`` and ``prototypes.csv`` into a folder.

    Parameters
    ----------
    corpus : Corpus
    recordings : sequence of Recording
        All sequences of the corpus.
    found : sequence of Analysed
        The finished ones, at least one.
    out : Path

    Returns
    -------
    Table1

    Raises
    ------
    SessionError
        If a file cannot be written.
    """
    from tpviewer.corpus.table1_picture import draw_table1  # matplotlib is slow to come

    true = [one.true for one in found if one.true is not None]
    table = make_table1([one.found for one in found], true, corpus.layout == "ckplus")
    told = json.dumps(dict(corpus.provenance) | {"layout": corpus.layout}, sort_keys=True)
    try:
        write_markdown(table, out / "table1.md", notes(corpus, found))
        write_csv(table, out / "table1.csv")
        draw_table1(table, out / "table1.png", _title(corpus), told)
        _write_sequences(corpus, recordings, found, out / "sequences.csv")
        _write_prototypes(found, out / "prototypes.csv")
    except OSError as error:
        raise SessionError(
            f"{error.filename or out}: cannot be written ({error.strerror}); make room, or choose another"
            " folder with -o"
        ) from error
    return table


def notes(corpus: Corpus, found: Sequence[Analysed]) -> list[str]:
    """What else the table's reader should know."""
    failed = sum(one.error is not None for one in corpus.sequences)
    told = [f"Profile *{corpus.profile}*; {len(found)} sequences, {failed} failed."]
    pairs = [
        (temporal_prototype(one.found.cooccurrence), temporal_prototype(one.true.cooccurrence))
        for one in found
        if one.true is not None
    ]
    if pairs:
        same = sum(one == true for one, true in pairs)
        ends = sum(one[-1:] == true[-1:] for one, true in pairs)
        told.append(
            f"The true temporal prototype (co-occurrence) was found in {same} of {len(pairs)} sequences, its"
            f" last stage in {ends}."
        )
    return told


def _title(corpus: Corpus) -> str:
    told = f"Temporal prototypes by label · profile {corpus.profile}"
    if not corpus.provenance:  # that of the first sequence that was analysed: there is none
        return told
    return f"{told} · model {corpus.provenance['model']} {corpus.provenance['model_version']}"


_COLUMNS = (
    *("sequence", "person", "label", "session", "error", "facs", "frames", "frames_without_face", "stages"),
    *("distinct_stages", "reduction", "aus_too_few_to_cluster", "prototype", "prototype_cooccurrence"),
    *("prototype_joint", "true_stages", "true_reduction", "true_prototype"),
)


def _write_sequences(
    corpus: Corpus, recordings: Sequence[Recording], found: Sequence[Analysed], path: Path
) -> None:
    """One line a sequence, for statistics of one's own; what is not known is empty."""
    by_name = {one.sequence.name: one for one in found}
    codes = {one.name: one.codes for one in recordings}
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, _COLUMNS, restval="")
        out.writeheader()
        for sequence in corpus.sequences:
            row: dict[str, object] = {
                "sequence": sequence.name,
                "person": sequence.person,
                "label": sequence.label,
                "session": sequence.session,
                "error": sequence.error,
                "facs": " ".join(f"{au_label(au)}:{level:g}" for au, level in codes[sequence.name]),
            }
            if sequence.name in by_name:
                row |= _results(by_name[sequence.name])
            out.writerow(row)


def _results(one: Analysed) -> dict[str, object]:
    counts, found = sequence_statistics(one.found.stages), one.found
    row: dict[str, object] = {
        "frames": counts.frames,
        "frames_without_face": counts.unseen_frames,
        "stages": counts.stages,
        "distinct_stages": counts.distinct,
        "reduction": _number(counts.reduction),
        "aus_too_few_to_cluster": " ".join(sorted(found.too_few)),
        "prototype": notation(found.stages),
        "prototype_cooccurrence": notation(found.cooccurrence),
        "prototype_joint": "" if found.joint is None else notation(found.joint),
    }
    if one.true is not None:
        true = sequence_statistics(one.true.stages)
        row |= {
            "true_stages": true.stages,
            "true_reduction": _number(true.reduction),
            "true_prototype": notation(one.true.stages),
        }
    return row


def _number(value: float) -> str:
    return "" if math.isnan(value) else repr(value)


def _write_prototypes(found: Sequence[Analysed], path: Path) -> None:
    """One line a distinct prototype of each variant, the most frequent first."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("variant", "sequences", "labels", "prototype", "found_in"))
        for variant in ("cooccurrence", "stages", "joint"):
            groups: dict[tuple[StageKey, ...], list[Analysed]] = defaultdict(list)
            for one in found:
                stages = getattr(one.found, variant)
                if stages is not None:
                    groups[temporal_prototype(stages)].append(one)
            for prototype, members in sorted(groups.items(), key=lambda item: -len(item[1])):
                labels = sorted({one.sequence.label or "" for one in members})
                names = " ".join(one.sequence.name for one in members)
                out.writerow((variant, len(members), " ".join(labels), prototype_notation(prototype), names))
