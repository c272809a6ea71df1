"""Writes, in a process of its own, a tiny model and two patients' videos, analysed with it.

``python -m tests.ui.patients FOLDER`` leaves ``tiny``, ``first.mp4``, ``first.tpv``, ``second.mp4`` and
``second.tpv``. Two Action Units of the model are active in every frame, the third in none.
"""

import sys
from fractions import Fraction
from pathlib import Path

from tests.models.tiny import build_tiny_package
from tpviewer.media.source import open_source
from tpviewer.media.video_writer import write_video
from tpviewer.pipeline.analyze import analyze
from tpviewer.pipeline.params import Params
from tpviewer.resources import resource

FRAMES = 40


def write(folder: Path) -> None:
    model = build_tiny_package(folder / "tiny", seed=3, thresholds=(0.2, 0.2, 0.8))
    for name, start in (("first", 0), ("second", 120)):
        video = folder / f"{name}.mp4"
        with open_source(resource("phantom", "phantom.mp4")) as source:
            rate = Fraction(source.info.nominal_rate).limit_denominator(1001)
            cut = (p for _, p in source.frames(start, start + FRAMES) if p is not None)
            write_video(video, cut, rate)
        for _ in analyze(video, video.with_suffix(".tpv"), Params(), model):
            pass


if __name__ == "__main__":
    write(Path(sys.argv[1]))
