"""Write packaging/requirements.txt anew from requirements.in; needs `uv` on the PATH."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    command = [
        *("uv", "pip", "compile", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-emit-index-url", "--upgrade"),
        *("--custom-compile-command", "python packaging/lock.py"),
        *("--override", "overrides.txt", "requirements.in", "-o", "requirements.txt"),
    ]
    sys.exit(subprocess.call(command, cwd=HERE))
