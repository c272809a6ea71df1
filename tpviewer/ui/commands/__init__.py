"""Commands in two halves: *ask* shows a dialog, *do* acts on the workbench and runs without a window."""
