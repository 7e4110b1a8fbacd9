"""What can be wrong with a computer: Python, the add-ins of Excel, the bridge of LibreOffice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from xl_retention import __version__
from xl_retention.errors import BookRefused
from xl_retention.setting_up import bridge, copied_packages, excel, xlwings_conf
from xl_retention.setting_up.examined import Case, Found, Look
from xl_retention.setting_up.install import version_text
from xl_retention.setting_up.libreoffice import OLDEST_PYTHON
from xl_retention.setting_up.opened_book import OpenedBook, made_by
from xl_retention.setting_up.shipped import shipped

ASK_INTERPRETER = "import json, sys, xl_retention; print(json.dumps(xl_retention.__version__))"
STARTING_TAKES = 10
"""Seconds that a Python may take to say which version of ours it has."""


def _python(case: Case) -> Iterator[Found]:
    python = version_text(case.surroundings.python)
    if case.surroundings.python < OLDEST_PYTHON:
        yield "python_old", {"python": python, "oldest": version_text(OLDEST_PYTHON)}
    else:
        yield "python_ok", {"python": python, "version": __version__}


def _interpreter(case: Case) -> Iterator[Found]:
    here = case.surroundings
    if not here.has_excel:
        yield "no_excel", {}
        return
    text = xlwings_conf.read(xlwings_conf.place(here))
    named = xlwings_conf.value_of(text, xlwings_conf.INTERPRETER[here.platform])
    if not named:
        yield "interpreter_not_set", {}
        return
    if not (Path(named).is_file() or shutil.which(named)):
        yield "interpreter_gone", {"path": named}
        return
    answer = here.ask([named, "-c", ASK_INTERPRETER], STARTING_TAKES)
    if answer.code is None:
        yield "interpreter_silent", {"path": named}
    elif answer.code != 0 or answer.output.strip() != json.dumps(__version__):
        yield "interpreter_lacks_us", {"path": named, "version": __version__}
    else:
        yield "interpreter_ok", {"path": named}


def _xlwings_addin(case: Case) -> Iterator[Found]:
    if not case.surroundings.has_excel:
        yield "no_excel", {}
        return
    import xlwings

    there = excel.start_folder(case.surroundings) / excel.XLWINGS_ADDIN
    values = {"name": excel.XLWINGS_ADDIN, "path": str(there), "wanted": xlwings.__version__}
    script = excel.mac_script(case.surroundings)
    if missing_file := next((each for each in (there, script) if each and not each.exists()), None):
        yield "addin_missing", {**values, "name": missing_file.name}
    elif excel.same(there, excel.xlwings_addin()) or (found := excel.version_of(there)) == values["wanted"]:
        yield "addin_ok", values
    else:
        yield "addin_other", {**values, "found": found or "?"}


def _our_addin(case: Case) -> Iterator[Found]:
    if not case.surroundings.has_excel:
        yield "no_excel", {}
        return
    ours = shipped(excel.OUR_ADDIN)
    there = excel.start_folder(case.surroundings) / excel.OUR_ADDIN
    values = {"name": excel.OUR_ADDIN, "path": str(there), "wanted": __version__}
    if ours is None:
        yield "not_shipped", {}
    elif not there.exists():
        yield "addin_missing", values
    elif excel.same(there, ours):
        yield "addin_ok", values
    else:
        yield "addin_other", {**values, "found": _version_in(there) or "?"}


def _version_in(path: Path) -> str:
    try:
        return made_by(OpenedBook(path))
    except BookRefused:
        return ""


def _office_python(case: Case) -> Iterator[Found]:
    if not case.offices:
        yield "office_none", {}
    for office in case.offices:
        values = {"path": str(office.program), "oldest": version_text(OLDEST_PYTHON)}
        if office.python is None:
            yield "office_python_none", values
        elif office.python_is_too_old:
            yield "office_python_old", {**values, "python": version_text(office.python)}
        else:
            yield "office_python_ok", {**values, "python": version_text(office.python)}


def _bridge(case: Case) -> Iterator[Found]:
    if not case.offices:
        yield "office_none", {}
    for office in case.offices:
        if office.python is None or office.python_is_too_old:
            continue  # told already, and nothing can be done before that is
        place = bridge.place(office)
        if not place.exists():
            yield "bridge_missing", {"path": str(office.profile)}
            continue
        installed = bridge.read(place)
        if installed is None:
            yield "bridge_damaged", {"path": str(place)}
            continue
        python = version_text(office.python)
        gone = _without_us(installed.folders)
        version = _version_of_copy(installed) or installed.version
        if installed.python != office.python:
            yield "bridge_other_python", {"found": version_text(installed.python), "python": python}
        elif gone:
            yield "bridge_folder_gone", {"path": gone}
        elif version != __version__:
            yield "bridge_other_version", {"found": version, "version": __version__}
        else:
            yield "bridge_ok", {"path": str(place)}


def _without_us(folders: Iterable[str]) -> str:
    """The folder that should hold our package where none of them does, "" where one does."""
    folders = list(folders)
    if any((Path(folder) / "xl_retention" / "__init__.py").is_file() for folder in folders):
        return ""
    return next(iter(folders), "?")


def _version_of_copy(installed: bridge.Bridge) -> str:
    """Version of the copied packages that the bridge leads to; "" where it leads to those that run now."""
    marks = (Path(folder) / copied_packages.COMPLETE for folder in installed.folders)
    return next((mark.read_text("utf-8") for mark in marks if mark.is_file()), "")


OF_THE_COMPUTER: dict[str, Look] = {
    "python": _python,
    "interpreter": _interpreter,
    "xlwings_addin": _xlwings_addin,
    "our_addin": _our_addin,
    "office_python": _office_python,
    "bridge": _bridge,
}
