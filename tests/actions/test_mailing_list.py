"""The mailing list as a sheet and as a file for mail merge, with consent respected and each export journaled."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.actions.drawn import OTHER_VIN, VIN, contents, sheet_names, shell, today, workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets import mailing_sheet

DAY = "2026-12-31"
"""The day before New Year: HOL is due."""
OTHERS_OFF = "QTR-INV | no\nSEAS-WIN | no"
STORE = {
    "Customers": f"""
        Customer ID | Name    | Mobile       | Gender | Marketing Consent | DNC | Email     | Address | VIN
        C1          | Ada     | '13900000001 | Female | yes               |     | a@x.cn    | 1 Road  | {VIN}
        C2          | Bo      | '13900000002 | Male   | yes               |     |           |         | {OTHER_VIN}
        C3          | Cy      | '13900000003 | Male   |                   |     | c@x.cn    |         |
        C4          | Di      | '13900000004 | Female | yes               | yes | d@x.cn    |         |
        C5          | =1+1    | '13900000005 |        | yes               |     | @evil     |         |
    """,
    "Rules": f"Rule Code | On\n{OTHERS_OFF}",
}
CHINESE = {
    "客户档案": f"""
        客户编号 | 客户姓名 | 手机         | 性别 | 是否同意接收信息 | 身份证号            | 车架号
        C1       | 王小明   | '13900000001 | 男   | 是               |                     | {VIN}
        C2       | 欧阳娜   | '13900000002 | 女   | 是               |                     | {OTHER_VIN}
        C3       | 李四     | '13900000003 |      | 是               | '110101198001011225 |
        C4       | 赵六     | '13900000004 |      | 是               |                     |
    """,
    "回访规则": f"规则代码 | 启用\n{OTHERS_OFF}",
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


def listed(path: Path, *more: object, day: str = DAY) -> dict:
    answer = shell("mailing-list", path, "--date", day, "--json", *more)
    assert answer.code == 0, answer.err
    return answer.json


def test_json_has_the_promised_keys(store: Path) -> None:
    answer = listed(store)

    assert list(answer) == ["as_of", "rows", "campaigns", "problems"]
    assert answer["rows"][0] == {
        "customer_id": "C1", "customer_name": "Ada", "salutation": "Ms Ada", "vin": "", "plate_no": "",
        "mobile": "13900000001", "email": "a@x.cn", "wechat_id": "", "address": "1 Road", "rule": "HOL",
        "due_date": "2026-12-31", "channel": "短信", "campaign": "",
    }  # fmt: skip


def test_the_messages_are_those_of_today(store: Path) -> None:
    """
    The command `today` prints the same list, in its own fewer fields.
    """
    fields = ("customer_id", "vin", "rule", "due_date", "channel")
    answer = shell("today", store, "--date", DAY, "--json", "--dry-run").json

    assert [{name: row[name] for name in fields} for row in listed(store)["rows"]] == answer["mailing_list"]


def test_only_who_agreed_and_may_be_contacted_is_listed(store: Path) -> None:
    assert [row["customer_id"] for row in listed(store)["rows"]] == ["C1", "C2", "C5"]


def test_the_salutation_goes_by_sex_in_the_language_of_the_workbook(store: Path, tmp_path: Path) -> None:
    assert [row["salutation"] for row in listed(store)["rows"]] == ["Ms Ada", "Mr Bo", "=1+1"]
    chinese = workbook(tmp_path / "Chinese.xlsx", CHINESE)
    assert [row["salutation"] for row in listed(chinese)["rows"]] == ["王小明先生", "欧阳娜女士", "李四女士", "赵六"]


def test_one_rule_can_be_asked_for(store: Path) -> None:
    assert {row["rule"] for row in listed(store, "--rule", "HOL")["rows"]} == {"HOL"}
    assert listed(store, "--rule", "SEAS-SPR")["rows"] == []


def test_a_rule_that_sends_no_messages_is_refused(store: Path) -> None:
    answer = shell("mailing-list", store, "--rule", "DLV-3D")

    assert answer.code == 2
    assert "HOL" in answer.err
    assert sheet_names(store) == list(STORE)


def test_the_sheet_holds_the_list_ready_for_mail_merge(store: Path) -> None:
    listed(store)

    with ClosedBook(store) as book:
        rows = book.read("Mailing List")
    assert rows[mailing_sheet.HEADING_ROW - 1] == mailing_sheet.headings("en")
    assert [row[0] for row in rows[mailing_sheet.HEADING_ROW :]] == ["Ms Ada", "Mr Bo", "=1+1"]


def test_the_csv_is_utf8_with_its_mark_and_guards_formulas(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "messages.csv"
    listed(store, "--csv", path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = list(csv.reader(file))
    assert heads == mailing_sheet.headings("en")
    shown = dict(zip(heads, rows[2], strict=True))
    assert (shown["Salutation"], shown["Customer Name"], shown["E-mail"]) == ("'=1+1", "'=1+1", "'@evil")
    assert (shown["Due"], shown["Phone"]) == ("2026-12-31", "13900000005")
    assert path.read_bytes().count(b"\r\n") == 4


def test_a_csv_is_not_written_over_a_workbook_nor_in_a_dry_run(store: Path, tmp_path: Path) -> None:
    assert shell("mailing-list", store, "--date", DAY, "--csv", store).code == 2
    assert shell("mailing-list", store, "--date", DAY, "--csv", tmp_path / "x.csv", "--dry-run").code == 0

    assert list(contents(tmp_path)) == ["Store.xlsx"]


def test_each_export_is_journaled_with_the_day_alone(store: Path, tmp_path: Path) -> None:
    """
    DOM 6.8; equal work on an equal file gives equal bytes, so neither clock nor account is told.
    """
    out, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    listed(store, "--out", out)
    listed(store, "--out", again)
    assert out.read_bytes() == again.read_bytes()
    listed(out)

    with ClosedBook(again) as book:
        (once,) = book.read("Journal")[3:]
    with ClosedBook(out) as book:
        twice = book.read("Journal")[3:]
    assert (str(once[0])[:10], once[1], once[4], once[5]) == (DAY, None, 3, "3 messages.")
    assert [row[:6] for row in twice] == [once[:6], once[:6]]


def test_nothing_is_journaled_where_nothing_is_written(store: Path) -> None:
    listed(store, "--dry-run")

    assert sheet_names(store) == list(STORE)


# Campaigns.

WITH_CAMPAIGN = STORE | {
    "Campaigns": """
        Campaign ID | Campaign Name | Type             | Start Date | End Date   | Target Customers
        A1          | Spring day    | New-model launch | 2027-01-10 | 2027-01-11 |
        A2          | Far ahead     | New-model launch | 2027-06-10 |            |
        A3          | No such class | Promotion        | 2026-12-31 |            | The moon
    """,
    "Invitations": """
        Campaign ID | Customer ID | RSVP  | Guests | Attended
        A1          | C2          | Comes | 2      | yes
        A1          | C3          | No    |        |
    """,
}


def test_campaigns_are_listed_with_whom_to_invite_and_what_came_of_it(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", WITH_CAMPAIGN)
    answer = listed(path)

    assert [(row["customer_id"], row["campaign"]) for row in answer["rows"] if row["rule"] in ("NEWCAR", "PROMO")] == [
        ("C1", "Spring day"), ("C5", "Spring day"),
    ]  # fmt: skip
    (spring, *_) = answer["campaigns"]
    assert spring == {
        "campaign_id": "A1", "name": "Spring day", "rule": "NEWCAR", "invited": 2, "comes": 1, "declined": 1,
        "pending": 0, "guests": 2, "attended": 1, "deals": 0,
    }  # fmt: skip
    assert [problem["found"] for problem in answer["problems"] if problem["code"] == "target_unknown"] == ["the moon"]
    with ClosedBook(path) as book:
        assert "Spring day: 2 invited, 1 come, 1 do not" in str(book.read("Mailing List")[1][0])


def test_a_store_without_campaigns_answers_today_as_before(tmp_path: Path) -> None:
    with_campaigns = workbook(tmp_path / "With.xlsx", WITH_CAMPAIGN)
    without = workbook(tmp_path / "Without.xlsx", STORE)

    assert today(with_campaigns, "--dry-run").json["mailing_list"] == today(without, "--dry-run").json["mailing_list"]


# --- saved filters -------------------------------------------------------------------------------------------

WITH_FILTERS = {
    **STORE,
    "Customers": f"""
        Customer ID | Name | Mobile       | Marketing Consent | VIN         | Region
        C1          | Ada  | '13900000001 | yes               | {VIN}       | City
        C2          | Bo   | '13900000002 | yes               | {OTHER_VIN} | 县城
        C3          | Cy   | '13900000003 | yes               |             | City
    """,
    "Segments": """
        Segments
        x
        x
        x
        Scheme | Label | Count | Share | Saved filter | Labels        | Customers in it
               |       |       |       | Town, old    | Region=City   |
               |       |       |       | County       | Region=县城   |
               |       |       |       | Broken       | Region=Moon   |
    """,
    "Campaigns": """
        Campaign ID | Campaign  | Type | Start Date | End Date   | Target Customers
        P1          | Free wash | 促销 | 2026-12-20 | 2027-01-10 | town, OLD
        P2          | Picnic    | 促销 | 2026-12-20 | 2027-01-10 | County, City
    """,
}


@pytest.fixture
def filtered(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Filtered.xlsx", WITH_FILTERS)


def recipients(path: Path, *more: object, campaign: str = "") -> list[str]:
    return [row["customer_id"] for row in listed(path, *more)["rows"] if row["campaign"] == campaign]


def test_a_saved_filter_restricts_the_list_and_stays_chosen_on_the_sheet(filtered: Path) -> None:
    assert recipients(filtered) == ["C1", "C2", "C3"]
    assert recipients(filtered, "--filter", "town, old") == ["C1", "C3"]
    with ClosedBook(filtered) as book:
        assert mailing_sheet.filter_in(book.read("Mailing List")) == "town, old"
    assert recipients(filtered) == ["C1", "C3"]
    assert recipients(filtered, "--filter", "") == ["C1", "C2", "C3"]
    assert recipients(filtered) == ["C1", "C2", "C3"]


def test_a_filter_typed_on_the_sheet_counts(filtered: Path) -> None:
    listed(filtered)
    with ClosedBook(filtered) as book:
        book.put("Mailing List", mailing_sheet.FILTER_ROW, mailing_sheet.FILTER_PLACE + 1, [["County"]])
        book.save()
    assert recipients(filtered) == ["C2"]


@pytest.mark.parametrize(("name", "told"), [("Village", "no saved filter 'Village'"), ("Broken", "names 'moon'")])
def test_a_filter_that_is_not_there_or_not_understood_is_refused(filtered: Path, name: str, told: str) -> None:
    answer = shell("mailing-list", filtered, "--date", DAY, "--json", "--filter", name)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_campaigns_are_for_the_customers_of_a_saved_filter(filtered: Path) -> None:
    """
    Alone, its name may hold a comma; beside labels it narrows them down: nobody is of the county and of the city.
    """
    assert recipients(filtered, campaign="Free wash") == ["C1", "C3"]
    assert recipients(filtered, campaign="Picnic") == []
    assert "target_unknown" not in {each["code"] for each in listed(filtered)["problems"]}


def test_a_sheet_of_theirs_called_segments_is_no_hindrance(tmp_path: Path) -> None:
    store = workbook(tmp_path / "Store.xlsx", {**STORE, "Segments": "My | segments\nof | the town"})
    assert listed(store)["rows"]
