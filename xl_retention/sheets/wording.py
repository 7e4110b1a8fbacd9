"""Every word that a person reads in a sheet of ours or on the screen, in English and Chinese.

A word is asked for by its key and the language of the workbook: `say("overdue", "zh")`. Reasons and points are
kept by what a rule counts from and by rule code.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal

from xl_retention.domain.cadence import MONTH_REPEAT, MONTH_SERIES, Rule
from xl_retention.sheets.headers import clean_heading

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# fmt: off
WORDS: dict[str, tuple[str, str]] = {
    # sheets of ours
    "calls_sheet":      ("Today's Calls", "今日回访"),
    "checks_sheet":     ("Data Checks", "数据质检"),
    # headings of the call sheet
    "priority":         ("Priority", "优先级"),
    "customer":         ("Customer", "客户"),
    "phone":            ("Phone", "电话"),
    "plate":            ("Plate", "车牌"),
    "model":            ("Model", "车型"),
    "who":              ("Who calls", "回访人"),
    "role":             ("Role", "岗位"),
    "reasons":          ("Why", "回访原因"),
    "due":              ("Due", "应访日期"),
    "deadline":         ("Deadline", "截止日期"),
    "overdue":          ("Days overdue", "逾期天数"),
    "points":           ("Points to raise", "沟通要点"),
    "last_contact":     ("Last contact", "上次联系"),
    "last_outcome":     ("Last outcome", "上次结果"),
    "outcome":          ("Outcome", "回访结果"),
    "satisfaction":     ("Satisfaction", "满意度"),
    "notes":            ("Notes", "备注"),
    "next_contact":     ("Next contact", "下次联系日期"),
    "key":              ("Key", "到期键"),
    "objection":        ("Objection", "异议类型"),
    "complaint":        ("Complaint", "投诉内容"),
    "wish":             ("Wish", "购车意向"),
    "referral":         ("Referral: name, phone", "转介绍：姓名、电话"),
    "new_phone":        ("New phone", "新电话"),
    "appointment":      ("Appointment", "预约到店时间"),
    # lines above the call list
    "calls_title":      ("Today's calls, {day}", "今日回访　{day}"),
    "calls_note":       ("Calls: {calls}, overdue: {overdue}. Type the outcome beside each call (yellow columns).",
                         "共{calls}条，其中逾期{overdue}条。请在黄色栏填写回访结果。"),
    "calls_none":       ("Nobody to call today. {problems} data checks are open (sheet Data Checks).",
                         "今日无需回访。待处理数据问题{problems}条（见“数据质检”）。"),
    "carried_over":     (" {count} more calls wait for tomorrow (limit per person and day).", "另有{count}条超出每人每日上限，顺延。"),
    "no_longer_due":    ("No longer due; not saved yet.", "已不在今日名单，尚未保存。"),
    "page":             ("Page &P of &N", "第&P页，共&N页"),
    # headings of the data checks
    "severity":         ("Severity", "严重程度"),
    "sheet":            ("Sheet", "工作表"),
    "cell":             ("Cell", "单元格"),
    "heading":          ("Heading", "列标题"),
    "found":            ("Found", "现有内容"),
    "wanted":           ("Wanted", "应为"),
    "remedy":           ("What to do", "处理办法"),
    "checks_title":     ("Data checks, {day}", "数据质检　{day}"),
    "checks_note":      ("{count} findings. Mend the cells in your sheets; they leave this list with the next run.",
                         "共{count}条。请在原表中修正，下次运行后自动消失。"),
    "high":             ("high", "高"),
    "medium":           ("medium", "中"),
    "low":              ("low", "低"),
    # the start sheet
    "start_title":      ("Customer retention", "客户回访"),
    "start_note":       ("Keep your customers in the sheets of this workbook, in the morning press the first button.",
                         "在本工作簿各表中登记客户，每天早上点击第一个按钮。"),
    "start_buttons":    ("Buttons", "按钮"),
    "last_run":         ("Last run", "上次运行"),
    "last_as_of":       ("For the day", "回访日期"),
    "last_when":        ("When", "运行时间"),
    "last_by":          ("By whom", "操作人"),
    "last_customers":   ("Customers read", "读取客户数"),
    "counts_of_the_day": ("The day in numbers", "当日统计"),
    "day_calls":        ("Calls", "回访条数"),
    "day_overdue":      ("of them overdue", "其中逾期"),
    "day_problems":     ("Data findings", "数据问题"),
    "help":             ("When a button does nothing", "按钮没有反应时"),
    "first_steps_title": ("First steps", "开始使用"),
    "first_steps":      ("Look at the example rows (EX-) in the sheets, press 'Remove examples', then paste or type your own rows. Columns may be moved, hidden or added.",
                         "先看各表中的示例行（EX-），点击“删除示例行”，再粘贴或录入本店数据。列可以移动、隐藏或增加。"),
    "help_blocked_title": ("Macros are blocked", "宏被阻止"),
    "help_blocked":     ("Excel blocks macros of files that came by mail or download. Close the file, right-click it in the Explorer, Properties, tick Unblock; or put it into a trusted folder (File, Options, Trust Center). Then open it and press Enable Content.",
                         "Excel会阻止邮件或下载文件中的宏。关闭文件，在资源管理器中右键“属性”，勾选“解除锁定”；或放入受信任位置（文件-选项-信任中心）。再打开并点击“启用内容”。"),
    "help_python_title": ("Python is missing", "未安装Python"),
    "help_python":      ("Install Python 3.10 or newer, then in a command window: pip install xl-retention, and xl-retention install. 'xl-retention doctor' says what is still missing. All values in the sheets stay readable meanwhile.",
                         "安装Python 3.10或更新版本，然后在命令窗口运行：pip install xl-retention，再运行 xl-retention install。运行 xl-retention doctor 可查看缺少什么。其间表中的数值仍可查看。"),
    "help_libreoffice_title": ("LibreOffice", "LibreOffice"),
    "help_libreoffice": ("Run xl-retention install once on this computer; in Tools, Options, LibreOffice, Security set macro security to medium and allow macros when the file opens. Save as .xlsm loses the buttons: xl-retention doctor --repair FILE brings them back.",
                         "在本机运行一次 xl-retention install；在“工具-选项-LibreOffice-安全”中把宏安全性设为中，打开文件时允许宏。用LibreOffice另存为.xlsm会丢失按钮：xl-retention doctor --repair 文件 可恢复。"),
    "help_own_title":   ("Without buttons", "不用按钮"),
    "help_own":         ("The same from a command window, with the workbook closed: xl-retention today FILE.",
                         "关闭工作簿后也可在命令窗口运行：xl-retention today 文件。"),
    # other sheets of ours
    "start_sheet":      ("Start", "开始"),
    "kpi_sheet":        ("KPI", "指标"),
    "rules_sheet":      ("Rules", "回访规则"),
    "outcomes_sheet":   ("Outcomes", "结果设置"),
    "settings_sheet":   ("Settings", "参数"),
    "mapping_sheet":    ("Mapping", "对照表"),
    "holidays_sheet":   ("Holidays", "节日表"),
    "mailing_sheet":    ("Mailing List", "群发名单"),
    "calls_empty":      ("Press 'Generate today's calls'.", "请点击“生成今日回访”。"),
    "checks_empty":     ("Press 'Check data'.", "请点击“检查数据”。"),
    "rules_note":       ("Yellow cells may be changed; a blank cell keeps the default. Offsets: +3d days, -1m months, +2h hours; Expire counts from the deadline.",
                         "黄色单元格可改；清空则用默认值。偏移：+3d为天，-1m为月，+2h为小时；失效从截止日起算。"),
    "settings_note":    ("Change a value in the yellow column; a blank cell is the default.", "请在黄色栏修改；清空则用默认值。"),
    "mapping_note":     ("If a heading of yours is not understood, name its table and field here. Names of the fields: Data Checks, or the guide.",
                         "列标题未被识别时，在此注明所属的表和字段。字段名见“数据质检”或使用说明。"),
    "holidays_note":    ("Days off that your store adds to the public holidays; 'yes' in the second column: the store works on that day.",
                         "法定节假日之外本店的休息日；“上班”填“是”表示当天上班（调休）。"),
    "outcomes_note":    ("What each outcome of a call does.", "每种回访结果的作用。"),
    "mailing_note":     ("Messages to many customers; filled by the tool.", "群发信息名单，由工具填写。"),
    "rule_name":        ("Rule", "节点"),
    "listed_in":        ("Listed in", "列入"),
    "listing_calls":    ("Today's calls", "今日回访"),
    "listing_mail":     ("Mailing list", "群发名单"),
    "listing_plan":     ("Monthly plan", "月度计划"),
    "listing_nowhere":  ("Information only", "仅供参考"),
    "counts_as_contacted": ("Counts as contacted", "视为已联系"),
    "closes_rule":      ("Closes the rule", "关闭该节点"),
    "days_until_back":  ("Days before the customer may reappear", "再次列入前的天数"),
    "attempts_allowed": ("Attempts on different days", "不同日期尝试次数"),
    "ends_all_contact": ("Ends all contact", "终止一切联系"),
    "data_fault":       ("Data fault", "数据问题"),
    "message_rules":    ("message rules", "仅短信类"),
    "agreed_day":       ("agreed day", "约定日期"),
    "customer_id":      ("Customer ID", "客户编号"),
    "customer_name":    ("Customer Name", "客户姓名"),
    "vin":              ("VIN", "车架号"),
    "message_rule":     ("Message", "信息类型"),
    "channel":          ("Channel", "方式"),
    "next_contact_note": ("Computed by the tool from this row; later contacts and notes of the log are not counted in. Today's calls say what is really due.",
                         "由工具按本行日期推算，不含回访记录。实际到期以“今日回访”为准。"),
    # the first KPIs
    "kpi_title":        ("KPIs of a period", "期间指标"),
    "kpi_note":         ("Computed by the cell functions while the tool is installed; without it the last values stay.",
                         "由单元格函数计算；未安装工具时保留上次的数值。"),
    "from_day":         ("From", "开始"),
    "to_day":           ("To", "结束"),
    "kpi_code":         ("Code", "代码"),
    "kpi_name":         ("KPI", "指标"),
    "numerator":        ("Numerator", "分子"),
    "denominator":      ("Denominator", "分母"),
    "value":            ("Value", "数值"),
    "counted":          ("What is counted", "统计口径"),
    "kpi_K01":          ("Return rate", "回头率"),
    "kpi_K05":          ("Service follow-up rate", "维修回访率"),
    "basis_K01":        ("Repair orders of the period whose car came before the period, of all repair orders of the period (basis: visits).",
                         "期间工单中，其车辆在期间之前来过的工单占比（按台次）。"),
    "basis_K05":        ("Post-repair calls that reached the customer, of the cars that left in the period.", "期间出厂车辆中，维修后3天回访已联系到的占比。"),
    # the journal
    "journal_sheet":    ("Journal", "运行记录"),
    "journal_title":    ("Journal", "运行记录"),
    "journal_note":     ("What the buttons did, newest first. Entries can be deleted freely.", "各按钮的运行记录，最新在上。可自由删除。"),
    "when":             ("When", "时间"),
    "by_whom":          ("By whom", "操作人"),
    "action":           ("Action", "操作"),
    "day":              ("For the day", "日期"),
    "rows":             ("Rows", "行数"),
    "result":           ("Result", "结果"),
    # the buttons
    "button_generate_calls":  ("Generate today's calls", "生成今日回访"),
    "button_check_data":      ("Check data", "检查数据"),
    "button_undo_last_run":   ("Undo last run", "撤销上次运行"),
    "button_remove_examples": ("Remove examples", "删除示例行"),
    "tip_generate_calls":     ("Works out whom to call today and fills the sheet Today's Calls.", "计算今日应回访客户，填入“今日回访”。"),
    "tip_check_data":         ("Reads all sheets and lists every fault on the sheet Data Checks.", "读取全部工作表，把问题列入“数据质检”。"),
    "tip_undo_last_run":      ("Puts our sheets back as they were before the last button.", "把本工具的工作表恢复到上次运行之前。"),
    "tip_remove_examples":    ("Takes the example rows (EX-) out of the staff's sheets.", "删除各表中的示例行（EX-）。"),
    # what the buttons say
    "reading_sheet":    ("Reading {sheet} ({number} of {count}) …", "正在读取“{sheet}”（{number}/{count}）……"),
    "doing_reading":    ("Reading the sheets …", "正在读取工作表……"),
    "doing_computing":  ("Working out who is due …", "正在计算到期回访……"),
    "doing_writing":    ("Writing …", "正在写入……"),
    "result_calls":     ("{calls} calls, {overdue} of them overdue.", "回访{calls}条，其中逾期{overdue}条。"),
    "result_checks":    ("{count} findings, {high} of them serious.", "问题{count}条，其中严重{high}条。"),
    "result_undone":    ("'{action}' was undone.", "已撤销“{action}”。"),
    "result_examples":  ("{count} example rows were removed.", "已删除示例行{count}条。"),
    "nothing_to_undo":  ("There is nothing to undo in this workbook.", "此工作簿没有可撤销的操作。"),
    "no_examples":      ("There are no example rows (EX-) in this workbook.", "此工作簿没有示例行（EX-）。"),
    "went_wrong":       ("Something went wrong that should not have; your sheets are as they were. Please send this file to whoever looks after the tool: {path}",
                         "程序出错，工作表未改动。请把此文件发给维护人员：{path}"),
    # what the command line says
    "open_this":        ("Open this file: {path}", "请打开文件：{path}"),
    "backup":           ("The file as it was before is kept: {path}", "原文件已备份：{path}"),
    "nothing_written":  ("Nothing was written.", "未写入任何内容。"),
    "more_rows":        ("… and {count} more in the workbook.", "……另有{count}条，见工作簿。"),
    "problems_found":   ("{count} findings about the data ({high} of them serious); see sheet {sheet}.",
                         "发现数据问题{count}条（其中严重{high}条），见工作表“{sheet}”。"),
    "mapping_title":    ("How the sheets are understood", "各工作表的识别结果"),
    "header_row":       ("Heading row", "标题行"),
    "table":            ("Table", "数据表"),
    "columns":          ("Columns", "列"),
    "unmatched":        ("Not used", "未使用"),
    "findings_title":   ("{count} findings", "发现问题{count}条"),
    "more_findings":    ("… and {count} more; --json prints all.", "……另有{count}条；加 --json 可全部列出。"),
    "classes_title":    ("Classes, {day}", "客户分类　{day}"),
    "scheme":           ("Scheme", "分类方案"),
    "label":            ("Label", "类别"),
    "count":            ("Count", "数量"),
    "share":            ("Share", "占比"),
    "target":           ("Target", "目标"),
    "action_wanted":    ("What the trade recommends", "建议措施"),
    "ratio_title":      ("Ratio check of the value tiers", "价值层级占比检查"),
    "repair_plan":      ("Repair plan wanted: {account} fell from {before} to {now}.", "需制定修复计划：{account}由{before}降至{now}。"),
    "suppressed_count": ("{count} due contacts are held back (do not contact, car gone, no consent).",
                         "{count}条到期联系未列出（免打扰、车辆已转出、未授权）。"),
}

ROLE_NAMES: dict[str, tuple[str, str]] = {
    "SA":   ("Sales advisor", "销售顾问"),
    "CS":   ("Customer service", "客服专员"),
    "SV":   ("Service advisor", "服务顾问"),
    "FD":   ("Front desk", "服务前台"),
    "RS":   ("Reception supervisor", "接待主管"),
    "SVM":  ("Service manager", "服务经理"),
    "SM":   ("Sales manager", "销售经理"),
    "GM":   ("General manager", "总经理"),
    "AST":  ("Sales assistant", "销售助理"),
    "KAM":  ("Key-account manager", "客户经理"),
    "CARE": ("Customer care", "客户关爱专员"),
    "CLUB": ("Owners' club", "俱乐部"),
    "MKT":  ("Marketing", "市场部"),
}

ANCHORS: dict[str, tuple[str, str]] = {
    # what the rule counts from, with the anchor day
    "delivery":           ("delivered {day}", "{day}交车"),
    "month_series":       ("delivered {day}", "{day}交车"),
    "month_repeat":       ("delivered {day}", "{day}交车"),
    "first_service":      ("first service due {day}", "首保到期日{day}"),
    "maintenance":        ("maintenance due {day}", "保养到期日{day}"),
    "maintenance_missed": ("did not come for the service of {day}", "{day}应保养未到站"),
    "appointment":        ("booked for {day}", "预约{day}到店"),
    "checkout":           ("left the workshop {day}", "{day}出厂"),
    "quality_complaint":  ("quality complaint of {day}", "{day}质量投诉"),
    "complaint":          ("complaint of {day}", "{day}投诉"),
    "complaint_solved":   ("complaint solved {day}", "{day}投诉已处理"),
    "complaint_promise":  ("answer promised for {day}", "承诺{day}答复"),
    "usage_objection":    ("question about using the car, {day}", "{day}提出使用疑问"),
    "insurance":          ("insurance ends {day}", "保险{day}到期"),
    "inspection":         ("inspection ends {day}", "年检{day}到期"),
    "birthday":           ("birthday {day}", "生日{day}"),
    "replacement":        ("bought {day}", "{day}购车"),
    "lapse_warning":      ("expected back by {day}", "{day}前应回厂"),
    "quasi_lost":         ("last here {day}", "最近一次到店{day}"),
    "lost":               ("last here {day}", "最近一次到店{day}"),
    "lost_contact":       ("last talked to {day}", "上次沟通{day}"),
    "account_week":       ("week from {day}", "{day}起当周"),
    "account_month":      ("month from {day}", "{day}起当月"),
    "account_quarter":    ("quarter from {day}", "{day}起当季"),
    "prospect":           ("last contact {day}", "上次跟进{day}"),
    "agreed":             ("agreed on {day}", "{day}约定"),
}

BASES: tuple[tuple[str, str], ...] = (
    # what gave the day that a service is due, in the order of `service_due.Basis`
    ("by date", "按日期"),
    ("by its {km} km a day", "按该车日均{km}公里推算"),
    ("by the usual {km} km a day", "按门店默认日均{km}公里推算"),
)

POINTS: dict[str, tuple[str, str]] = {
    # what to raise, by rule code (DOM 3.1-3.5, in short)
    "DLV-D0":       ("Home safely? Papers filed, contact plan on the yellow card.", "是否平安到家；资料归档，黄卡填写联系计划。"),
    "DLV-2H":       ("Home safely? Offer help.", "问候是否平安到家，主动提供帮助。"),
    "DLV-3D":       ("Satisfied? Anything unclear (air-con, audio)? Running-in: 2,000 km, at most 100 km/h. Survey call comes within 7 days. Ask for referrals.",
                     "是否满意，空调音响等有无疑问；磨合期2000公里、不超过100公里/小时；预告7天内客服回访；请求转介绍。"),
    "DLV-3D-AS":    ("How does the car run? Show care.", "了解用车情况，表示关怀。"),
    "DLV-7D-SA":    ("Thanks. Mileage so far, first service, plate registered? Film, accessories. Do family and friends like it?",
                     "致谢；目前里程、首保提醒、是否上牌、贴膜加装；亲友评价，请求转介绍。"),
    "DLV-7D-CS":    ("Ask permission (about 5 minutes, recorded). Sales experience point by point, suggestions. Quality objection: after-sales calls within 2 hours.",
                     "征得同意（约5分钟，告知录音）；逐项询问购车满意度与建议；质量异议2小时内由售后联系。"),
    "DLV-2W-MGR":   ("Personal thanks of the manager.", "经理亲自致谢。"),
    "DLV-15-30":    ("How is the car? Quick help, extra tips, invitation, ask for leads.", "用车情况；快速解决问题；使用小贴士；活动邀请；请求转介绍。"),
    "DLV-PHOTO":    ("Send thanks and the delivery photo.", "寄送感谢信与交车照片。"),
    MONTH_SERIES:   ("How is the car, upkeep, next service, leads.", "用车与保养情况，下次保养，请求转介绍。"),
    MONTH_REPEAT:   ("How is the car, replacement offer.", "用车情况，置换方案。"),
    "FS-CALL":      ("Mileage now, limit of the free service, offer a booking, ask for referrals.", "目前里程；首保时限；邀请预约（绿色通道）；请求转介绍。"),
    "MNT-CALL":     ("Remind, offer a booking, note the promised date.", "提醒保养，邀请预约，记录承诺到店日期。"),
    "MNT-NOSHOW":   ("Ask why; if it is our fault, win back.", "询问未到站原因；属我方原因的积极挽回。"),
    "BOOK-CFM":     ("Confirm time; parts and bay ready.", "确认时间，配件与工位备妥。"),
    "SVC-3D":       ("Fault really cured? Satisfied? Next service date, suggestions.", "故障是否排除，是否满意；下次保养时间；建议。"),
    "CMP-2H":       ("Call with a solution within 2 hours; get the location; send contact data.", "2小时内带方案联系；确认地点；短信发送联系人。"),
    "CMP-24H":      ("Decide and offer a solution within 24 hours.", "24小时内给出处理方案。"),
    "CMP-FU24":     ("Satisfied with the solution? Update the complaint.", "处理后是否满意，更新投诉状态。"),
    "CMP-PROG":     ("Report progress or result before the promised time.", "在承诺时间前告知进展或结果。"),
    "CMP-USE":      ("Arrange a second explanation; apologise for the unclear hand-over.", "安排再次讲解，并为交车讲解不清致歉。"),
    "INS-1M":       ("Quote, renew here.", "报价，邀请本店续保。"),
    "INSP-1M":      ("Remind, offer help with the inspection.", "提醒年检，提供协助。"),
    "BDAY-7":       ("Personal wishes.", "个性化祝福。"),
    "BDAY-0":       ("Wishes; small gift with card.", "生日祝福，小礼品与贺卡。"),
    "TRADE-IN":     ("Replacement offer for this model; bought elsewhere already? Note model and reason.", "按旧车型准备置换方案；如已他处置换，记录车型与原因。"),
    "LAPSE-WARN":   ("What keeps the customer away? Invite.", "了解未回厂障碍，邀请到店。"),
    "LAPSE-PSEUDO": ("Free check, packages, tours: win back.", "免费检测、套餐、自驾活动，挽回客户。"),
    "LAPSE-TRUE":   ("Ask the reason; offer home visit, free check, labour discount.", "调研流失原因；上门、免费检测、工时优惠。"),
    "LOST-VISIT":   ("Visit; show what we can do, events.", "上门拜访，展示能力与活动。"),
    "KA-WEEK":      ("Weekly call.", "每周电话问候。"),
    "KA-MONTH":     ("Monthly greeting.", "每月短信问候。"),
    "KA-QTR":       ("Quarterly visit: needs, service improvement.", "每季登门，了解需求与改进。"),
    "PRO-H":        ("Progress, quotation, delivery plan; manager involved.", "进展、报价、交车计划，经理参与。"),
    "PRO-A":        ("Progress, test drive, negotiation.", "进展、试乘试驾、商谈。"),
    "PRO-B":        ("Needs, comparison.", "需求与对比。"),
    "PRO-C":        ("Keep warm.", "保持联系。"),
    "PRO-N":        ("Nurture.", "培育。"),
    "NEXT":         ("As agreed in the last call.", "按上次约定联系。"),
}

FINDINGS: dict[str, str] = {
    # what a `Problem` wants, as domain and sheets word it
    "a text":                       "文字",
    "an id":                        "编号",
    "a VIN":                        "车架号",
    "a plate number":               "车牌号",
    "a key":                        "到期键",
    "a telephone number":           "电话号码",
    "a date":                       "日期",
    "A date":                       "日期",
    "a date, or a month and a day": "日期，或月和日",
    "a month":                      "月份",
    "a clock time":                 "时刻",
    "a whole number":               "整数",
    "a number":                     "数字",
    "an amount of money":           "金额",
    "a distance in km":             "公里数",
    "yes or no":                    "是或否",
    "a known word":                 "已知的词",
    "clear: it may mean several of the known words": "含义明确的词：现有的词可作多种理解",
    "unique: another row has the same number with other content": "不重复：另有一行编号相同而内容不同",
    "new: an earlier row says the same in every column": "新的内容：前面已有完全相同的一行",
    "the car of one customer":      "同一客户的车辆",
    "a customer on file":           "已建档的客户",
    "a car or a phone that is on file": "已建档的车辆或电话",
    "VIN, plate or phone":          "车架号、车牌或电话",
    "A delivery date that does not lie ahead (or a purchase date)": "不晚于今天的交车日期（或购车日期）",
    "A heading row that we know":   "可识别的标题行",
    "A number of its own for each row": "每行各自的编号",
    "the name of a parameter":      "参数名称",
    "the code of a rule":           "规则代码",
    "a role code":                  "岗位代码或岗位名称",
    "a number from 1 to 9":         "1到9的数字",
    "an offset such as -1m, +3d or +2h": "时间偏移，如-1m、+3d、+2h",
    "an offset such as +14d, or never": "时间偏移，如+14d；或“永不”",
    "a field that we know":         "可识别的字段名",
    "a sheet of this workbook":     "本工作簿中的工作表",
    "a heading of that sheet":      "该工作表中的列标题",
    "a heading of this workbook":   "本工作簿中的列标题",
    "a number, 0 or more":          "0或以上的数字",
    "a whole number, 0 or more":    "0或以上的整数",
    "a whole number, 1 or more":    "1或以上的整数",
    "a percentage such as 20 or 20%": "百分比，如20或20%",
    "a ratio such as 0.7 or 70%":   "比率，如0.7或70%",
    "a date such as 2025-01-31":    "日期，如2025-01-31",
    "a clock time such as 09:00":   "时刻，如09:00",
    "a month and day such as 03-01": "月和日，如03-01",
    "whole months, 1 or more, parted by commas": "月数，1或以上的整数，用逗号隔开",
    "hours in rising order, parted by commas": "由小到大的小时数，用逗号隔开",
    "four percentages that make 100": "合计为100的四个百分比",
    "four percentages":             "四个百分比",
    "eight numbers of points":      "八个分值",
    "three numbers of days":        "三个天数",
    "a country code of two letters such as CN": "两个字母的国家代码，如CN",
    "filled: a blank brings no points": "已填写：空白不得分",
    "a percentage from 0 to 100":   "0到100的百分比",
    "the stage of the share of wallet": "与采购份额相符的阶段",
    "at most one stage lower":      "最多低一个阶段",
    # what the clerk can do about it
    "Fill the column; until then these rows are in no class of this scheme.": "请填写该列；在此之前这些行不归入此分类。",
    "Enter the figure of the last year.": "请填写上一年度的数值。",
    "Plan how to win the share back; then enter the stage.": "请制定修复计划，然后更新阶段。",
    "Check the share of wallet; stages are climbed one by one.": "请核对采购份额；阶段应逐级上升。",
    "Type it as YYYY-MM-DD, or clear the cell.": "请按“年-月-日”填写（如2026-11-21），或清空单元格。",
    "Type it as YYYY-MM-DD or MM-DD, or clear the cell.": "请按“年-月-日”或“月-日”填写（如1980-05-21、05-21），或清空单元格。",
    "Use one of the known words, or clear the cell.": "请改用已知的词，或清空单元格。",
    "Type yes or no (是, 否), or clear the cell.": "请填“是”或“否”，或清空单元格。",
    "Type the whole number, or clear the cell.": "请填写完整号码，或清空单元格。",
    "Correct the cell or clear it.": "请更正或清空单元格。",
    "Correct the cell; until then the default counts.": "请更正；在此之前按默认值计算。",
    "Correct the code.":            "请更正代码。",
    "Correct the name of the field.": "请更正字段名。",
    "Correct the name of the sheet.": "请更正工作表名称。",
    "Copy the heading from the sheet, or delete the row.": "请从工作表复制列标题，或删除此行。",
    "Name the headings so; until then the sheet is not used.": "请改用这些列标题；在此之前不使用该表。",
    "Put the headings into one of the first five rows, or name them on the Mapping sheet.": "请将列标题放在前五行之内，或在“对照表”中说明。",
    "Say on the Mapping sheet which field it is, or rename the heading.": "请在“对照表”中指明字段，或修改列标题。",
    "Move its rows there if they are customers too.": "如也是客户，请将各行移到那里。",
    "Delete one of the two; it is counted once.": "请删除其中一行；只计一次。",
    "Merge the two rows; the first one counts, its blanks are filled from the later.": "请合并两行；以第一行为准，空白处由后面的行补充。",
    "Keep the car with its present owner only.": "请只在现车主名下保留该车。",
    "Enter the number of a customer of the customer sheet.": "请填写客户表中的客户编号。",
    "Enter the customer's number, or a VIN, plate or phone that is on file.": "请填写客户编号，或已建档的车架号、车牌、电话。",
    "Enter the customer and the car, or correct VIN, plate or phone here.": "请为该客户和车辆建档，或更正此处的车架号、车牌、电话。",
    "Enter a number; until then the phone or the name stands for it.": "请填写编号；在此之前以电话或姓名代替。",
    "Enter the day the car was handed over.": "请填写交车日期。",
    "Enter the date; without it the row brings about no contact.": "请填写日期；没有日期不会安排回访。",
    "Saturdays and Sundays count as days off there; list other days on the holiday sheet.": "该时段按周六、周日休息计算；其他休息日请填入“节日表”。",
    "All Saturdays and Sundays count as days off there; list other days on the holiday sheet.": "该时段所有周六、周日按休息计算；调休上班日请填入“节日表”。",
}

_FINDING_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # texts with names in them
    (re.compile(r"clear: it may be (.+)"), "含义明确的列标题；可能是{0}"),
    (re.compile(r"read: customers stand on sheet (.+)"), "只有一张客户表；客户以工作表“{0}”为准"),
    (re.compile(r"known: (.+)"), "已填写：{0}"),
    (re.compile(r"A heading row with (.+)"), "含以下列标题的标题行：{0}"),
    (re.compile(r"A holiday calendar of the country '(.+)'"), "国家“{0}”的节假日表"),
    (re.compile(r"A holiday calendar of (\S+) for (.+)"), "{0} {1}年的节假日表"),
    (re.compile(r"A list of make-up working days of (\S+) for (.+)"), "{0} {1}年的调休上班日"),
    (re.compile(r"(\S+(?: or \S+)+)"), "以下之一：{0}"),
)
# fmt: on


def say(key: str, language: str, **values: object) -> str:
    """The words of *key* in a language, with its places filled."""
    return WORDS[key][language == "zh"].format(**values)


OWN_SHEET_KEYS = ("calls_sheet", "checks_sheet", "journal_sheet", "mailing_sheet")
"""Keys of the names of the sheets that we write."""

OWN_SHEETS = frozenset(clean_heading(name) for key in OWN_SHEET_KEYS for name in WORDS[key])
"""Cleaned names of the sheets that we write; they are never read as tables of the staff's."""


