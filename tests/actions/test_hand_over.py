"""Hand-over: everything live that a person stands beside gets a new owner, history keeps the old one (DOM 6.7)."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.actions.clerk import cells, change, save, table
from tests.actions.drawn import Answer, contents, sheet_names, shell, today, type_in, workbook

STAFF = """
    Staff ID | Name | Role | Status
    1        | Li   | SA   | Active
    2        | Wu   | SA   | Active
    3        | Zhao | SA   |
    4        | Old  | SA   | Left
"""
BOOK = {
    "Customers": """
        Customer ID | Name | Mobile       | Sales Advisor | CS Agent | Service Advisor
        C1          | Ada  | '13900000001 | Li            | Kim      | Li
        C2          | Bo   | '13900000002 | Wu            | Li       |
        C3          | Cy   | '13900000003 | Wu            |          |
    """,
    "Complaints": """
        Complaint ID | Customer ID | Received   | Handler | Status
        T1           | C1          | 2026-11-20 | Li      | New
        T2           | C3          | 2026-11-20 | Li      | Closed
    """,
    "Prospects": """
        Prospect No | Name | Mobile       | Created    | Status  | Sales Advisor
        261101-01   | Di   | '13900000004 | 2026-11-01 | Open    | Li
        261101-02   | Ed   | '13900000005 | 2026-11-01 | Lost    | Li
        261101-03   | Fu   | '13900000006 | 2026-11-01 | Ordered | Li
    """,
    "Key Accounts": """
        Account Number | Account Name | Account Manager | Our Contact 1 | Our Contact 2
        A1             | Fleet        | Wu              | Wu            | Li
    """,
    "Contacts": """
        Call ID | Customer ID | Contact Date | Agent | Outcome
        R1      | C1          | 2026-11-01   | Li    | Connected
    """,
    "Staff": STAFF,
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", BOOK)


def hand_over(path: Path, leaver: str, *receivers: str, more: tuple[object, ...] = ()) -> Answer:
    to = [part for name in receivers for part in ("--to", name)]
    return shell("hand-over", path, "--from", leaver, *to, "--date", "2026-11-21", "--json", *more)


def owners(path: Path, entity: str, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(row.get(name) for name in fields) for row in table(path, entity)]


def test_everything_live_gets_the_new_owner(store: Path) -> None:
    """
    Customers in each part the person has, open complaints, cards under way, key accounts.
    """
    assert hand_over(store, "Li", "Zhao").code == 0

    assert owners(store, "customer", "sales_advisor", "cs_owner", "service_advisor_owner") == [
        ("Zhao", "Kim", "Zhao"), ("Wu", "Zhao", None), ("Wu", None, None),
    ]  # fmt: skip
    assert owners(store, "complaint", "handler")[0] == ("Zhao",)
    assert [owner for owner, _ in owners(store, "prospect", "sales_advisor", "status")] == ["Zhao", "Li", "Zhao"]
    assert owners(store, "key_account", "owner", "contacts", "second_contact") == [("Wu", "Wu", "Zhao")]


def test_whoever_hands_over_and_is_active_on_the_staff_sheet_is_named_with_the_row(store: Path) -> None:
    """
    DOM 6.7 step 1: the status is set by hand, and as long as it is not, nobody says that the person is gone.
    """
    asked = ("hand-over", store, "--to", "Zhao", "--date", "2026-11-21", "--dry-run", "--from")
    told = "Li is still active on the sheet Staff, row 2; when Li leaves, enter Left there under Status."

    assert f"6 rows handed over from Li, 5 to tell. {told}" in shell(*asked, "Li").out.splitlines()
    assert hand_over(store, "Li", "Zhao", more=("--dry-run",)).json["still_active"] is True


@pytest.mark.parametrize("staff", [STAFF.replace("| SA   | Active", "| SA | Left", 1), STAFF.replace("Li ", "Lu ")])
def test_of_somebody_who_left_or_is_not_on_the_staff_sheet_nothing_more_is_said(tmp_path: Path, staff: str) -> None:
    store = workbook(tmp_path / "Left.xlsx", {**BOOK, "Staff": staff})
    lines = shell("hand-over", store, "--from", "Li", "--to", "Zhao", "--dry-run").out.splitlines()

    assert "6 rows handed over from Li, 5 to tell." in lines
    assert hand_over(store, "Li", "Zhao", more=("--dry-run",)).json["still_active"] is False


def test_a_chinese_workbook_is_told_in_chinese(tmp_path: Path) -> None:
    sheets = {
        "客户档案": "客户编号 | 客户姓名 | 手机 | 销售顾问\nC1 | 张三 | '13900000001 | 李四",
        "员工": "工号 | 姓名 | 岗位 | 在职状态\n1 | 李四 | SA | 在职\n2 | 王五 | SA | 在职",
    }
    store = workbook(tmp_path / "店.xlsx", sheets)

    out = shell("hand-over", store, "--from", "李四", "--to", "王五", "--dry-run").out

    assert "李四在“员工”表第2行仍为在职；离职后请在该行“在职状态”栏填写“离职”。" in out


def test_history_keeps_the_old_name(store: Path) -> None:
    hand_over(store, "Li", "Zhao")

    assert owners(store, "contact_log", "staff") == [("Li",)]
    assert owners(store, "complaint", "handler")[1] == ("Li",)
    assert owners(store, "prospect", "sales_advisor")[1] == ("Li",)


def test_open_calls_follow_their_customer(store: Path) -> None:
    before = {tuple(row) for row in today(store).rows("customer_id", "owner", "role") if row[1] == "Li"}
    hand_over(store, "Li", "Zhao")
    after = {tuple(row) for row in today(store).rows("customer_id", "owner", "role")}

    assert before
    assert {(customer, "Zhao", role) for customer, _, role in before} <= after
    assert not [row for row in after if row[1] == "Li"]


def test_a_row_of_the_hand_over_is_kept_with_the_counts_before_and_after(store: Path) -> None:
    hand_over(store, "Li", "Wu", more=("--reason", "leaves"))

    (row,) = table(store, "handover")
    assert row == {
        "handover_id": "H20261121-01", "from": "Li", "to": "Wu", "date": dt.datetime(2026, 11, 21),
        "reason": "leaves", "customer_count": 2.0,
    }  # fmt: skip
    assert cells(store, "Handovers")[0][-2:] == ["Customers Before", "Customers After"]
    assert cells(store, "Handovers")[1][-2:] == [2.0, 3.0]


def test_everybody_with_somebody_new_is_told_within_three_days(store: Path) -> None:
    told = hand_over(store, "Li", "Zhao").json["tell"]

    assert [(row["customer_id"], row["to"], row["tell_by"]) for row in told] == [
        (number, "Zhao", "2026-11-24") for number in ("C1", "C2", "261101-01", "261101-03", "A1")
    ]
    form = cells(store, "Hand-over Form")
    assert [row[0] for row in form[5:]] == ["C1", "C2", "261101-01", "261101-03", "A1"]


def test_what_was_told_stays_below_the_next_hand_over(store: Path) -> None:
    hand_over(store, "Li", "Zhao")
    change(store, "Hand-over Form", lambda rows: rows[5].__setitem__(8, dt.datetime(2026, 11, 22)))

    hand_over(store, "Wu", "Zhao")

    rows = cells(store, "Hand-over Form")[5:]
    assert [row[0] for row in rows][:3] == ["C2", "C3", "A1"]
    assert [row[8] for row in rows if row[0] == "C1"] == [dt.datetime(2026, 11, 22)]


def introduced(path: Path, day: str) -> dict[str, str]:
    """Who is to be called for HANDOVER on a day, with the caller."""
    rows = today(path, "--date", day).json["rows"]
    return {row["customer_id"]: row["owner"] for row in rows if "HANDOVER" in row["rules"]}


def test_whoever_got_somebody_new_is_on_todays_list_until_he_was_told(store: Path) -> None:
    """
    The one who serves him now makes the call; an attempt in vain leaves it, and the form says when he was told.
    """
    hand_over(store, "Li", "Zhao")
    everybody = {"C1", "C2", "261101-01", "261101-03", "A1"}

    assert introduced(store, "2026-11-21") == dict.fromkeys(everybody, "Zhao")

    for number, outcome in (("C1", "Connected"), ("C2", "No answer")):
        type_in(store, f"{number}//HANDOVER/2026-11-21/1", {"Outcome": outcome})
    save(store, "2026-11-22")

    assert introduced(store, "2026-11-22").keys() == everybody - {"C1"}
    told = {row[0]: row[8] for row in cells(store, "Hand-over Form")[5:]}
    assert told == {**dict.fromkeys(everybody), "C1": dt.datetime(2026, 11, 22)}
    assert "customer_notified_on" not in table(store, "handover")[0]


def test_the_hand_over_says_when_the_last_one_was_told(store: Path) -> None:
    hand_over(store, "Li", "Zhao")
    hand_over(store, "Wu", "Zhao")
    for day, numbers in (("2026-11-22", ("C1", "C2", "261101-01")), ("2026-11-23", ("261101-03", "A1"))):
        today(store, "--date", day)
        for number in numbers:
            type_in(store, f"{number}//HANDOVER/2026-11-21/1", {"Outcome": "Connected"})
        save(store, day)

    first, second = table(store, "handover")
    assert (first["from"], first["customer_notified_on"]) == ("Li", dt.datetime(2026, 11, 23))
    assert (second["from"], second.get("customer_notified_on")) == ("Wu", None)
    assert introduced(store, "2026-11-24") == {"C3": "Zhao"}


def test_several_share_fairly_and_a_complaint_goes_with_its_customer(tmp_path: Path) -> None:
    customers = "\n".join(f"C{n:02}|N{n}|'139000000{n:02}|Li" for n in range(1, 8))
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": f"Customer ID|Name|Mobile|Sales Advisor\n{customers}",
            "Complaints": "Complaint ID|Customer ID|Received|Handler|Status\nT1|C02|2026-11-20|Li|New",
            "Staff": STAFF,
        },
    )

    counts = hand_over(path, "Li", "Wu", "Zhao").json["counts"]

    assert counts == [
        {"to": "Wu", "moved": 4, "before": 0, "after": 4}, {"to": "Zhao", "moved": 3, "before": 0, "after": 3},
    ]  # fmt: skip
    assert [owner for (owner,) in owners(path, "customer", "sales_advisor")] == ["Wu", "Zhao"] * 3 + ["Wu"]
    assert owners(path, "complaint", "handler") == [("Zhao",)]


def test_a_customer_in_several_rows_is_handed_over_in_all_of_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": """
                Customer ID | Name | Mobile       | VIN               | Sales Advisor
                C1          | Ada  | '13900000001 | LSVAA4187E2184847 | Li
                C1          | Ada  | '13900000001 | LSVAA4187E2184848 | Li
            """,
            "Staff": STAFF,
        },
    )

    hand_over(path, "Li", "Wu", "Zhao")

    assert owners(path, "customer", "sales_advisor") == [("Wu",), ("Wu",)]


@pytest.mark.parametrize("receiver", ["Old", "Nobody", "Li"])
def test_only_somebody_active_can_take_over(store: Path, receiver: str) -> None:
    before = store.read_bytes()

    answer = hand_over(store, "Li", receiver)

    assert (answer.code, store.read_bytes()) == (2, before)
    assert receiver in answer.err


def test_the_second_time_nothing_is_left_and_nothing_is_written(store: Path) -> None:
    hand_over(store, "Li", "Zhao")
    before = store.read_bytes()

    assert hand_over(store, "Li", "Zhao").json["moved"] == []
    assert store.read_bytes() == before


def test_a_name_that_has_nothing_is_asked_about(store: Path) -> None:
    """It may be misspelt; "nothing left" alone sounded as if all was done."""
    told = shell("hand-over", store, "--from", "Lee", "--to", "Zhao").out

    assert "Nothing is in the name of Lee, so nothing was handed over. Is the name right?" in told


def test_a_dry_run_tells_the_same_and_writes_nothing(store: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)

    dry = hand_over(store, "Li", "Zhao", more=("--dry-run",)).json

    assert contents(tmp_path) == before
    assert dry == hand_over(store, "Li", "Zhao").json


def test_whoever_has_an_owner_that_is_not_there_any_more_is_told(store: Path) -> None:
    change(store, "Staff", lambda rows: rows[2].__setitem__(3, "Left"))

    problems = hand_over(store, "Li", "Zhao").problems("code", "cell", "found")

    assert [each for each in problems if each[0] == "owner_not_active"] == [
        ("owner_not_active", "D3", "Wu"), ("owner_not_active", "D4", "Wu"), ("owner_not_active", "E2", "Kim"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("book", "form", "names"),
    [
        (BOOK, "Hand-over Form", ("Li", "Wu, Zhao")),
        (
            {
                "客户档案": "客户编号|客户姓名|手机|销售顾问\nC1|张三|'13900000001|Li\nC2|李四|'13900000002|Li",
                "员工": "工号|姓名|岗位|在职状态\n1|Li|SA|在职\n2|Wu|SA|\n3|Zhao|SA|在职",
            },
            "客户移交单",
            ("Li", "Wu、Zhao"),
        ),
    ],
)
def test_the_names_may_be_typed_on_the_form(tmp_path: Path, book: dict, form: str, names: tuple[str, str]) -> None:
    path = workbook(tmp_path / "Store.xlsx", book)
    asked = shell("hand-over", path, "--date", "2026-11-21", "--json")
    assert asked.code == 2
    hand_over(path, "Li", "Wu")
    hand_over(path, "Wu", "Li")
    assert form in sheet_names(path)

    def fill(rows: list[list[object]]) -> None:
        rows[3][:4] = [*names, dt.datetime(2026, 11, 23), "moves away"]

    change(path, form, fill)
    answer = shell("hand-over", path, "--date", "2026-11-21", "--json").json

    assert (answer["from"], answer["to"], answer["date"]) == ("Li", ["Wu", "Zhao"], "2026-11-23")
    assert {row["tell_by"] for row in answer["tell"]} == {"2026-11-26"}
    assert table(path, "handover")[-1]["reason"] == "moves away"


OWNER = st.sampled_from(["Li", "Kim", None])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(OWNER, OWNER, OWNER), min_size=1, max_size=5), st.lists(OWNER, max_size=3))
def test_there_and_back_restores_the_owners(customers: list[tuple], handlers: list) -> None:
    """
    Zhao has nothing before: what Li gives to Zhao and Zhao gives back stands where it stood.
    """
    with tempfile.TemporaryDirectory() as folder:
        heads = ["Customer ID", "Name", "Mobile", "Sales Advisor", "CS Agent", "Service Advisor"]
        rows = [[f"C{n}", f"N{n}", f"1390000000{n}", *owner] for n, owner in enumerate(customers)]
        files = [[f"T{n}", "C0", dt.datetime(2026, 11, 20), name, "New"] for n, name in enumerate(handlers)]
        path = workbook(
            Path(folder) / "Store.xlsx",
            {
                "Customers": [heads, *rows],
                "Complaints": [["Complaint ID", "Customer ID", "Received", "Handler", "Status"], *files],
                "Staff": STAFF,
            },
        )
        before = table(path, "customer"), table(path, "complaint")

        hand_over(path, "Li", "Zhao")
        assert "Li" not in str(table(path, "customer"))
        hand_over(path, "Zhao", "Li")

        assert (table(path, "customer"), table(path, "complaint")) == before


@pytest.mark.parametrize("heads", ["Name", "Name | Shoe size"])
def test_a_staff_sheet_that_was_not_understood_is_told_and_not_the_person(tmp_path: Path, heads: str) -> None:
    """
    Name alone does not make a list of the staff; nobody could mend "is not an active person".
    """
    staff = f"{heads}\nLi | 40\nWu | 41" if "|" in heads else f"{heads}\nLi\nWu"
    path = workbook(tmp_path / "Store.xlsx", {**BOOK, "Staff": staff})
    before = path.read_bytes()
    answer = hand_over(path, "Li", "Wu")

    assert answer.code == 2
    assert "No staff sheet was understood" in answer.err
    assert "Name, Role and Status" in answer.err
    assert path.read_bytes() == before


def test_three_headings_make_a_staff_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**BOOK, "Staff": "Name | Role | Status\nWu | SA | Active"})
    assert hand_over(path, "Li", "Wu").code == 0
