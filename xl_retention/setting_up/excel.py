"""xlwings' add-in and ours in Excel's start folder: put there by xlwings itself, looked at without Excel."""

from __future__ import annotations

import argparse
import contextlib
import io
import re
from importlib import resources
from pathlib import Path
from typing import Protocol

from xl_retention.setting_up.surroundings import Surroundings

XLWINGS_ADDIN = "xlwings.xlam"
OUR_ADDIN = "Retention.xlam"
_VERSION = re.compile(r'XLWINGS_VERSION As String = "([^"]+)"')


class AddIns(Protocol):
    """What puts add-ins into Excel."""

    def install(self, addin: Path | None) -> str:
        """Installs xlwings' own add-in (None) or another; returns what xlwings said, "" when all went well."""

    def remove(self, name: str) -> str:
        """Takes an add-in away; returns what xlwings said, "" when all went well."""


class XlwingsCommands:
    """xlwings' own commands `xlwings addin install` and `remove`, in process."""

    def install(self, addin: Path | None) -> str:
        """See `AddIns`; starts Excel for a moment if it does not run."""
        from xlwings import cli

        return _said(cli.addin_install, argparse.Namespace(glob=False, dir=None, file=addin and str(addin)))

    def remove(self, name: str) -> str:
        """See `AddIns`."""
        from xlwings import cli

        file = None if name == XLWINGS_ADDIN else name
        return _said(cli.addin_remove, argparse.Namespace(glob=False, dir=None, file=file))


def _said(command: object, options: argparse.Namespace) -> str:
    """What xlwings printed last where it did not tell success: it tells both by printing."""
    assert callable(command)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            command(options)
    except (Exception, SystemExit) as error:  # of Excel, of COM, of AppleScript: none is known beforehand
        return f"{type(error).__name__}: {error}"
    lines = printed.getvalue().strip().splitlines() or ["xlwings said nothing"]
    return "" if any(line.startswith("Successfully") for line in lines) else lines[-1]


def start_folder(surroundings: Surroundings) -> Path:
    """Where Excel loads add-ins from when it starts."""
    if surroundings.platform == "darwin":
        return surroundings.home.joinpath(
            "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
        )
    roaming = surroundings.environ.get("APPDATA")
    base = Path(roaming) if roaming else surroundings.home / "AppData" / "Roaming"
    return base / "Microsoft" / "Excel" / "XLSTART"


def mac_script(surroundings: Surroundings) -> Path | None:
    """The script with which xlwings leaves Excel's sandbox on a Mac; it installs it with its add-in."""
    import xlwings

    if surroundings.platform != "darwin":
        return None
    folder = surroundings.home / "Library" / "Application Scripts" / "com.microsoft.Excel"
    return folder / f"xlwings-{xlwings.__version__}.applescript"


def xlwings_addin() -> Path:
    """The add-in that came with the installed xlwings."""
    return Path(str(resources.files("xlwings"))) / "addin" / XLWINGS_ADDIN


def version_of(addin: Path) -> str:
    """Version of an installed xlwings add-in, "" where it cannot be told."""
    from pyopenvba import ExcelFile

    try:
        # Main is the module that says it; opening all fifteen takes a second.
        found = _VERSION.search(ExcelFile(addin).get_module("Main"))
    except Exception:  # pyOpenVBA raises whatever a broken file leads to
        return ""
    return found[1] if found else ""


def same(one: Path, other: Path) -> bool:
    """Whether two files are equal byte for byte."""
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
