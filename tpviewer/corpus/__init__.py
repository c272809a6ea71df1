"""Many sequences through the one pipeline, and what they say together: Table 1, joint letters."""
