"""Work in the real window for some minutes, many times as fast as a person, and look what is lost.

Two sessions are looked through, judged, changed, undone, exported and analysed again in turn, at random but
seeded. Prints as JSON what was done, which judgements are not in their file as they were shown, what the
window complained of, how evenly it worked, and whether memory stays flat. The screen may be one that nobody
sees:

QT_QPA_PLATFORM=offscreen python packaging/soak_window.py --minutes 10
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from resident import Memory

from tpviewer.app.main import make_application, make_window
from tpviewer.app.waiting import Heartbeat, wait_until
from tpviewer.core.annotations import Annotation
from tpviewer.media.decoding import decoding_apart
from tpviewer.resources import resource
from tpviewer.store.session import Session
from tpviewer.ui.commands import navigation, review, review_flow
from tpviewer.ui.commands.analysis import do_analyse, do_change_setup
from tpviewer.ui.commands.export import do_export
from tpviewer.ui.commands.files import do_open
from tpviewer.ui.commands.looks import do_set_count
from tpviewer.ui.main_window import MainWindow
from tpviewer.ui.problem import Problem
from tpviewer.ui.settings import Settings
from tpviewer.ui.workbench import Workbench

CODER = "Dr. Soak"
VIDEOS = ("phantom", "two_people")
PATIENCE_S = 300.0
EXPORTS = (("csv", "csv"), ("figure", "png"), ("eaf", "eaf"), ("json", "json"), ("boris", "csv"))


class Soak:
    """One run in one window.

    Attributes
    ----------
    done : Counter of str
        How often each thing was done.
    complaints : list of str
        Problems that the window showed.
    """

    def __init__(self, window: MainWindow, folder: Path, seed: int) -> None:
        self.done: Counter[str] = Counter()
        self.complaints: list[str] = []
        self._window, self._bench, self._folder = window, window.bench, folder
        self._rng = np.random.default_rng(seed)
        self._stepping = False  # an undo or redo is on its way, whose outcome only the file knows
        self._leaving = False
        self._held: dict[Path, dict[str, Annotation]] = {}
        self._bench.problem.connect(self._heard)
        self._bench.document_changed.connect(self._arrived)
        self._bench.settings.author = CODER
        self._acts: dict[str, tuple[float, Callable[[], None]]] = {
            "seek": (20, self._seek),
            "zoom": (6, lambda: navigation.do_zoom(self._bench.state, float(self._rng.choice([0.5, 2.0])))),
            "X": (10, self._x),
            "next stage": (6, lambda: navigation.do_next_stage(self._bench.state)),
            "next Action Unit": (6, lambda: navigation.do_choose_next_au(self._bench.state, 1)),
            "play": (2, lambda: navigation.do_play(self._bench.state)),
            "profile": (1, self._profile),
            "judge": (20, self._judge),
            "intensity": (8, lambda: review.do_intensity(self._bench, int(self._rng.integers(6)))),
            "note": (4, lambda: review.do_note(self._bench, f"Notiz ä {self._rng.integers(1000)}")),
            "accept stage": (2, lambda: review.do_accept_stage(self._bench)),
            "looked through": (2, lambda: review_flow.do_done(self._bench)),
            "undo": (8, lambda: self._step(review.do_undo)),
            "redo": (4, lambda: self._step(review.do_redo)),
            "count of looks": (0.5, self._count),
            "threshold": (0.1, self._threshold),
            "export": (0.5, self._export),
            "other session": (0.5, self._other),
        }

    def run(self, minutes: float) -> dict[str, Any]:
        """Analyse both videos, work for some minutes, close, and compare the files with what was shown."""
        for name in VIDEOS:
            self._analysed(name)
        assert self._bench.engine.pid is not None
        memory = Memory({"window": os.getpid(), "engine": self._bench.engine.pid})
        self._other()  # so that both are worked in, however slow the computer is
        beat = Heartbeat(self._act)
        beat.start()
        wait_until(memory.sample, 60 * minutes)
        beat.stop()
        self._wait(lambda: not self._leaving and self._bench.state.snapshot is not None)
        self._wait(lambda: not self._bench.review.tasks.busy)
        self._leave()
        self._wait(lambda: not self._bench.analysis.active)
        return {
            "minutes": minutes,
            "done": dict(self.done),
            "judgements": {path.stem: len(held) for path, held in self._held.items()},
            "longest_gap_of_window_ms": round(1000 * max(beat.gaps), 1),
            "gap_of_window_p99_ms": round(1000 * float(np.quantile(beat.gaps, 0.99)), 1),
            "memory": memory.told(),
        }

    def lost(self) -> list[str]:
        """What the files lack of what was shown, once the window is closed, and what they hold besides."""
        found = []
        for path, held in self._held.items():
            with Session(path) as session:
                kept = {one.annotation.key: one.annotation for one in session.reviews.judgements(CODER)}
            keys = [key for key in {*kept, *held} if kept.get(key) != held.get(key)]
            found += [f"{path.stem}: shown {held.get(key)}, kept {kept.get(key)}" for key in keys]
        return found

    def _act(self) -> None:
        self._stepping = self._stepping and self._bench.review.saving
        if self._stepping or self._leaving or self._bench.state.snapshot is None:
            return  # nobody judges on before an undo shows, or in a session that is not there yet
        names = list(self._acts)
        weights = np.array([weight for weight, _ in self._acts.values()])
        name = str(self._rng.choice(names, p=weights / weights.sum()))
        self._acts[name][1]()
        self.done[name] += 1

    def _analysed(self, name: str) -> None:
        video = self._folder / f"{name}.mp4"
        shutil.copyfile(resource("phantom", video.name), video)
        do_open(self._bench, video)
        self._wait(lambda: self._bench.state.video is not None and self._bench.state.video.path == video)
        do_analyse(self._bench)
        self._wait(lambda: self._bench.analysis.phase == "done" and self._bench.review.can_review)

    def _wait(self, true: Callable[[], bool]) -> None:
        if not wait_until(true, PATIENCE_S):
            raise SystemExit("the window did not get there in time: " + "; ".join(self.complaints))

    def _seek(self) -> None:
        navigation.do_go_to(self._bench.state, int(self._rng.integers(self._bench.state.n_frames)))

    def _x(self) -> None:
        state = self._bench.state
        state.set_overlay(replace(state.overlay, x=float(self._rng.integers(1, 101))))

    def _profile(self) -> None:
        self._bench.state.set_profile(str(self._rng.choice(["steady", "paper"])))

    def _judge(self) -> None:
        verdict = ("present", "absent", "unsure", "not scorable")[self._rng.integers(4)]
        review.do_judge(self._bench, verdict, "occluded" if verdict == "not scorable" else "")

    def _step(self, command: Callable[[Workbench], None]) -> None:
        command(self._bench)
        self._stepping = True

    def _count(self) -> None:
        """Another number of looks than there is."""
        results = self._bench.state.results
        if results is not None and results.clusters:
            au = str(self._rng.choice(sorted(results.clusters)))
            present = len(results.clusters[au].prototypes)
            do_set_count(self._bench, au, int(self._rng.choice([n for n in (1, 2, 3) if n != present])))

    def _threshold(self) -> None:
        do_change_setup(self._bench, thresholds={"AU12": float(self._rng.uniform(0.5, 0.9))})

    def _export(self) -> None:
        kind, suffix = EXPORTS[self._rng.integers(len(EXPORTS))]
        do_export(self._bench, kind, self._folder / f"{kind} {self._rng.integers(4)}.{suffix}")

    def _other(self) -> None:
        """Leave while judgements may still wait to be written."""
        self._leave()
        self._leaving = True
        document = self._bench.document
        open_now = document.session.stem if document is not None else ""
        do_open(self._bench, self._folder / f"{next(name for name in VIDEOS if name != open_now)}.tpv")

    def _heard(self, problem: Problem) -> None:
        """A change of looks that changes nothing is rightly refused."""
        if "this would leave the clusters as they are" in problem.message:
            self.done["refused count of looks"] += 1
        else:
            self.complaints.append(f"{problem.title}: {problem.message}")

    def _arrived(self) -> None:
        self._leaving = False

    def _leave(self) -> None:
        if self._stepping:
            self._wait(lambda: not self._bench.review.saving)
        if self._bench.document is not None:
            shown = {one.key: one for one in self._bench.review.annotations}
            self._held[self._bench.document.session] = shown


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    make_application()
    with tempfile.TemporaryDirectory() as place, decoding_apart():
        folder = Path(place)
        window = make_window(Settings(folder / "settings.ini"), folder / "spare")
        try:
            window.resize(1280, 800)
            window.show()
            soak = Soak(window, folder, options.seed)
            result = soak.run(options.minutes)
        finally:
            window.close()
            window.deleteLater()
        result["lost"], result["complaints"] = soak.lost(), soak.complaints
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    return 1 if result["lost"] or result["complaints"] else 0


if __name__ == "__main__":
    sys.exit(main())
