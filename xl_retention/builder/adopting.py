"""Adopt: a workbook of the staff's becomes one with our sheets, buttons and macros; what is theirs stays as it is.

The sheets come last, so that nothing of theirs changes its place. What is there already, from an earlier adoption
or from a run on the closed file, stays: doing it twice adds nothing.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_retention import __version__
from xl_retention.actions.check_data import CheckedData, MappedSheet, check_data, mapped_sheet
from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.own_sheets import not_ours, own_sheet
from xl_retention.books.book import Book
from xl_retention.books.closed import ClosedBook
from xl_retention.books.replacing import Clock
from xl_retention.books.xml_edits import OFFICE_RELATIONSHIPS
from xl_retention.builder.kit import CALLS, IS_OURS, KEYS, START, make_kit
from xl_retention.builder.own_macros import give_macros
from xl_retention.builder.package import RIBBON_PART, WORKBOOK_TYPE
from xl_retention.builder.ribbon import ribbon
from xl_retention.builder.small_sheets import SmallSheet
from xl_retention.builder.transplant import Transplant
from xl_retention.domain.problems import Problem
from xl_retention.errors import BookRefused, StoreNotUnderstood, WrongRequest
from xl_retention.setting_up import code_names, ribbon_part
from xl_retention.setting_up.form_buttons import buttons_of
from xl_retention.setting_up.opened_book import OpenedBook, made_by, set_made_by, version_numbers
from xl_retention.sheets.headers import MAPPING, RULES, SETTINGS
from xl_retention.sheets.reading import mapping_sheet
from xl_retention.sheets.reading.reader import (
    CAPACITY,
    HOLIDAYS,
    OUTCOMES,
    SILENCES,
    STAFF_DAYS,
    Recognised,
    recognise_sheets,
)
from xl_retention.sheets.wording import both, say

BY_NAME = {
    "settings_sheet": SETTINGS, "rules_sheet": RULES, "mapping_sheet": MAPPING, "holidays_sheet": HOLIDAYS,
    "outcomes_sheet": OUTCOMES, "silence_sheet": SILENCES, "staff_days_sheet": STAFF_DAYS, "capacity_sheet": CAPACITY,
}  # fmt: skip
"""Sheets that a store may keep already under one of several names: what the reader calls them."""
RIBBON_TYPE = "application/xml"


@dataclass(frozen=True)
class Adopted:
    """
    What was found and added.

    Args:
        sheets: How the staff's sheets are understood.
        problems: Faults of their data, and headings that have to be asked about.
        language: Of the words that were written.
        added: Names of the sheets of ours that were added.
        left_out: Names of those that were not, because the staff keep a sheet of their own under that name.
        modules: Names of the VBA modules that were added.
        ribbon: Whether the workbook has our ribbon tab; not where it has one of its own.
        backup: The file that stood where the new one is; None where there was none.
    """

    sheets: tuple[MappedSheet, ...]
    problems: tuple[Problem, ...]
    language: str
    added: tuple[str, ...]
    left_out: tuple[str, ...]
    modules: tuple[str, ...]
    ribbon: bool
    backup: Path | None


def adopt(
    path: Path,
    out: Path,
    as_of: dt.date,
    *,
    macros: bool = True,
    write: bool = True,
    progress: Progress,
    clock: Clock = dt.datetime.now,
) -> Adopted:
    """
    Writes *out*: the workbook with what it lacks of ours.

    Args:
        path: A closed workbook; it is only read, unless *out* is the same file.
        as_of: Day of the first load, from which contacts are asked for (DOM 0.3, go_live_date).
        macros: Whether buttons, VBA and a ribbon tab are added, or our sheets alone.
        write: Whether *out* is written; without it the answer alone is given.
        clock: Local time, for the name of a backup.

    Raises:
        BookRefused: The workbook cannot be kept whole with what would be added; nothing is written.
        WrongRequest: The ending of *out* does not fit.
    """
    progress("reading")
    with ClosedBook(path) as closed:
        closed.refuse_if_not_kept_whole()
        checked = _understood(closed, as_of, progress)
        language = checked.language
        book = OpenedBook(path)
        without_cells = [sheet.name for sheet in book.parts.sheets if sheet.kind != "worksheet"]
        there, taken = _names_there(closed, without_cells, language)
        date1904 = closed.date1904
    _check_ending(path, out, macros)
    progress("writing")
    with tempfile.TemporaryDirectory() as folder:
        kit_path = Path(folder) / "kit.xlsx"
        named = macros and not book.macros_part
        mapping = _mapping(checked)
        make_kit(kit_path, language, as_of, buttons=macros, named=named, date1904=date1904, mapping=mapping)
        kit = OpenedBook(kit_path)
        by_name = {sheet.name: sheet for sheet in kit.parts.sheets}
        wanted = [
            by_name[name]
            for key in KEYS
            if (key != START or macros) and key not in there and (name := say(key, language)) in by_name
        ]
        if macros:
            _add_buttons(book, kit, {key: name for key, name in there.items() if name not in taken}, language)
        modules: tuple[str, ...] = ()
        if macros:
            modules = give_macros(book, [code_names.code_name(kit.read(sheet.part)).decode() for sheet in wanted])
        if wanted:
            Transplant(book, kit).take(wanted)
        _say_who_made_it(book, kit)
    has_ribbon = macros and _give_ribbon(book, language)
    if macros:
        book.redeclare(book.parts.workbook_part, WORKBOOK_TYPE)
    if write and (book.is_changed or out.resolve() != path.resolve()):
        book.save(out, clock=clock)
    added = tuple(sheet.name for sheet in wanted)
    return Adopted(checked.sheets, checked.problems, language, added, taken, modules, has_ribbon, book.backup)


def _understood(book: Book, as_of: dt.date, progress: Progress) -> CheckedData:
    """The staff's sheets; where they do not say enough yet, the Mapping sheet will ask."""
    try:
        return check_data(book, as_of, progress=progress)
    except StoreNotUnderstood as error:
        missing = Problem("store_not_understood", "high", "", remedy=str(error))
        try:
            recognised = recognise_sheets(book)
        except StoreNotUnderstood:
            return CheckedData((), (missing,), _language(book))
        sheets = tuple(map(mapped_sheet, recognised.matches))
        return CheckedData(sheets, (*recognised.problems, missing), _language(book), recognised=recognised)


