"""Fuzz everything that the product reads, with the full counts; exit code 1 if a file ends badly.

python -m tests.fuzz [--only mp4 …] [--share 0.1] [--first SEED]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz.runner import run
from tests.fuzz.targets import COUNTS, TARGETS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=[*TARGETS], default=[*TARGETS])
    parser.add_argument("--count", type=int, help="files of each kind instead of the full counts")
    parser.add_argument("--first", type=int, default=0, help="seed of the first file")
    options = parser.parse_args()
    failed = 0
    print(f"{'kind':<10}{'files':>7}{'used':>7}{'refused':>9}{'failed':>8}{'slowest s':>11}{'peak MB':>9}")
    for name in options.only:
        seeds = range(options.first, options.first + (options.count or COUNTS[name]))
        with tempfile.TemporaryDirectory() as folder:
            tally = run(TARGETS[name], Path(folder), seeds)
        failed += len(tally.failures)
        print(
            f"{name:<10}{tally.total:>7}{tally.used:>7}{tally.refused:>9}{len(tally.failures):>8}"
            f"{tally.slowest:>11.1f}{tally.peak >> 20:>9}",
            flush=True,
        )
        for seed, text in tally.failures:
            print(f"  {name}, seed {seed}: {text}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
