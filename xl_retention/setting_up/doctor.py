"""What can be wrong around a workbook: a table of checks, each with at most one thing to do about it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PureWindowsPath

from xl_retention import __version__
from xl_retention.errors import BookRefused
from xl_retention.setting_up import (
    bridge,
    code_names,
    copied_packages,
    excel,
    macro_modules,
    ribbon_part,
    trusting,
    web_marks,
    xlwings_conf,
)
from xl_retention.setting_up.form_buttons import buttons_of, missing
from xl_retention.setting_up.install import version_text
from xl_retention.setting_up.libreoffice import OLDEST_PYTHON, Office, offices
from xl_retention.setting_up.opened_book import OpenedBook, made_by, version_numbers
from xl_retention.setting_up.repair import model_for, models
from xl_retention.setting_up.shipped import shipped
from xl_retention.setting_up.surroundings import Surroundings
from xl_retention.setting_up.words import CHECKS, FINDINGS, State, say

ASK_INTERPRETER = "import json, sys, xl_retention; print(json.dumps(xl_retention.__version__))"
STARTING_TAKES = 10
"""Seconds that a Python may take to say which version of ours it has."""


@dataclass(frozen=True)
class Finding:
    """One thing found: a key of `words.FINDINGS`, and what fills its places."""

    check: str
    key: str
    values: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """Whether it is well, worth a look, bad, or does not apply here."""
        return FINDINGS[self.key].state

    def texts(self, language: str) -> tuple[str, str, str]:
        """Name of the check, what was found, and what to do ("" where there is nothing)."""
        row = FINDINGS[self.key]
        found, action = (say(each, language, **self.values) for each in (row.found, row.action))
        return say(CHECKS[self.check], language), found, action


Found = tuple[str, dict[str, str]]
"""Key and values of a finding."""


@dataclass(frozen=True)
class Case:
    """
    What is looked at.

    Args:
        surroundings: The computer.
        address: Of a workbook, as it was typed: a path or a web address; None for the computer alone.
        profile: A LibreOffice profile instead of the user's own.
        known: The workbooks that come with the package.
    """

    surroundings: Surroundings
    address: str | None = None
    profile: Path | None = None
    known: Sequence[Path] = ()

    @property
    def path(self) -> Path:
        """The workbook as a file."""
        return Path(self.address or "")

    @property
    def is_web_address(self) -> bool:
        """Whether the workbook lies on a server."""
        return "://" in (self.address or "")

    @cached_property
    def offices(self) -> list[Office]:
        """Every LibreOffice."""
        return offices(self.surroundings, self.profile)

    @cached_property
    def book(self) -> OpenedBook | BookRefused | None:
        """The workbook, the reason why it cannot be opened, or None where there is no file."""
        if self.is_web_address or not self.path.exists():
            return None
        try:
            return OpenedBook(self.path)
        except BookRefused as refused:
            return refused

    @cached_property
    def model(self) -> OpenedBook | None:
        """The shipped workbook it was made from, if it has macros."""
        if not isinstance(self.book, OpenedBook) or not self.book.macros_part:
            return None
        return model_for(self.book, self.known)


def examine(
    surroundings: Surroundings,
    address: str | None = None,
    *,
    profile: Path | None = None,
    known: Sequence[Path] | None = None,
) -> Iterator[Finding]:
    """Goes through the checks: those of the computer, and with a workbook those of the workbook."""
    case = Case(surroundings, address, profile, tuple(models() if known is None else known))
    checks = {**OF_THE_COMPUTER, **(OF_A_WORKBOOK if address is not None else {})}
    for name, look in checks.items():
        for key, values in look(case):
            yield Finding(name, key, values)


# --- the computer -------------------------------------------------------------------------------------------


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


# --- a workbook ---------------------------------------------------------------------------------------------

CLOUD_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
CLOUD_FOLDERS = ("Library/CloudStorage",)


def _address(case: Case) -> Iterator[Found]:
    values = {"path": case.address or ""}
    if case.is_web_address or _is_in_cloud(case):
        yield "address_cloud", values
    elif not case.path.exists():
        yield "address_missing", values
    elif isinstance(case.book, BookRefused):
        yield "unreadable", {"reason": str(case.book)}
    else:
        yield "address_ok", values


def _is_in_cloud(case: Case) -> bool:
    here = case.surroundings
    folders = [here.environ[name] for name in CLOUD_VARIABLES if here.environ.get(name)]
    folders += [str(here.home / name) for name in CLOUD_FOLDERS if here.platform == "darwin"]
    path = case.path.resolve()
    return any(path.is_relative_to(Path(folder).resolve()) for folder in folders)


def _blocked(case: Case) -> Iterator[Found]:
    if case.surroundings.platform == "linux":
        yield "not_here", {}
    elif case.book is None:
        yield "not_read", {}
    else:
        marked = web_marks.is_marked(case.path, case.surroundings)
        yield ("blocked_yes" if marked else "blocked_not"), {"path": str(case.path)}


def _trust(case: Case) -> Iterator[Found]:
    if not isinstance(case.book, OpenedBook):
        yield "not_read", {}
        return
    if not case.book.macros_part:
        yield "no_macros_in_it", {}
        return
    folder = case.path.resolve().parent
    values = {"path": str(folder)}
    by_excel = case.surroundings.trusted_by_excel() if case.surroundings.has_excel else None
    if by_excel is None and not case.offices:
        yield "no_excel_kept_list", {}
        return
    untrusting = [office for office in case.offices if not trusting.is_trusted(office, folder)]
    if untrusting:
        yield "trust_not_office", values
    elif by_excel is not None and not any(_covers(each.path, each.with_subfolders, folder) for each in by_excel):
        yield "trust_not_excel", values
    else:
        yield "trust_ok", values


def _covers(trusted: str, with_subfolders: bool, folder: Path) -> bool:
    outer, inner = PureWindowsPath(trusted), PureWindowsPath(str(folder))
    return inner == outer or (with_subfolders and inner.is_relative_to(outer))


def _version(case: Case) -> Iterator[Found]:
    if not isinstance(case.book, OpenedBook):
        yield "not_read", {}
        return
    found = made_by(case.book)
    values = {"found": found, "version": __version__, "path": str(case.path)}
    if not found:
        yield "version_none", {}
    elif version_numbers(found) < version_numbers(__version__):
        yield "version_older", values
    elif version_numbers(found) > version_numbers(__version__):
        yield "version_newer", values
    else:
        yield "version_ok", {"version": found}


def _buttons(case: Case) -> Iterator[Found]:
    if not isinstance(case.book, OpenedBook):
        yield "not_read", {}
        return
    sheets = buttons_of(case.book)
    found = [button for sheet in sheets.values() for button in sheet.found]
    lost = sum(button.is_lost for button in found)
    lost += missing(sheets, buttons_of(case.model)) if case.model else 0
    not_ours = sum(not button.target for button in found)
    if lost:
        yield "buttons_lost", {"count": str(lost), "path": str(case.path)}
    elif not_ours:
        yield "buttons_not_ours", {"count": str(not_ours)}
    elif found:
        yield "buttons_ok", {"count": str(len(found))}
    else:
        yield "no_macros_in_it", {}


def _modules(case: Case) -> Iterator[Found]:
    if not isinstance(case.book, OpenedBook):
        yield "not_read", {}
    elif not case.book.macros_part:
        yield "no_macros_in_it", {}
    elif not case.known:
        yield "not_shipped", {}
    elif case.model is None:
        yield "no_macros_in_it", {}
    else:
        yield _macros(case, case.book, case.model)


def _macros(case: Case, book: OpenedBook, model: OpenedBook) -> Found:
    try:
        names = macro_modules.differing(case.path, model.path)
    except BookRefused as refused:
        return "modules_locked", {"reason": str(refused)}
    if names:
        return "modules_differ", {"modules": ", ".join(names), "path": str(case.path)}
    if code_names.is_lost(book, model):
        return "modules_unbound", {"path": str(case.path)}
    return "modules_ok", {}


def _ribbon(case: Case) -> Iterator[Found]:
    if not isinstance(case.book, OpenedBook):
        yield "not_read", {}
    elif case.model is None or not case.model.links("", ribbon_part.KIND):
        yield "no_macros_in_it", {}
    else:
        differs = ribbon_part.differs(case.book, case.model)
        yield ("ribbon_differs" if differs else "ribbon_ok"), {"path": str(case.path)}


Look = Callable[[Case], Iterator[Found]]
OF_THE_COMPUTER: dict[str, Look] = {
    "python": _python,
    "interpreter": _interpreter,
    "xlwings_addin": _xlwings_addin,
    "our_addin": _our_addin,
    "office_python": _office_python,
    "bridge": _bridge,
}
OF_A_WORKBOOK: dict[str, Look] = {
    "address": _address,
    "blocked": _blocked,
    "trust": _trust,
    "version": _version,
    "buttons": _buttons,
    "modules": _modules,
    "ribbon": _ribbon,
}
