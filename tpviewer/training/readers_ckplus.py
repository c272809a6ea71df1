"""CK+ (Lucey et al. 2010) as a manifest: FACS codes of the last frame, the first frame being neutral."""

from collections import defaultdict
from pathlib import Path

from tpviewer.core.errors import ParameterError
from tpviewer.importing.ckplus import FACS, IMAGES, read_facs
from tpviewer.media.image_sequence import list_images
from tpviewer.training.au_shapes import AUS
from tpviewer.training.manifest import Entry, Manifest, Place

_APEX = 3
"""Last frames of a sequence that get the codes of the last one: it was filmed up to the apex."""

_DATASET = "CK+"


def read_ckplus(folder: Path) -> Manifest:
    """Read the folder that holds ``cohn-kanade-images`` and ``FACS``.

    Sequences without FACS codes are left out. A code without an intensity (0 in the files) is present, its
    intensity unknown. What was not coded is absent, with three exceptions: AU43 (eyes closed) is AU45 here;
    a blink (AU45) somewhere in the sequence says nothing of its last frame; AU27 (mouth stretched open)
    counts as AU26 with AU25, and AU26 alone leaves AU25 open.

    Raises
    ------
    ParameterError
        If a folder is missing, or a FACS file cannot be understood.
    """
    images, codes = folder / IMAGES, folder / FACS
    for needed in (images, codes):
        if not needed.is_dir():
            raise ParameterError(
                f"{needed}: there is no such folder; give the folder with cohn-kanade-images and FACS"
            )
    coded = {file.parent.relative_to(codes): file for file in sorted(codes.glob("*/*/*_facs.txt"))}
    sequences = {name: list_images(images / name) for name in coded if (images / name).is_dir()}
    firsts = {name: pictures[0] for name, pictures in sequences.items() if len(pictures) > 1}
    if not firsts:
        raise ParameterError(f"{folder}: no sequence has both FACS codes and images (S005/001/…)")
    entries: list[Entry] = []
    for name, first in firsts.items():
        labels, intensities = labels_of_codes(read_facs(coded[name]))
        person = name.parts[0]
        entries.append(_neutral(first, person, firsts))
        entries += [
            Entry(picture, person, (0, 1), _DATASET, labels, intensities, Place(first))
            for picture in sequences[name][max(1, len(sequences[name]) - _APEX) :]
        ]
    return Manifest("ckplus", tuple(entries))


def labels_of_codes(codes: dict[int, float]) -> tuple[dict[str, int], dict[str, float]]:
    """Labels and known intensities from the codes of one face."""
    labels: dict[str, int] = dict.fromkeys(AUS, 0)
    intensities = {}
    for number, intensity in codes.items():
        au = {43: "AU45", 27: "AU26"}.get(number, f"AU{number:02d}")
        labels[au] = 1
        if intensity and number != 27:
            intensities[au] = intensity
    if 27 in codes:
        labels["AU25"] = 1
    elif 26 in codes and 25 not in codes:
        del labels["AU25"]
    if 45 in codes and 43 not in codes:
        del labels["AU45"]
        intensities.pop("AU45", None)
    return labels, intensities


def _neutral(first: Path, person: str, firsts: dict[Path, Path]) -> Entry:
    """A neutral face; beside it that of another sequence of the same person, if there is one."""
    others = defaultdict(list)
    for name, picture in firsts.items():
        if picture != first:
            others[name.parts[0]].append(picture)
    beside = Place(others[person][0]) if others[person] else None
    return Entry(first, person, (0, 1), _DATASET, dict.fromkeys(AUS, 0), {}, beside)
