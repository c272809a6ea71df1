"""Dialogs: they ask and return values, and change nothing themselves."""
