"""Leads from the macros of a workbook to xl_retention, inside LibreOffice.

`xl-retention install` copies this file into the user profile (Scripts/python) and fills in the first names.
"""

from __future__ import annotations

import gc
import sys
import traceback
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

FOLDERS: list[str] = []  # where our package and what it needs lie
PYTHON: tuple[int, ...] = ()  # the version those are made for
VERSION = ""  # of our package
LOG = ""  # where to write what went wrong

FAILED = (
    "xl_retention did not start, so nothing was done. Run 'xl-retention doctor' on this computer; "
    "it says what to do.\n\n"
    "xl_retention 未能启动，未做任何更改。请在本机运行“xl-retention doctor”，按提示处理。"
)


def press(name: str) -> None:
    """A button was pressed; *name* is that of its row in `sheets/push_buttons.py`."""
    try:
        _find_packages()
        import_module("xl_retention.buttons").press_in_libreoffice(_office(), name)
    except Exception:
        _log()
        _tell()


def adopt(*event: object) -> None:
    """The button of the toolbar, in a workbook that has none of ours; LibreOffice may hand over an event."""
    press("adopt")


def call(function_name: str, *arguments: object) -> object:
    """
    The value of a cell function; empty text where it cannot be had.

    A range comes as itself, and several cells go back as their width and then all of them, row by row: Basic takes
    ten times as long over an array of arrays.
    """
    gc.disable()  # looking for circles in a hundred thousand rows takes as long as computing them
    try:
        _find_packages()
        given = (argument.getDataArray() if hasattr(argument, "getDataArray") else argument for argument in arguments)
        answer = import_module("retention_udfs").call_from_libreoffice(function_name, tuple(given))
        if not isinstance(answer, tuple):
            return answer
        return (len(answer[0]), *chain.from_iterable(answer))
    except Exception:
        _log()
        return ""
    finally:
        gc.enable()


def _find_packages() -> None:
    # After LibreOffice's own library, but before packages of others: theirs may be too old for us.
    others = [place for place, path in enumerate(sys.path) if path.endswith(("site-packages", "dist-packages"))]
    place = min(others, default=len(sys.path))
    sys.path[place:place] = [folder for folder in FOLDERS if folder not in sys.path]


def _log() -> None:
    try:
        Path(LOG).parent.mkdir(parents=True, exist_ok=True)
        with Path(LOG).open("a", encoding="utf-8") as log:
            traceback.print_exc(file=log)
    except OSError:
        traceback.print_exc()


def _office() -> Any:
    return globals()["XSCRIPTCONTEXT"]  # LibreOffice puts it there


def _tell() -> None:
    context = _office().getComponentContext()
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    window = _office().getDesktop().getCurrentFrame().getContainerWindow()
    kind = import_module("uno").Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX")
    toolkit.createMessageBox(window, kind, 1, "xl_retention", FAILED).execute()


g_exportedScripts = (press, adopt, call)  # noqa: N816  (LibreOffice asks for this name)
