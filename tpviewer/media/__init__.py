"""Video in and out: exact frames by presentation time."""
