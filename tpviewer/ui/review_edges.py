"""Ends of a judgement."""

from dataclasses import replace

from tpviewer.core.annotations import Annotation


def resized(annotation: Annotation, start: int, stop: int) -> Annotation:
    """The same with another range; an apex is cut to it, and dropped if nothing of it is left."""
    apex = annotation.apex
    if apex is not None:
        apex = max(apex[0], start), min(apex[1], stop)
    kept = apex if apex is not None and apex[0] < apex[1] else None
    return replace(annotation, start=start, stop=stop, apex=kept)
