"""How sizes and times of a recording are written."""

from tpviewer.media.recorder import RecordingState
from tpviewer.ui.language import tr
from tpviewer.ui.wording import clock

_STEPS = (("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10))


def size_text(size: int) -> str:
    """Write a number of bytes: ``14.2 MB``."""
    for unit, step in _STEPS:
        if size >= step:
            return f"{size / step:.1f} {unit}"
    return f"{size} B"


def left_text(free: int, recording: RecordingState | None) -> str:
    """Write how much disk there is, and for how long that lasts at the pace of the recording."""
    text = tr("{0} free").format(size_text(free))
    if recording is None or recording.seconds < 2 or recording.size < 1 << 16:
        return text
    seconds = free * recording.seconds / recording.size
    if seconds >= 3600:
        return text + tr(", enough for {0} h").format(f"{seconds / 3600:.0f}")
    return text + tr(", enough for {0} min").format(f"{seconds / 60:.0f}")


def rates_text(pictures: float, bars: float) -> str:
    """Say how many pictures come per second, and how many of them the bars leave out."""
    text = tr("camera {0} per second, bars {1} per second").format(f"{pictures:.0f}", f"{bars:.0f}")
    left_out = 1.0 - bars / pictures if pictures > 0 else 0.0
    return text + tr(" ({0} % left out)").format(f"{100 * left_out:.0f}") if left_out >= 0.02 else text


def recorded_text(state: RecordingState) -> str:
    """Say what a recording holds, and what it does not."""
    text = tr("{0}: {1}, {2} pictures, {3}.").format(
        state.path.name, clock(state.seconds, 1), state.frames, size_text(state.size)
    )
    if state.refused:
        return (
            text
            + " "
            + tr("Not recorded: {0} pictures; their times are missing in the file.").format(state.refused)
        )
    return text + " " + tr("No picture is missing.")
