"""Adopt: what the new workbook holds, and that everything of the staff's is as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import xlsxwriter
from pyopenvba import ExcelFile
from python_calamine import CalamineWorkbook

from tests.books.workbooks import contents, edit, raw_entries, rewrite
from tests.staff_workbooks import ENGLISH, NAMES, TODAY, make, staff_workbook
from xl_retention import __version__, cli
from xl_retention.books.closed import ClosedBook
from xl_retention.builder.adopting import BY_NAME, Adopted, adopt
from xl_retention.builder.kit import IS_OURS, KEYS
from xl_retention.builder.vba import macro_sources
from xl_retention.buttons.add_in import ACTIONS
from xl_retention.errors import BookRefused, RetentionError, WrongRequest
from xl_retention.setting_up.form_buttons import buttons_of
from xl_retention.setting_up.opened_book import OpenedBook, made_by
from xl_retention.sheets.push_buttons import BUTTONS
from xl_retention.sheets.refusals import in_chinese
from xl_retention.sheets.settings.settings_sheet import read_settings
from xl_retention.sheets.wording import say

SHARED = {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
"""Parts that speak of all sheets or of the whole file, to which ours is added."""


def adopted(path: Path, out: Path, **options: bool) -> Adopted:
    return adopt(path, out, TODAY, progress=lambda step: None, **options)


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    return staff_workbook(tmp_path / "Store.xlsx")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "New.xlsm"


def calls(path: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    assert cli.run(["today", str(path), "--date", TODAY.isoformat(), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_the_staff_stays_byte_for_byte(
    name: str, tmp_path: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    When it is adopted, when the call list is filled, and when it is filled a second time, which changes nothing.
    """
    staff = make(name, tmp_path / "Store.xlsx")
    before, parts = raw_entries(staff), contents(staff)

    adopted(staff, new)

    after = raw_entries(new)
    assert {part for part in before if part not in after or after[part] != before[part]} <= SHARED
    assert raw_entries(staff) == before
    names, theirs = CalamineWorkbook.from_path(new).sheet_names, CalamineWorkbook.from_path(staff).sheet_names
    assert names[: len(theirs)] == theirs
    styles, old_styles = contents(new)["xl/styles.xml"], parts["xl/styles.xml"]
    first = old_styles[old_styles.index(b"cellXfs") :].split(b"</", 1)[0].split(b">", 1)[1]
    assert first in styles  # looks of the staff keep their places

    rows = calls(new, capsys)["rows"]

    assert [(row["customer_id"], row["rules"]) for row in rows] == [("C1", ["DLV-3D"]), ("C2", ["DLV-M01"])]
    filled = raw_entries(new)
    ours = {say(key, language) for key in KEYS for language in ("en", "zh")}
    sheets = {sheet.part for sheet in OpenedBook(new).parts.sheets if sheet.name in ours}
    assert {part for part in after if part not in filled or filled[part] != after[part]} <= SHARED | sheets
    whole = new.read_bytes()
    calls(new, capsys)
    assert new.read_bytes() == whole


@pytest.mark.parametrize("name", ["plain", "chinese", "prefixed", "form button", "comments", "1904"])
def test_to_adopt_twice_adds_nothing(name: str, tmp_path: Path, new: Path) -> None:
    adopted(make(name, tmp_path / "Store.xlsx"), new)

    twice = adopted(new, tmp_path / "Twice.xlsm")

    assert (twice.added, twice.modules) == ((), ())
    assert (tmp_path / "Twice.xlsm").read_bytes() == new.read_bytes()
    before = new.stat().st_mtime_ns
    adopted(new, new)
    assert new.stat().st_mtime_ns == before


def test_all_our_sheets_are_there_with_their_buttons(staff: Path, new: Path) -> None:
    made = adopted(staff, new)

    assert list(made.added) == [say(key, "en") for key in KEYS]
    buttons = {name: [each.macro for each in sheet.found] for name, sheet in buttons_of(OpenedBook(new)).items()}
    assert buttons["start"] == [f"[0]!{button.macro}" for button in BUTTONS]
    for button in BUTTONS:
        for key in button.sheets:
            assert f"[0]!{button.macro}" in buttons[say(key, "en").casefold()]


