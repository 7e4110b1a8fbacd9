"""What is said when a button could not do its work, in the language of the workbook.

Errors speak English where they are raised, far from any workbook; here their sentences are known again.
"""

from __future__ import annotations

import re

# fmt: off
CHINESE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Several sheets could be the customer sheet: (.+); put all customers .+"),
     "有多张工作表可能是客户表：{0}。请把客户集中到一张表，其余删除或移走。"),
    (re.compile(r"Sheet '(.+)' has no heading row that we know; .+"),
     "工作表“{0}”没有可识别的标题行。请在前五行内写上至少三个列标题，如客户编号、客户姓名、手机。"),
    (re.compile(r"No sheet with customers was found: .+; sheets that we could not place: (.+)\."),
     "未找到客户表：需要含客户姓名或手机的标题行，工作表名如“客户档案”，或同表中有车架号、车牌列。未识别的工作表：{0}。"),
    (re.compile(r"Sheet '(.+)' has no column for the customer's name or phone in its heading row (\d+); .+"),
     "工作表“{0}”第{1}行的标题中没有客户姓名或手机列，请把其中一列命名为“客户姓名”或“手机”。"),
    (re.compile(r"The sheet '(.+)' was not made by this program, .+"),
     "工作表“{0}”不是本工具生成的，或其标题已被改动，因此不会覆盖；请给它换个名称后重试。"),
    (re.compile(r"The sheet '(.+)' could not be written \((.+)\); .+", re.DOTALL),
     "工作表“{0}”无法写入（{1}）。如该表或工作簿受保护，请先在“审阅”中取消保护再试。"),
    (re.compile(r"(.+) is taken where the column '(.+)' would go, .+"),
     "{0}已有内容，而“{1}”列须紧靠列表右侧才能随行一起排序；请把该处内容移到其他工作表后重试。"),
    (re.compile(r"(.+) holds a formula, which is not overwritten; .+"),
     "{0}是公式，不会被覆盖。请改为数值，或把该列移到别处后重试。"),
    (re.compile(r"What is open in front is not a workbook\."),
     "当前窗口不是工作簿。"),
)
# fmt: on


def in_chinese(sentence: str) -> str:
    """The sentence in Chinese; one that is not known stays as it is."""
    for pattern, words in CHINESE:
        if match := pattern.fullmatch(sentence):
            return words.format(*match.groups())
    return sentence
