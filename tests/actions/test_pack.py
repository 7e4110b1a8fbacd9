"""A packed copy says nothing that must not leave, and merges when it comes back as if the work were done at home."""

from __future__ import annotations

import datetime as dt
import email
import io
import re
import zipfile
from email import policy
from pathlib import Path

import msoffcrypto
import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.actions.clerk import cells, change
from tests.actions.drawn import OTHER_VIN, VIN, Answer, sheet_names, shell, workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets.merging.copies_sheet import HEADING_ROW

KEY = f"C1/{VIN}/DLV-3D/2026-01-01/1"
STORE = {
    "Customers": """
        Customer ID | Name     | Mobile       | ID Card             | Ethnicity | DNC | Remark                    | Dog
        C1          | Ada King | '13900000001 | '110101198001011225 | Han       |     | Ada King at 139 0000 0001 | Rex
        C2          | 张三丰   | '13900000002 |                     |           |     | 张三丰: LSVAA4187E2184848 |
        13900000003 | Cy Older | 13900000003  |                     |           |     |                           |
        C4          | Di Moor  | '13900000004 |                     |           |     | a friend of Cy Older      |
    """,
    "Vehicles": f"""
        VIN         | Plate    | Customer ID | Odometer
        {VIN}       | 沪A12345 | C1          | 5000
        {OTHER_VIN} | 沪B12345 | C2          | 6000
    """,
    "Call Log": f"""
        Call ID | Customer ID | Name     | VIN   | Contact Date | Agent | Outcome | Feedback          | Key
        L1      | C1          | Ada King | {VIN} | 2026-01-01   | Amy   | 接通    | 张三丰 came along | {KEY}
    """,
    "Ideas": "Call 张三丰 | 13900000002",
}  # fmt: skip
CUSTOMERS = (
    ("Customer ID", "Name", "Mobile", "13900000001 Ada King"),
    ("C1", "Ada King", "13900000001", 1),
    ("C2", "Bo Reed", "13900000002", 2),
)
SECRETS = (
    "13900000001", "13900000002", "13900000003", "13900000004", "139 0000 0001", "Ada King", "张三丰", "Cy Older",
    "Di Moor", "110101198001011225", VIN, OTHER_VIN, "沪A12345", "沪B12345",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Home.xlsx", STORE)


def packed(home: Path, *more: object) -> Path:
    answer = pack(home, *more)
    assert answer.code == 0, answer.err
    return home.with_name("copy.xlsx")


def pack(home: Path, *more: object) -> Answer:
    return shell("pack", home, "--out", home.with_name("copy.xlsx"), "--json", *more)


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def column(rows: list[list[object]], heading: str) -> int:
    return rows[0].index(heading)


def edit(path: Path, sheet: str, key: str, heading: str, value: object) -> None:
    """Types into the row whose number is *key*."""

    def typed(rows: list[list[object]]) -> None:
        next(row for row in rows[1:] if str(row[0]) == key)[column(rows, heading)] = value

    change(path, sheet, typed)


# --- what leaves -----------------------------------------------------------------------------------------------------


def test_a_masked_copy_holds_no_phone_name_or_number_of_a_person_in_any_part(home: Path) -> None:
    book = load_workbook(home)
    book["Customers"]["A2"].comment = Comment("Ada King, 13900000001", "Amy")
    book["Call Log"].oddHeader.center.text = "Ada King"
    book.save(home)

    copy = packed(home, "--mask")

    found = {(part, secret) for part, text in parts(copy).items() for secret in SECRETS if secret in text}
    assert found == set()


SPELLINGS = (
    "139-0000-0001", "139 0000 0001", "１３９００００００１１", "+86 139 0000 0011", "(139)00000001", "139.0000.0001",
    "139/0000/0001", "1 3 9 0 0 0 0 0 0 0 1", "139–0000–0001", "tel13900000001", "010-12345678",
    "０１０－１２３４５６７８", "１１０１０１１９８００１０１１２２５", "110101 19800101 1225", "lsvaa4187e2184847",
    "LSVAA 4187E 2184847", "ada king", "AdaKing", "King Ada", "ada.king@example.com", "someone@example.com",
    "沪A·12345", "沪a12345", "张 三 丰",
    "6222021234567890123",
)  # fmt: skip
"""What somebody types into a remark: phones, numbers, names and plates in any case, width and spacing."""
HARMLESS = (
    "paid 1,350 on 2026-11-20 09:45", "2026-11-20 to 2026-12-31", "RO20261120001", "12,944 km", "part 06A-115-561-B",
    "方向盘异响", "Adaptor replaced", "kinga", "1390000",
)  # fmt: skip


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_no_spelling_gets_through(home: Path, spelled: str) -> None:
    edit(home, "Customers", "C4", "Remark", f"note {spelled} end")
    edit(home, "Customers", "C4", "Dog", spelled)
    edit(home, "Vehicles", OTHER_VIN, "Odometer", spelled)

    text = "".join(parts(packed(home, "--mask")).values())

    assert spelled not in text


@pytest.mark.parametrize("said", HARMLESS)
def test_what_leads_to_nobody_stays_readable(home: Path, said: str) -> None:
    edit(home, "Customers", "C4", "Remark", said)

    copy = packed(home, "--mask")

    assert next(row[column(cells(copy, "Customers"), "Remark")] for row in cells(copy, "Customers")[4:]) == said


def test_nothing_but_the_tables_leaves_masked(tmp_path: Path) -> None:
    """Headings and names of sheets, defined names, comments, drawings, charts, headers, properties, custom XML."""
    secret, name = "13900000001", "Ada King"
    home = tmp_path / "Home.xlsx"
    with xlsxwriter.Workbook(str(home)) as book:
        book.set_properties({"title": name, "author": name, "comments": secret})
        book.set_custom_property("Owner", name)
        sheet = book.add_worksheet(f"客户档案 {secret}")
        for row, line in enumerate(CUSTOMERS):
            sheet.write_row(row, 0, line)
        sheet.write_comment("A2", f"{name} {secret}", {"author": name})
        sheet.insert_textbox("H2", f"{name} {secret}")
        sheet.set_header(f"&C{name} {secret}")
        sheet.data_validation("H9", {"validate": "list", "source": [name, secret], "input_message": secret})
        sheet.conditional_format("A1:A9", {"type": "text", "criteria": "containing", "value": secret, "format": None})
        sheet.write_url("H20", f"mailto:{name.replace(' ', '.')}@example.com", string=name)
        book.define_name("owner", f'="{name} {secret}"')
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": name, "categories": [sheet.name, 1, 1, 2, 1], "values": [sheet.name, 1, 2, 2, 2]})
        chart.set_title({"name": f"{name} {secret}"})
        sheet.insert_chart("H30", chart)
    with zipfile.ZipFile(home, "a") as archive:
        archive.writestr("customXml/item1.xml", f"<person>{name} {secret}</person>")

    copy = packed(home, "--mask")

    found = {part for part, text in parts(copy).items() for each in (name, secret, "King") if each in text + part}
    assert found == set()
    assert not [part for part in parts(copy) if re.search("comment|drawing|chart|custom|vba|printer", part)]


def test_phones_are_masked_as_the_rule_says_and_rows_still_belong_together(home: Path) -> None:
    copy = packed(home, "--mask")

    customers, cars, log = (cells(copy, name) for name in ("Customers", "Vehicles", "Call Log"))
    assert [row[column(customers, "Mobile")] for row in customers[1:]] == [f"139****000{n}" for n in (1, 2, 3, 4)]
    assert len({row[0] for row in customers[1:]}) == 4
    assert log[1][column(log, "VIN")] == cars[1][0]
    assert log[1][column(log, "Name")] == customers[1][column(customers, "Name")]
    assert cars[1][column(cars, "Odometer")] == 5000


def test_people_who_stand_on_do_not_contact_alone_are_masked_too(home: Path) -> None:
    silent = workbook(
        home.with_name("Silent.xlsx"),
        {**STORE, "Do Not Contact": "Name | Phone | Reason\nEve Stone | '13912340000 | asked\n"},
    )

    copy = packed(silent, "--mask")

    assert "Do Not Contact" in sheet_names(copy)
    assert not any(secret in text for text in parts(copy).values() for secret in ("Eve Stone", "13912340000"))


def test_two_copies_are_masked_with_different_keys(home: Path) -> None:
    first = cells(packed(home, "--mask"), "Vehicles")[1][0]

    assert cells(packed(home, "--mask"), "Vehicles")[1][0] != first


@pytest.mark.parametrize("mask", [["--mask"], []])
def test_identity_number_and_ethnicity_never_leave(home: Path, mask: list[str]) -> None:
    copy = packed(home, *mask)

    text = "".join(parts(copy).values())
    assert "110101198001011225" not in text
    assert ">Han<" not in text
    assert cells(home, "Customers")[1][3] == "110101198001011225"


def test_an_identity_number_elsewhere_in_the_workbook_stops_an_open_copy(home: Path) -> None:
    edit(home, "Customers", "C2", "Remark", "wife of 110101198001011225")

    answer = pack(home)

    assert answer.code == 2
    assert "Identity numbers still stand" in answer.err
    assert not home.with_name("copy.xlsx").exists()
    assert "Copies" not in sheet_names(home)


def test_the_key_stays_with_the_sender(home: Path) -> None:
    copy = packed(home, "--mask")
    secret = str(cells(home, "Copies")[HEADING_ROW][-1])

    assert len(secret) > 30
    assert not any(secret in text for text in parts(copy).values())
    assert not any(secret in text for text in parts(packed(home)).values()), "nor does an open copy carry older keys"


def test_a_function_of_ours_leaves_as_its_value_and_other_formulas_stay(home: Path) -> None:
    book = load_workbook(home)
    book["Ideas"]["A3"], book["Ideas"]["B3"] = '=MASK_PHONE("13912345678")', "=SUM(1,2)"
    book.save(home)

    ideas = load_workbook(packed(home))["Ideas"]

    assert (ideas["A3"].data_type, ideas["B3"].value) == ("n", "=SUM(1,2)")


def test_an_open_copy_keeps_the_other_sheets_and_hides_what_it_knows_of_itself(home: Path) -> None:
    copy = packed(home)

    assert cells(copy, "Ideas") == cells(home, "Ideas")
    assert load_workbook(copy)["Copy Identity"].sheet_state == "veryHidden"
    assert shell("today", copy, "--date", "2026-01-02", "--dry-run", "--json").code == 0


def test_packing_is_journaled(home: Path) -> None:
    packed(home, "--to", "boss@example.com")

    journal, copies = cells(home, "Journal"), cells(home, "Copies")
    assert journal[3][2] == "Pack for mail"
    assert copies[HEADING_ROW][2:5] == ["packed", "copy.xlsx", "boss@example.com"]


def test_the_copy_may_not_take_the_place_of_the_workbook(home: Path) -> None:
    before = home.read_bytes()

    assert shell("pack", home, "--out", home).code == 2
    assert home.read_bytes() == before


# --- password and message --------------------------------------------------------------------------------------------


def test_a_locked_copy_opens_with_its_password_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "open sesame")
    copy = packed(home, "--password-env", "SECRET")

    assert not zipfile.is_zipfile(copy)
    with copy.open("rb") as file:
        lock = msoffcrypto.OfficeFile(file)
        lock.load_key(password="open sesame")
        opened = io.BytesIO()
        lock.decrypt(opened)
    assert load_workbook(opened)["Vehicles"]["A2"].value == VIN


