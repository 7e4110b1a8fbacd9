"""The charts of the sheet Segments: drawn once, kept with the sheet, and fed by cells that each refresh writes."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from tests.actions.drawn import AS_OF, workbook
from tests.actions.test_classify import STORE
from tests.actions.test_refresh_classes import SAMPLES, cells, refresh, type_in
from xl_retention.actions.refresh_classes import classify
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.classes.loyalty_history import MONTHS, STATES, loyalty_history, loyalty_on
from xl_retention.domain.situation import Situation
from xl_retention.sheets.classes import segments_charts
from xl_retention.sheets.classes.segments_charts import STATE_ROW, TIER_ROW
from xl_retention.sheets.classes.segments_sheet import CHARTS_LEFT, COLUMNS, HEADING_ROW, layout


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


def parts(path: Path, folder: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith(folder)}


def test_a_new_sheet_has_both_charts_and_they_read_its_cells(store: Path) -> None:
    refresh(store)

    charts = parts(store, "xl/charts/")
    assert len(charts) == 2
    assert sum(b"'Segments'!" in chart or b"Segments!" in chart for chart in charts.values()) == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_charts_are_seen_at_once_and_lie_over_no_cell_that_is_used(store: Path, language: str) -> None:
    """At the left edge, between the notes and the headings; rows of 15 points are 20 pixels high."""
    refresh(store)

    charts = layout(language).charts
    assert {chart.column for chart in charts} == {0}
    assert max(chart.x_offset + chart.width for chart in charts) <= 7 * sum(width for width, _ in COLUMNS.values())
    assert max(chart.x_offset + chart.width for chart in charts) < 1366 - 60  # a small screen, less the row numbers
    for chart in charts:
        rows = range(chart.row, chart.row - -chart.height // 20)
        assert rows.stop < HEADING_ROW
        assert not any(cell for row in rows for cell in cells(store, "Segments")[row][: len(COLUMNS)])
    assert segments_charts.TIER_ROW > HEADING_ROW


def test_the_tiers_stand_beside_their_targets(store: Path) -> None:
    refresh(store)

    rows = [row[CHARTS_LEFT : CHARTS_LEFT + 3] for row in cells(store, "Segments")[TIER_ROW : TIER_ROW + 4]]
    assert rows == [
        ["Value tier", "Share", "Target"],
        ["High value", 0, 0.2],
        ["Average value", 0.5, 0.3],
        ["Low value", 0.5, 0.5],
    ]


def test_the_last_twelve_months_stand_below_each_other_and_make_a_whole(store: Path) -> None:
    refresh(store)

    headings, *months = [row[CHARTS_LEFT:] for row in cells(store, "Segments")[STATE_ROW : STATE_ROW + 13]]
    assert headings == ["Month", "Loyal", "General", "Quasi-lost", "Lost"]
    assert [row[0] for row in months][:: MONTHS - 1] == ["2025-12", "2026-11"]
    assert months[-1][1:] == [0.5, 0, 0, 0.5]
    assert all(sum(row[1:]) == pytest.approx(1) for row in months if row[1] is not None)


def test_refreshed_again_the_charts_stay_and_what_is_typed_too(store: Path) -> None:
    refresh(store)
    before = {**parts(store, "xl/charts/"), **parts(store, "xl/drawings/")}
    type_in(store, "Segments", HEADING_ROW + 1, 9, ["Ours", "Loyalty=Lost"])

    refresh(store, day="2027-06-21")

    assert {**parts(store, "xl/charts/"), **parts(store, "xl/drawings/")} == before
    with ClosedBook(store) as book:
        assert "drawing" in zipfile.ZipFile(store).read(_sheet_part(store, "Segments")).decode()
        assert book.read("Segments")[HEADING_ROW][8:11] == ["Ours", "Loyalty=Lost", 1]
    refreshed = store.read_bytes()
    refresh(store, day="2027-06-21")
    assert store.read_bytes() == refreshed


def _sheet_part(path: Path, name: str) -> str:
    with ClosedBook(path) as book:
        place = book.sheet_names().index(name) + 1
    names = [part for part in parts(path, "xl/worksheets/sheet") if part.endswith(f"sheet{place}.xml")]
    return names[0]


@pytest.mark.parametrize("sample", ["Store-East.xlsx", "城西店.xlsx"])
def test_a_month_says_what_that_day_itself_says(sample: str) -> None:
    """No look into the future, and no other rule than that of the day (V19)."""
    with ClosedBook(SAMPLES / sample) as book:
        situation = classify(book, AS_OF, progress=lambda step: None).situation
    for day in (dt.date(2025, 12, 31), dt.date(2026, 4, 30), dt.date(2026, 10, 31)):
        assert (loyalty_on(situation, day) == Situation(situation.as_read, day).loyalty).all()
    months = loyalty_history(situation)
    assert [month.day for month in months[-3:]] == [dt.date(2026, 9, 30), dt.date(2026, 10, 31), AS_OF]
    assert all(list(month.shares) == list(STATES) for month in months)
