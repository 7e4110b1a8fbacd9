"""Words of the sheets that say how a store works: Rules, Outcomes, Settings, days off, whom nobody contacts."""

from __future__ import annotations

# fmt: off
WORDS: dict[str, tuple[str, str]] = {
    # Rules, Outcomes, Settings, Holidays
    "rules_note":       ("Yellow cells may be changed; a blank cell keeps the default. Offsets: +3d days, -1m months, +2h hours; Expire counts from the deadline.",
                         "黄色单元格可改；清空则用默认值。偏移：+3d为天，-1m为月，+2h为小时；失效从截止日起算。"),
    "settings_note":    ("Change a value in the yellow column; a blank cell is the default.", "请在黄色栏修改；清空则用默认值。"),
    "holidays_note":    ("Days off that your store adds to the public holidays; 'yes' in the second column: the store works on that day.",
                         "法定节假日之外本店的休息日；“上班”填“是”表示当天上班（调休）。"),
    "outcomes_note":    ("What each outcome of a call does. Add outcomes of your own below; a blank cell keeps the default.",
                         "每种回访结果的作用。可在下方增加本店的结果；空白为默认。"),
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
    "in_use":           ("In use", "使用"),
    # Do Not Contact
    "silence_note":     ("Whom nobody contacts: a customer, or only one car if no customer is given. A blank kind means every contact. The reason is needed; the row counts without it, too. A car delivered later ends it.",
                         "不再联系的客户；只填车辆时仅限该车。方式留空表示全部。原因必填，未填也生效。此后新交车即解除。"),
    "kind_of_contact":  ("Kind of contact", "联系方式类别"),
    "silence_all":      ("All", "全部"),
    "silence_phone":    ("Phone", "电话"),
    "silence_message":  ("Message", "信息"),
    "silence_marketing": ("Marketing", "营销"),
    "reason":           ("Reason", "原因"),
    "since":            ("Since", "起始日期"),
    "told_by":          ("Entered by", "登记人"),
    # Staff Days Off, Capacity
    "staff_days_note":  ("Who is away from the first to the last day; colleagues of the same role take the calls over.", "员工休假的起止日期；其回访由同岗位同事分担。"),
    "staff_name":       ("Staff Name", "员工姓名"),
    "off_from":         ("From", "开始日期"),
    "off_to":           ("To", "截止日期"),
    "capacity_note":    ("How many calls a person, or everybody of a role, makes a day; 0 is no limit. The rest waits until the next day.", "每人或每岗位（每人）每日的回访条数；0为不限。其余顺延。"),
    "name_or_role":     ("Name or Role", "姓名或岗位"),
    "calls_a_day":      ("Calls per Day", "每日回访条数"),
}
# fmt: on
