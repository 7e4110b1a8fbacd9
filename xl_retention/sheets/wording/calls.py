"""Words of the call sheet, and what a call enters into the staff's sheets."""

from __future__ import annotations

# fmt: off
WORDS: dict[str, tuple[str, str]] = {
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
    "calls_empty":      ("Press 'Generate today's calls'.", "请点击“生成今日回访”。"),
    "left_in_peace":    (" {count} calls wait because the customer was contacted lately (sheet Outcomes).", "另有{count}条因客户近期已联系而暂缓（见“结果设置”）。"),
    # what is entered into the sheets of the staff
    "next_contact_note": ("Computed by the tool from this row; later contacts and notes of the log are not counted in. Today's calls say what is really due.",
                         "由工具按本行日期推算，不含回访记录。实际到期以“今日回访”为准。"),
    "source_call":      ("Follow-up call", "回访"),
    "phone_was":        ("phone was {phone}", "原电话{phone}"),
    "phone_is":         ("new phone {phone}", "新电话{phone}"),
}
# fmt: on
