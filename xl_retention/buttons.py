"""What the buttons ring: each answers the person at the sheet itself, and no error leaves this module."""

from __future__ import annotations

import datetime as dt
import getpass
import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, NoReturn

import xlwings as xw
from platformdirs import user_log_path

from xl_retention.actions import snapshots
from xl_retention.actions.apply_answers import apply_answers
from xl_retention.actions.check_data import check_data
from xl_retention.actions.convert_prospects import update_cards
from xl_retention.actions.customer_view import show_customer
from xl_retention.actions.daily_report import report_day
from xl_retention.actions.escalate_complaints import check_complaints
from xl_retention.actions.generate_calls import generate_calls
from xl_retention.actions.hand_over import hand_over, make_form
from xl_retention.actions.kpi_report import report_kpis
from xl_retention.actions.mailing_list import make_mailing_list
from xl_retention.actions.merge_copies import incoming_file, merge_copies, show_form
from xl_retention.actions.merge_duplicates import merge_duplicates
from xl_retention.actions.month_plan import plan_month
from xl_retention.actions.pack import unmade_on_failure
from xl_retention.actions.pack_open import pack_open
from xl_retention.actions.refresh_classes import refresh_classes
from xl_retention.actions.refresh_kpis import refresh_kpis
from xl_retention.actions.relationships import list_relations
from xl_retention.actions.remove_examples import remove_examples as take_out_examples
from xl_retention.actions.rows_behind import period_of, show_rows
from xl_retention.actions.save_results import save_results
from xl_retention.actions.service_due import list_services
from xl_retention.actions.snapshots import PutCells, Snapshot
from xl_retention.actions.survey_results import count_answers
from xl_retention.actions.undo_last_run import undo_last_run as put_back
from xl_retention.actions.written_runs import Run, language_of, write_run
from xl_retention.books.asking import ask_password
from xl_retention.books.closed import ClosedBook
from xl_retention.books.live import LiveBook
from xl_retention.builder.adopting import adopt
from xl_retention.builder.wrappers import function_names
from xl_retention.domain.kpis.computed import Status
from xl_retention.errors import RetentionError
from xl_retention.sheets import copies_sheet
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.kpi_sheet import figure_at
from xl_retention.sheets.refusals import in_chinese
from xl_retention.sheets.wording import OWN_SHEETS, both, in_language, say

Tell = Callable[[str], None]
FORMS = {"show_customer": "customer_sheet", "hand_over": "hand_over_sheet", "show_rows": "kpi_sheet"}
"""Keys in `wording` of the sheets on which a button wants something typed or marked first."""


@dataclass(frozen=True)
class Pressed:
    """A button pressed in a workbook.

    Args:
        book: The workbook.
        name: Its full name.
        language: Of the words shown.
        now: Local time.
        tell: Shows a line in the status bar.
        app: The program that has it open.
    """

    book: LiveBook
    name: str
    language: str
    now: dt.datetime
    tell: Tell
    app: xw.App

    def progress(self, step: str) -> None:
        """Shows what is being done."""
        self.tell(say(f"doing_{step}", self.language))


def press(name: str, *, now: dt.datetime | None = None) -> None:
    """
    Does what a button says, in the workbook that called.

    Args:
        name: Of the button, see `sheets.push_buttons`.
        now: Local time; the clock's without it.
    """
    press_in(xw.Book.caller(), name, now or dt.datetime.now())


def press_in_libreoffice(script_context: Any, name: str) -> None:
    """The same for LibreOffice, whose script context names the workbook."""
    from xl_retention.books.libreoffice import book_of

    press_in(book_of(script_context), name, dt.datetime.now())


