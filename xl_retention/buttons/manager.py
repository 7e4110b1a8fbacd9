"""Buttons of the manager: the day, the key figures, the classes, who takes over from whom."""

from __future__ import annotations

from xl_retention.actions.daily_report import report_day
from xl_retention.actions.hand_over import hand_over, make_form
from xl_retention.actions.kpi_report import report_kpis
from xl_retention.actions.refresh_classes import refresh_classes
from xl_retention.actions.refresh_kpis import refresh_kpis
from xl_retention.actions.rows_behind import period_of, show_rows
from xl_retention.buttons.pressed import Action, Hint, Pressed, finish
from xl_retention.domain.kpis.computed import Status
from xl_retention.sheets.kpis.kpi_sheet import figure_at
from xl_retention.sheets.wording import in_language, say


def _daily_report(pressed: Pressed) -> None:
    made = report_day(pressed.book, pressed.now.date(), progress=pressed.progress)
    result = say("result_report", made.language, people=len(made.people), made=made.calls_made)
    finish(pressed, "daily_report", len(made.people), result)
    pressed.book.show(made.sheet)


def _refresh_kpis(pressed: Pressed) -> None:
    counted = refresh_kpis(pressed.book, pressed.now.date(), now=pressed.now, progress=pressed.progress)
    counts = {"met": counted.count(Status.MET), "missed": counted.count(Status.MISSED)}
    result = say("result_kpis", counted.language, period=counted.view.asked.period.label, **counts)
    finish(pressed, "refresh_kpis", len(counted.figures), result)
    pressed.book.show(counted.sheet)


def _show_rows(pressed: Pressed) -> None:
    book = pressed.book
    sheet, row, column = book.marked()
    asked = figure_at(book.read(sheet), row, column)
    if asked is None:
        raise Hint(say("no_figure_marked", pressed.language))
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
    finish(pressed, "show_rows", len(made.lines), result)
    book.show(made.sheet)


def _kpi_report(pressed: Pressed) -> None:
    made = report_kpis(pressed.book, pressed.now.date(), progress=pressed.progress)
    named = {"report": say(f"view_{made.report.key}", made.language), "period": made.period.label}
    finish(pressed, "kpi_report", len(made.cells), say("result_kpi_report", made.language, **named))
    pressed.book.show(made.sheet)


def _refresh_classes(pressed: Pressed) -> None:
    done = refresh_classes(pressed.book, pressed.now.date(), progress=pressed.progress)
    language = done.classes.language
    told = [say("result_classes", language, **done.counts)]
    told += [in_language(each.remedy, language) for each in done.left_out]
    result = " ".join(told)
    finish(pressed, "refresh_classes", done.rows, result)
    pressed.book.show(done.sheet)


def _hand_over(pressed: Pressed) -> None:
    book, language = pressed.book, pressed.language
    if form := make_form(book, language):
        book.save()
        book.show(form)
        raise Hint(say("hand_over_empty", language))
    made = hand_over(book, pressed.now.date(), progress=pressed.progress)
    if not made.moved:
        raise Hint(made.result)
    finish(pressed, "hand_over", len(made.moved), made.result)
    book.show(made.sheet)
    if made.still_active:
        pressed.inform("hand_over", made.result)


ACTIONS: dict[str, Action] = {
    "daily_report": _daily_report,
    "refresh_kpis": _refresh_kpis,
    "show_rows": _show_rows,
    "kpi_report": _kpi_report,
    "refresh_classes": _refresh_classes,
    "hand_over": _hand_over,
}
