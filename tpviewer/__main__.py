"""``python -m tpviewer``: a command, or the window."""

import multiprocessing
import sys
from pathlib import Path

from tpviewer.cli.names import COMMANDS


def main() -> int:
    """Run a command, or open the window with a video or session, and return the exit code."""
    multiprocessing.freeze_support()  # the engine's process in the frozen program
    words = sys.argv[1:]
    if words[:1] == ["--self-test"] and len(words) <= 2:
        from tpviewer.app import self_test

        return self_test.run(Path(words[1]) if words[1:] else self_test.default_folder())
    if len(words) <= 1 and not any(word in COMMANDS or word.startswith("-") for word in words):
        from tpviewer.app.main import run_app

        return run_app(Path(words[0]) if words else None)
    from tpviewer.app import bench_ui, demo, doctor
    from tpviewer.cli.main import run
    from tpviewer.media.decoding import decoding_apart

    with decoding_apart():
        return run(words, commands=(demo, doctor), benches=(bench_ui,))


if __name__ == "__main__":
    sys.exit(main())
