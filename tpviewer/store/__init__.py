"""The session file (``.tpv``, SQLite): its only reader and writer."""
