"""The timeline: stages, Action Units, head and quality over one time axis."""

from tpviewer.ui.timeline.timeline import Timeline

__all__ = ["Timeline"]
