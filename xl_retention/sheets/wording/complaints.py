"""Words of the clocks of complaints."""

from __future__ import annotations

# fmt: off
WORDS: dict[str, tuple[str, str]] = {
    "complaints_title": ("Open complaints, {now}", "未结投诉　{now}"),
    "complaints_note":  ("{count} open, {overdue} of them overdue (red). What was done is entered on the sheet of complaints.",
                         "未结{count}件，其中逾期{overdue}件（红色）。处理情况请在投诉记录中登记。"),
    "complaints_empty": ("Press 'Check complaints'.", "请点击“检查投诉”。"),
    "complaint_no":     ("Complaint ID", "投诉编号"),
    "received":         ("Received", "受理时间"),
    "category":         ("Category", "投诉类别"),
    "with_whom":        ("With", "处理层级"),
    "handler":          ("Handler", "处理人"),
    "complaint_state":  ("Status", "状态"),
    "contact_by":       ("Contact by", "联系时限"),
    "progress_by":      ("Progress by", "告知进展时限"),
    "solution_by":      ("Solution by", "解决时限"),
    "follow_up_by":     ("Follow-up by", "处理后回访时限"),
    "overdue_steps":    ("Overdue", "已逾期"),
    "next_step":        ("Next step", "下一步"),
    "next_by":          ("By", "时限"),
    "rises_at":         ("Goes up at", "上报时间"),
    "complaint_risen":  ("Complaint not solved in time: up from {before} to {to}.", "投诉未按时解决：由{before}上报至{to}。"),
    "complaint_reopened": ("Customer dissatisfied with the solution (solved {resolved_at}, asked {followup_at}): reopened, now with {to}.",
                         "客户对处理结果不满意（解决时间{resolved_at}，回访时间{followup_at}）：重新处理，现由{to}负责。"),
    "result_complaints": ("{count} open complaints, {overdue} overdue, {risen} went up, {reopened} reopened.",
                         "未结投诉{count}件，逾期{overdue}件，上报{risen}件，重新处理{reopened}件。"),
    "day_complaints":   ("Overdue complaints", "逾期投诉"),
}
# fmt: on