def in_language(text: str, language: str) -> str:
    """
    What a `Problem` says, put into the language of the workbook; a text without translation stays English.

    Names of fields, sheets, places and values inside the text stay as they are.
    """
    if language != "zh" or not text:
        return text
    if text in FINDINGS:
        return FINDINGS[text]
    for pattern, chinese in _FINDING_PATTERNS:
        if match := pattern.fullmatch(text):
            return chinese.format(*match.groups())
    return text


def both(key: str) -> tuple[str, str]:
    """The words of *key* in English and Chinese, for recognising what we wrote before."""
    return WORDS[key]


def role_name(role: str, language: str) -> str:
    """Name of a role code."""
    return ROLE_NAMES.get(role, (role, role))[language == "zh"]


def day_text(day: dt.date, as_of: dt.date, language: str) -> str:
    """A day as spoken: `21 Nov`, with the year where it is another one."""
    if language == "zh":
        text = f"{day.month}月{day.day}日"
        return text if day.year == as_of.year else f"{day.year}年{text}"
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == as_of.year else f"{text} {day.year}"


def rule_name(rule: Rule, language: str, sequence: str = "1", month: int = 0) -> str:
    """Name of a rule as staff know it; a repeated call carries its number."""
    name = (rule.english, rule.chinese)[language == "zh"]
    if rule.code == MONTH_REPEAT:
        return name.format(month=month)
    if rule.code in ("FS-CALL", "MNT-CALL") and sequence != "1":
        return f"{name}（第{sequence}次）" if language == "zh" else f"{name} ({sequence})"
    return name