def test_start_of_an_adopted_workbook_speaks_of_no_example_rows(
    staff: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adopted(staff, new)
    first = openpyxl.load_workbook(new)["Start"]["A3"].value
    calls(new, capsys)

    assert [first, openpyxl.load_workbook(new)["Start"]["A3"].value] == [say("start_own", "en")] * 2


def test_each_button_finds_its_macro(staff: Path, new: Path) -> None:
    adopted(staff, new)

    with ExcelFile(new) as file:
        assert set(macro_sources()) <= set(file.module_names())
        source = file.get_module("RetentionButtons")
    assert all(f"Public Sub {button.macro}()" in source for button in BUTTONS)


@pytest.mark.parametrize(("chinese", "language"), [(False, "en"), (True, "zh")])
def test_the_headings_choose_the_language(chinese: bool, language: str, tmp_path: Path, new: Path) -> None:
    made = adopted(staff_workbook(tmp_path / "Store.xlsx", chinese=chinese), new)

    assert made.language == language
    assert made.added[0] == say("start_sheet", language)


def test_the_day_of_the_first_load_stands_in_the_settings(staff: Path, new: Path) -> None:
    adopted(staff, new)

    with ClosedBook(new) as book:
        settings, problems = read_settings(book, "Settings")
    assert settings.date("go_live_date") == TODAY
    assert problems == []


def test_the_mapping_found_is_told_as_check_tells_it(
    staff: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", str(staff), "--json", "--date", TODAY.isoformat()]) == 0
    checked = json.loads(capsys.readouterr().out)
    assert cli.run(["adopt", str(staff), "--out", str(new), "--json", "--date", TODAY.isoformat()]) == 0
    found = json.loads(capsys.readouterr().out)

    assert {key: found[key] for key in checked} == checked
    assert [sheet["table"] for sheet in found["mapping"]] == ["customer", "vehicle"]


def test_a_dry_run_writes_nothing(staff: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["adopt", str(staff), "--out", str(new), "--dry-run", "--date", TODAY.isoformat()]) == 0
    assert not new.exists()


def test_settings_that_the_store_has_stay_as_they_are(tmp_path: Path, new: Path) -> None:
    def settings(book, *sheets):
        sheet = book.add_worksheet("Settings")
        sheet.write_row(0, 0, ["Parameter", "Value"])
        sheet.write_row(1, 0, ["max_calls_per_staff_day", 5])

    staff = staff_workbook(tmp_path / "Store.xlsx", settings)
    before = raw_entries(staff)
    made = adopted(staff, new)

    assert "Settings" not in made.added
    assert raw_entries(new)["xl/worksheets/sheet3.xml"] == before["xl/worksheets/sheet3.xml"]


@pytest.mark.parametrize("name", ["Start", "KPI", "journal"])
def test_a_sheet_of_the_staff_under_the_name_of_ours_stays_and_is_told(name: str, tmp_path: Path, new: Path) -> None:
    def own(book, *sheets):
        book.add_worksheet(name).write("A1", "How we begin our day")

    staff = staff_workbook(tmp_path / "Store.xlsx", own)
    before = raw_entries(staff)
    made = adopted(staff, new)

    assert made.left_out == (name,)
    assert name.casefold() not in {each.casefold() for each in made.added}
    assert raw_entries(new)["xl/worksheets/sheet3.xml"] == before["xl/worksheets/sheet3.xml"]


@pytest.mark.parametrize("spelled", [lambda name: name.replace("/", "\\"), str.title], ids=["backslashes", "capitals"])
def test_parts_spelled_as_only_some_programs_do(
    spelled: Callable[[str], str], staff: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(staff, {spelled(name): data for name, data in contents(staff).items()})
    adopted(staff, new)

    assert calls(new, capsys)["rows"]
    kinds = next(data for name, data in contents(new).items() if name.lower() == "[content_types].xml").decode()
    assert kinds.lower().count('"/xl/workbook.xml"') == 1
    assert "macroEnabled" in kinds
    assert "\\" not in kinds


def with_chart_sheet(path: Path, name: str) -> Path:
    def own(book, *sheets):
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Vehicles!$D$2:$D$3"})
        book.add_chartsheet(name).set_chart(chart)

    return staff_workbook(path, own)


@pytest.mark.parametrize("name", ["Start", "KPI", "Segments"])
def test_a_chart_sheet_under_the_name_of_ours_stays_and_is_told(name: str, tmp_path: Path, new: Path) -> None:
    """
    Excel would want to repair a workbook with two sheets of one name.
    """
    made = adopted(with_chart_sheet(tmp_path / "Store.xlsx", name), new)

    assert made.left_out == (name,)
    assert [each.name for each in OpenedBook(new).parts.sheets].count(name) == 1


def test_a_chart_sheet_under_the_name_of_the_call_list_is_refused_by_name(tmp_path: Path, new: Path) -> None:
    with pytest.raises(BookRefused, match=r"'Today's Calls' .* give it another name"):
        adopted(with_chart_sheet(tmp_path / "Store.xlsx", "Today's Calls"), new)
    assert not new.exists()


def test_a_call_list_of_the_staff_under_the_name_of_ours_is_refused_by_name(tmp_path: Path, new: Path) -> None:
    def own(book, *sheets):
        book.add_worksheet("Today's Calls").write("A1", "Whom we called")

    with pytest.raises(BookRefused, match="'Today's Calls' was not made by this program"):
        adopted(staff_workbook(tmp_path / "Store.xlsx", own), new)
    assert not new.exists()


def test_sheets_made_by_a_run_get_their_buttons(staff: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calls(staff, capsys)
    made = adopted(staff, new)

    assert "Today's Calls" not in made.added
    buttons = buttons_of(OpenedBook(new))["today's calls"].found
    assert {button.target for button in buttons} == {each.macro for each in BUTTONS if "calls_sheet" in each.sheets}


def test_our_sheets_alone(staff: Path, tmp_path: Path) -> None:
    out = tmp_path / "New.xlsx"
    made = adopted(staff, out, macros=False)

    assert made.modules == ()
    assert say("start_sheet", "en") not in made.added
    assert "Today's Calls" in made.added
    assert not [part for part in contents(out) if "vba" in part or part.startswith("customUI") or part.endswith(".vml")]
    assert openpyxl.load_workbook(out).sheetnames[:2] == list(ENGLISH[0])


def test_buttons_and_macros_may_come_later(staff: Path, tmp_path: Path, new: Path) -> None:
    adopted(staff, tmp_path / "Sheets.xlsx", macros=False)

    made = adopted(tmp_path / "Sheets.xlsx", new)

    assert made.added == (say("start_sheet", "en"),)
    assert set(made.modules) == set(macro_sources())
    buttons = {name: sheet.found for name, sheet in buttons_of(OpenedBook(new)).items()}
    for button in BUTTONS:
        for key in button.sheets:
            assert button.macro in {each.target for each in buttons[say(key, "en").casefold()]}


@pytest.mark.parametrize("name", ["plain", "prefixed", "no workbook properties", "no view"])
def test_the_macros_know_the_workbook(name: str, tmp_path: Path, new: Path) -> None:
    adopted(make(name, tmp_path / "Store.xlsx"), new)
    assert b'codeName="ThisWorkbook"' in contents(new)["xl/workbook.xml"]


def test_names_by_which_the_macros_of_the_store_would_know_its_sheets_stay(tmp_path: Path, new: Path) -> None:
    adopted(make("code names", tmp_path / "Store.xlsx"), new)
    with ExcelFile(new) as file:
        assert {"Mappe", "Tabelle1", "Tabelle2", "OwnSheet1"} <= set(file.module_names())


@pytest.mark.parametrize(("name", "macros"), [("New.xlsx", True), ("New.xlsm", False)])
def test_an_ending_that_excel_would_not_open_is_refused(staff: Path, name: str, macros: bool) -> None:
    with pytest.raises(WrongRequest, match="Excel would not open"):
        adopted(staff, staff.with_name(name), macros=macros)


# What the workbook has of its own.

THEIR_CODE = "Option Explicit\r\n\r\nPublic Sub PrintLabels()\r\n    ThisWorkbook.Sheets(1).PrintOut\r\nEnd Sub\r\n"


def with_macros(path: Path, code: str = THEIR_CODE) -> Path:
    """A staff workbook with a button and a macro of its own."""
    seed = path.with_name("seed.xlsm")
    with ExcelFile.create_new(str(seed)) as file:
        file.vba_project().add_module("Labels", code)
        file.save()
    project = path.with_name("vbaProject.bin")
    project.write_bytes(contents(seed)["xl/vbaProject.bin"])

    def draw(book, people, cars):
        book.add_vba_project(str(project))
        people.insert_button("H2", {"macro": "PrintLabels", "caption": "Print labels"})

    return staff_workbook(path, draw)


def test_macros_of_the_store_stay(tmp_path: Path, new: Path) -> None:
    staff = with_macros(tmp_path / "Store.xlsm")
    before = raw_entries(staff)
    with ExcelFile(staff) as file:
        theirs = {name: file.get_module(name) for name in file.module_names()}

    made = adopted(staff, new)

    with ExcelFile(new) as file:
        after = {name: file.get_module(name) for name in file.module_names()}
    assert after.keys() == theirs.keys() | set(macro_sources())
    assert {name: after[name] for name in theirs} == theirs
    assert set(made.modules) == set(macro_sources())
    kept = raw_entries(new)
    assert {part for part in before if kept[part] != before[part]} <= SHARED | {"xl/vbaProject.bin"}


@pytest.mark.parametrize("macro", ["CheckData", "savEResults", "RETURN_RATE"])
def test_a_macro_under_the_name_of_ours_is_refused_by_name(macro: str, tmp_path: Path, new: Path) -> None:
    staff = with_macros(tmp_path / "Store.xlsm", THEIR_CODE.replace("PrintLabels", macro))

    with pytest.raises(BookRefused, match=rf"has a macro {macro} of its own \(in Labels\)") as refused:
        adopted(staff, new)
    assert "改名" in in_chinese(str(refused.value))
    assert not new.exists()


def test_signed_macros_are_refused(tmp_path: Path, new: Path) -> None:
    staff = with_macros(tmp_path / "Store.xlsm")
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature" '
        b'Target="vbaProjectSignature.bin"/></Relationships>'
    )
    rewrite(staff, {**contents(staff), "xl/_rels/vbaProject.bin.rels": links, "xl/vbaProjectSignature.bin": b"x"})

    with pytest.raises(BookRefused, match="signed") as refused:
        adopted(staff, new)
    assert "签名" in in_chinese(str(refused.value))


def test_macros_that_cannot_be_read_are_refused_with_the_way_out(tmp_path: Path, new: Path) -> None:
    staff = with_macros(tmp_path / "Store.xlsm")
    rewrite(staff, {**contents(staff), "xl/vbaProject.bin": b"no project" * 99})

    with pytest.raises(BookRefused, match="locked with a password or damaged") as refused:
        adopted(staff, new)
    assert "密码" in in_chinese(str(refused.value))
    adopted(staff, new, macros=False)
    assert contents(new)["xl/vbaProject.bin"] == b"no project" * 99


def test_a_ribbon_of_the_store_stays_alone(staff: Path, new: Path) -> None:
    theirs = b'<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"/>'
    parts = contents(staff)
    kind = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="customUI/customUI.xml"/></Relationships>'.encode()
    rels = parts["_rels/.rels"].replace(b"</Relationships>", link)
    rewrite(staff, {**parts, "_rels/.rels": rels, "customUI/customUI.xml": theirs})

    assert adopted(staff, new).ribbon is False
    assert [name for name in contents(new) if name.startswith("customUI")] == ["customUI/customUI.xml"]


def test_a_protected_structure_is_refused(staff: Path, new: Path) -> None:
    edit(
        staff,
        "xl/workbook.xml",
        lambda xml: xml.replace("<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>'),
    )

    with pytest.raises(BookRefused, match="structure"):
        adopted(staff, new)
    assert not new.exists()


def test_shapes_of_ours_have_numbers_of_their_own(tmp_path: Path, new: Path) -> None:
    adopted(make("comments", tmp_path / "Store.xlsx"), new)

    drawings = [data.decode() for name, data in contents(new).items() if name.endswith(".vml")]
    maps = [text.split('idmap v:ext="edit" data="')[1].split('"')[0] for text in drawings]
    shapes = [each.split('"')[0] for text in drawings for each in text.split('<v:shape id="_x0000_s')[1:]]
    assert len(set(maps)) == len(maps)
    assert len(set(shapes)) == len(shapes)


def test_the_new_workbook_says_which_version_made_it(staff: Path, new: Path) -> None:
    adopted(staff, new)
    assert made_by(OpenedBook(new)) == __version__


def test_a_workbook_whose_customers_are_not_understood_is_adopted_and_says_so(tmp_path: Path, new: Path) -> None:
    path = tmp_path / "Store.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Leute").write_row(0, 0, ["Wer", "Wo"])

    made = adopted(path, new)

    assert [problem.code for problem in made.problems][-1] == "store_not_understood"
    assert new.exists()


def test_every_sheet_of_the_kit_is_known_by_name_or_by_its_cells() -> None:
    """
    A sheet of ours that is in neither table would be taken for ours whatever the staff keep under its name.
    """
    assert set(KEYS) - {"templates_sheet"} <= set(IS_OURS) | set(BY_NAME)


def test_the_mapping_sheet_tells_what_was_found_and_asks_about_the_rest(tmp_path: Path, new: Path) -> None:
    def unclear(book, people, cars):
        cars.write_row(0, 4, ["Status", "日期"])
        cars.write_row(1, 4, ["在用", "2026-01-01"])

    adopted(staff_workbook(tmp_path / "Store.xlsx", unclear), new)

    with ClosedBook(new) as book:
        rows = [row for row in book.read("Mapping") if row[0] == "Vehicles"]
    assert any("VIN" in row and "vin" in str(row) for row in rows)
    assert any("日期" in row for row in rows)


@pytest.mark.parametrize("start", ["Start", "开始"])
def test_the_button_adopts_no_workbook_twice(tmp_path: Path, start: str) -> None:
    """
    A copy of a copy would have the same sheets under a longer name.
    """
    path = tmp_path / "Ours Retention.xlsm"
    path.touch()
    book = SimpleNamespace(is_saved=True, sheet_names=lambda: ["Customers", start])
    pressed = SimpleNamespace(name=str(path), book=book, language="en")
    with pytest.raises(RetentionError, match=r"Ours Retention\.xlsm has our sheets and buttons already"):
        ACTIONS["adopt"](pressed)  # type: ignore[arg-type]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