def press_in(book: xw.Book, name: str, now: dt.datetime) -> None:
    """Does what a button says in an open workbook; whatever goes wrong is told in one message box."""
    app, language = book.app, "en"

    def tell(line: str) -> None:
        app.status_bar = line

    try:
        live = LiveBook(book, lambda sheet, number, count: tell(
            say("reading_sheet", language, sheet=sheet, number=number, count=count)
        ))  # fmt: skip
        language = language_of(live)
        _ACTIONS[name](Pressed(live, book.fullname, language, now.replace(second=0, microsecond=0), tell, app))
    except RetentionError as error:
        _show_form(book, name)
        sentence = in_chinese(str(error)) if language == "zh" else str(error)
        app.alert(sentence, say(f"button_{name}", language), mode="critical")
    except Exception:  # a traceback would tell a clerk nothing
        app.alert(
            say("went_wrong", language, path=_logged(name, book)), say(f"button_{name}", language), mode="critical"
        )
    finally:
        app.status_bar = False


def _show_form(book: xw.Book, name: str) -> None:
    """Brings the sheet to the front on which the button wants something typed or marked, where there is one."""
    names = {called.casefold() for called in both(FORMS[name])} if name in FORMS else set()
    for sheet in book.sheets:
        if sheet.name.casefold() in names:
            sheet.activate()


def _logged(name: str, book: xw.Book) -> Path:
    """Writes the current exception to the log and says where that is."""
    path = user_log_path("xl_retention", ensure_exists=True) / "buttons.log"
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("xl_retention.buttons")
    log.addHandler(handler)
    try:
        log.exception("%s in %s", name, book.name)
    finally:
        log.removeHandler(handler)
        handler.close()
    return path


def _generate_calls(pressed: Pressed) -> None:
    book, day = pressed.book, pressed.now.date()
    made = generate_calls(book, day, progress=pressed.progress, run=_run(pressed, "generate_calls"))
    rows = made.worklist.rows
    result = say("result_calls", made.language, calls=len(rows), overdue=int((rows.overdue > 0).sum()))
    _finish(pressed, "generate_calls", len(rows), result)
    book.show(made.calls_sheet)


def _save_results(pressed: Pressed) -> None:
    done = save_results(pressed.book, pressed.now, getpass.getuser(), pressed.progress)
    if not (done.taken_off or done.problems):
        raise RetentionError(say("nothing_to_save", done.language))
    counts = {"saved": done.saved, "kept": done.kept_open, "problems": len(done.problems)}
    _finish(pressed, "save_results", done.saved, say("result_saved", done.language, **counts))
    pressed.book.show(done.calls_sheet)


def _month_plan(pressed: Pressed) -> None:
    made = plan_month(pressed.book, pressed.now.date(), progress=pressed.progress)
    count, month = len(made.plan.rows), made.plan.month.label
    _finish(pressed, "month_plan", count, say("result_plan", made.language, count=count, month=month))
    pressed.book.show(made.sheet)


def _service_due(pressed: Pressed) -> None:
    made = list_services(pressed.book, pressed.now.date(), progress=pressed.progress)
    count, month = len(made.due.cases), made.due.month.label
    _finish(pressed, "service_due", count, say("result_services", made.language, count=count, month=month))
    pressed.book.show(made.sheet)


def _survey_results(pressed: Pressed) -> None:
    made = count_answers(pressed.book, pressed.now.date(), progress=pressed.progress)
    result = say("result_survey", made.language, count=made.count, month=made.month.label)
    _finish(pressed, "survey_results", made.count, result)
    pressed.book.show(made.sheet)


def _mailing_list(pressed: Pressed) -> None:
    made = make_mailing_list(pressed.book, pressed.now.date(), progress=pressed.progress)
    _finish(pressed, "mailing_list", len(made.rows), say("result_mailing", made.language, count=len(made.rows)))
    pressed.book.show(made.sheet)


def _show_customer(pressed: Pressed) -> None:
    made = show_customer(pressed.book, pressed.now.date(), prepare=True, progress=pressed.progress)
    several = say("result_several", made.language, count=len(made.parties))
    result = say("result_customer", made.language, name=made.cells[0][0]) if made.story else several
    _finish(pressed, "show_customer", len(made.parties), result)
    pressed.book.show(made.sheet)


