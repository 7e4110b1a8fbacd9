"""The sheet KPI Report: a view per role, and the forms of DOM 6.4."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.drawn import TODAY, shell, workbook
from tests.actions.test_kpi import STORE
from tests.actions.test_kpi_sheet import TWO_BRANCHES
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.kpis.definitions import BY_CODE, KPIS
from xl_retention.sheets import kpi_report_sheet
from xl_retention.sheets.kpi_views import REPORTS, Rows
from xl_retention.sheets.wording import WORDS

OCTOBER = ("--date", TODAY, "--month", "2026-10")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", TWO_BRANCHES)


def report(path: Path, *arguments: object) -> dict:
    answer = shell("kpi-report", path, *arguments, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def shown(path: Path) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read("KPI Report")


def type_into(path: Path, row: int, text: object) -> None:
    with ClosedBook(path) as book:
        book.put("KPI Report", row, 2, [[text]])
        book.save()


def test_every_report_names_key_figures_that_there_are() -> None:
    for made in REPORTS:
        assert set(made.codes) <= set(BY_CODE)
        assert made.wanted
        assert f"view_{made.key}" in WORDS
        assert all(f"form_{column.heading}" in WORDS and column.code in BY_CODE for column in made.columns)
        assert len(made.columns) < kpi_report_sheet.WIDTH


def test_the_centre_reports_all_of_k01_to_k20() -> None:
    centre = next(made for made in REPORTS if made.key == "centre")
    assert list(centre.codes) == [kpi.code for kpi in KPIS if "K01" <= kpi.parent <= "K20"]


@pytest.mark.parametrize("made", REPORTS, ids=lambda made: made.key)
def test_each_report_is_laid_out_in_the_workbook(store: Path, made) -> None:
    answer = report(store, *OCTOBER, "--report", made.key)
    cells = shown(store)

    assert answer["report"] == made.key
    assert answer["period"] == ("2026-Q4" if made.quarter else "2026-10")
    assert cells[0][0].endswith(answer["period"])
    assert cells[kpi_report_sheet.HEADING_ROW - 1][: len(answer["headings"])] == answer["headings"]
    for row, line in zip(cells[kpi_report_sheet.HEADING_ROW :], answer["rows"], strict=True):
        assert [cell or None for cell in row] == [cell or None for cell in line[: len(row)]]
        assert set(line[len(row) :]) <= {None}


def test_a_view_shows_what_kpi_counts_beside_the_period_before_and_the_year_before(store: Path) -> None:
    rows = {row[1]: row for row in report(store, *OCTOBER, "--report", "service")["rows"]}
    for column, month in ((3, "2026-10"), (7, "2026-09"), (8, "2025-10")):
        figures = shell("kpi", store, "--date", TODAY, "--month", month, "--json", "--dry-run").json["kpis"]
        for figure in figures:
            if figure["code"] in rows and "group" not in figure:
                assert rows[figure["code"]][column] == figure["value"], figure


def test_a_form_has_a_row_per_person_then_the_month_and_its_weeks(store: Path) -> None:
    rows = report(store, *OCTOBER, "--report", "sales_form")["rows"]

    assert [row[0] for row in rows] == [
        "Ann",
        "All, 2026-10",
        "Week 2026-W40",
        "Week 2026-W41",
        "Week 2026-W42",
        "Week 2026-W43",
        "Week 2026-W44",
    ]  # fmt: skip  (Ben delivered nothing and was asked nothing)
    assert [row[1] for row in rows] == [1, 1, 1, 0, 0, 0, 0]


def test_a_week_that_has_not_begun_has_no_row(store: Path) -> None:
    rows = report(store, "--date", "2026-10-18", "--report", "reminders")["rows"]
    assert [row[0] for row in rows] == ["All, 2026-10", "Week 2026-W40", "Week 2026-W41", "Week 2026-W42"]


def test_the_scorecard_is_a_ranking_by_points(tmp_path: Path) -> None:
    cards = """
        员工 | 月份     | 信息收集量 | 信息目标 | 贡献 | 贡献目标
        Ann  | '2026-10 | 60         | 50       | 63   | 70
        Ben  | '2026-10 | 60         | 50       | 70   | 70
    """
    path = workbook(tmp_path / "Store.xlsx", {**STORE, "员工考核": cards})
    rows = report(path, *OCTOBER, "--report", "scorecard")["rows"]
    assert rows == [["Ben", 1, 110, None], ["Ann", 2, 105, 1]]


def test_the_quarter_names_the_days_by_which_it_is_handed_in(store: Path) -> None:
    report(store, *OCTOBER, "--report", "quarter")
    assert shown(store)[1][0] == "Counted on 2026-11-21. Store: by 2027-01-06. Group: by 2027-01-08."


def test_report_and_month_typed_on_the_sheet_are_obeyed_and_stay(store: Path) -> None:
    report(store, "--date", TODAY)
    assert shown(store)[0][0].startswith("General manager")
    type_into(store, kpi_report_sheet.REPORT_ROW, "Marketing")
    type_into(store, kpi_report_sheet.MONTH_ROW, "2026-10")
    for _ in range(2):
        answer = report(store, "--date", TODAY)
        assert (answer["report"], answer["period"]) == ("marketing", "2026-10")
    assert [row[1] for row in shown(store)[3:5]] == ["Marketing", "2026-10"]


@pytest.mark.parametrize(
    ("text", "key"), [("", "manager"), ("6", "sales_form"), ("员工考核排名", "scorecard"), (" QUARTER ", "quarter")]
)
def test_a_report_is_known_by_number_key_and_name(text: str, key: str) -> None:
    found = kpi_report_sheet.wanted_report(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["0", "11", "director"])
def test_no_other_report_is_made_up(store: Path, text: str) -> None:
    assert kpi_report_sheet.wanted_report(text) is None
    before = store.read_bytes()
    answer = shell("kpi-report", store, *OCTOBER, "--report", text)
    assert answer.code == 2
    assert text in answer.err
    assert store.read_bytes() == before


def test_a_dry_run_writes_nothing(store: Path) -> None:
    before = store.read_bytes()
    report(store, *OCTOBER, "--dry-run")
    assert store.read_bytes() == before


def test_forms_by_person_say_whose_customers_are_meant() -> None:
    assert all(bool(made.owner) is (made.rows is Rows.PEOPLE) for made in REPORTS)
