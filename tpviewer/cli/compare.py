"""``tpviewer compare``: identity, inclusion, distances and common sub-sequences of temporal prototypes."""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tpviewer.cli.blind_note import note_blind
from tpviewer.cli.options import Commands, add_profile_option
from tpviewer.cli.width import printed_width
from tpviewer.core.errors import ParameterError
from tpviewer.core.relations import FoundPattern, Relations, relate
from tpviewer.core.sequence_mining import MiningParams
from tpviewer.export.library import Letters, LibraryEntry, default_letters, listed, read_entries
from tpviewer.export.relations_table import relations_told, short_notation, write_relations

LETTERS: tuple[Letters, ...] = ("own", "joint", "none")
_SHOWN = 40  # characters of a notation in a table


def add_to(commands: Commands) -> None:
    """Add this command's arguments."""
    parser = commands.add_parser(
        "compare",
        help="identity, inclusion and common sub-sequences of temporal prototypes",
        description="Compares the temporal prototypes of sessions. A folder stands for all sessions below it,"
        " with the names of its sub-folders as labels; a corpus folder brings its own labels.",
    )
    parser.add_argument("inputs", type=Path, nargs="+", metavar="SESSION|FOLDER")
    parser.add_argument("--gaps", action="store_true", help="allow other stages between those of a pattern")
    parser.add_argument(
        "--support",
        type=float,
        default=0.1,
        metavar="SHARE",
        help="of the sessions that have to include a pattern, at least two; default: %(default)s",
    )
    parser.add_argument("--longest", type=int, metavar="STAGES", help="of a pattern; default: any number")
    parser.add_argument("--maximal", action="store_true", help="only patterns that no larger one includes")
    parser.add_argument(
        "--letters",
        choices=LETTERS,
        help="own: each session's; joint: those of a corpus, the same look in all; none: co-occurrence only;"
        " default: joint where there are some",
    )
    add_profile_option(parser)
    parser.add_argument("--top", type=int, default=30, metavar="N", help="rows printed; default: %(default)s")
    parser.add_argument("--json", action="store_true", help="stable, documented JSON, with every hit")
    parser.add_argument("--csv", type=Path, metavar="FOLDER", help="write everything as four tables")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, print and write; 1 where a session could not be used."""
    read = list(read_entries(listed(options.inputs), options.profile, note_blind))
    entries = [one for one in read if isinstance(one, LibraryEntry)]
    errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    for problem in (one for one in read if isinstance(one, str)):
        errors.print(f"tpviewer: {problem}", style="red")
    if not entries:
        raise ParameterError("no session could be read that could be compared")
    letters = options.letters or default_letters(entries)
    found = relate([one.sequence(letters) for one in entries], _params(options, len(entries)))
    if options.maximal:
        found = found.only_maximal()
    if options.json:
        sys.stdout.write(json.dumps(relations_told(found, entries, letters), indent=2) + "\n")
    else:
        _print(found, entries, options.top)
    for path in write_relations(found, entries, options.csv) if options.csv is not None else ():
        errors.print(f"written: {path}")
    return 1 if len(entries) < len(read) else 0


def _params(options: argparse.Namespace, count: int) -> MiningParams:
    if not 0 < options.support <= 1:
        raise ParameterError(f"--support {options.support}: write a share above 0 and up to 1, such as 0.1")
    least = max(2, math.ceil(options.support * count - 1e-9))
    return MiningParams(least, options.longest, options.gaps)


def _print(found: Relations, entries: Sequence[LibraryEntry], top: int) -> None:
    console = Console(width=printed_width(180), highlight=False, markup=False)
    console.print(_sequences(found, entries, top))
    _more(console, len(entries), top)
    distinct = len(entries) - sum(len(group) - 1 for group in found.identical)
    console.print(f"\n{len(entries)} temporal prototypes, {distinct} distinct", style="bold")
    for group in found.identical[:top]:
        console.print(f"identical: {', '.join(entries[number].name for number in group)}")
    how = "with gaps" if found.params.gaps else "contiguous"
    console.print(f"\n{len(found.inclusions)} inclusions, {how}", style="bold")
    for part, whole in found.inclusions[:top]:
        console.print(f"{entries[part].name} ⊂ {entries[whole].name}")
    _more(console, len(found.inclusions), top)
    least = f"in at least {found.params.least} temporal prototypes, {how}"
    console.print(f"\n{len(found.patterns)} closed patterns {least}", style="bold")
    if found.patterns:
        console.print(_patterns(found, top))
    _more(console, len(found.patterns), top)


def _more(console: Console, count: int, top: int) -> None:
    if count > top:
        console.print(f"… {count - top} more: --top, --json or --csv")


def _sequences(found: Relations, entries: Sequence[LibraryEntry], top: int) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("name", "label"):
        table.add_column(title)
    for title in ("stages", "group"):
        table.add_column(title, justify="right")
    for title in ("nearest", "distance", "temporal prototype"):
        table.add_column(title, justify="right" if title == "distance" else "left", no_wrap=True)
    for number, entry in enumerate(entries[:top]):
        sequence, others = found.sequences[number], found.nearest[number]
        near = entries[others[0]].name if len(others) else "–"
        distance = f"{found.distances[number, others[0]]:.2f}" if len(others) else "–"
        table.add_row(
            *(entry.name, entry.label or "–", str(len(sequence.stages)), str(found.groups[number] + 1)),
            *(near, distance, short_notation(sequence.prototype, 2 * _SHOWN)),
        )
    return table


def _patterns(found: Relations, top: int) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("pattern", overflow="fold")
    for title in ("support", "share"):
        table.add_column(title, justify="right")
    table.add_column("maximal")
    table.add_column("label")
    for title in ("in label", "lift", "q"):
        table.add_column(title, justify="right")
    table.add_column("first place")
    for one in found.patterns[:top]:
        table.add_row(*_pattern_cells(one, found))
    return table


def _pattern_cells(one: FoundPattern, found: Relations) -> tuple[str, ...]:
    pattern, best = one.pattern, one.strongest
    first = found.hits(one)[0]
    sequence = found.sequences[first.sequence]
    place = f"{sequence.name}, stage {sequence.numbers[first.places[0]] + 1}"
    spread = ("–", "–", "–", "–")
    if best is not None:
        spread = (best.label, f"{best.support}/{best.size}", f"{best.lift:.2f}", f"{best.q:.2g}")
    share = pattern.support / len(found.sequences)
    words = (short_notation(pattern.stages, 4 * _SHOWN), str(pattern.support), f"{share:.0%}")
    return *words, "yes" if pattern.maximal else "", *spread, place