def _daily_report(pressed: Pressed) -> None:
    made = report_day(pressed.book, pressed.now.date(), progress=pressed.progress)
    result = say("result_report", made.language, people=len(made.people), made=made.calls_made)
    _finish(pressed, "daily_report", len(made.people), result)
    pressed.book.show(made.sheet)


def _relations(pressed: Pressed) -> None:
    made = list_relations(pressed.book, pressed.now.date(), progress=pressed.progress)
    _finish(pressed, "relations", len(made.lines), say("result_relations", made.language, count=len(made.lines)))
    pressed.book.show(made.sheet)


def _check_complaints(pressed: Pressed) -> None:
    made = check_complaints(pressed.book, pressed.now, getpass.getuser(), progress=pressed.progress)
    counts = {"overdue": made.overdue, "risen": len(made.risen), "reopened": len(made.reopened)}
    result = say("result_complaints", made.language, count=len(made.complaints), **counts)
    _finish(pressed, "check_complaints", len(made.complaints), result)
    pressed.book.show(made.sheet)


def _update_cards(pressed: Pressed) -> None:
    made = update_cards(pressed.book, pressed.now.date(), progress=pressed.progress)
    counts = {"entered": len(made.entered), "customers": len(made.new_customers), "count": len(made.cards)}
    _finish(pressed, "update_cards", len(made.entered), say("result_cards", made.language, **counts))
    pressed.book.show(made.sheet)


def _hand_over(pressed: Pressed) -> None:
    book, language = pressed.book, pressed.language
    if form := make_form(book, language):
        book.save()
        book.show(form)
        raise RetentionError(say("hand_over_empty", language))
    made = hand_over(book, pressed.now.date(), progress=pressed.progress)
    if not made.moved:
        raise RetentionError(say("nothing_to_hand_over", made.language, name=made.leaver))
    counts = {"rows": len(made.moved), "told": len(made.told), "name": made.leaver}
    _finish(pressed, "hand_over", len(made.moved), say("result_hand_over", made.language, **counts))
    book.show(made.sheet)


def _refresh_kpis(pressed: Pressed) -> None:
    counted = refresh_kpis(pressed.book, pressed.now.date(), now=pressed.now, progress=pressed.progress)
    counts = {"met": counted.count(Status.MET), "missed": counted.count(Status.MISSED)}
    result = say("result_kpis", counted.language, period=counted.view.asked.period.label, **counts)
    _finish(pressed, "refresh_kpis", len(counted.figures), result)
    pressed.book.show(counted.sheet)


def _kpi_report(pressed: Pressed) -> None:
    made = report_kpis(pressed.book, pressed.now.date(), progress=pressed.progress)
    named = {"report": say(f"view_{made.report.key}", made.language), "period": made.period.label}
    _finish(pressed, "kpi_report", len(made.cells), say("result_kpi_report", made.language, **named))
    pressed.book.show(made.sheet)


def _show_rows(pressed: Pressed) -> None:
    book = pressed.book
    sheet, row, column = book.marked()
    asked = figure_at(book.read(sheet), row, column)
    if asked is None:
        raise RetentionError(say("no_figure_marked", pressed.language))
    made = show_rows(
        book,
        pressed.now.date(),
        asked.code,
        asked.group,
        period_of(asked.period),
        asked.selection,
        progress=pressed.progress,
    )
    counts = {"rows": made.counted, "missing": len(made.lines) - made.counted}
    result = say("result_rows", made.language, code=asked.code, period=asked.period, **counts)
    _finish(pressed, "show_rows", len(made.lines), result)
    book.show(made.sheet)


def _refresh_classes(pressed: Pressed) -> None:
    done = refresh_classes(pressed.book, pressed.now.date(), progress=pressed.progress)
    language = done.classes.language
    told = [say("result_classes", language, **done.counts)]
    told += [in_language(each.remedy, language) for each in done.left_out]
    result = " ".join(told)
    _finish(pressed, "refresh_classes", done.rows, result)
    pressed.book.show(done.sheet)


