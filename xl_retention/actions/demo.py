"""The sample stores that come with the package, for a first look."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

from xl_retention.errors import WrongRequest

SAMPLES = {"en": "Store-East.xlsx", "zh": "城西店.xlsx"}


def sample_path(language: str) -> Path:
    """Where a sample store lies: inside the installed package, else in the source tree beside it."""
    package = Path(str(resources.files("xl_retention")))
    for folder in (package / "sample", package.parent / "sample"):
        if (path := folder / SAMPLES[language]).is_file():
            return path
    raise WrongRequest("The sample store did not come with this installation; install the package again.")


def copy_sample(language: str, folder: Path) -> Path:
    """
    Copies a sample store into a folder, made if absent, and returns the copy.

    A copy that is there already stays as it is: somebody may have typed into it.

    Raises:
        WrongRequest: A file bears the name of the folder.
    """
    if folder.exists() and not folder.is_dir():
        raise WrongRequest(f"{folder.name} is a file; choose another name for the folder of the practice store.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / SAMPLES[language]
    if not target.exists():
        part = target.with_name(f".{target.name}.part")
        try:
            shutil.copyfile(sample_path(language), part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)  # of a disk that is full
    return target
