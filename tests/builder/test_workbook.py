"""What a new workbook holds: its sheets, the staff's tables, examples, defaults, formulas and buttons."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from xl_retention import __version__, cli
from xl_retention.books.closed import ClosedBook
from xl_retention.builder import examples as example_rows
from xl_retention.builder.workbook import build
from xl_retention.domain.cadence import RULES, Rulebook
from xl_retention.domain.parameters import PARAMETERS, Parameters
from xl_retention.domain.schema import Kind
from xl_retention.domain.words import WORDS as WORD_TABLES
from xl_retention.domain.words import canonical
from xl_retention.setting_up.opened_book import OpenedBook, made_by
from xl_retention.sheets.calls import call_sheet
from xl_retention.sheets.kpis import kpi_charts, kpi_sheet
from xl_retention.sheets.push_buttons import BUTTONS
from xl_retention.sheets.reading.reader import read_store, recognise_sheets
from xl_retention.sheets.settings.parameter_words import MEANINGS, UNITS
from xl_retention.sheets.settings.rules_sheet import read_rules
from xl_retention.sheets.settings.settings_sheet import read_settings
from xl_retention.sheets.staff_sheets import STAFF_SHEETS, dropdown, has_clock, heading, width
from xl_retention.sheets.wording import say

TODAY = example_rows.REFERENCE.isoformat()
SHEETS = {
    "en": "Start|Today's Calls|Month Plan|Service Due|Survey Results|Customer View|Daily Report|Relationships|"
    "Complaint Clocks|"
    "Yellow Card Plan|Hand-over Form|KPI|KPI Report|Customers|Vehicles|Visits|Contacts|Complaints|Prospects|Bookings|"
    "Rules|Outcomes|Survey Templates|Do Not Contact|Settings|Mapping|Holidays|Staff Days Off|Capacity|"
    "Data Checks|Mailing List|Segments|Class Changes|Journal",
    "zh": "开始|今日回访|月度回访计划|保养到期跟进|问卷结果|客户查询|回访日报|客户关系维护|投诉时限|"
    "黄卡联系计划|客户移交单|指标|指标报表|客户档案|车辆档案|维修记录|回访记录|投诉记录|潜客卡|预约记录|"
    "回访规则|结果设置|回访模板|免打扰名单|参数|对照表|节日表|员工休假|班次容量|数据质检|群发名单|客户分群|类别变动|运行记录",
}


def language_of(book: Path) -> str:
    return "zh" if ".zh." in book.name else "en"


def today(capsys, book: Path, *options: str) -> dict:
    assert cli.run(["today", str(book), "--date", TODAY, "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


def test_all_sheets_are_there_in_their_order(book):
    assert SHEETS[language_of(book)].split("|") == openpyxl.load_workbook(book).sheetnames


def test_the_workbook_says_which_version_made_it(book):
    assert __version__ == made_by(OpenedBook(book))


# The staff's sheets.


def test_the_staffs_tables_are_recognised_and_no_sheet_of_ours_is(book):
    with ClosedBook(book) as opened:
        found = recognise_sheets(opened)

    language = language_of(book)
    staff = [(sheet.name(language), sheet.entity.name) for sheet in STAFF_SHEETS]
    assert [*staff, (say("templates_sheet", language), "survey_template")] == [
        (match.sheet, match.entity) for match in found.matches
    ]
    assert found.problems == ()


def test_every_column_is_understood_but_the_one_that_is_ours(book):
    with ClosedBook(book) as opened:
        found = recognise_sheets(opened)

    *staff, questions = found.matches
    assert questions.unmatched == []
    for sheet, match in zip(STAFF_SHEETS, staff, strict=True):
        assert {(sheet.entity.name, name) for name in sheet.fields} == set(match.columns)
        ours = [say("next_contact", language_of(book))] if sheet.entity.name == "vehicle" else []
        assert ours == match.unmatched


def test_each_staffs_sheet_is_one_excel_table_over_its_rows(book):
    opened = openpyxl.load_workbook(book)
    rows = example_rows.examples(language_of(book))
    for sheet in STAFF_SHEETS:
        table = opened[sheet.name(language_of(book))].tables[sheet.table]
        assert table.ref.endswith(str(1 + len(rows[sheet.entity.name])))
        assert table.ref.startswith("A1:")
        assert table.autoFilter is not None
        assert table.tableStyleInfo.showRowStripes


@pytest.mark.parametrize("field", [field for sheet in STAFF_SHEETS for field in map(sheet.entity.field, sheet.fields)])
def test_a_day_with_its_hour_fits_where_exports_bring_one(field):
    """
    A visit comes with the hour in most of them; a number that is wider than its column is shown as ###.
    """
    with_hour = has_clock(field) or field.name in ("visit_date", "checkout_date", "booked_on")

    assert (width(field, "en") > len("2026-11-21 09:30")) >= with_hour


@pytest.mark.parametrize("language", ["en", "zh"])
def test_headings_of_a_sheet_differ(language):
    for sheet in STAFF_SHEETS:
        headings = [heading(sheet.entity.field(name), language) for name in sheet.fields]
        assert len({text.casefold() for text in headings}) == len(headings)


def test_dictionary_columns_offer_their_words_down_to_the_last_row_and_accept_others(book):
    language = language_of(book)
    opened = openpyxl.load_workbook(book)
    for sheet in STAFF_SHEETS:
        offered = {
            str(each.sqref): each for each in opened[sheet.name(language)].data_validations.dataValidation
        }
        for place, name in enumerate(sheet.fields):
            field = sheet.entity.field(name)
            if words := dropdown(field, language):
                letters = openpyxl.utils.get_column_letter(place + 1)
                validation = offered[f"{letters}2:{letters}1048576"]
                assert validation.formula1.strip('"').split(",") == list(words)
                assert validation.errorStyle == "warning"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_offered_is_one_that_the_reader_knows(language):
    for sheet in STAFF_SHEETS:
        for name in sheet.fields:
            field = sheet.entity.field(name)
            words = dropdown(field, language)
            table = field.words or ("yes_no" if field.kind is Kind.BOOL else "")
            assert all(canonical(table, word) for word in words)
            assert bool(words) == bool(table), f"{name} has too many words for a list in a cell"


def test_rules_are_offered_where_a_call_is_logged(book):
    opened = openpyxl.load_workbook(book)
    log = opened[next(s for s in STAFF_SHEETS if s.entity.name == "contact_log").name(language_of(book))]
    names = next(v.formula1 for v in log.data_validations.dataValidation if "!" in v.formula1)
    sheet, _, place = names.rpartition("!")
    offered = [cell.value for (cell,) in opened[sheet.strip("'")][place.replace("$", "")]]

    assert len(RULES) == len(offered)
    assert all(offered)


def test_columns_are_formatted_for_what_belongs_there(book):
    customers = STAFF_SHEETS[0]
    sheet = openpyxl.load_workbook(book)[customers.name(language_of(book))]
    shown = {}
    for column in sheet.column_dimensions.values():  # equal neighbours share an entry
        shown |= dict.fromkeys(customers.fields[column.min - 1 : column.max], column.number_format)

    assert [shown[name] for name in ("customer_id", "mobile", "birth_date")] == ["@", "@", "@"]
    assert shown["created_date"] == "yyyy-mm-dd"


def test_every_heading_carries_a_note(book):
    opened = openpyxl.load_workbook(book)
    for sheet in STAFF_SHEETS:
        for cell in opened[sheet.name(language_of(book))][1]:
            assert cell.comment is not None, cell.value
            assert cell.comment.text


def test_every_example_row_begins_an_identifier_with_ex(book):
    opened = openpyxl.load_workbook(book)
    for sheet in STAFF_SHEETS:
        for row in opened[sheet.name(language_of(book))].iter_rows(min_row=2, values_only=True):
            assert any(isinstance(cell, str) and cell.startswith("EX-") for cell in row)


def test_the_examples_hold_no_fault(book, capsys):
    assert today(capsys, book, "--dry-run")["problems"] == []


def test_the_examples_give_calls_in_both_languages_alike(built, capsys):
    english, chinese = (
        today(capsys, built / name, "--dry-run")["rows"] for name in ("Retention.xlsm", "Retention.zh.xlsm")
    )
    keys = [row["due_keys"] for row in english]

    assert keys == [row["due_keys"] for row in chinese]
    assert {"DLV-3D", "SVC-3D", "INS-1M", "CMP-24H", "PRO-A", "BDAY-7"} <= {
        rule for row in english for rule in row["rules"]
    }


def test_rows_of_a_store_take_the_place_of_the_examples(tmp_path):
    path = tmp_path / "Ours.xlsm"
    build(path, "en", {
        "customer": [{"customer_id": "C1", "customer_name": "=Ada", "mobile": "13900000001", "industry": "Trade"}],
        "vehicle": [{"vin": "LSVAA4187E2184847", "customer_id": "C1", "delivery_date": dt.date(2026, 11, 18)}],
        "staff": [{"staff_id": "S1", "name": "Sam", "role": "SA"}],
    })  # fmt: skip
    with ClosedBook(path) as opened:
        store = read_store(opened)

    assert store.customers.texts("customer_name").tolist() == ["=Ada"]
    assert store.customers.texts("industry").tolist() == ["Trade"]
    assert store["staff"].texts("name").tolist() == ["Sam"]
    assert len(store["contact_log"]) == 0


def test_a_field_that_the_table_does_not_have_is_refused(tmp_path):
    with pytest.raises(KeyError):
        build(tmp_path / "Ours.xlsm", "en", {"staff": [{"shoe_size": 44}]})


# Rules, settings and outcomes.


def test_the_rules_sheet_changes_no_rule(book):
    name = say("rules_sheet", language_of(book))
    with ClosedBook(book) as opened:
        overrides, problems = read_rules(opened, name)

    parameters = Parameters()
    usual, shown = Rulebook(parameters), Rulebook(parameters, overrides)
    assert problems == []
    assert len(RULES) == len(overrides)
    for code, rule in usual.items():
        assert rule == replace(shown[code], role_given=False)


def test_a_role_that_depends_on_the_case_is_left_blank(book):
    """
    A typed role would count for every car and every complaint.
    """
    with ClosedBook(book) as opened:
        overrides, _ = read_rules(opened, say("rules_sheet", language_of(book)))

    assert {"DLV-M", "DLV-M48+", "CMP-24H", "NEXT"} == {code for code, each in overrides.items() if not each.role}


def test_the_settings_sheet_changes_no_parameter(book):
    with ClosedBook(book) as opened:
        parameters, problems = read_settings(opened, say("settings_sheet", language_of(book)))

    assert problems == []
    assert Parameters() == parameters


@pytest.mark.parametrize("name", ["Store-East.xlsx", "城西店.xlsx"])
def test_a_store_gets_the_same_calls_with_and_without_our_sheets(name, built, tmp_path, capsys):
    """
    The sample stores keep no sheet Rules; their few settings go below the shipped ones, where the later row counts.
    """
    sample = Path(__file__).parents[2] / "sample" / name
    model = "Retention.xlsm" if name.isascii() else "Retention.zh.xlsm"
    titles = [say(key, language_of(built / model)) for key in ("rules_sheet", "settings_sheet")]
    with_defaults = tmp_path / "with_defaults.xlsx"
    with ClosedBook(sample) as store, ClosedBook(built / model) as shipped:
        for title in titles:
            own = store.read(title) if title in store.sheet_names() else []
            store.write(title, [*shipped.read(title), *own[1:]])
        store.save(with_defaults)

    assert today(capsys, sample, "--dry-run") == today(capsys, with_defaults, "--dry-run")


def test_every_parameter_has_its_meaning_in_both_languages():
    assert {each.name for each in PARAMETERS} == set(MEANINGS)
    assert all(not re.search("[\u4e00-\u9fff]", english) for english, _ in MEANINGS.values())
    assert all(re.search("[\u4e00-\u9fff]", chinese) for _, chinese in MEANINGS.values())


def test_every_unit_has_its_chinese_name_unless_it_is_a_choice_of_words():
    without = {each.unit for each in PARAMETERS} - set(UNITS)

    assert without == {"en / zh", "28feb / 1mar", "none / next / previous", "absolute / quantile", "%",
                       "any / customer", "customers or visits or visits_any",
                       "state or cohort or n7 or vin_two_years or active",
                       "off / leaving_first / returning_first", "hidden / shown", "shown / masked"}  # fmt: skip


def test_outcomes_lists_every_result_with_what_it_does(book):
    sheet = openpyxl.load_workbook(book)[say("outcomes_sheet", language_of(book))]
    rows = {canonical("result", row[0]): row[1:] for row in sheet.iter_rows(min_row=4, values_only=True)}
    yes, no = ("是", "否") if language_of(book) == "zh" else ("Yes", "No")

    assert list(WORD_TABLES["result"].canonical_words) == list(rows)
    assert (yes, yes) == rows["接通"][:2]
    assert (yes, yes) == rows["拒访"][:2], "who refuses counts as contacted"
    assert {rows[result][3] for result in ("未接", "关机", "空号")} == {"max_attempts"}
    assert [yes] == [row[5] for result, row in rows.items() if row[5] != no], "an invalid number is a fault"
    assert {no} == {row[4] for row in rows.values()}, "only the customer's card ends all contact"


# Formulas.


FORMULA = re.compile(r'<c r="(\w+)"[^>]*><f>(.*?)</f>(?:<v>(.*?)</v>)?')


def formulas(book: Path):
    """Sheet, place, formula and cached value of every formula, as they stand in the file."""
    with ZipFile(book) as package:
        for part in package.namelist():
            if part.startswith("xl/worksheets/sheet"):
                for found in FORMULA.finditer(package.read(part).decode()):
                    yield part, *found.groups()


def test_no_formula_lacks_a_value_and_none_shows_an_error(book):
    found = list(formulas(book))

    assert len(found) == 3 + len(kpi_sheet.FUNCTIONS)
    for part, place, formula, value in found:
        assert value is not None, f"{part} {place} {formula}"
        assert not value.startswith("#")


def test_our_functions_stand_inside_iferror(book):
    """
    Without macros the name of a function is unknown; the cell then shows nothing, and no error.
    """
    for _, _, formula, _ in formulas(book):
        if re.search(r"NEXT_CONTACT|RATE\(", formula):
            assert formula.startswith("IFERROR(")
            assert formula.rstrip(")").endswith(',""')


def test_no_formula_names_a_table(book):
    """
    LibreOffice computes such ones anew whenever any table grows: for thousands of cars minutes after each save.
    """
    rows = {
        re.findall(r"[A-Z]+(\d+)", cells)[0]: cells
        for _, _, formula, _ in formulas(book)
        for cells in re.findall(r"NEXT_CONTACT\((.*?)\)", formula)
    }
    assert rows
    assert all(re.fullmatch(rf"(?:[A-Z]+{row},?){{4}}", cells) for row, cells in rows.items())


def test_excel_does_not_compute_anew_on_opening(book):
    """
    With macros blocked it would find no functions and show nothing where values stand.
    """
    with ZipFile(book) as package:
        assert '<calcPr calcId="191029"/>' in package.read("xl/workbook.xml").decode()


def test_a_table_reference_is_spelled_as_a_file_spells_it(book):
    assert not [formula for _, _, formula, _ in formulas(book) if "[@" in formula]


def test_the_values_shown_are_those_of_the_functions(book):
    """
    NEXT_CONTACT of the examples on the reference day.
    """
    from retention_udfs import NEXT_CONTACT

    language = language_of(book)
    opened = openpyxl.load_workbook(book, data_only=True)
    cars = example_rows.examples(language)["vehicle"]
    expected = [
        NEXT_CONTACT(car["delivery_date"], car.get("last_service_date"), car["insurance_expiry"],
                     car["inspection_expiry"], None, example_rows.REFERENCE)
        for car in cars
    ]  # fmt: skip
    sheet = opened[next(s for s in STAFF_SHEETS if s.entity.name == "vehicle").name(language)]
    assert expected == [row[-1].value.date() for row in sheet.iter_rows(min_row=2)]


def test_the_key_figures_wait_for_the_button(book):
    """
    Their rows, formulas and charts are there, without values.
    """
    language = language_of(book)
    kpi, values = (openpyxl.load_workbook(book, data_only=only)[say("kpi_sheet", language)] for only in (False, True))

    assert len(kpi._charts) == len(kpi_charts.CHARTS)
    for code, function in kpi_sheet.FUNCTIONS.items():
        place = f"D{kpi_sheet.ROW_OF[code] + 1}"
        assert kpi[place].value.startswith(f"=IFERROR({function}(")
        assert not values[place].value


# Buttons.


def buttons(book: Path) -> dict[str, list[tuple[str, str]]]:
    """Macro and caption of the form buttons by part."""
    found = {}
    with ZipFile(book) as package:
        for part in sorted(package.namelist(), key=lambda name: (len(name), name)):
            if part.startswith("xl/drawings/vml"):
                text = package.read(part).decode()
                macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", text)
                captions = re.findall(r"<font[^>]*>([^<]*)</font>", text)
                if macros:
                    assert text.count("<x:PrintObject>False</x:PrintObject>") == len(macros)
                    found[part] = list(zip(macros, captions, strict=True))
    return found


def test_the_buttons_lie_on_start_and_on_the_sheets_they_belong_to(book):
    language = language_of(book)
    labels = {button.macro: say(f"button_{button.name}", language) for button in BUTTONS}
    start, *others = buttons(book).values()

    assert [(button.macro, labels[button.macro]) for button in BUTTONS] == start
    keys = ("calls_sheet", "plan_sheet", "service_sheet", "survey_sheet", "customer_sheet", "report_sheet",
            "relations_sheet", "complaints_sheet", "yellow_sheet", "hand_over_sheet", "kpi_sheet", "kpi_report_sheet",
            "checks_sheet", "mailing_sheet", "segments_sheet")  # fmt: skip
    assert [[(b.macro, labels[b.macro]) for b in BUTTONS if key in b.sheets] for key in keys] == others


def test_today_on_the_closed_workbook_keeps_buttons_tables_macros_and_formulas(book, tmp_path, capsys):
    out = tmp_path / "after.xlsm"
    answer = today(capsys, book, "--out", str(out))

    with ZipFile(book) as before, ZipFile(out) as after:
        assert before.namelist() == after.namelist()
        kept = [n for n in before.namelist() if n.startswith(("xl/drawings", "xl/tables", "xl/vba", "customUI"))]
        assert [name for name in kept if before.read(name) != after.read(name)] == []
    language = language_of(book)
    calls = openpyxl.load_workbook(out)[say("calls_sheet", language)]
    shown = [row[call_sheet.PLACES["key"]].value for row in calls.iter_rows(min_row=4)]
    assert [";".join(row["due_keys"]) for row in answer["rows"]] == shown
    assert list(formulas(book)) == list(formulas(out))


def test_a_second_day_adds_no_second_set_of_colours_and_lists(book, tmp_path, capsys):
    out = tmp_path / "after.xlsm"
    today(capsys, book, "--out", str(out))
    assert cli.run(["today", str(out), "--date", "2026-11-25", "--json"]) == 0

    calls = openpyxl.load_workbook(out)[say("calls_sheet", language_of(book))]
    assert sum(len(rules) for rules in calls.conditional_formatting._cf_rules.values()) == 2
    with_choices = [column for column in call_sheet.COLUMNS if column.words]
    assert len(calls.data_validations.dataValidation) == len(with_choices)
