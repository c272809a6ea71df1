"""The camera's window: choose, look, record, and go on to the analysis."""