def test_a_lock_that_does_not_read_back_lets_nothing_leave(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "open sesame")
    monkeypatch.setattr(
        "msoffcrypto.format.ooxml.OOXMLFile.encrypt", lambda self, password, file: file.write(b"not a lock")
    )

    answer = pack(home, "--password-env", "SECRET")

    assert answer.code == 2
    assert "could not be locked" in answer.err
    assert not home.with_name("copy.xlsx").exists()


def test_a_password_that_is_not_there_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET", raising=False)

    assert pack(home, "--password-env", "SECRET").code == 2


def test_a_message_that_cannot_be_written_leaves_an_earlier_copy_in_its_place(home: Path) -> None:
    """The command failed, so it wrote nothing and took nothing away."""
    copy = packed(home)
    before = copy.read_bytes()

    answer = pack(home, "--eml", home.with_name("nowhere") / "mail.eml")

    assert answer.code == 2
    assert "There is no folder" in answer.err
    assert copy.read_bytes() == before


def test_a_message_is_ready_to_send_with_the_copy_attached(home: Path) -> None:
    letter = home.with_name("mail.eml")
    copy = packed(home, "--to", "boss@example.com", "--eml", letter)

    message = email.message_from_bytes(letter.read_bytes(), policy=policy.default)
    (attached,) = message.iter_attachments()
    assert (message["To"], message["X-Unsent"]) == ("boss@example.com", "1")
    assert attached.get_filename() == "copy.xlsx"
    assert attached.get_content() == copy.read_bytes()


