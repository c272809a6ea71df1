"""Whether the memory of processes stays flat."""

import statistics
import time
from collections.abc import Mapping
from pathlib import Path


class Memory:
    """Looks at the resident memory of some processes every two seconds.

    Parameters
    ----------
    processes : mapping of str to int
        Process numbers by the names that the result has.
    """

    def __init__(self, processes: Mapping[str, int]) -> None:
        self._processes = processes
        self._samples: list[dict[str, float]] = []
        self._last = float("-inf")

    def sample(self) -> bool:
        """Look where it is time to; always False, so that a wait goes on."""
        if time.monotonic() - self._last > 2.0:
            self._last = time.monotonic()
            self._samples.append({name: resident_mb(pid) for name, pid in self._processes.items()})
        return False

    def told(self) -> dict[str, dict[str, float]]:
        """Medians of the second and the last fifth, MB; nothing on a system that does not tell it."""
        if not self._samples or not any(self._samples[0].values()):
            return {}
        part = max(len(self._samples) // 5, 1)
        result = {}
        for name in self._processes:
            values = [sample[name] for sample in self._samples]
            result[name] = {
                "second_fifth_mb": round(statistics.median(values[part : 2 * part] or values), 1),
                "last_fifth_mb": round(statistics.median(values[-part:]), 1),
                "most_mb": round(max(values), 1),
            }
        return result


def resident_mb(pid: int) -> float:
    """Memory of a process; 0 where it has ended, or on a system that does not tell it this way."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    line = next((line for line in status.read_text().splitlines() if line.startswith("VmRSS")), "VmRSS: 0")
    return int(line.split()[1]) / 1024
