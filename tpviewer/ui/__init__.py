"""The window: views that read one `ViewerState` and ask for changes by signals."""