# --- what comes back -------------------------------------------------------------------------------------------------


def worked_on(path: Path) -> None:
    """What a colleague does in a copy, or at home."""
    edit(path, "Customers", "C2", "Mobile", "13911111111")
    edit(path, "Customers", "C4", "DNC", "yes")
    edit(path, "Customers", "C4", "Dog", "Fido")

    def more(rows: list[list[object]]) -> None:
        new: list[object] = [None] * len(rows[0])
        new[column(rows, "Customer ID")], new[column(rows, "Name")] = "C9", "New One"
        rows.append(new)

    change(path, "Customers", more)

    def called(rows: list[list[object]]) -> None:
        rows.append([*rows[1]])
        rows[-1][0], rows[-1][column(rows, "Feedback")] = "L2", "fine"
        if "xl_retention row" in rows[0]:
            rows[-1][column(rows, "xl_retention row")] = None

    change(path, "Call Log", called)


def said(path: Path) -> dict[str, list[list[object]]]:
    """The staff's sheets as they read."""
    with ClosedBook(path) as book:
        return {name: [row for row in book.read(name) if any(row)] for name in STORE}


@pytest.mark.parametrize("mask", [["--mask"], []])
def test_pack_change_return_merge_equals_changing_at_home(home: Path, mask: list[str]) -> None:
    copy, out = packed(home, *mask), home.with_name("out.xlsx")
    worked_on(copy)
    merged = shell("merge", home, copy, "--out", out, "--json")
    worked_on(home)

    assert (merged.code, merged.json["conflicts"], merged.json["notices"]) == (0, [], [])
    assert said(out) == said(home)


