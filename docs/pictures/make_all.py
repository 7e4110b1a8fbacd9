"""Makes all pictures of the guide anew: `python docs/pictures/make_all.py`. Takes about fifteen minutes.

Each script beside this one can be run alone, for some of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPTS = ("make_pictures.py", "make_screenshots.py", "make_conflicts.py")


def main() -> None:
    """Runs the scripts one after the other."""
    for script in SCRIPTS:
        subprocess.run([sys.executable, str(HERE / script)], check=True)


if __name__ == "__main__":
    main()
