"""Words of the sheets of a group of stores."""

from __future__ import annotations

# fmt: off
WORDS: dict[str, tuple[str, str]] = {
    "group_title":      ("Key figures of {count} stores, {period}, counted on {day}", "{count} 家门店的指标，{period}，统计日 {day}"),
    "group_note":       ("Counted anew from the rows of all stores, never averaged; a customer or car of two stores counts once. {customers} different customers, {twice} known in more than one store.", "由各店明细重新统计，不取平均；同时在两店的客户或车辆只计一次。不同客户 {customers} 位，其中在多店建档 {twice} 位。"),
    "group_class":      ("Class", "分类"),
    "group_region":     ("Region", "区域"),
    "group_stores":     ("Stores with data", "有数据门店"),
    "stores_title":     ("Stores by return rate, {period}", "门店回头率排名，{period}"),
    "store_rank":       ("Rank", "名次"),
    "store_name_column": ("Store", "门店"),
    "store_file":       ("File", "文件"),
    "store_customers":  ("Customers", "客户数"),
    "store_faults":     ("Serious findings", "严重数据问题"),
    "regions_title":    ("Regions, {period}", "区域对比，{period}"),
    "shared_title":     ("{count} customers are known in more than one store", "{count} 位客户在多家门店建档"),
    "shared_number":    ("No.", "序号"),
    "shared_id":        ("Customer ID", "客户编号"),
    "moved_title":      ("{count} cars were last seen in another store than before", "{count} 辆车最近到访的门店与之前不同"),
    "moved_car":        ("Car", "车辆"),
    "moved_from":       ("From", "原门店"),
    "moved_last":       ("Last visit there", "在该店最后到访"),
    "moved_to":         ("To", "现门店"),
    "moved_since":      ("Latest visit", "最近到访"),
    "files_title":      ("Workbooks of this roll-up", "本次汇总的工作簿"),
    "file_state":       ("State", "状态"),
    "file_counted":     ("counted", "已统计"),
    "file_left_out":    ("left out: {reason}", "未统计：{reason}"),
    "chart_stores":     ("Return rate by store", "各店回头率"),
    "result_roll_up":   ("Stores counted: {stores}, left out: {failed}, different customers: {customers}.", "已统计门店 {stores} 家，未统计 {failed} 家，不同客户 {customers} 位。"),
}
# fmt: on
