"""What install and doctor say, in English and Chinese: a row per line of install, a row per finding.

A finding has one state, says what was found, and names exactly one thing to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "bad", "skipped"]
Both = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One possible finding: what was found and what to do about it, in both languages."""

    state: State
    found: Both
    action: Both = ("", "")


# fmt: off
LINES: dict[str, Both] = {
    # install
    "nothing_to_set_up": ("There is neither Excel nor LibreOffice on this computer, so nothing was set up.",
                          "本机未安装 Excel 或 LibreOffice，未作任何设置。"),
    "conf_written":      ("xlwings is told to use {value} ({key} in {path}).", "已将 xlwings 的 {key} 设为 {value}（{path}）。"),
    "conf_there":        ("xlwings uses {value} already ({key}).", "xlwings 的 {key} 已经是 {value}。"),
    "addin_installed":   ("The add-in {name} was put into Excel.", "已将加载项 {name} 装入 Excel。"),
    "addin_there":       ("The add-in {name} is in Excel already.", "Excel 中已有加载项 {name}。"),
    "addin_failed":      ("The add-in {name} could not be put into Excel ({reason}); close Excel and run install once more.",
                          "加载项 {name} 未能装入 Excel（{reason}）；请关闭 Excel 后重新运行 install。"),
    "addin_not_shipped": ("The add-in {name} did not come with this installation; install the package again.",
                          "此安装包缺少加载项 {name}，请重新安装本软件。"),
    "packages_copied":   ("Packages for LibreOffice's Python {python} were put into {path}.",
                          "已将适用于 LibreOffice 的 Python {python} 的软件包放入 {path}。"),
    "packages_there":    ("Packages for LibreOffice's Python {python} are in {path} already.",
                          "{path} 中已有适用于 LibreOffice 的 Python {python} 的软件包。"),
    "bridge_written":    ("The bridge for LibreOffice was written: {path}", "已写入 LibreOffice 桥接脚本：{path}"),
    "bridge_there":      ("The bridge for LibreOffice is there already: {path}", "LibreOffice 桥接脚本已经就绪：{path}"),
    "toolbar_written":   ("The toolbar for workbooks of your own was put into LibreOffice Calc: {path}", "已在 LibreOffice Calc 中添加用于接管您自己工作簿的工具栏：{path}"),
    "toolbar_there":     ("The toolbar for workbooks of your own is in LibreOffice Calc already: {path}", "LibreOffice Calc 中已有用于接管您自己工作簿的工具栏：{path}"),
    "office_no_python":  ("LibreOffice in {path} cannot run Python; install its package libreoffice-script-provider-python (or all of LibreOffice again).",
                          "{path} 中的 LibreOffice 不能运行 Python；请安装 libreoffice-script-provider-python（或重新完整安装 LibreOffice）。"),
    "office_old_python": ("LibreOffice in {path} runs Python {python}; xl_retention needs {oldest} or newer. Install a newer LibreOffice.",
                          "{path} 中的 LibreOffice 使用 Python {python}，本软件需要 {oldest} 或更高版本；请安装新版 LibreOffice。"),
    "folder_trusted":    ("LibreOffice now runs macros of workbooks in {path}.", "LibreOffice 今后会运行 {path} 中工作簿的宏。"),
    "folder_was_trusted": ("LibreOffice runs macros of workbooks in {path} already.", "LibreOffice 已经信任文件夹 {path}。"),
    "trust_in_excel":    ("Excel keeps its own list: File, Options, Trust Center, Trusted Locations; add {path} there.",
                          "Excel 另有设置：请在“文件－选项－信任中心－受信任位置”中添加 {path}。"),
    "undone_file":       ("Removed: {path}", "已删除：{path}"),
    "undone_folder":     ("Removed: {path}", "已删除：{path}"),
    "undone_conf":       ("{key} of xlwings is as it was before ({path}).", "xlwings 的 {key} 已恢复原状（{path}）。"),
    "undone_trust":      ("LibreOffice no longer trusts {key}.", "LibreOffice 不再信任 {key}。"),
    "undone_add-in":     ("The add-in {path} was taken out of Excel.", "已从 Excel 中移除加载项 {path}。"),
    "not_undone":        ("{path} could not be put back ({reason}).", "{path} 未能还原（{reason}）。"),
    "nothing_to_undo":   ("Nothing was set up, so there is nothing to remove.", "没有可以移除的设置。"),
    "next_doctor":       ("Now run: xl-retention doctor", "接下来请运行：xl-retention doctor"),
    # doctor
    "doctor_title":      ("What was looked at", "检查结果"),
    "check":             ("Check", "检查项"),
    "state":             ("State", "状态"),
    "found":             ("Found", "现状"),
    "action":            ("What to do", "处理办法"),
    "ok":                ("ok", "正常"),
    "warn":              ("look", "注意"),
    "bad":               ("bad", "异常"),
    "skipped":           ("not here", "不适用"),
    "unblocked":         ("{name} is no longer blocked.", "{name} 已解除锁定。"),
    "was_not_blocked":   ("{name} was not blocked.", "{name} 未被锁定。"),
    "repaired_buttons":  ("{name}: {count} buttons wired again.", "{name}：已修复按钮{count}个。"),
    "repaired_ribbon":   ("{name}: the ribbon tab was renewed.", "{name}：已更新功能区选项卡。"),
    "repaired_modules":  ("{name}: macros renewed: {modules}.", "{name}：已更新宏：{modules}。"),
    "not_repaired":      ("{name}: {count} buttons are not ours and have no macro; assign one in Excel.",
                          "{name}：有{count}个其他按钮没有宏，请在 Excel 中重新指定。"),
    "nothing_to_repair": ("{name}: nothing to repair.", "{name}：无需修复。"),
    "kept_before":       ("The file as it was before is kept: {path}", "原文件已备份：{path}"),
}