def _pack_copy(pressed: Pressed) -> None:
    book, language = pressed.book, pressed.language
    if copies_sheet.sheet_of(book) is None:
        _ask_on_copies(pressed, "pack_form_shown")

    def password() -> str:
        captions = say("ok", language), say("cancel", language)
        return ask_password(pressed.app, say("button_pack_copy", language), say("pack_password", language), captions)

    made = pack_open(
        book, Path(pressed.name), pressed.now, getpass.getuser(), language,
        functions=function_names(), ask_password=password, progress=pressed.progress,
    )  # fmt: skip
    sheet, rows = str(copies_sheet.sheet_of(book)), sum(made.rows.values())
    result = say("result_packed", language, copy_id=made.copy_id, rows=rows, file=made.parcel.out.name)
    with unmade_on_failure(made.parcel):
        book.save()
        _journal(pressed, "pack_copy", rows, result)
        book.save_file()
    snapshots.leave_out(pressed.name, sheet)  # undoing an earlier run must not forget the copy's key
    book.show(sheet)
    serious = [say("packed_serious", language, count=made.serious)] if made.serious else []
    pressed.app.alert("\n".join([result, *serious, made.message_told]), say("button_pack_copy", language), mode="info")


def _ask_on_copies(pressed: Pressed, why: str) -> NoReturn:
    """Shows the sheet Copies, whose yellow cells say what a button is to do."""
    form = show_form(pressed.book, pressed.language)
    pressed.book.save()
    pressed.book.show(form)
    raise RetentionError(say(why, pressed.language))


def _merge_copy(pressed: Pressed) -> None:
    book = pressed.book
    file = copies_sheet.typed_form(book).file
    if not file:
        _ask_on_copies(pressed, "copy_not_typed")
    path = Path(pressed.name).parent / file
    if not path.is_file():
        raise RetentionError(say("copy_not_found", pressed.language, path=path))
    with ClosedBook(path) as copy:
        incoming = incoming_file(path, copy)
        made = merge_copies(
            book, Path(pressed.name).name, [incoming], pressed.now, getpass.getuser(), progress=pressed.progress
        )
    result = " ".join([say("result_merge", made.language, **made.counts), *made.notices])
    _finish(pressed, "merge_copy", made.added + made.updated, result)
    book.show(made.sheet or str(copies_sheet.sheet_of(book)))
    if made.notices:
        pressed.app.alert("\n".join(made.notices), say("button_merge_copy", pressed.language), mode="info")


def _apply_answers(pressed: Pressed) -> None:
    made = apply_answers(pressed.book, pressed.now, getpass.getuser(), progress=pressed.progress)
    if not (made.done or made.refused):
        raise RetentionError(say("no_answers", pressed.language))
    _finish(pressed, "apply_answers", made.done, say("result_answers", made.language, count=made.done, left=made.left))
    pressed.book.show(made.sheet)


def _check_data(pressed: Pressed) -> None:
    checked = check_data(pressed.book, pressed.now.date(), progress=pressed.progress, write=True)
    high = sum(problem.severity == "high" for problem in checked.problems)
    result = say("result_checks", checked.language, count=len(checked.problems), high=high)
    _finish(pressed, "check_data", len(checked.problems), result)
    pressed.book.show(checked.checks_sheet)


def _merge_duplicates(pressed: Pressed) -> None:
    book, language = pressed.book, pressed.language
    made = merge_duplicates(book, pressed.now, getpass.getuser(), progress=pressed.progress)
    if not (made.merged or made.apart or made.refused):
        if not made.waiting:
            raise RetentionError(say("no_duplicates", language))
        book.save()
        book.show(made.sheet)
        raise RetentionError(say("duplicates_choose", language))
    _finish(pressed, "merge_duplicates", len(made.merged), made.result)
    book.show(made.sheet)
    if made.refused:
        told = "\n".join([made.result, *made.refused])
        pressed.app.alert(told, say("button_merge_duplicates", language), mode="info")


