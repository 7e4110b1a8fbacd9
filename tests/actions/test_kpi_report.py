"""The sheet KPI Report: a view per role, and the forms of DOM 6.4."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.actions.drawn import TODAY, shell, workbook
from tests.actions.test_kpi import STORE
from tests.actions.test_kpi_sheet import TWO_BRANCHES
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.kpis.definitions import BY_CODE, KPIS
from xl_retention.sheets.kpis import kpi_report_sheet
from xl_retention.sheets.kpis.kpi_views import REPORTS, Rows
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
        assert bool(made.wanted) is (made.rows is not Rows.LOSSES)
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
    table = [
        [*line, *[None] * kpi_report_sheet.WIDTH][: kpi_report_sheet.WIDTH]
        for line in cells[kpi_report_sheet.HEADING_ROW :]
    ]
    for row, line in zip(table, answer["rows"], strict=False):
        wanted = [*line, *[None] * kpi_report_sheet.WIDTH][: kpi_report_sheet.WIDTH]
        assert [cell or None for cell in row] == [cell or None for cell in wanted]
        assert set(line[len(row) :]) <= {None}
    assert all(set(line) <= {None, ""} for line in table[len(answer["rows"]) :])
    assert len(table) >= len(answer["rows"])


def test_report_and_month_are_chosen_from_lists(store: Path) -> None:
    report(store, *OCTOBER, "--report", "centre")
    cells = shown(store)
    offered = [row[kpi_report_sheet.OFFERED.first :] for row in cells[kpi_report_sheet.HEADING_ROW :]]

    assert [row[0] for row in offered[: len(REPORTS)]] == [kpi_report_sheet.names(each)[0] for each in REPORTS]
    assert [row[1] for row in offered[:2]] == ["2026-11", "2026-10"]
    with ZipFile(store) as package:
        page = next(
            text
            for name in package.namelist()
            if "OFFSET($N$8" in (text := package.read(name).decode("utf-8", "replace"))
        )
    assert 'sqref="B4"' in page
    assert 'sqref="B5"' in page


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


def test_losses_are_counted_by_reason_model_and_advisor(tmp_path: Path) -> None:
    """
    Only those of the month, each prospect once; what was not entered is told, and a day ahead is not there yet.
    """
    prospects = """
        潜客编号 | 姓名 | 建卡日期   | 跟进状态 | 战败日期   | 战败原因 | 战败车型 | 退订日期   | 退订原因 | 销售顾问
        P1       | 甲   | 2026-09-01 | 战败     | 2026-10-01 | 价格     | X5       |            |          | Ann
        P1       | 甲   | 2026-09-01 | 战败     | 2026-10-01 | 价格     | X5       |            |          | Ben
        P2       | 乙   | 2026-09-01 | 战败     | 2026-10-31 | 价格     |          |            |          | Ben
        P3       | 丙   | 2026-09-01 | 战败     | 2026-10-12 |          | Q7       |            |          | Ben
        P4       | 丁   | 2026-09-01 | 战败     | 2026-11-01 | 交期     | Q7       |            |          | Ann
        P5       | 戊   | 2026-09-01 | 战败     | 2026-09-30 | 交期     | Q7       |            |          | Ann
        P6       | 己   | 2026-09-01 | 退订     |            |          |          | 2026-10-05 | 资金     | Ann
    """
    path = workbook(tmp_path / "Store.xlsx", {**STORE, "潜客卡": prospects})
    rows = report(path, *OCTOBER, "--report", "losses")["rows"]

    third, two_thirds = 1 / 3, 2 / 3
    assert [row[:4] for row in rows] == [
        ["By reason", None, None, None],
        ["价格", 2, 0, two_thirds],
        ["not entered", 1, 0, third],
        ["资金", 0, 1, 0.0],
        ["By model bought instead", None, None, None],
        ["Q7", 1, 0, third],
        ["X5", 1, 0, third],
        ["not entered", 1, 0, third],
        ["By sales advisor", None, None, None],
        ["Ben", 2, 0, two_thirds],
        ["Ann", 1, 1, third],
    ]
    assert [row[0] for row in report(path, "--date", "2026-10-11", "--report", "11")["rows"]][1:3] == ["价格", "资金"]


def test_a_month_without_losses_has_its_headings_alone(store: Path) -> None:
    rows = report(store, "--date", TODAY, "--month", "2020-01", "--report", "losses")["rows"]
    assert [row[0] for row in rows] == ["By reason", "By model bought instead", "By sales advisor"]


def test_the_scorecard_is_a_ranking_by_points(tmp_path: Path) -> None:
    cards = """
        员工 | 月份     | 信息收集量 | 信息目标 | 贡献 | 贡献目标
        Ann  | '2026-10 | 60         | 50       | 63   | 70
        Ben  | '2026-10 | 60         | 50       | 70   | 70
    """
    path = workbook(tmp_path / "Store.xlsx", {**STORE, "员工考核": cards})
    rows = report(path, *OCTOBER, "--report", "scorecard")["rows"]
    assert rows == [["Ben", 1, 110, None], ["Ann", 2, 105, 1]]


def test_T30_the_quarter_names_the_days_by_which_it_is_handed_in(store: Path) -> None:  # noqa: N802
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


@pytest.mark.parametrize("text", ["0", "12", "director"])
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
