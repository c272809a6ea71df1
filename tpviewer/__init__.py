"""TPViewer: why a neural network saw a facial Action Unit, over a whole video."""

__version__ = "0.1.0"
