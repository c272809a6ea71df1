"""Panels beside the player."""
