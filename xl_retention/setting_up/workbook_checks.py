"""What can be wrong with a workbook: where it lies, whether it is trusted, its buttons, macros and ribbon."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from xl_retention import __version__
from xl_retention.errors import BookRefused
from xl_retention.setting_up import code_names, macro_modules, ribbon_part, trusting, web_marks
from xl_retention.setting_up.examined import Case, Found, Look
from xl_retention.setting_up.form_buttons import buttons_of, missing
from xl_retention.setting_up.opened_book import OpenedBook, made_by, version_numbers

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


OF_A_WORKBOOK: dict[str, Look] = {
    "address": _address,
    "blocked": _blocked,
    "trust": _trust,
    "version": _version,
    "buttons": _buttons,
    "modules": _modules,
    "ribbon": _ribbon,
}
