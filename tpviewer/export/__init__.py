"""Figures and tables out of a session, one file per format."""
