"""The sheet KPI: what the command `kpi` writes, what its yellow cells do, and which figure a cell stands for."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tests.actions.drawn import TODAY, VIN, shell, workbook
from tests.actions.test_kpi import STORE
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.kpis.alternatives import DEFINITIONS, PARAMETER
from xl_retention.domain.kpis.definitions import KPIS
from xl_retention.domain.kpis.selection import Selection
from xl_retention.domain.parameters import Parameters
from xl_retention.sheets.kpis import kpi_sheet
from xl_retention.sheets.kpis.kpi_groups import group_word
from xl_retention.sheets.kpis.kpi_sheet import FigureAt, figure_at

TWO_BRANCHES = {
    **STORE,
    "Customers": """
        Customer ID | Name | Mobile       | Salesperson | Created    | Store
        C1          | Ada  | '13900000001 | Ann         | 2026-10-05 | East
        C2          | Bo   | '13900000002 | Ben         | 2026-10-06 | West
    """,
    "Vehicles": f"""
        VIN   | Customer ID | Delivery Date | Usage
        {VIN} | C1          | 2026-10-02    | Private
        V2    | C2          | 2025-03-02    | Commercial
    """,
    "Repair Orders": f"""
        RO No | VIN   | Visit Date
        R1    | {VIN} | 2026-09-10
        R2    | {VIN} | 2026-10-10
        R3    | V2    | 2026-10-12
    """,
}
OCTOBER = ("--date", TODAY, "--month", "2026-10")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


@pytest.fixture
def branches(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Branches.xlsx", TWO_BRANCHES)


def kpi(path: Path, *arguments: object) -> dict:
    answer = shell("kpi", path, *(arguments or OCTOBER), "--json")
    assert answer.code == 0, answer.err
    return answer.json


def shown(path: Path, sheet: str = "KPI") -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read(sheet)


def row_of(cells: list[list[object]], name: str) -> list[object]:
    return next(row for row in cells if row[1] == name)


def type_into(path: Path, row: int, text: object) -> None:
    with ClosedBook(path) as book:
        book.put("KPI", row, 2, [[text]])
        book.save()


def test_the_sheet_shows_what_the_json_says(store: Path) -> None:
    figures = kpi(store)["kpis"]
    cells = shown(store)
    by_code = {(row[0], row[1]): row for row in cells[kpi_sheet.HEADING_ROW :]}

    assert len(figures) > 60
    for figure in figures:
        group = group_word(figure["code"], figure.get("group", ""), "en")
        names = [name for code, name in by_code if code == figure["code"] and str(name).endswith(group)]
        row = by_code[figure["code"], names[0]]
        values = [figure[name] for name in ("target", "value", "numerator", "denominator")]
        assert [row[place] if row[place] != "" else None for place in (2, 3, 5, 6)] == values, figure
        assert row[4] == figure["status"].replace("_", " ")


def test_the_yellow_cells_are_chosen_from_lists_beside_the_table(branches: Path) -> None:
    """
    Each refresh offers what the store holds; what was chosen stays.
    """
    kpi(branches)
    type_into(branches, 8, "N-7 base")
    kpi(branches)
    kpi(branches)
    cells = shown(branches)
    first, below = kpi_sheet.OFFERED.first, cells[kpi_sheet.HEADING_ROW :]
    offered = [[row[place] for row in below if len(row) > place and row[place]] for place in range(first, first + 5)]
    with ZipFile(branches) as package:
        pages = [
            package.read(name).decode("utf-8", "replace") for name in package.namelist() if "worksheets/sheet" in name
        ]
    page = next(each for each in pages if "OFFSET($X$22" in each)

    assert offered[0][:2] == ["2026-11", "2026-10"]
    assert offered[1:4] == [["East", "West"], ["Ann", "Ben"], ["Private", "Commercial"]]
    assert offered[4] == [each.short_name("en") for each in DEFINITIONS]
    assert page.count("<dataValidation ") == 5
    assert [f'sqref="B{row}"' in page for row in range(4, 9)] == [True] * 5
    house = next(row for row in cells if str(row[1]).startswith("Retention") and str(row[1]).endswith("N-7 base"))
    assert house[4] == "our own"


def test_each_column_is_a_period_of_its_own(store: Path) -> None:
    kpi(store)
    cells = shown(store)
    heads = cells[kpi_sheet.HEADING_ROW - 1]

    assert heads[:10] == [
        "Code", "KPI", "Target", "Month\n2026-10", "Status", "Numerator", "Denominator", "Week\n2026-W44",
        "QTD\n2026-Q4", "Last year\n2025-10",
    ]  # fmt: skip
    assert (heads[10], heads[21], kpi_sheet.WIDTH) == ("2025-11", "2026-10", 22)
    for place, period in ((8, ("--month", "2026-09")), (7, ("--week", "2026-W44"))):
        values = {each["code"]: each["value"] for each in kpi(store, "--date", TODAY, *period, "--dry-run")["kpis"]}
        column = place if period[0] == "--week" else heads.index("2026-09")
        assert {row[0]: row[column] for row in cells[kpi_sheet.HEADING_ROW :] if row[0] in ("K01", "K20", "K39b")} == {
            code: values[code] for code in ("K01", "K20", "K39b")
        }


def test_the_headline_ratios_are_formulas_with_our_functions(store: Path) -> None:
    kpi(store)
    formulas, values = (openpyxl.load_workbook(store, data_only=only)["KPI"] for only in (False, True))
    place = f"D{kpi_sheet.ROW_OF['K01'] + 1}"

    row = kpi_sheet.ROW_OF["K01"] + 1
    assert formulas[place].value == f'=IFERROR(RETURN_RATE(F{row},G{row})+0,IFERROR(F{row}/G{row},""))'
    assert values[place].value == 1
    found = {cell.row for (cell,) in formulas["D1:D80"] if str(cell.value).startswith("=IFERROR(")}
    assert found == {kpi_sheet.ROW_OF[code] + 1 for code in kpi_sheet.FUNCTIONS}


def test_a_figure_without_data_is_blank_and_says_so_in_words(store: Path) -> None:
    kpi(store, "--date", TODAY, "--month", "2026-12")
    row = row_of(shown(store), "Return rate (customers)")

    assert row[4] == "no data"
    assert [row[place] or None for place in (3, 5, 6)] == [None, None, None]


def test_nothing_happens_the_second_time(store: Path) -> None:
    kpi(store)
    before = store.read_bytes()
    kpi(store)
    assert store.read_bytes() == before


def test_a_dry_run_writes_nothing_and_answers_the_same(store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    dry = kpi(store, *OCTOBER, "--dry-run")
    assert store.read_bytes() == before
    assert kpi(store, *OCTOBER, "--out", tmp_path / "Other.xlsx") == dry
    assert store.read_bytes() == before
    assert shown(tmp_path / "Other.xlsx")[0][0] == "KPIs, 2026-10"


# The yellow cells.


def test_the_month_typed_is_counted_and_stays(store: Path) -> None:
    kpi(store)
    type_into(store, 4, "2026-09")
    assert kpi(store, "--date", TODAY)["period"]["start"] == "2026-09-01"
    assert kpi(store, "--date", TODAY)["period"]["start"] == "2026-09-01"
    assert shown(store)[0][0] == "KPIs, 2026-09"
    assert shown(store)[3][:2] == ["Month", "2026-09"]


@pytest.mark.parametrize(
    ("row", "typed", "visits"),
    [(5, "East", 1), (5, "West", 1), (6, "Ben", 1), (7, "Commercial", 1), (7, "营运车", 1), (7, None, 2)],
)
def test_branch_person_and_use_narrow_the_figures_and_stay(branches: Path, row: int, typed: str, visits: int) -> None:
    kpi(branches)
    type_into(branches, row, typed)
    figures = {each["code"]: each for each in kpi(branches)["kpis"]}

    assert figures["K13"]["denominator"] == visits
    cells = shown(branches)
    assert row_of(cells, "Proactive booking (all booked ahead)")[6] == visits
    assert (cells[row - 1] + [None])[1] == typed


@pytest.mark.parametrize(("row", "typed"), [(4, "soon"), (5, "North"), (6, "Nobody"), (7, "Boat")])
def test_what_no_row_has_is_refused_with_nothing_written(branches: Path, row: int, typed: str) -> None:
    kpi(branches)
    type_into(branches, row, typed)
    before = branches.read_bytes()
    answer = shell("kpi", branches, "--date", TODAY)

    assert answer.code == 2
    assert typed in answer.err
    assert branches.read_bytes() == before


def test_a_sheet_of_the_staff_under_our_name_stays_theirs(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**STORE, "KPI": "Our own|figures\n1|2"})
    kpi(path)

    assert shown(path, "KPI") == [["Our own", "figures"], [1, 2]]
    assert shown(path, "Retention KPI")[0][0] == "KPIs, 2026-10"


def test_retention_and_loss_stand_side_by_side_by_each_definition_with_the_house_s_own_marked(store: Path) -> None:
    kpi(store)
    rows = [row for row in shown(store) if str(row[1]).startswith(("Retention: ", "Loss: "))]

    assert len(rows) == 2 * len(DEFINITIONS)
    assert [row[1] for row in rows if row[4] == "our own"] == [
        f"{what}: {definition.english}"
        for what in ("Retention", "Loss")
        for definition in DEFINITIONS
        if definition.key == Parameters().choice(PARAMETER)
    ]
    for kept, lost in zip(rows[: len(DEFINITIONS)], rows[len(DEFINITIONS) :], strict=True):
        assert kept[6] == lost[6]
        assert (kept[3] or None) == (kept[5] / kept[6] if kept[6] else None)


# Which figure a cell stands for.


def test_a_cell_is_the_figure_of_its_row_in_the_period_of_its_column(branches: Path) -> None:
    kpi(branches)
    type_into(branches, 5, "East")
    cells = shown(branches)
    east, row = Selection(store="East"), kpi_sheet.ROW_OF["K01"] + 1

    for column, period in ((2, "2026-10"), (4, "2026-10"), (6, "2026-10"), (8, "2026-W44"), (9, "2026-Q4"),
                           (10, "2025-10"), (11, "2025-11"), (22, "2026-10")):  # fmt: skip
        assert figure_at(cells, row, column) == FigureAt("K01", "", period, east)
    person = next(number for number, line in enumerate(cells, 1) if line[0] == "K44" and str(line[1]).endswith("Ben"))
    assert figure_at(cells, person, 4) == FigureAt("K44", "Ben", "2026-10", east)
    tier = next(number for number, line in enumerate(cells, 1) if line[0] == "K47b" and "Repair" not in str(line[1]))
    assert figure_at(cells, tier, 4).group in ("保养", "其他")
    assert figure_at(cells, kpi_sheet.HEADING_ROW + 1, 4) is None  # a heading of a family
    assert figure_at(cells, 1, 1) is None
    assert figure_at(cells, len(cells) + 1, 1) is None
    assert figure_at(cells, row, 23) is None


def test_every_key_figure_has_a_row_or_rows_by_name() -> None:
    assert {kpi.code for kpi in KPIS if kpi.groups is None} == set(kpi_sheet.ROW_OF)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_empty_sheet_is_one_of_ours(language: str) -> None:
    cells = kpi_sheet.empty(language)
    assert kpi_sheet.is_kpi_sheet(cells)
    assert kpi_sheet.is_ours([])
    assert not kpi_sheet.is_ours([["Code", "KPI"]])