def _remove_examples(pressed: Pressed) -> None:
    taken = take_out_examples(pressed.book)
    if not taken:
        raise RetentionError(say("no_examples", pressed.language))
    snapshots.keep(pressed.name, Snapshot("remove_examples", taken=taken))
    count = sum(len(rows.formulas) for rows in taken)
    _journal(pressed, "remove_examples", count, say("result_examples", pressed.language, count=count))


def _undo_last_run(pressed: Pressed) -> None:
    snapshot = snapshots.kept(pressed.name)
    if snapshot is None:
        raise RetentionError(say("nothing_to_undo", pressed.language))
    put_back(pressed.book, snapshot, pressed.now.date(), pressed.language)
    snapshots.forget(pressed.name)
    undone = say("result_undone", pressed.language, action=say(f"button_{snapshot.action}", pressed.language))
    _journal(pressed, "undo_last_run", len(snapshot.sheets) + len(snapshot.taken), undone)


def _finish(pressed: Pressed, name: str, rows: int, result: str) -> None:
    """Shows what the action wrote, keeps what it replaced, and enters the run into the journal."""
    book = pressed.book
    book.save()
    put = [PutCells(cells, book.formulas(cells.sheet, cells.block)) for cells in book.replaced]
    made = {
        sheet: book.read(sheet)
        for sheet, before in book.before.items()
        if before is None and clean_heading(sheet) not in OWN_SHEETS
    }
    snapshots.keep(pressed.name, Snapshot(name, dict(book.before), put=put, made=made))
    _journal(pressed, name, rows, result)


def _journal(pressed: Pressed, name: str, rows: int, result: str) -> None:
    write_run(pressed.book, _run(pressed, name), rows, result, pressed.language, always=name in _JOURNALED)
    pressed.book.save()


def _run(pressed: Pressed, name: str) -> Run:
    return Run(name, pressed.now, getpass.getuser())


def _adopt(pressed: Pressed) -> None:
    """Adopts the file; the open workbook stays as it is, so that nothing of it can be lost."""
    path = Path(pressed.name)
    if not (path.is_file() and pressed.book.is_saved):
        raise RetentionError(say("adopt_save_first", pressed.language))
    ours = {name.casefold() for name in both("start_sheet")}
    if path.suffix.lower() == ".xlsm" and any(name.casefold() in ours for name in pressed.book.sheet_names()):
        raise RetentionError(say("adopted_already", pressed.language, name=path.name))
    names = (f"{path.stem} ({number})" if number else path.stem for number in itertools.count())
    out = next(out for name in names if not (out := path.with_name(f"{name} Retention.xlsm")).exists())
    adopted = adopt(path, out, pressed.now.date(), progress=pressed.progress)
    pressed.book.open_beside(out, say("start_sheet", adopted.language))


_ACTIONS: dict[str, Callable[[Pressed], None]] = {
    "generate_calls": _generate_calls,
    "save_results": _save_results,
    "month_plan": _month_plan,
    "service_due": _service_due,
    "survey_results": _survey_results,
    "mailing_list": _mailing_list,
    "show_customer": _show_customer,
    "daily_report": _daily_report,
    "relations": _relations,
    "check_complaints": _check_complaints,
    "update_cards": _update_cards,
    "hand_over": _hand_over,
    "refresh_kpis": _refresh_kpis,
    "kpi_report": _kpi_report,
    "show_rows": _show_rows,
    "refresh_classes": _refresh_classes,
    "pack_copy": _pack_copy,
    "merge_copy": _merge_copy,
    "apply_answers": _apply_answers,
    "check_data": _check_data,
    "merge_duplicates": _merge_duplicates,
    "undo_last_run": _undo_last_run,
    "remove_examples": _remove_examples,
    "adopt": _adopt,
}
_JOURNALED = ("mailing_list", "merge_copy", "pack_copy", "merge_duplicates")
"""Buttons by which data of many customers leave or enter the workbook, or customers go; all are journaled (DOM 6.8)."""
