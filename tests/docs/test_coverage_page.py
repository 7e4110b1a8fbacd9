"""The page that says where each rule, class, key figure, workflow and system of DOM 3-7 lives."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "coverage.md"

RULES = """
    DLV-D0 DLV-2H DLV-3D DLV-3D-AS DLV-7D-SA DLV-7D-CS DLV-2W-MGR DLV-15-30 DLV-PHOTO OEM-1 OEM-2 DLV-M DLV-M48+
    FS-AUTO FS-CALL MNT-AUTO-3M MNT-MONTH MNT-CALL MNT-NOSHOW BOOK-CFM REPAIR-LIST SVC-3D CMP-2H CMP-24H CMP-FU24
    CMP-PROG CMP-USE INQ-24H INS-1M INSP-1M BDAY-7 BDAY-0 BDAY-MONTH HOL ANNIV MAIL-MONTH SEAS-SPR SEAS-WIN QTR-INV
    NEWCAR PROMO POLICY TRADE-IN LAPSE-WARN LAPSE-PSEUDO LAPSE-TRUE LOST-VISIT PLAN-PREV PLAN-VIP KA-WEEK KA-MONTH
    KA-QTR GRADE-A-QTR PRO-H PRO-A PRO-B PRO-C PRO-N HANDOVER REF-THANKS NEXT
""".split()  # noqa: SIM905
"""Typed from DOM 3.1 to 3.8, not taken from the program."""
SYSTEMS = (
    "ICRAM", "DSM", "DMS / ERP", "DMS limits", "Dedicated CRM module", "A-card / C-card", "黄卡", "顾客管理卡",
    "客户信息卡", "A/C卡卡柜", "月度HOT管理表", "有望客户进度管制表", "营业日报表/营业员活动日报",
    "CR活动计划 / 活动预订表", "销售促成失控/败分析表", "保养提醒及跟进管控表", "乾坤 CRM", "联晋 CRM", "车商通 SCRM",
    "车商通 lesson", "AIMData", "Annex 1", "Annex 2", "Annex 3", "Annex 4", "Monthly report", "VIP / 企业 / 大修",
    "Hotlines", "客户资料管理档案", "客户状况记录表", "客户关系评估表", "客户评估管理方案", "客户分级目录",
    "客户关系维护方案", "客户关系强化表", "客户维护总结表", "客户关系表", "看板管理", "大客户关系卡 / 维护档案表",
    "Outlook mail merge", "交易往来客户一览表", "Manufacturer calls",
)  # fmt: skip


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_coverage", DOCS / "make_coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split(" | ")] for line in lines]


def test_the_page_is_made_from_the_tables_of_the_program() -> None:
    """What it names exists, or making it fails: `python docs/make_coverage.py`."""
    assert PAGE.read_text("utf-8") == maker().page()


@pytest.mark.parametrize(
    "text", ["{sheet:nowhere}", "{button:nobody}", "{command:nothing}", "{function:NO_SUCH}", "{report:none}",
             "{table:customer.nothing}", "{setting:no_such}", "{rule:XXX}", "{kpi:K99}", "{scheme:none}"]
)  # fmt: skip
def test_a_name_that_does_not_exist_stops_the_maker(text: str) -> None:
    with pytest.raises((KeyError, AttributeError, StopIteration)):
        maker().filled(text)


def test_no_cell_is_empty() -> None:
    found = rows()
    assert len(found) > 250
    assert [row for row in found if not all(row)] == []
    widths = [line.count(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ---")]
    assert len(widths) == 6


def test_every_rule_of_the_reference_is_there() -> None:
    assert [code for code in RULES if code not in {row[0] for row in rows()}] == []


def test_every_key_figure_of_the_reference_is_there() -> None:
    told = {row[0][:3] for row in rows()}
    assert [f"K{number:02}" for number in range(1, 55) if f"K{number:02}" not in told] == []


def test_every_scheme_and_workflow_of_the_reference_is_there() -> None:
    told = {row[0] for row in rows()}
    wanted = [f"4.{number}" for number in range(1, 15)] + [f"6.{number}" for number in range(1, 10)]
    assert [section for section in wanted if section not in told] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_named_system_is_there(system: str) -> None:
    assert any(system in cell for row in rows() for cell in row)


def test_what_is_not_there_says_why() -> None:
    for row in rows():
        for reason in re.findall(r"[Nn]ot there[^.;]*", row[-1]):
            assert len(reason) > len("Not there") + 8, row
