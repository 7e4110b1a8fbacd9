"""The workbook of a group: its key figures, its stores ranked, regions, shared and moved customers, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xl_retention.books.charts import Cells, Chart, Series
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.dates import Period
from xl_retention.domain.group.known import Known
from xl_retention.domain.group.share import Figure, StoreShare
from xl_retention.domain.group.together import GroupFigure
from xl_retention.domain.kpis.computed import Status
from xl_retention.domain.kpis.definitions import BY_CODE, Kpi
from xl_retention.sheets.kpis.kpi_words import status_word
from xl_retention.sheets.wording import say

HEADLINE = ("K01", "K02", "K04", "K05", "K08", "K16", "K21", "K22", "K23")
"""Key figures by which stores and regions are compared; the first ranks them."""
CHARTED_STORES = 30
HEADING_ROW = 3
SEVERITIES = ("high", "medium", "low")
Columns = tuple[tuple[str, float, Look], ...]
"""Heading, width and look of each column."""


@dataclass(frozen=True)
class GroupSheet:
    """A sheet of the group's workbook; rows from row 1."""

    name: str
    rows: list[list[object]]
    layout: SheetLayout


@dataclass(frozen=True, eq=False)
class Told:
    """
    What the workbook tells.

    Args:
        failed: Files that were left out, with the reason.
    """

    stores: Sequence[StoreShare]
    known: Known
    figures: Sequence[GroupFigure]
    regions: Mapping[str, Sequence[GroupFigure]]
    failed: Sequence[tuple[str, str]]
    period: Period
    as_of: dt.date
    language: str

    def say(self, key: str, **values: object) -> str:
        """A word in the workbook's language."""
        return say(key, self.language, period=self.period.label, day=self.as_of.isoformat(), **values)


def lay_out(told: Told) -> list[GroupSheet]:
    """The sheets in their order; those without rows are left out."""
    sheets = (_group(told), _stores(told), _regions(told), _shared(told), _moved(told), _files(told))
    return [sheet for sheet in sheets if len(sheet.rows) > HEADING_ROW]


def _sheet(
    told: Told,
    key: str,
    title: str,
    columns: Columns,
    rows: Sequence[list[object]],
    note: str = "",
    **more: object,
) -> GroupSheet:
    """
    A sheet with title, note, headings and rows.

    Args:
        more: Further arguments of its layout.
    """
    cells: list[list[object]] = [[title], [note], [heading for heading, _, _ in columns], *rows]
    layout = SheetLayout(
        tuple(ColumnLayout(width, look) for _, width, look in columns),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        footer=told.say("page"),
        **more,  # type: ignore[arg-type]
    )
    return GroupSheet(told.say(key), cells, layout)


def _group(told: Told) -> GroupSheet:
    rows: list[list[object]] = []
    looks: dict[tuple[int, int], Look | None] = {}
    for figure in told.figures:
        for place in (3, 4):
            looks[HEADING_ROW + len(rows), place] = _look(figure.kpi)
        rows.append([
            figure.kpi.code, figure.kpi.name(told.language), figure.group, figure.value, figure.target,
            status_word(Status(figure.status), told.language), figure.numerator, figure.denominator, figure.stores,
        ])  # fmt: skip
    columns: Columns = (
        (told.say("kpi_code"), 15, "text"), (told.say("kpi_name"), 42, "wrapped"),
        (told.say("group_class"), 14, "text"),
        (told.say("value"), 11, "decimal"), (told.say("kpi_target"), 11, "decimal"),
        (told.say("kpi_status"), 11, "text"),
        (told.say("numerator"), 14, "integer"), (told.say("denominator"), 14, "integer"),
        (told.say("group_stores"), 10, "integer"),
    )  # fmt: skip
    note = told.say("group_note", customers=told.known.customers, twice=len(told.known.duplicates))
    first, status = HEADING_ROW + 1, "F"
    met, missed = (status_word(state, told.language) for state in (Status.MET, Status.MISSED))
    return _sheet(
        told, "group_sheet", told.say("group_title", count=len(told.stores)), columns, rows, note,
        looks=looks,
        row_colours=(RowColour(f'${status}{first}="{met}"', "good"), RowColour(f'${status}{first}="{missed}"', "bad")),
        coloured=(5,),
    )  # fmt: skip


def _look(kpi: Kpi) -> Look:
    return "percent" if kpi.is_share else "decimal"


def _headline(told: Told) -> Columns:
    return tuple((BY_CODE[code].name(told.language), 11, _look(BY_CODE[code])) for code in HEADLINE)