CHECKS: dict[str, Both] = {
    "python":        ("Python", "运行环境 Python"),
    "interpreter":   ("Python that Excel starts", "Excel 调用的 Python"),
    "xlwings_addin": ("xlwings in Excel", "Excel 中的 xlwings"),
    "our_addin":     ("Ribbon tab in Excel", "Excel 功能区选项卡"),
    "office_python": ("Python in LibreOffice", "LibreOffice 中的 Python"),
    "bridge":        ("Bridge in LibreOffice", "LibreOffice 桥接脚本"),
    "address":       ("Where the workbook lies", "工作簿所在位置"),
    "blocked":       ("Macros blocked", "宏被锁定"),
    "trust":         ("Folder trusted", "文件夹是否受信任"),
    "version":       ("Version of the workbook", "工作簿版本"),
    "buttons":       ("Buttons", "按钮"),
    "modules":       ("Macros", "宏"),
    "ribbon":        ("Ribbon tab of the workbook", "工作簿功能区选项卡"),
}

RUN_INSTALL: Both = ("Run: xl-retention install", "请运行：xl-retention install")
REPAIR: Both = ("Close the workbook and run: xl-retention doctor --repair \"{path}\"",
                "请先关闭工作簿，再运行：xl-retention doctor --repair \"{path}\"")