def reason_text(
    rule: Rule,
    name: str,
    anchor: dt.date,
    due: dt.date,
    deadline: dt.date,
    moment: dt.datetime | None,
    as_of: dt.date,
    language: str,
    basis: str = "",
) -> str:
    """
    One sentence why a contact is due: `3-day call: delivered 18 Nov, due 21 Nov` (DOM 0.3).

    Args:
        basis: What gave the day that the contact counts from, where that is not plain.
    """
    since = ANCHORS.get(rule.counts_from, ("{day}", "{day}"))[language == "zh"].format(
        day=day_text(anchor, as_of, language)
    )
    if basis:
        since += f"（{basis}）" if language == "zh" else f" ({basis})"
    due_text = day_text(due, as_of, language)
    last = day_text(deadline, as_of, language)
    if moment is not None:
        last = due_text = f"{last} {moment:%H:%M}"
    if language == "zh":
        until = f"，{last}截止" if last != due_text else ""
        return f"{name}：{since}，应于{due_text}联系{until}"
    until = f", at the latest {last}" if last != due_text else ""
    return f"{name}: {since}, due {due_text}{until}"


def basis_text(basis: int, daily_km: float, language: str) -> str:
    """What gave the day that a service is due, with the kilometres a day where they did."""
    return BASES[basis][language == "zh"].format(km=int(daily_km + 0.5))


def points_text(code: str, language: str) -> str:
    """What to raise in a contact of this rule; months of the series share theirs."""
    found: Mapping[str, tuple[str, str]] = POINTS
    key = code if code in found else MONTH_SERIES if code.startswith(MONTH_SERIES) else ""
    return found[key][language == "zh"] if key else ""
