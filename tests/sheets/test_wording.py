"""Both languages are complete, and neither leaks into a workbook of the other."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.actions.drawn import OTHER_VIN, VIN, office, today, type_in, workbook
from xl_retention.domain.cadence import RULES, Listing, Rulebook
from xl_retention.domain.parameters import PARAMETERS, Parameters
from xl_retention.domain.words import WORDS as WORD_TABLES
from xl_retention.domain.words import chinese, english
from xl_retention.sheets.cells import values
from xl_retention.sheets.check_kinds import KIND_OF
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.wording import OWN_SHEETS, ROLE_NAMES, WORDS, in_language, points_text
from xl_retention.sheets.wording.findings import FINDINGS
from xl_retention.sheets.wording.own_sheets import SHEET_NAMES
from xl_retention.sheets.wording.points import POINTS
from xl_retention.sheets.wording.reasons import ANCHORS
from xl_retention.sheets.wording.words import SUBJECTS

SOURCES = Path(__file__).parents[2] / "xl_retention"

HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff01-\uff5e]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LATIN_IN_CHINESE = {"VIN", "km", "json", "CN", "VIP", "EX", "Excel", "Python", "LibreOffice", "Outlook", "xlsm"}
"""What a Chinese clerk reads in Latin letters too."""
COMMANDS = re.compile(r"pip install xl-retention|xl-retention \w+( --\w+)?|--\w+")
CODES = re.compile(r"\{\w+\}|&[PN]|\b[HABCD]\b|[+-]?\d+[dmh]\b|-1m、\+3d、\+2h")

TABLES: dict[str, Mapping[str, tuple[str, str]]] = {
    "WORDS": WORDS, "ROLE_NAMES": ROLE_NAMES, "ANCHORS": ANCHORS, "POINTS": POINTS,
}  # fmt: skip


def all_words() -> Iterator[tuple[str, str, str]]:
    for table, words in TABLES.items():
        for key, (in_english, in_chinese) in words.items():
            yield f"{table}[{key}]", in_english, in_chinese
    for rule in RULES:
        yield f"rule {rule.code}", rule.english, rule.chinese


def latin(text: str) -> set[str]:
    """Words in Latin letters that have no business in a Chinese text."""
    return set(LATIN_WORD.findall(CODES.sub("", COMMANDS.sub("", text)))) - LATIN_IN_CHINESE


def test_every_word_has_both_languages() -> None:
    for key, in_english, in_chinese in all_words():
        assert in_english.strip(), key
        assert in_chinese.strip(), key


def test_no_key_has_words_in_two_subjects() -> None:
    assert len(WORDS) == len(SHEET_NAMES) + sum(len(subject.WORDS) for subject in SUBJECTS)


def test_no_word_is_left_that_nobody_asks_for() -> None:
    """By its key, or by a key put together: `progress_…`, `…_note`."""
    asked: set[str] = set()
    begun: set[str] = set()
    ended: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))) if path.parent.name != "wording" else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                begun |= {text for text in strings_of(node.values[:1]) if text.endswith("_")}
                ended |= {text for text in strings_of(node.values[-1:]) if text.startswith("_")}
    left = set(WORDS) - asked
    assert {key for key in left if not key.startswith(tuple(begun)) and not key.endswith(tuple(ended))} == set()


def strings_of(nodes: list[ast.expr]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_module_of_words_is_joined() -> None:
    package = SOURCES / "sheets" / "wording"
    subjects = {path.stem for path in package.glob("*.py") if "WORDS: dict" in path.read_text("utf-8")}
    assert subjects - {"words"} == {subject.__name__.rpartition(".")[2] for subject in SUBJECTS}


def test_no_language_leaks_into_the_other() -> None:
    for key, in_english, in_chinese in all_words():
        assert not HAN.search(in_english), key
        assert not latin(in_chinese), key


def test_both_languages_have_the_same_places_to_fill() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for key, in_english, in_chinese in all_words():
        assert places(in_english) == places(in_chinese), key


def test_every_rule_that_reaches_the_list_has_points_and_an_anchor() -> None:
    for code, rule in Rulebook(Parameters()).items():
        if rule.listing is not Listing.CALLS or rule.counts_from == "nothing":
            continue
        assert rule.counts_from in ANCHORS, code
        for language in ("en", "zh"):
            assert points_text(code, language), code


def test_every_word_offered_in_a_drop_down_has_both_languages() -> None:
    for name in ("result", "satisfaction_level", "role"):
        for word in WORD_TABLES[name].canonical_words:
            assert not HAN.search(english(name, word)), word
            assert HAN.search(chinese(name, word)), word


# What a finding says.


MADE_OF_TEXTS = ("Problem", "_fault", "Check", "UnreadSetting")


def texts_of_findings() -> set[str]:
    """Every plain text handed to a `Problem` as wanted or remedy anywhere in the sources."""
    found = set(values._WANTED.values()) | {parameter.reader.wanted for parameter in PARAMETERS}
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in ("wanted", "remedy"):
                found |= strings(node.value)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                targets = [each for target in targets for each in getattr(target, "elts", [target])]
                names = {target.id for target in targets if isinstance(target, ast.Name)}
                if names & {"wanted", "remedy", "_REMEDIES", "READERS"} and node.value is not None:
                    found |= {text for text in strings(node.value) if text not in ("on", "due", "open")}
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in MADE_OF_TEXTS:
                found |= {text for each in node.args for text in strings(each)}
    return {text for text in found if " " in text or text in FINDINGS}


def strings(node: ast.AST) -> set[str]:
    if isinstance(node, ast.JoinedStr):
        return set()
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    return {text for child in ast.iter_child_nodes(node) for text in strings(child)}


def test_every_finding_can_be_read_in_chinese() -> None:
    texts = texts_of_findings()

    assert len(texts) > 50
    assert {text for text in texts if not HAN.search(in_language(text, "zh")) and not text.endswith(" ")} == set()


def test_no_translation_is_left_without_its_english_text() -> None:
    unused = set(FINDINGS) - texts_of_findings()

    composed = {"Saturdays and Sundays count as", "All Saturdays and Sundays count"}
    assert {text for text in unused if not text.startswith(tuple(composed))} == set()


def test_a_finding_in_chinese_is_chinese() -> None:
    for text, in_chinese in FINDINGS.items():
        assert HAN.search(in_chinese)
        assert not latin(in_chinese), in_chinese
        assert in_language(text, "en") == text
        assert in_chinese.endswith("。") == text.endswith(".")


@pytest.mark.parametrize(
    ("text", "in_chinese"),
    [
        ("clear: it may be vehicle.price, service_visit.paid_amount", "vehicle.price, service_visit.paid_amount"),
        ("read: customers stand on sheet 客户档案", "工作表“客户档案”"),
        ("A holiday calendar of the country 'XX'", "国家“XX”"),
        ("A holiday calendar of CN for 2031, 2032", "CN 2031, 2032年"),
        ("A list of make-up working days of CN for 2027", "CN 2027年的调休上班日"),
        ("a day from 2026-09-10 to 2028-12-10", "2026-09-10至2028-12-10之间的日期"),
        ("en or zh", "以下之一：en or zh"),
        ("A heading row with Parameter (参数), Value (值)", "Parameter (参数), Value (值)"),
    ],
)
def test_names_inside_a_finding_stay(text: str, in_chinese: str) -> None:
    assert in_chinese in in_language(text, "zh")


def test_a_text_without_translation_stays_as_it_is() -> None:
    assert in_language("something quite new", "zh") == "something quite new"
    assert in_language("", "zh") == ""


# The sheets themselves.

DIRTY_CHINESE = {
    "客户档案": f"""
        客户编号 | 客户姓名 | 手机         | 车架号      | 交车日期   | 保险到期日 | 生日  | 免打扰 | 日期
        C1       | 张三     | '13900000001 | {VIN}       | 2026-11-18 | 2026-12-01 | 11-21 |        |
        C2       | 李四     | 12           | {OTHER_VIN} | 待定       | 2026-12-01 | x     | 也许   |
        C2       | 李思     |              |             |            |            |       |        |
    """,
    "维修记录": f"工单号|车架号|进厂日期|出厂日期|金额\nR1|{VIN}|2026-11-18|2026-11-19|500\nR2||2026-11-18||",
    "回访记录": "记录号|客户编号|回访日期|回访结果\nL1|C9|2026-11-18|接通\nL2|C1|2026-11-01|未接\nL3|C1||接通",
    "投诉记录": "投诉编号|受理时间|客户编号|投诉类别|解决时间\nX1|2026-11-20|C1|质量\nX2|2026-11-19|C1|服务|2026-11-20",
    "潜客卡": "信息卡编号|建卡日期|客户姓名|联系电话|意向级别\nP1|2026-11-10|王五|'13900000009|H",
    "员工": "工号|姓名|岗位\nE1|李雷|销售顾问\nE2|韩梅|客服专员",
    "参数": "参数|值\nno_such|1\nlost_months|x",
    "回访规则": "规则代码|启用|应访\nXYZ|是\nDLV-3D|也许|x",
    "对照表": "工作表|列标题|表|字段\n没有|甲||mobile",
    "节日表": "日期|是否上班\n待定|",
}
STAFFS_OWN = {
    # columns that show what the staff wrote
    "今日回访": {"客户", "电话", "车牌", "车型", "到期键"},
    "数据质检": {"工作表", "列标题", "现有内容", "单元格"},
}


def test_a_chinese_workbook_shows_no_english_word_of_ours(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", DIRTY_CHINESE)
    answer = today(path)
    assert len(answer.json["rows"]) > 4
    assert len({problem["code"] for problem in answer.json["problems"]}) > 10
    type_in(path, answer.json["rows"][0]["due_keys"][0], {"备注": "再打"})
    today(path)

    leaks = set()
    for name, columns in STAFFS_OWN.items():
        rows = list(office(path)[name].iter_rows(values_only=True))
        headings = rows[2]
        for row in rows:
            for heading, value in zip(headings, row, strict=True):
                own = heading in columns and row not in rows[:3]
                if isinstance(value, str) and not own and latin(value):
                    leaks.add(value)
    # Names of fields and parameters are what the clerk has to type; they are the same in both languages.
    assert {leak for leak in leaks if not re.search(r"service_visit\.|customer\.|vehicle\.", leak)} == set()


def test_an_english_workbook_shows_no_chinese_sign_of_ours(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": f"""
                Customer ID | Name | Mobile       | VIN         | Delivery Date | Insurance Expiry | Birthday | DNC
                C1          | Ada  | '13900000001 | {VIN}       | 2026-11-18    | 2026-12-01       | 11-21    |
                C2          | Bo   | 12           | {OTHER_VIN} | soon          | 2026-12-01       | x        | perhaps
            """,
            "Call Log": "Call ID|Customer ID|Call Date|Outcome\nL1|C1|2026-11-01|No answer",
        },
    )
    today(path)

    book = office(path)
    remedy = "Type yes or no (是, 否), or clear the cell."
    for name in ("Today's Calls", "Data Checks"):
        for row in book[name].iter_rows(values_only=True):
            assert not [value for value in row if isinstance(value, str) and HAN.search(value.replace(remedy, ""))]


def test_own_sheets_are_known_by_both_names() -> None:
    assert {clean_heading(name) for name in ("Today's Calls", "今日回访", "Data Checks", "数据质检")} <= OWN_SHEETS


def test_every_kind_of_finding_has_a_name() -> None:
    """A code that no kind names would hide under Other."""
    codes = set(re.findall(r'"([a-z]+(?:_[a-z]+)+)",\s*"(?:high|medium|low)"', "".join(all_sources())))
    assert len(codes) > 40
    assert {code for code in codes - set(KIND_OF) if not code.endswith(("_id", "_no"))} == set()


def all_sources() -> list[str]:
    return [path.read_text("utf-8") for path in SOURCES.rglob("*.py")]