FINDINGS: dict[str, Row] = {
    "not_here": Row("skipped", ("Not on this system.", "本系统不涉及。")),
    "no_excel": Row("skipped", ("There is no Excel on this computer.", "本机没有 Excel。")),
    "no_excel_kept_list": Row("skipped", ("Neither Excel nor LibreOffice keeps a list here.", "此处没有信任列表可查。")),
    "not_read": Row("skipped", ("Not looked at: the workbook cannot be read from here.", "无法读取该工作簿，未检查。")),
    "no_macros_in_it": Row("skipped", ("The workbook holds no macros of ours.", "工作簿中没有本软件的宏。")),
    "not_shipped": Row("bad", ("The workbooks that come with the package are missing.", "安装包中缺少自带的工作簿。"),
        ("Install the package again.", "请重新安装本软件。")),
    # python
    "python_ok": Row("ok", ("Python {python}, xl_retention {version}", "Python 版本 {python}，xl_retention {version}")),
    "python_old": Row("bad", ("Python {python}; {oldest} or newer is needed.", "当前为 Python {python}，需要 {oldest} 或更高版本。"),
        ("Install Python {oldest} or newer and xl_retention in it.", "请安装 Python {oldest} 或更高版本，并在其中安装本软件。")),
    # interpreter
    "interpreter_ok": Row("ok", ("{path}", "{path}")),
    "interpreter_not_set": Row("bad", ("xlwings was not told which Python to start.", "尚未指定 xlwings 使用的 Python。"), RUN_INSTALL),
    "interpreter_gone": Row("bad", ("There is no Python at {path}.", "{path} 处没有 Python。"), RUN_INSTALL),
    "interpreter_silent": Row("bad", ("{path} does not start.", "{path} 无法启动。"), RUN_INSTALL),
    "interpreter_lacks_us": Row("bad", ("{path} does not have xl_retention {version}.", "{path} 中没有 xl_retention {version}。"), RUN_INSTALL),
    # add-ins
    "addin_ok": Row("ok", ("{path}", "{path}")),
    "addin_missing": Row("bad", ("{name} is not where Excel looks for it.", "Excel 查找的位置没有 {name}。"), RUN_INSTALL),
    "addin_other": Row("bad", ("{name} is of version {found}, the package of version {wanted}.", "{name} 的版本为 {found}，软件包为 {wanted}。"), RUN_INSTALL),
    # LibreOffice
    "office_none": Row("skipped", ("There is no LibreOffice on this computer.", "本机没有 LibreOffice。")),
    "office_python_ok": Row("ok", ("Python {python} in {path}", "Python {python}，位于 {path}")),
    "office_python_none": Row("bad", ("LibreOffice in {path} cannot run Python.", "{path} 中的 LibreOffice 不能运行 Python。"),
        ("Install its package libreoffice-script-provider-python, or all of LibreOffice again.", "请安装 libreoffice-script-provider-python，或重新完整安装 LibreOffice。")),
    "office_python_old": Row("bad", ("LibreOffice in {path} runs Python {python}; {oldest} or newer is needed.", "{path} 中的 LibreOffice 使用 Python {python}，需要 {oldest} 或更高版本。"),
        ("Install a newer LibreOffice.", "请安装新版 LibreOffice。")),
    "bridge_ok": Row("ok", ("{path}", "{path}")),
    "bridge_missing": Row("bad", ("There is no bridge in {path}.", "{path} 中没有桥接脚本。"), RUN_INSTALL),
    "bridge_damaged": Row("bad", ("{path} is damaged.", "{path} 已损坏。"), RUN_INSTALL),
    "bridge_other_python": Row("bad", ("The bridge is made for Python {found}, LibreOffice runs {python}.", "桥接脚本适用于 Python {found}，而 LibreOffice 使用 {python}。"), RUN_INSTALL),
    "bridge_folder_gone": Row("bad", ("The bridge leads to {path}, where xl_retention no longer is.", "桥接脚本指向 {path}，但其中已没有本软件。"), RUN_INSTALL),
    "bridge_other_version": Row("bad", ("The bridge is of version {found}, the package of version {version}.", "桥接脚本版本为 {found}，软件包为 {version}。"), RUN_INSTALL),
    # a workbook
    "address_ok": Row("ok", ("{path}", "{path}")),
    "address_missing": Row("bad", ("{path} is not there.", "找不到 {path}。"), ("Check the spelling and the folder.", "请核对文件名和文件夹。")),
    "address_cloud": Row("bad", ("{path} is a web address, or is kept in step with one by OneDrive.", "{path} 是网络地址，或由 OneDrive 同步。"),
        ("Move the workbook to a folder that OneDrive leaves alone.", "请将工作簿移到不由 OneDrive 同步的文件夹。")),
    "unreadable": Row("bad", ("{reason}", "{reason}"), ("Choose a workbook that can be opened.", "请选择可以打开的工作簿。")),
    "blocked_not": Row("ok", ("The workbook is not blocked.", "工作簿未被锁定。")),
    "blocked_yes": Row("bad", ("The workbook came by mail or download, so its macros are blocked.", "工作簿来自邮件或下载，其中的宏被锁定。"),
        ("If you trust the sender, run: xl-retention doctor --unblock \"{path}\"", "如信任发送者，请运行：xl-retention doctor --unblock \"{path}\"")),
    "trust_ok": Row("ok", ("Macros in {path} run.", "{path} 中的宏可以运行。")),
    "trust_not_office": Row("bad", ("LibreOffice does not run macros in {path}.", "LibreOffice 不运行 {path} 中的宏。"),
        ("Close LibreOffice and run: xl-retention install --trust \"{path}\"", "请关闭 LibreOffice，再运行：xl-retention install --trust \"{path}\"")),
    "trust_not_excel": Row("warn", ("Excel asks about macros in {path}.", "Excel 会询问是否运行 {path} 中的宏。"),
        ("In Excel add the folder under File, Options, Trust Center, Trusted Locations.", "请在 Excel 的“文件－选项－信任中心－受信任位置”中添加此文件夹。")),
    "version_ok": Row("ok", ("Made by version {version}", "由 {version} 版生成")),
    "version_none": Row("skipped", ("The workbook was not made by xl_retention.", "此工作簿并非由本软件生成。")),
    "version_older": Row("warn", ("Made by version {found}; the package is version {version}.", "工作簿由 {found} 版生成，软件包为 {version} 版。"), REPAIR),
    "version_newer": Row("bad", ("Made by version {found}; the package is only version {version}.", "工作簿由 {found} 版生成，软件包仅为 {version} 版。"),
        ("Run: pip install --upgrade xl-retention", "请运行：pip install --upgrade xl-retention")),
    "buttons_ok": Row("ok", ("{count} buttons are wired.", "{count}个按钮均可使用。")),
    "buttons_lost": Row("bad", ("{count} buttons do nothing any more, as after a save in LibreOffice.", "{count}个按钮已失效（在 LibreOffice 中保存后会出现）。"), REPAIR),
    "buttons_not_ours": Row("warn", ("{count} buttons that are not ours have no macro.", "有{count}个其他按钮没有指定宏。"),
        ("In Excel right-click each one and assign its macro.", "请在 Excel 中右击这些按钮并指定宏。")),
    "modules_ok": Row("ok", ("The macros are those of the package.", "宏与软件包一致。")),
    "modules_differ": Row("bad", ("Macros differ from those of the package: {modules}", "以下宏与软件包不同：{modules}"), REPAIR),
    "modules_locked": Row("warn", ("The macros of the workbook cannot be read: {reason}", "无法读取工作簿中的宏：{reason}"),
        ("Copy your sheets into a new Retention.xlsm.", "请将您的工作表复制到新的 Retention.xlsm。")),
    "modules_unbound": Row("bad", ("The macros no longer know their workbook, as after a save in LibreOffice.", "宏与工作簿的联系已丢失（在 LibreOffice 中保存后会出现）。"), REPAIR),
    "ribbon_ok": Row("ok", ("The ribbon tab is that of the package.", "功能区选项卡与软件包一致。")),
    "ribbon_differs": Row("warn", ("The ribbon tab is missing or older than the package.", "功能区选项卡缺失或版本较旧。"), REPAIR),
}
# fmt: on


def say(both: Both, language: str, **values: object) -> str:
    """Words in a language, with their places filled."""
    return both[language == "zh"].format(**values)
