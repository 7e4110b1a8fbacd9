"""Kinds of findings, as staff filter and count them: several codes that are mended in the same way are one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xl_retention.domain.problems import Problem
from xl_retention.sheets.wording import say

OTHER = "kind_other"
_KINDS: dict[str, str] = {
    # codes by the key of the kind in `wording`, in the order in which they are shown
    "kind_headings": "headings_not_found heading_ambiguous heading_asked heading_taken mapping_unknown column_gone "
                     "column_renamed column_moved headings_changed sheet_not_placed table_not_placed "
                     "second_customer_sheet classes_left_out "
                     "store_not_understood",
    "kind_unreachable": "customer_unreachable card_without_phone phone_not_entered new_phone",
    "kind_phone": "phone_not_understood phone_not_whole",
    "kind_vin": "vin_length vin_signs vin_check_digit vin_near_another vin_missing",
    "kind_twice": "key_repeated number_twice row_repeated vin_of_two_customers number_missing",
    "kind_merge": "merge_candidate",
    "kind_nobody": "car_without_customer customer_not_on_file visit_of_nobody visit_of_a_walk_in "
                   "do_not_contact_of_nobody call_of_nobody",
    "kind_date_missing": "delivery_date_missing date_missing insurance_expiry_missing inspection_expiry_missing "
                         "next_service_missing solved_without_day clock_missing",
    "kind_date": "date_not_understood clock_not_understood date_order_of_column",
    "kind_date_unlikely": "date_ahead delivery_date_ahead delivery_date_too_early birth_date_unlikely "
                          "checkout_before_visit date_in_the_past date_unlikely",
    "kind_number": "number_not_understood odometer_runs_back loan_too_long share_out_of_range parc_too_small",
    "kind_word": "word_unknown word_ambiguous class_unknown value_not_understood do_not_contact_not_understood",
    "kind_owner": "owner_not_active",
    "kind_result": "answer_without_talk outcome_data_fault outcome_out_of_use reason_missing "
                   "outcome_missing no_day_agreed answers_not_understood referral_not_understood "
                   "question_unknown answer_not_understood",
    "kind_complaint": "compensation_not_approved closed_before_follow_up",
    "kind_card": "cancelled_without_reason lost_without_reason lost_without_model delivered_unclear",
    "kind_account": "too_few_contacts stage_fell stage_skipped account_item_blank",
    "kind_settings": "setting_not_understood target_unknown",
}  # fmt: skip
KIND_OF = {code: kind for kind, codes in _KINDS.items() for code in codes.split()}
ORDER = (*_KINDS, OTHER)


def kind_of(problem: Problem) -> str:
    """Key in `wording` of the kind of a finding."""
    return KIND_OF.get(problem.code, OTHER)


def counted_kinds(problems: Sequence[Problem], language: str) -> dict[str, str]:
    """By kind what its rows show: its name and how many there are, so that the filter counts them."""
    counts = Counter(map(kind_of, problems))
    return {kind: f"{say(kind, language)} ({count})" for kind, count in counts.items()}
