"""One generator, ``analyze``, that runs the steps that are missing."""