def test_a_small_sheet_of_a_masked_copy_is_known_again(tmp_path: Path) -> None:
    """Nobody touched the copy, so nothing is asked; a parameter changed there is changed here."""
    settings = "Parameter | Value | Note\nlanguage | en | of the workbook\nmax_attempts | 3 |"
    home = workbook(tmp_path / "Home.xlsx", {**STORE, "Settings": settings})
    copy = packed(home, "--mask")
    untouched = shell("merge", home, copy, "--json", "--dry-run")
    edit(copy, "Settings", "max_attempts", "Value", 4)
    answer = shell("merge", home, copy, "--json")

    assert untouched.json["conflicts"] == answer.json["conflicts"] == []
    assert ["max_attempts", 4] in [row[:2] for row in cells(home, "Settings")]


@pytest.mark.parametrize("mask", [["--mask"], []])
def test_what_was_done_at_home_meanwhile_stays(home: Path, mask: list[str]) -> None:
    copy, out = packed(home, *mask), home.with_name("out.xlsx")
    edit(copy, "Customers", "C4", "Dog", "Fido")
    edit(home, "Customers", "C1", "Mobile", "13977777777")
    edit(home, "Customers", "C4", "Mobile", "13988888888")

    merged = shell("merge", home, copy, "--out", out, "--json")

    rows = cells(out, "Customers")
    assert merged.json["conflicts"] == []
    assert [rows[1][2], rows[4][2], rows[4][-1]] == ["13977777777", "13988888888", "Fido"]


