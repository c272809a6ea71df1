"""Data sets that can be turned into manifests, by name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tpviewer.training.manifest import Manifest
from tpviewer.training.readers_bp4d import read_bp4d
from tpviewer.training.readers_ckplus import read_ckplus
from tpviewer.training.readers_disfa import read_disfa
from tpviewer.training.readers_tables import read_openface, read_pyfeat
from tpviewer.training.real_faces import photograph_manifest

READERS: Mapping[str, Callable[[Path, int], Manifest]] = MappingProxyType(
    {
        "ckplus": lambda folder, _: read_ckplus(folder),
        "disfa": read_disfa,
        "bp4d": read_bp4d,
        "openface": read_openface,
        "pyfeat": read_pyfeat,
        "photos": lambda folder, _: photograph_manifest(folder),
    }
)
"""Reader of each kind of data set; the second argument is ``--every``."""
