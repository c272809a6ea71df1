"""Names of profiles and layers as people read them."""

from tpviewer.ui.language import tr
from tpviewer.ui.viewer_state import LayerName

PROFILES = ("steady", "paper")
LAYERS: tuple[LayerName, ...] = ("raw", "smoothed", "absorbed")


def profile_name(profile: str) -> str:
    """Return the name of a profile."""
    names = {
        "steady": tr("Steady"),
        "paper": tr("Paper"),
    }
    return names[profile]


def layer_name(layer: LayerName) -> str:
    """Return the name of a layer, within a sentence."""
    names = {
        "raw": tr("raw"),
        "smoothed": tr("smoothed"),
        "absorbed": tr("absorbed"),
    }
    return names[layer]
