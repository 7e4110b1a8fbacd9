"""The sheets Outcomes, Do Not Contact, Staff Days Off and Capacity in whole workbooks, in both languages."""

from pathlib import Path

import openpyxl
import pytest

from tests.actions.drawn import Answer, call_sheet, shell, today, type_in, workbook
from xl_retention.builder import small_sheets
from xl_retention.sheets.wording import say

CUSTOMERS = """
客户编号 | 客户姓名 | 手机         | 客服专员
C1       | 张三     | '13900000001 | 李雷
C2       | 李四     | '13900000002 | 李雷
"""
CARS = "车架号 | 车牌 | 客户编号 | 交车日期\nV1 | 沪A00001 | C1 | 2026-11-16\nV2 | 沪A00002 | C2 | 2026-11-16"
STAFF = "工号 | 姓名 | 岗位\n1 | 李雷 | 客服专员\n2 | 韩梅 | 客服专员"
ONLY = "规则代码 | 启用\nDLV-3D | 否\nDLV-D0 | 否\nDLV-2H | 否\nDLV-7D-SA | 否"


def asked(tmp_path: Path, **sheets: object) -> Answer:
    """`today` about a drawn store in which only the 7-day call by customer service is due."""
    drawn = {"客户档案": CUSTOMERS, "车辆档案": CARS, "员工": STAFF, "回访规则": ONLY, **sheets}
    return today(workbook(tmp_path / "Store.xlsx", drawn))


def people(answer: Answer) -> list[str]:
    return [row["customer_id"] for row in answer.json["rows"]]


def found(answer: Answer) -> list[tuple[str, str, str]]:
    return [(each["code"], each["sheet"], each["cell"]) for each in answer.json["problems"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_untouched_sheets_change_nothing(tmp_path: Path, language: str) -> None:
    log = "客户编号|回访日期|回访结果\nC1|2026-11-18|空号\nC2|2026-11-18|拒访"
    shipped = {
        drawn.name: drawn.rows
        for drawn in (
            getattr(small_sheets, name)(language) for name in ("outcomes", "do_not_contact", "staff_days", "capacity")
        )
    }

    bare, untouched = asked(tmp_path, 回访记录=log), asked(tmp_path, 回访记录=log, **shipped)

    assert untouched.json == bare.json
    assert people(bare) == ["C1"]


def test_outcomes_of_the_store_are_read_and_keep_quiet(tmp_path: Path) -> None:
    answer = asked(
        tmp_path,
        结果设置="""
            回访结果 | 视为已联系 | 关闭该节点 | 再次列入前的天数 | 不同日期尝试次数
            语音留言 | 否         | 否         | 3                |
            未接     |            |            |                  | 1
        """,
        回访记录="客户编号|回访日期|回访结果\nC1|2026-11-19|语音留言\nC2|2026-11-20|未接\nC2|2026-11-20|接通",
    )
    assert people(answer) == []
    assert found(answer) == [("outcome_out_of_use", "回访记录", "C4")]
    (title, note), *_ = [[row[0].value for row in sheet.iter_rows(max_row=2)] for sheet in [_calls(tmp_path)]]
    assert "1条因客户近期已联系而暂缓" in note, title


def _calls(tmp_path: Path) -> object:
    return openpyxl.load_workbook(tmp_path / "Store.xlsx")[say("calls_sheet", "zh")]


def test_an_outcome_of_the_store_is_offered_typed_and_saved(tmp_path: Path) -> None:
    asked(tmp_path, 结果设置="回访结果 | 关闭该节点 | 使用\n接通 | 是 | 是\n语音留言 | 是 |\n关机 | | 否")
    path = tmp_path / "Store.xlsx"
    offered = [rule.formula1 for rule in _calls(tmp_path).data_validations.dataValidation]  # type: ignore[attr-defined]
    assert '"接通,语音留言"' in offered

    type_in(path, call_sheet(path)[0]["到期键"], {"回访结果": "语音留言"})  # type: ignore[arg-type]
    assert shell("save-results", path, "--date", "2026-11-21", "--staff", "李雷").code == 0

    answer = today(path)
    assert people(answer) == ["C2"], "closed"
    assert found(answer) == []


def test_mistakes_on_the_outcomes_sheet_are_told_and_the_defaults_count(tmp_path: Path) -> None:
    answer = asked(
        tmp_path,
        Outcomes="""
            Outcome   | Closes the rule | Days before the customer may reappear | Attempts on different days
            Connected | perhaps         | -1                                    | many
            Connected | no              |                                       |
        """,
        回访记录="客户编号|回访日期|回访结果\nC1|2026-11-19|接通",
    )
    assert people(answer) == ["C2"]
    assert found(answer) == [
        ("outcome_not_understood", "Outcomes", "B2"),
        ("outcome_not_understood", "Outcomes", "C2"),
        ("outcome_not_understood", "Outcomes", "D2"),
        ("outcome_repeated", "Outcomes", "A3"),
    ]


def test_whoever_is_on_the_list_is_not_called_however_badly_it_is_filled(tmp_path: Path) -> None:
    answer = asked(
        tmp_path,
        免打扰名单="""
            客户编号 | 车牌     | 联系方式类别 | 原因 | 起始日期
            C1       |          | 信鸽         |      | 不久前
                     | 沪A·00002 | 电话        | 投诉 | 2026-11-20
            C9       |          | 全部         | 已去世 |
        """,
    )
    assert people(answer) == []
    assert {(each["customer_id"], each["reason"]) for each in answer.json["suppressed"]} == {
        ("C1", "do_not_contact"), ("C2", "do_not_contact"),
    }  # fmt: skip
    assert sorted(found(answer)) == [
        ("do_not_contact_not_understood", "免打扰名单", "C2"),
        ("do_not_contact_not_understood", "免打扰名单", "E2"),
        ("do_not_contact_of_nobody", "免打扰名单", "A4"),
        ("reason_missing", "免打扰名单", "D2"),
    ]


def test_days_off_and_capacity_are_read(tmp_path: Path) -> None:
    answer = asked(
        tmp_path,
        员工休假="员工姓名 | 开始日期 | 截止日期\n李雷 | 2026-11-21 | \n韩梅 | 2026-11-22 | 2026-11-20\n韩梅 | 改天 |",
        班次容量="姓名或岗位 | 每日回访条数\n客服专员 | 1\n韩梅 | 很多",
    )
    assert [(row["customer_id"], row["owner"]) for row in answer.json["rows"]] == [("C1", "韩梅")]
    assert found(answer) == [
        ("days_off_backwards", "员工休假", "C3"),
        ("date_not_understood", "员工休假", "B4"),
        ("number_not_understood", "班次容量", "B3"),
    ]
