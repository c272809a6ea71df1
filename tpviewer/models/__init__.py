"""Face detector, Action Unit classifier and relevance analyzer behind small protocols."""
