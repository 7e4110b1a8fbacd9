"""What a button or the command line says while it works and when it is done."""

from __future__ import annotations

# fmt: off
WORDS: dict[str, tuple[str, str]] = {
    # what the buttons say
    "reading_sheet":    ("Reading {sheet} ({number} of {count}) …", "正在读取“{sheet}”（{number}/{count}）……"),
    "doing_reading":    ("Reading the sheets …", "正在读取工作表……"),
    "doing_computing":  ("Working out who is due …", "正在计算到期回访……"),
    "doing_writing":    ("Writing …", "正在写入……"),
    "result_calls":     ("{calls} calls, {overdue} of them overdue.", "回访{calls}条，其中逾期{overdue}条。"),
    "result_checks":    ("{count} findings, {high} of them serious.", "问题{count}条，其中严重{high}条。"),
    "result_saved":     ("{saved} saved, {kept} still open, {problems} to look at.", "已保存{saved}条，未完成{kept}条，需核对{problems}处。"),
    "no_calls_sheet":   ("There is no list of calls in this workbook yet, so nothing was saved: generate today's calls first. If you renamed the sheet, give it its name back.",
                         "本工作簿中还没有回访名单，未保存任何内容：请先生成今日回访；若工作表改过名，请改回原名。"),
    "no_call_of":       ("No call is in the name of {name}. Names on today's list: {others}.", "名单中没有{name}的回访。今日名单上的回访人：{others}。"),
    "told_finding":     ("{what}: {remedy}", "{what}：{remedy}"),
    "more_on_checks":   ("… and {count} more; see Data Checks.", "……另有{count}处，见“数据质检”。"),
    "result_undone":    ("'{action}' was undone.", "已撤销“{action}”。"),
    "result_examples":  ("{count} example rows were removed from {sheets} sheets. 'Undo last run' brings them back.",
                         "已从{sheets}张表中删除示例行{count}条。按“撤销上次运行”可恢复。"),
    "nothing_to_undo":  ("There is nothing to undo in this workbook.", "此工作簿没有可撤销的操作。"),
    "nothing_to_save":  ("No outcome is typed into Today's Calls.", "“今日回访”中还没有填写回访结果。"),
    "changed_since":    ("The sheet '{sheet}' was changed since, so it is left as it is; take the rows out by hand.",
                         "工作表“{sheet}”此后有改动，因此保持不变；请手工删除相应各行。"),
    "no_examples":      ("There are no example rows (EX-) in this workbook.", "此工作簿没有示例行（EX-）。"),
    "went_wrong":       ("Something went wrong that should not have; your sheets are as they were. Please send this file to whoever looks after the tool: {path}",
                         "程序出错，工作表未改动。请把此文件发给维护人员：{path}"),
    # what the command line says
    "open_this":        ("Open this file: {path}", "请打开文件：{path}"),
    "backup":           ("The file as it was before is kept: {path}", "原文件已备份：{path}"),
    "nothing_written":  ("Nothing was written.", "未写入任何内容。"),
    "name_taken": ("Not added, because you keep a sheet of that name yourself: {sheets}. Rename yours and adopt again to get ours.", "未添加，因为您已有同名工作表：{sheets}。请将您的工作表改名后重新接管。"),
    "no_rows":          ("Nothing to list.", "没有可列出的内容。"),
    "more_rows":        ("… and {count} more in the workbook.", "……另有{count}条，见工作簿。"),
    "problems_found":   ("{count} findings about the data ({high} of them serious); see sheet {sheet}.",
                         "发现数据问题{count}条（其中严重{high}条），见工作表“{sheet}”。"),
    "findings_title":   ("{count} findings", "发现问题{count}条"),
    "more_findings":    ("… and {count} more; --json prints all.", "……另有{count}条；加 --json 可全部列出。"),
    "suppressed_count": ("{count} due contacts are held back (do not contact, car gone, no consent).",
                         "{count}条到期联系未列出（免打扰、车辆已转出、未授权）。"),
    # rows of an export
    "import_title":     ("Rows of the export", "导出文件中的行"),
    "import_what":      ("What", "处理"),
    "import_row":       ("Row", "行"),
    "import_cells":     ("Cells", "内容"),
    "import_added":     ("added", "新增"),
    "import_changed":   ("changed", "更改"),
    "import_refused":   ("refused", "未导入"),
    "import_no_key":    ("nothing tells the row apart: it has no number, and no phone with a name, VIN or day instead", "无法识别该行：没有编号，也没有可代替的手机与姓名、车架号或日期"),
    "import_twice_in_export": ("the export has this row once more, saying something else", "导出文件中另有同一编号但内容不同的行"),
    "import_several_rows": ("several of your rows have this number; merge them first", "您的表中有多行使用此编号，请先合并"),
    "import_no_sheet":  ("your cars stand beside their customers, so export both together", "您的车辆与客户在同一行，请一并导出客户与车辆"),
    "import_left":      ("Not taken over from {sheet}, because your sheet has no such column: {headings}.", "{sheet} 中以下列在您的表中没有，未导入：{headings}。"),
    "result_import":    ("{added} rows added, {changed} changed, {unchanged} unchanged, {refused} refused.", "新增 {added} 行，更改 {changed} 行，无变化 {unchanged} 行，未导入 {refused} 行。"),
    # adopting a workbook
    "adopted_already":  ("{name} has our sheets and buttons already. To add what a newer version brings, close it and run: xl-retention adopt.", "{name}已有本系统的工作表和按钮。如需补上新版内容，请关闭后运行：xl-retention adopt。"),
    "adopt_save_first": ("Save this workbook to a folder of this computer first (not only in the cloud), then press the button again.", "请先将本工作簿保存到本机文件夹（不只在云端），再按此按钮。"),
}
# fmt: on
