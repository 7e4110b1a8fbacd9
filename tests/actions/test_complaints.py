"""Check complaints: clocks, levels and log rows, in the file and by the hour (DOM 3.4, 6.3)."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.actions.clerk import cells, table
from tests.actions.drawn import VIN, Answer, contents, office, shell, today, workbook
from xl_retention.sheets import start_sheet

CUSTOMERS = """
    Customer ID | Name | Mobile
    C1          | Ada  | '13900000001
    C2          | Bo   | '13900000002
"""
NOW = "2026-11-21T12:00"


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def store(path: Path, *complaints: dict[str, object], headings: str = "") -> Path:
    """A workbook with these complaints; `headings` names those of the sheet, else all that a complaint names."""
    names = headings.split(", ") if headings else list(dict.fromkeys(name for row in complaints for name in row))
    rows = [names, *([row.get(name) for name in names] for row in complaints)]
    return workbook(path / "Store.xlsx", {"Customers": CUSTOMERS, "Complaints": rows})


def complaint(received: str, **fields: object) -> dict[str, object]:
    given = {name.replace("_", " ").title().replace("Id", "ID"): value for name, value in fields.items()}
    return {
        "Complaint ID": "T1", "Customer ID": "C1", "Received": moment(received), "Category": "Service",
        "Handler Level": None, "Status": "New", **given,
    }  # fmt: skip


def check(path: Path, now: str = NOW, *arguments: object) -> Answer:
    answer = shell("complaints", path, "--date", now, "--json", *arguments)
    assert answer.code == 0, answer.err
    return answer


def row(path: Path) -> dict[str, object]:
    (found,) = table(path, "complaint")
    return found


def steps(path: Path) -> list[str]:
    return [str(each["next_action"]) for each in table(path, "contact_log")]


# The clocks.


def test_each_open_complaint_has_its_clocks_by_the_hour(tmp_path: Path) -> None:
    path = store(
        tmp_path,
        complaint("2026-11-21T11:00", category="Quality", promised=moment("2026-11-21T17:00")),
        complaint("2026-11-20T10:00", complaint_id="T2", customer_id="C2", resolved=moment("2026-11-20T15:30")),
    )

    first, second = check(path).json["complaints"]

    assert [first["complaint_id"], second["complaint_id"]] == ["T1", "T2"]
    assert first["deadlines"] == {
        "CMP-2H": "2026-11-21T13:00", "CMP-PROG": "2026-11-21T17:00", "CMP-24H": "2026-11-22T11:00",
    }  # fmt: skip
    assert (first["next_step"], first["next_by"], first["overdue"]) == ("CMP-2H", "2026-11-21T13:00", [])
    assert second["deadlines"] == {"CMP-FU24": "2026-11-21T15:30"}


@pytest.mark.parametrize(("now", "overdue"), [("2026-11-21T13:00", []), ("2026-11-21T13:01", ["CMP-2H"])])
def test_an_event_on_the_very_moment_is_in_time(tmp_path: Path, now: str, overdue: list[str]) -> None:
    path = store(tmp_path, complaint("2026-11-21T11:00", category="Quality"))

    assert check(path, now).json["complaints"][0]["overdue"] == overdue


def test_without_a_clock_the_hours_count_from_opening_time(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-21"))

    assert check(path).json["complaints"][0]["deadlines"] == {"CMP-24H": "2026-11-22T09:00"}


def test_a_day_alone_is_judged_at_closing_time(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-21T15:59", category="Quality"), complaint("2026-11-21T18:01"))

    answer = check(path, "2026-11-21").json

    assert answer["as_of"] == "2026-11-21T18:00"
    assert [each["overdue"] for each in answer["complaints"]] == [["CMP-2H"]]


def test_what_is_solved_and_followed_up_or_closed_is_not_listed(tmp_path: Path) -> None:
    done = {"resolved": moment("2026-11-20T12:00"), "followed_up": moment("2026-11-20T18:00")}
    path = store(
        tmp_path,
        complaint("2026-11-20T10:00", **done),
        complaint("2026-11-20T10:00", complaint_id="T2", status="Closed"),
    )

    assert check(path).json["complaints"] == []


def test_overdue_complaints_stand_first_among_todays_calls(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": f"""
                Customer ID | Name | Mobile       | VIN   | Delivery Date
                C1          | Ada  | '13900000001 | {VIN} | 2026-11-21
                C2          | Bo   | '13900000002 |       |
            """,
            "Complaints": "Complaint ID|Customer ID|Received|Category|Status\nT1|C2|2026-11-19|Service|New",
        },
    )

    assert today(path).rows("customer_id", "priority", "overdue_days")[0] == ("C2", 1, 1)


def test_start_counts_overdue_complaints_and_shows_them_in_red(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-20T10:00"), complaint("2026-11-21T15:00", complaint_id="T2"))
    opened = office(path)
    for row_of_start in start_sheet.lay_out(start_sheet.Status(), "en"):
        start = opened["Start"] if "Start" in opened.sheetnames else opened.create_sheet("Start")
        start.append(row_of_start)
    opened.save(path)

    today(path)

    counts = {line[0]: line[1] for line in cells(path, "Start") if line[0]}
    assert counts[start_sheet.in_both("day_complaints", "en")] == 1
    (colour,) = start_sheet.layout("en").row_colours
    assert (colour.mood, "Overdue complaints" in colour.formula) == ("bad", True)


# The ladder.


@pytest.mark.parametrize(
    ("received", "level", "reached"),
    [
        ("2026-11-21T10:00", "1", None),  # two hours to the minute are in time
        ("2026-11-21T09:59", "1", "2"),
        ("2026-11-21T08:00", "1", "2"),
        ("2026-11-21T07:59", "1", "3"),
        ("2026-11-21T08:00", None, None),  # a blank level is the service advisor's: four hours
        ("2026-11-21T07:59", None, "3"),
        ("2026-11-21T03:59", "1", "4"),
        ("2026-11-20T11:59", "1", "5"),
        ("2026-11-01T11:59", "5", None),
    ],
)
def test_a_complaint_goes_up_when_its_time_is_over(tmp_path: Path, received: str, level: str, reached: str) -> None:
    path = store(tmp_path, complaint(received, handler_level=level))

    escalated = check(path).json["escalated"]

    assert escalated == (["T1"] if reached else [])
    assert row(path).get("handler_level") == (reached or level)
    assert row(path)["status"] == ("Escalated" if reached else "New")


def test_each_step_writes_one_row_of_the_log(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-21T07:59", handler_level="1"))

    check(path)

    assert steps(path) == [
        "Complaint not solved in time: up from Customer service to Service advisor.",
        "Complaint not solved in time: up from Service advisor to Reception supervisor.",
    ]
    logged = table(path, "contact_log")[0]
    assert logged["contact_at"] == moment(NOW)
    assert [logged[name] for name in ("customer_id", "complaint_id", "rule_code", "role")] == [
        "C1", "T1", "CMP-24H", "SV",
    ]  # fmt: skip
    assert "result" not in logged


def test_a_step_closes_no_call(tmp_path: Path) -> None:
    """
    A row without outcome is no contact: the complaint stays on today's list, first of all.
    """
    path = store(tmp_path, complaint("2026-11-20T09:00", handler_level="1"))
    before = today(path).rows("rules", "priority")

    check(path)

    assert before == today(path).rows("rules", "priority") == [(["CMP-24H"], 1)]


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-20T09:00", handler_level="1"))
    check(path)
    before = path.read_bytes()

    again = check(path)

    assert again.json["escalated"] == []
    assert path.read_bytes() == before


def test_a_sheet_without_the_column_gets_one(tmp_path: Path) -> None:
    path = store(
        tmp_path, complaint("2026-11-20T09:00"), headings="Complaint ID, Customer ID, Received, Category"
    )

    check(path)
    check(path)

    assert (row(path)["handler_level"], row(path)["status"]) == ("5", "Escalated")
    assert len(steps(path)) == 3


def test_a_sales_complaint_stays_with_the_sales_manager(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-19T09:00", category="Sales"))

    (listed,) = check(path).json["complaints"]

    assert (listed["role"], listed["overdue"], steps(path)) == ("SM", ["CMP-24H"], [])


def test_what_the_manufacturer_forwards_goes_to_the_general_manager_at_once(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-21T11:59", complaint_channel="Manufacturer"))

    (listed,) = check(path).json["complaints"]

    assert (listed["role"], row(path)["handler_level"]) == ("GM", "5")
    assert len(steps(path)) == 1


def test_whoever_is_dissatisfied_afterwards_starts_again_one_level_higher(tmp_path: Path) -> None:
    path = store(
        tmp_path,
        complaint("2026-11-18T09:00", handler_level="2", status="Closed", resolved=moment("2026-11-18T15:00"),
                  followed_up=moment("2026-11-19T10:00"), satisfied_afterwards="Dissatisfied"),
    )  # fmt: skip

    answer = check(path).json

    assert answer["reopened"] == ["T1"]
    (listed,) = answer["complaints"]
    assert (listed["role"], listed["overdue"], listed["rises_at"]) == ("RS", ["CMP-24H"], "2026-11-21T20:00")
    assert (row(path)["handler_level"], row(path)["status"]) == ("3", "In progress")
    assert not {"resolved_at", "followup_at", "satisfied_after"} & row(path).keys()
    assert steps(path) == [
        "Customer dissatisfied with the solution (solved 2026-11-18 15:00, asked 2026-11-19 10:00): reopened, "
        "now with Reception supervisor."
    ]


def test_a_reopened_complaint_has_its_hours_once_more(tmp_path: Path) -> None:
    path = store(
        tmp_path,
        complaint("2026-11-18T09:00", handler_level="2", resolved=moment("2026-11-18T15:00"),
                  satisfied_afterwards="Dissatisfied"),
    )  # fmt: skip
    check(path)

    assert check(path, "2026-11-21T20:00").json["escalated"] == []
    assert check(path, "2026-11-21T20:01").json["escalated"] == ["T1"]
    assert row(path)["handler_level"] == "4"


def test_the_chinese_workbook_gets_chinese_words(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "店.xlsx",
        {
            "客户档案": "客户编号|客户姓名|手机\nC1|张三|'13900000001",
            "投诉记录": [["投诉编号", "客户编号", "投诉时间", "投诉类别", "状态"],
                        ["T1", "C1", moment("2026-11-21T07:00"), "服务", "待处理"]],
        },
    )  # fmt: skip

    check(path)

    assert (row(path)["handler_level"], row(path)["status"]) == ("3", "升级")
    assert steps(path) == ["投诉未按时解决：由服务顾问上报至接待主管。"]
    assert cells(path, "投诉时限")[3][0] == "T1"


# Findings, dry run, formulas.


def test_what_must_not_be_is_told_with_its_cell(tmp_path: Path) -> None:
    path = store(
        tmp_path,
        complaint("2026-11-20T10:00", status="Closed", compensation_amount=500, approver=None),
        complaint("2026-11-20T10:00", complaint_id="T2", compensation_amount=300, approver="Region"),
        complaint("2026-11-20T10:00", complaint_id=None, status="Resolved"),
    )
    wanted = {
        ("compensation_not_approved", "Complaints", "G2"), ("closed_before_follow_up", "Complaints", "F2"),
        ("solved_without_day", "Complaints", "A4"), ("number_missing", "Complaints", "A4"),
    }  # fmt: skip

    assert wanted <= set(check(path).problems("code", "sheet", "cell"))
    assert wanted <= set(shell("check", path, "--date", "2026-11-21", "--json").problems("code", "sheet", "cell"))


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-21T07:59", handler_level="1"))
    before = contents(tmp_path)

    dry = check(path, NOW, "--dry-run").json

    assert contents(tmp_path) == before
    assert dry == check(path).json


def test_a_formula_of_the_staff_is_not_overwritten(tmp_path: Path) -> None:
    path = store(tmp_path, complaint("2026-11-21T07:59", handler_level="1"))
    opened = office(path)
    opened["Complaints"]["F2"] = '="New"'
    opened.save(path)

    answer = shell("complaints", path, "--date", NOW, "--json")

    assert answer.code == 2
    assert "formula" in answer.err


def test_the_ladder_keeps_its_hours_whenever_somebody_looks(tmp_path: Path) -> None:
    """
    Looking every hour or once in the evening comes to the same level.
    """
    often, once = (store(folder, complaint("2026-11-21T07:30", handler_level="1")) for folder in two(tmp_path))
    for hour in range(8, 18):
        check(often, f"2026-11-21T{hour:02}:00")
    check(once, "2026-11-21T17:00")

    assert row(often)["handler_level"] == row(once)["handler_level"] == "4"
    assert steps(often) == steps(once)


def two(path: Path) -> list[Path]:
    folders = [path / "a", path / "b"]
    for folder in folders:
        folder.mkdir()
    return folders


MOMENTS = st.datetimes(dt.datetime(2026, 11, 18), dt.datetime(2026, 11, 22)).map(
    lambda each: each.replace(microsecond=0)
)
COMPLAINTS = st.fixed_dictionaries(
    {
        "Received": MOMENTS,
        "Category": st.sampled_from(["Quality", "Service", "Sales", None]),
        "Complaint Channel": st.sampled_from(["Call", "Manufacturer", None]),
        "Handler Level": st.sampled_from([None, "1", "2", "3", "4", "5"]),
        "Status": st.sampled_from(["New", "In progress", "Resolved", "Closed", "Escalated", None]),
        "Resolved": st.none() | MOMENTS,
        "Followed Up": st.none() | MOMENTS,
        "Satisfied Afterwards": st.sampled_from([None, "Satisfied", "Dissatisfied"]),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(COMPLAINTS, min_size=1, max_size=4))
def test_escalating_twice_is_escalating_once(complaints: list[dict[str, object]]) -> None:
    """
    Whatever the rows say: after the first run none has a step left.
    """
    with tempfile.TemporaryDirectory() as folder:
        numbered = [{"Complaint ID": f"T{place}", "Customer ID": "C1", **row} for place, row in enumerate(complaints)]
        path = store(Path(folder), *numbered)
        check(path)
        before = path.read_bytes()

        again = check(path).json

        assert (again["escalated"], again["reopened"]) == ([], [])
        assert path.read_bytes() == before