def test_a_masked_copy_sorted_otherwise_and_with_a_corrected_number_finds_its_rows(home: Path) -> None:
    copy, out = packed(home, "--mask"), home.with_name("out.xlsx")
    edit(copy, "Customers", "C4", "Customer ID", "C400")

    def turned(rows: list[list[object]]) -> None:
        rows[1:] = rows[:0:-1]

    change(copy, "Customers", turned)

    merged = shell("merge", home, copy, "--out", out, "--json")

    assert (merged.json["added"], merged.json["updated"], merged.json["conflicts"]) == (0, 1, [])
    assert [row[0] for row in cells(out, "Customers")[1:]] == ["C1", "C2", "13900000003", "C400"]


def test_a_word_typed_beside_a_mask_that_nobody_can_take_off_is_asked(home: Path) -> None:
    edit(home, "Customers", "C4", "Remark", "knows 13912345678")
    copy, out = packed(home, "--mask"), home.with_name("out.xlsx")
    edit(copy, "Customers", "C4", "Remark", "knows 139****5678 and more")

    merged = shell("merge", home, copy, "--out", out, "--json")

    assert [each["field"] for each in merged.json["conflicts"]] == ["remark"]
    assert cells(out, "Customers")[4][6] == "knows 13912345678"


def test_a_masked_copy_is_merged_only_where_it_came_from(home: Path, tmp_path: Path) -> None:
    other = workbook(tmp_path / "Other.xlsx", STORE)

    answer = shell("merge", other, packed(home, "--mask"), "--out", home.with_name("out.xlsx"))

    assert answer.code == 2
    assert "masked" in answer.err


def made_older(event: list[object]) -> None:
    assert isinstance(event[0], dt.datetime)
    event[0] = event[0].replace(year=2025)


def test_a_copy_packed_before_one_that_came_back_is_called_older(home: Path) -> None:
    older = packed(home).rename(home.with_name("older.xlsx"))
    change(home, "Copies", lambda rows: made_older(rows[HEADING_ROW]))
    newer = packed(home)
    first = shell("merge", home, newer, "--json")
    second = shell("merge", home, older, "--json")

    assert not any("packed before" in notice for notice in first.json["notices"])
    assert any("packed before" in notice for notice in second.json["notices"])


def test_seals_say_nothing_without_the_key(home: Path) -> None:
    rows = cells(packed(home, "--mask"), "Copy Identity")

    assert not any(re.search(r"\d{11}", str(cell)) for row in rows for cell in row)


def test_a_remark_without_a_heading_comes_back_masked_to_where_it_was(tmp_path: Path) -> None:
    """
    A masked copy leaves out blank columns and identity numbers, so that what stands right of them lies elsewhere.
    """
    home = workbook(tmp_path / "Home.xlsx", {"Customers": STORE["Customers"]})
    with ClosedBook(home) as book:
        book.put("Customers", 2, 10, [["likes jazz", None, 12]])
        book.save()
    copy = packed(home, "--mask")
    before = cells(home, "Customers")

    answer = shell("merge", home, copy, "--json")

    assert answer.code == 0, answer.err
    assert answer.json["conflicts"] == []
    assert cells(home, "Customers") == before
