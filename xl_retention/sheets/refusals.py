"""What is said when a button could not do its work, in the language of the workbook.

Errors speak English where they are raised, far from any workbook; here their sentences are known again.
"""

from __future__ import annotations

import re

from xl_retention.sheets.file_refusals import CHINESE_OF_FILES

# fmt: off
CHINESE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"The macros of (.+) are signed, .+"),
     "{0} 的宏带有数字签名，加入其他宏会使签名失效。请先取消签名，或用 --without-macros 接管并使用加载项 Retention.xlam 的按钮。"),
    (re.compile(r"(.+) has a macro (.+) of its own \(in (.+)\), .+"),
     "{0} 的模块{2}中已有与按钮同名的宏{1}。请将其改名，或用 --without-macros 接管并使用加载项 Retention.xlam 的按钮。"),
    (re.compile(r"(.+) has a module (.+) that is another one than ours; .+"),
     "{0} 中的模块{1}与本工具的不同。若是旧版本，请先运行“xl-retention doctor --repair”，否则请改名。"),
    (re.compile(r"The macros of (.+) cannot be joined by others .+"),
     "无法在不损坏 {0} 原有宏的情况下加入本工具的宏。请用 --without-macros 接管并使用加载项 Retention.xlam 的按钮。"),
    (re.compile(r"the macros of (.+) are locked with a password or damaged .+"),
     "{0} 的宏有密码或已损坏。请在 Excel 中取消 VBA 工程密码后重试。"),
    (re.compile(r"The structure of (.+) is protected, so sheet (.+) cannot be added; .+"),
     "{0} 的工作簿结构受保护，无法添加工作表{1}。请在“审阅”中取消保护后重试。"),
    (re.compile(r"(.+) is digitally signed, .+"),
     "{0} 带有数字签名，任何更改都会使签名失效。请使用未签名的副本。"),
    (re.compile(r"(.+) is a shared workbook that logs its changes; .+"),
     "{0} 是记录修订的共享工作簿，请先取消共享后重试。"),
    (re.compile(r"(.+) is a Strict Open XML workbook, .+"),
     "{0} 是“严格”格式的工作簿，无法完整保留。请另存为普通 .xlsx。"),
    (re.compile(r"(.+) is damaged inside .+"),
     "{0} 内部已损坏。请在 Excel 中打开并修复，另存后重试。"),
    (re.compile(r"Several sheets could be the customer sheet: (.+); put all customers .+"),
     "有多张工作表可能是客户表：{0}。请把客户集中到一张表，其余删除或移走。"),
    (re.compile(r"Sheet '(.+)' has no heading row that we know; .+"),
     "工作表“{0}”没有可识别的标题行。请在前五行内写上至少三个列标题，如客户编号、客户姓名、手机。"),
    (re.compile(r"No sheet with customers was found: .+; sheets that we could not place: (.+)\."),
     "未找到客户表：需要含客户姓名或手机的标题行，工作表名如“客户档案”，或同表中有车架号、车牌列。未识别的工作表：{0}。"),
    (re.compile(r"Sheet '(.+)' has no column for the customer's name or phone in its heading row (\d+); .+"),
     "工作表“{0}”第{1}行的标题中没有客户姓名或手机列，请把其中一列命名为“客户姓名”或“手机”。"),
    (re.compile(r"The sheet '(.+)' was not made by this program, .+"),
     "工作表“{0}”不是本工具生成的，或其标题已被改动，因此不会覆盖；请恢复标题或换个表名后重试。"),
    (re.compile(r"The sheet '(.+)' could not be written \((.+)\); .+", re.DOTALL),
     "工作表“{0}”无法写入（{1}）。如该表或工作簿受保护，请先在“审阅”中取消保护再试。"),
    (re.compile(r"(.+) is taken where the column '(.+)' would go, .+"),
     "{0}已有内容，而“{1}”列须紧靠列表右侧才能随行一起排序；请把该处内容移到其他工作表后重试。"),
    (re.compile(r"(.+) holds a formula, which is not overwritten; .+"),
     "{0}是公式，不会被覆盖。请改为数值，或把该列移到别处后重试。"),
    (re.compile(r"There is no saved filter '(.+)' on the sheet (.+); saved are none\."),
     "工作表“{1}”中没有名为“{0}”的筛选，也还没有其他已存筛选；请先在该表中保存。"),
    (re.compile(r"(\S.*) of (.+) holds a formula, and a formula of the staff is not overwritten; .+"),
     "{1} 中的 {0} 是公式，不会被覆盖。如可替换，请手工改写。"),
    (re.compile(r"(.+) of (.+) is part of merged cells; .+"),
     "{1} 中的 {0} 属于合并单元格。请先取消合并后重试。"),
    (re.compile(r"(.+) of (.+) lies in a pivot table, .+"),
     "{1} 中的 {0} 位于数据透视表内。请把数据透视表移到其他工作表。"),
    (re.compile(r"(.+) of (.+) is a heading of table (.+); .+"),
     "{1} 中的 {0} 是表格 {2} 的标题，如需更改请手工修改。"),
    (re.compile(r"(.+) of (.+) cannot be written to, for table (.+) ends with a totals row; .+"),
     "{1} 中的 {0} 无法写入，因为表格 {2} 末尾有汇总行。请在“表设计”中取消汇总行，重试后再恢复。"),
    (re.compile(r"(.+) of (.+) is taken where .+ would go; .+"),
     "{1} 中的 {0} 已有内容，挡住了新增的行或列。请把该处内容移到更下方后重试。"),
    (re.compile(r"Table (.+) of (.+) is filled by a query, .+"),
     "{1} 中的表格 {0} 由查询填充，无法增加列。请把列表放在单独的表格后重试。"),
    (re.compile(r"Sheet (.+) of (.+) is protected; .+"),
     "{1} 的工作表{0}受保护。请其所有者先在“审阅”中撤消工作表保护。"),
    (re.compile(r"(.+) in (.+) is a \w+sheet, so no rows can be written to it; .+"),
     "{1} 中的“{0}”不是普通工作表（如图表工作表），无法写入；请给它换个名称后重试。"),
    (re.compile(r"(.+) has nearly all the ([\d,]+) cell formats that Excel takes, .+"),
     "{0} 的单元格格式已接近 Excel 的上限（{1} 种），无法再增加。请清除无用的格式，在 Excel 中保存后重试。"),
    (re.compile(r"There is no saved filter '(.+)' on the sheet (.+); saved are (.+)\."),
     "工作表“{1}”中没有名为“{0}”的筛选；已有：{2}。"),
    (re.compile(r"The saved filter '(.+)' names '(.+)', which is no scheme or label\."),
     "筛选“{0}”中的“{1}”不是已知的分类或类别。"),
    (re.compile(r"On sheet '(.+)' another table stands below .+"),
     "工作表“{0}”中，要增加行的表格下方还有另一张表；请把它移到单独的工作表后重试。"),
    (re.compile(r"On sheet '(.+)' another table stands right of the one that needs a column '(.+)'; .+"),
     "工作表“{0}”中需要增加“{1}”列的表格右侧还有另一张表；请把它移到单独的工作表后重试。"),
    (re.compile(r"'(.*)' is no code of a key figure, such as .+"),
     "“{0}”不是指标代码，例如K01或K04.DLV-3D。"),
    (re.compile(r"The key figure (\S+) goes by name; '(.*)' is none of: (.*)\."),
     "指标{0}按名称分列；“{1}”不在其中：{2}。"),
    (re.compile(r"'(.*)' in the yellow cell is no month such as .+"),
     "黄色单元格中的“{0}”不是月份，应如2026-11。"),
    (re.compile(r"'(.*)' in the yellow cell is in no row of this workbook\."),
     "本工作簿中没有黄色单元格所填的“{0}”。"),
    (re.compile(r"'(.*)' in the yellow cell is no definition of retention\."),
     "黄色单元格中的“{0}”不是保有口径，请从下拉列表选择。"),
    (re.compile(r"'(.*)' is not the number or name of a report; those are (.+)\."),
     "“{0}”不是报表的编号或名称；可用：{1}。"),
    (re.compile(r"(.+) keeps customers and cars on other sheets than this workbook does .+"),
     "“{0}”的客户与车辆分表方式与本工作簿不同（一张表或两张表）。请先改为一致再合并。"),
    (re.compile(r"(.+) is masked, and only the workbook that it was packed from can take the masks off; .+"),
     "“{0}”为遮盖副本，只有打包它的工作簿才能还原，请在该工作簿中合并。"),
    (re.compile(r"Identity numbers still stand in (.+) of the copy .+"),
     "副本的{0}中仍有身份证号（批注、数据透视表或备注）。请先去除，或改为打包遮盖副本。"),
    (re.compile(r"A password needs the package msoffcrypto-tool .+"),
     "加密需要软件包msoffcrypto-tool（pip install xl-retention[encrypt]），未打包。"),
    (re.compile(r"(.+) could not be locked with the password \((.+)\), and it does not leave open; .+"),
     "{0} 无法加密（{1}），不会以未加密方式外发，未打包。"),
    (re.compile(r"This Python cannot ask for a password; .+"),
     "本机Python无法弹出密码窗口。请用命令 xl-retention pack --password-env 打包，或不加密。"),
    (re.compile(r"(.+) could not be saved \((.+)\); save it yourself, then try again\."),
     "{0} 无法保存（{1}）。请自行保存后重试。"),
    (re.compile(r"What is open in front is not a workbook\."),
     "当前窗口不是工作簿。"),
)
# fmt: on


def in_chinese(sentence: str) -> str:
    """The sentence in Chinese; one that is not known stays as it is."""
    for pattern, words in (*CHINESE, *CHINESE_OF_FILES):
        if match := pattern.fullmatch(sentence):
            return words.format(*match.groups())
    return sentence
