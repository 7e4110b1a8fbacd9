"""The buttons of the workbook and of the ribbon, a row each: what is pressed, where it sits, how it looks.

A caption and a tip stand in `wording` under `button_NAME` and `tip_NAME`. What a button does stands
under NAME in the `ACTIONS` of its group, a module of `xl_retention.buttons`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PushButton:
    """One button.

    Args:
        name: Under which its words and what it does stand.
        macro: Of the public Sub in `macros/RetentionButtons.bas`.
        icon: An icon of Office's own set (imageMso).
        sheets: Keys in `wording` of the sheets on which it sits besides Start.
    """

    name: str
    macro: str
    icon: str
    sheets: tuple[str, ...] = ()


# fmt: off
GROUPS: dict[str, tuple[PushButton, ...]] = {
    "group_morning": (
        PushButton("generate_calls",  "GenerateTodaysCalls", "AutoDial",           ("calls_sheet",)),
        PushButton("save_results",    "SaveResults",         "FileSave",           ("calls_sheet",)),
        PushButton("check_complaints", "CheckComplaints",    "HighImportance",     ("complaints_sheet",)),
        PushButton("mailing_list",    "MakeMailingList",     "MailMergeStartMailMergeMenu", ("mailing_sheet",)),
        PushButton("show_customer",   "ShowCustomer",        "FindDialog",         ("customer_sheet",)),
        PushButton("undo_last_run",   "UndoLastRun",         "Undo",               ("calls_sheet",)),
    ),
    "group_manager": (
        PushButton("daily_report",    "MakeDailyReport",     "FilePrint",          ("report_sheet",)),
        PushButton("refresh_kpis",    "RefreshKpis",         "ChartInsert",        ("kpi_sheet",)),
        PushButton("show_rows",       "ShowRows",            "OutlineShowDetail",  ("kpi_sheet",)),
        PushButton("kpi_report",      "MakeKpiReport",       "CreateReport",       ("kpi_report_sheet",)),
        PushButton("refresh_classes", "RefreshClasses",      "GroupSortFilter",    ("segments_sheet",)),
        PushButton("hand_over",       "HandOver",            "DelegateAccess",     ("hand_over_sheet",)),
    ),
    "group_month": (
        PushButton("month_plan",      "MakeMonthPlan",       "CalendarInsert",     ("plan_sheet",)),
        PushButton("service_due",     "ListServicesDue",     "AddReminder",        ("service_sheet",)),
        PushButton("survey_results",  "CountSurveyAnswers",  "ReviewNewComment",   ("survey_sheet",)),
        PushButton("relations",       "ListRelationships",   "NewDistributionList", ("relations_sheet",)),
        PushButton("update_cards",    "UpdateCards",         "ContactCardMenu",    ("yellow_sheet",)),
    ),
    "group_copies": (
        PushButton("pack_copy",       "PackForMail",         "FileSendAsAttachment"),
        PushButton("merge_copy",      "MergeCopy",           "ReviewCombineRevisions"),
        PushButton("apply_answers",   "ApplyAnswers",        "AcceptInvitation"),
    ),
    "group_setup": (
        PushButton("check_data",      "CheckData",           "DataValidation",     ("checks_sheet",)),
        PushButton("merge_duplicates", "MergeDuplicates",    "RemoveDuplicates",   ("checks_sheet",)),
        PushButton("remove_examples", "RemoveExamples",      "TableRowsDelete"),
    ),
}
"""By occasion, each a column of Start and a group of the ribbon; its words in `wording` stand under the key."""
BUTTONS: tuple[PushButton, ...] = tuple(button for group in GROUPS.values() for button in group)
ADD_IN_BUTTONS: tuple[PushButton, ...] = (
    PushButton("adopt",           "AdoptWorkbook",       "TableExcelSpreadsheetInsert"),
)
"""On the ribbon of the add-in alone: what a workbook of ours does not need."""
# fmt: on
