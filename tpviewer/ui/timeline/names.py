"""Names of profiles and layers as people read them."""

from PySide6.QtCore import QCoreApplication

from tpviewer.ui.viewer_state import LayerName

PROFILES = ("steady", "paper")
LAYERS: tuple[LayerName, ...] = ("raw", "smoothed", "absorbed")


def profile_name(profile: str) -> str:
    """Return the name of a profile."""
    names = {
        "steady": QCoreApplication.translate("Timeline", "Steady"),
        "paper": QCoreApplication.translate("Timeline", "Paper"),
    }
    return names[profile]


def layer_name(layer: LayerName) -> str:
    """Return the name of a layer, within a sentence."""
    names = {
        "raw": QCoreApplication.translate("Timeline", "raw"),
        "smoothed": QCoreApplication.translate("Timeline", "smoothed"),
        "absorbed": QCoreApplication.translate("Timeline", "absorbed"),
    }
    return names[layer]
