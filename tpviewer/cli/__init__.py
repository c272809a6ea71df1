"""The command line: the same pipeline, the same numbers."""
