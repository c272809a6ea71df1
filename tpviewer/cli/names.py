"""Names of the commands, known without importing one: any other word is a file to open."""

COMMANDS = (
    *("demo", "analyze", "corpus", "show", "export", "compare", "agree", "validate", "evaluate"),
    *("train", "dataset", "phantom", "bench", "doctor"),
)