def _stores(told: Told) -> GroupSheet:
    valued = [({figure.code: figure for figure in store.figures if not figure.group}, store) for store in told.stores]
    ranked = sorted(valued, key=lambda each: (-_first(each[0]), each[1].name))
    rows: list[list[object]] = [
        [
            place, store.name, store.region, store.customers, *(_value(figures.get(code)) for code in HEADLINE),
            store.problems.get("high", 0), store.file,
        ]
        for place, (figures, store) in enumerate(ranked, 1)
    ]  # fmt: skip
    columns: Columns = (
        (told.say("store_rank"), 7, "integer"), (told.say("store_name_column"), 20, "text"),
        (told.say("group_region"), 12, "text"), (told.say("store_customers"), 11, "integer"), *_headline(told),
        (told.say("store_faults"), 11, "integer"), (told.say("store_file"), 26, "text"),
    )  # fmt: skip
    last = HEADING_ROW + min(len(rows), CHARTED_STORES) - 1
    rate = 4
    chart = Chart(
        told.say("chart_stores"), "column", Cells(HEADING_ROW, 1, last, 1),
        (Series(told.say("chart_stores"), Cells(HEADING_ROW, rate, last, rate)),),
        HEADING_ROW + len(rows) + 1, 0, width=900, height=300, number_format="0%", legend=False,
    )  # fmt: skip
    title = told.say("stores_title")
    return _sheet(told, "stores_sheet", title, columns, rows, charts=(chart,) if rows else (), frozen_columns=2)


def _first(figures: Mapping[str, Figure]) -> float:
    value = _value(figures.get(HEADLINE[0]))
    return -1.0 if value is None else value


def _value(figure: Figure | GroupFigure | None) -> float | None:
    return None if figure is None else figure.value


def _regions(told: Told) -> GroupSheet:
    rows: list[list[object]] = []
    for region, figures in told.regions.items():
        by_code = {figure.kpi.code: figure for figure in figures if not figure.group}
        stores = sum(store.region == region for store in told.stores)
        rows.append([region, stores, *(_value(by_code.get(code)) for code in HEADLINE)])
    columns: Columns = (
        (told.say("group_region"), 16, "text"),
        (told.say("stores_sheet"), 9, "integer"),
        *_headline(told),
    )
    return _sheet(told, "regions_sheet", told.say("regions_title"), columns, rows)


def _shared(told: Told) -> GroupSheet:
    rows: list[list[object]] = [
        [number, told.stores[store].name, told.stores[store].ids[place], told.stores[store].names[place]]
        for number, duplicate in enumerate(told.known.duplicates, 1)
        for store, place in duplicate.places
    ]
    columns: Columns = (
        (told.say("shared_number"), 7, "integer"), (told.say("store_name_column"), 22, "text"),
        (told.say("shared_id"), 16, "text"), (told.say("customer"), 18, "text"),
    )  # fmt: skip
    return _sheet(told, "shared_sheet", told.say("shared_title", count=len(told.known.duplicates)), columns, rows)


def _moved(told: Told) -> GroupSheet:
    rows: list[list[object]] = [
        [
            each.car, *each.customer, told.stores[each.before].name, _day(each.last_before),
            told.stores[each.now].name, _day(each.last_now),
        ]
        for each in told.known.moved
    ]  # fmt: skip
    columns: Columns = (
        (told.say("moved_car"), 20, "text"), (told.say("shared_id"), 14, "text"), (told.say("customer"), 16, "text"),
        (told.say("moved_from"), 20, "text"), (told.say("moved_last"), 13, "date"),
        (told.say("moved_to"), 20, "text"), (told.say("moved_since"), 13, "date"),
    )  # fmt: skip
    return _sheet(told, "moved_sheet", told.say("moved_title", count=len(rows)), columns, rows)


def _day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _files(told: Told) -> GroupSheet:
    counted: list[list[object]] = [
        [store.file, told.say("file_counted"), *(store.problems.get(severity, 0) for severity in SEVERITIES)]
        for store in told.stores
    ]
    left_out: list[list[object]] = [[file, told.say("file_left_out", reason=reason)] for file, reason in told.failed]
    columns: Columns = (
        (told.say("store_file"), 30, "text"), (told.say("file_state"), 60, "wrapped"),
        *((told.say(severity), 9, "integer") for severity in SEVERITIES),
    )  # fmt: skip
    return _sheet(told, "files_sheet", told.say("files_title"), columns, [*left_out, *counted])
