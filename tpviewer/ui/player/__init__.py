"""The player: the frame with what explains it, and the controls below it."""
