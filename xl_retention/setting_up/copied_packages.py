"""A copy of our package, and of all it needs, for a LibreOffice whose Python is not the one that runs us.

numpy and pandas have compiled parts, which are made for one version of Python each; pip fetches those of
the other version without running it.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
from pathlib import Path

from xl_retention import __version__
from xl_retention.errors import WrongRequest
from xl_retention.setting_up.bridge import MODULES, our_module
from xl_retention.setting_up.libreoffice import Office
from xl_retention.setting_up.surroundings import Surroundings

DISTRIBUTION = "xl-retention"
COPYING_TAKES = 900
"""Seconds that pip may take on a slow line."""
COMPLETE = ".complete"
"""File in a copy, with our version, written last."""


def folder(office: Office, surroundings: Surroundings) -> Path:
    """Where the copy lies: beside our other data, or in the profile of an office that sees nothing else."""
    assert office.python
    name = f"python-{office.python[0]}.{office.python[1]}"
    if office.shut_in:
        return office.profile / "user" / "xl_retention" / name
    return surroundings.data / name


def is_complete(copy: Path) -> bool:
    """Whether the copy is whole and of this version of ours."""
    mark = copy / COMPLETE
    return mark.is_file() and mark.read_text("utf-8") == __version__


def requirements() -> list[str]:
    """What our package needs at run time, as pip reads it.

    Raises:
        WrongRequest: The package is not installed, so nobody knows.
    """
    try:
        needed = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        raise WrongRequest(
            "xl_retention is not installed in this Python; run 'pip install xl-retention' in it first."
        ) from None
    return [line for line in needed if not re.search(r"\bextra\s*==", line)]


def copy(office: Office, surroundings: Surroundings) -> Path:
    """
    Makes the copy, or leaves one that is complete.

    Raises:
        WrongRequest: pip could not; the sentence has its last line.
    """
    target = folder(office, surroundings)
    if is_complete(target):
        return target
    needed = requirements()
    shutil.rmtree(target, ignore_errors=True)
    assert office.python
    said = surroundings.ask(
        [
            *(str(surroundings.interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--target", str(target), "--only-binary=:all:"),
            *("--python-version", f"{office.python[0]}.{office.python[1]}"),
            *needed,
        ],
        COPYING_TAKES,
    )
    if said.code != 0:
        shutil.rmtree(target, ignore_errors=True)
        lines = said.output.strip().splitlines() or ["pip could not be started"]
        raise WrongRequest(
            f"The packages for LibreOffice's Python {office.python[0]}.{office.python[1]} "
            f"could not be fetched ({lines[-1]}); look at the network connection and try again."
        )
    for name in MODULES:
        module = our_module(name)
        if module is not None and module.is_dir():
            shutil.copytree(module, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif module is not None:
            shutil.copyfile(module, target / module.name)
    (target / COMPLETE).write_text(__version__, "utf-8")
    return target