def _mapping(checked: CheckedData) -> SmallSheet | None:
    """The sheet Mapping with what was found and what has to be asked."""
    if checked.recognised is None:
        return None
    rows, layout = mapping_sheet.lay_out([], checked.recognised, checked.suggested, checked.language)
    return SmallSheet(say("mapping_sheet", checked.language), rows, layout)


def _language(book: Book) -> str:
    """Chinese where most letters in the first rows of the sheets are."""
    texts = "".join(
        cell for name in book.sheet_names() for row in book.head(name).rows() for cell in row if isinstance(cell, str)
    )
    letters = [sign for sign in texts if sign.isalpha()]
    return "zh" if 2 * sum("\u4e00" <= sign <= "\u9fff" for sign in letters) > len(letters) else "en"


def _names_there(book: Book, without_cells: Sequence[str], language: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """
    By key the sheets that have the names of ours: those of ours, and those that the staff keep for themselves.

    Args:
        without_cells: Names of chart sheets and the like, which are the staff's whatever they are called.

    Returns:
        All of them, and the names of the staff's alone.

    Raises:
        BookRefused: The sheet of today's calls is the staff's.
    """
    names = {name.casefold(): name for name in (*book.sheet_names(), *without_cells)}
    special = _special(book)
    found: dict[str, str] = {}
    taken = []
    for key in KEYS:
        if key not in IS_OURS:
            named = (names[each.casefold()] for each in both(key) if each.casefold() in names)
            name = special.get(BY_NAME.get(key, "")) or next(named, None)
        else:
            try:
                name = names.get(own_sheet(book, key, language, IS_OURS[key]).casefold())
            except BookRefused:
                if key == CALLS:
                    raise
                name = names[say(key, language).casefold()]
                taken.append(name)
        if name is not None and name in without_cells:
            if key == CALLS:
                raise not_ours(name)
            taken.append(name)
        if name is not None:
            found[key] = name
    return found, tuple(taken)


def _special(book: Book) -> Mapping[str, str]:
    try:
        recognised: Recognised | None = recognise_sheets(book)
    except StoreNotUnderstood:
        recognised = None
    return recognised.special if recognised else {}


def _check_ending(path: Path, out: Path, macros: bool) -> None:
    wanted = ".xlsm" if macros else path.suffix.lower()
    if out.suffix.lower() != wanted:
        why = "holds macros" if wanted == ".xlsm" else "holds no macros"
        raise WrongRequest(f"The adopted workbook {why}, so Excel would not open it as {out.name}; call it *{wanted}.")


def _add_buttons(book: OpenedBook, kit: OpenedBook, there: Mapping[str, str], language: str) -> None:
    """Sheets of ours that were made without buttons, by a run on the closed file, get theirs."""
    sheets, models = buttons_of(book), buttons_of(kit)
    for key, name in there.items():
        model = models.get(say(key, language).casefold())
        if key in IS_OURS and model is not None and model.found:
            sheet = sheets[name.casefold()]
            if not sheet.can_be_read:
                raise BookRefused(
                    f"The buttons of sheet '{name}' in {book.name} cannot be read; delete that sheet and try again."
                )
            sheet.add_missing(model)


def _give_ribbon(book: OpenedBook, language: str) -> bool:
    """Adds our ribbon tab where the workbook has none; says whether ours is there."""
    wanted = ribbon(language).encode()
    if theirs := book.links("", ribbon_part.KIND):
        return any(book.read(link.target) == wanted for link in theirs)
    part = book.free_name(RIBBON_PART.replace(".xml", "{}.xml"), first="")
    book.change(part, wanted)
    book.declare(part, RIBBON_TYPE)
    book.add_link("", ribbon_part.TYPE, part)
    return True


def _say_who_made_it(book: OpenedBook, kit: OpenedBook) -> None:
    """The version by which an old workbook is known; a list of properties of the staff's is left as it is."""
    if made := made_by(book):
        if version_numbers(made) < version_numbers(__version__):
            set_made_by(book, __version__)
    elif not book.links("", "custom-properties"):
        properties = kit.links("", "custom-properties")[0].target
        if properties not in book:
            book.change(properties, kit.read(properties))
            book.declare(properties, kit.type_of(properties))
            book.add_link("", f"{OFFICE_RELATIONSHIPS}/custom-properties", properties)
