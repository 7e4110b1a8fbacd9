"""Names of our sheets."""

from __future__ import annotations

from xl_retention.sheets.headers import clean_heading

# fmt: off
SHEET_NAMES: dict[str, tuple[str, str]] = {
    "calls_sheet":      ("Today's Calls", "今日回访"),
    "checks_sheet":     ("Data Checks", "数据质检"),
    "group_sheet":      ("Group", "集团"),
    "stores_sheet":     ("Stores", "门店排名"),
    "regions_sheet":    ("Regions", "区域对比"),
    "shared_sheet":     ("In Several Stores", "多店客户"),
    "moved_sheet":      ("Moved", "跨店移动"),
    "files_sheet":      ("Files", "文件"),
    "start_sheet":      ("Start", "开始"),
    "kpi_sheet":        ("KPI", "指标"),
    "rules_sheet":      ("Rules", "回访规则"),
    "outcomes_sheet":   ("Outcomes", "结果设置"),
    "settings_sheet":   ("Settings", "参数"),
    "mapping_sheet":    ("Mapping", "对照表"),
    "holidays_sheet":   ("Holidays", "节日表"),
    "mailing_sheet":    ("Mailing List", "群发名单"),
    "silence_sheet":    ("Do Not Contact", "免打扰名单"),
    "staff_days_sheet": ("Staff Days Off", "员工休假"),
    "capacity_sheet":   ("Capacity", "班次容量"),
    "kpi_sheet_2":      ("Retention KPI", "回访指标"),
    "rows_sheet":       ("Rows Behind", "指标明细"),
    "kpi_report_sheet": ("KPI Report", "指标报表"),
    "journal_sheet":    ("Journal", "运行记录"),
    "duplicates_sheet": ("Duplicates", "重复客户"),
    "conflicts_sheet":  ("Conflicts", "合并冲突"),
    "parent_sheet":     ("Copy Identity", "副本标识"),
    "copies_sheet":     ("Copies", "副本登记"),
    "plan_sheet":       ("Month Plan", "月度回访计划"),
    "relations_sheet":  ("Relationships", "客户关系维护"),
    "templates_sheet":  ("Survey Templates", "回访模板"),
    "survey_sheet":     ("Survey Results", "问卷结果"),
    "service_sheet":    ("Service Due", "保养到期跟进"),
    "customer_sheet":   ("Customer View", "客户查询"),
    "report_sheet":     ("Daily Report", "回访日报"),
    "hand_over_sheet":  ("Hand-over Form", "客户移交单"),
    "yellow_sheet":     ("Yellow Card Plan", "黄卡联系计划"),
    "complaints_sheet": ("Complaint Clocks", "投诉时限"),
    "segments_sheet":   ("Segments", "客户分群"),
    "changes_sheet":    ("Class Changes", "类别变动"),
}
# fmt: on

OWN_SHEET_KEYS = (
    "calls_sheet", "checks_sheet", "journal_sheet", "mailing_sheet", "plan_sheet", "customer_sheet", "report_sheet",
    "complaints_sheet", "hand_over_sheet", "yellow_sheet", "service_sheet", "survey_sheet", "relations_sheet",
    "segments_sheet", "changes_sheet", "kpi_sheet", "kpi_sheet_2", "rows_sheet", "kpi_report_sheet",
    "conflicts_sheet", "copies_sheet", "parent_sheet", "duplicates_sheet",
)  # fmt: skip
"""Keys of the names of the sheets that we write."""

OWN_SHEETS = frozenset(clean_heading(name) for key in OWN_SHEET_KEYS for name in SHEET_NAMES[key])
"""Cleaned names of the sheets that we write; they are never read as tables of the staff's."""
