"""Which questions belong to a call, and what the answers add up to (DOM 2.10, 3.4)."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tables import situation
from xl_retention.domain.dates import Period
from xl_retention.domain.surveys import answers_given, overall, template_of, template_of_keys, templates

TEMPLATES = """
    template_id | question_no | name     | scenario | text          | answer_type | weight
    S           | 1           | Delivery | 销售     | Hand-over?    | 0-10分      | 1
    R           | 2           | Repair   | 维修     | Satisfied?    | 满意度      | 0
    R           | 1           |          |          | Work?         | 0-10分      | 3
    V           | 1           | VIP      | VIP      | Advisor?      | 0-10分      |
    C           | 1           | Company  | 企业     | In time?      | 是否        | 0
    M           | 1           | Major    | 大修     | Really cured? | 是否        | 0
"""
CUSTOMERS = "customer_id | customer_type\nC1 |\nC2 | 单位\nC3 | 单位"
CARS = "vin | customer_id\nV1 | C1\nV2 | C2\nV3 | C3"
VISITS = """
    ro_no | vin | visit_date | checkout_date | major_repair | pay_type | paid_amount
    1     | V1  | 2025-05-02 | 2025-05-05    | yes          |          |
    2     | V1  | 2025-05-20 |               |              |          |
    3     | V2  | 2025-05-20 |               | yes          |          |
    4     | V3  | 2025-02-01 |               |              | 自费     | 2000
    5     | V3  | 2025-03-01 |               |              | 自费     | 2000
    6     | V3  | 2025-04-01 |               |              | 自费     | 2000
    7     | V3  | 2025-05-20 |               |              | 自费     | 2000
"""


def store(**more: str):
    drawn = {"customer": CUSTOMERS, "vehicle": CARS, "service_visit": VISITS, "survey_template": TEMPLATES}
    return situation("2025-05-31", **{**drawn, **more})


def chosen(rule: str, customer: int, anchor: str, **more: str) -> str:
    found = template_of(store(**more), rule, customer, customer, np.datetime64(anchor, "D"))
    return found.template_id if found else ""


@pytest.mark.parametrize(
    ("rule", "customer", "anchor", "template"),
    [
        ("SVC-3D", 0, "2025-05-20", "R"),
        ("SVC-3D", 0, "2025-05-05", "M"),
        ("SVC-3D", 0, "2025-05-02", "R"),
        ("SVC-3D", 1, "2025-05-20", "M"),
        ("SVC-3D", 1, "2025-05-21", "C"),
        ("SVC-3D", 2, "2025-05-20", "V"),
        ("DLV-7D-CS", 1, "2025-05-20", "S"),
        ("DLV-7D-SA", 1, "2025-05-20", ""),
        ("MNT-CALL", 1, "2025-05-20", ""),
    ],
)
def test_the_most_serious_case_goes_first(rule, customer, anchor, template):
    """
    Major repair, VIP, company, standard; the day of a major repair is the day the car left.
    """
    assert chosen(rule, customer, anchor) == template


def test_a_scenario_without_questions_has_the_usual_ones():
    lines = [line for line in TEMPLATES.strip().splitlines() if "VIP" not in line]
    assert chosen("SVC-3D", 2, "2025-05-20", survey_template="\n".join(lines)) == "C"
    assert chosen("SVC-3D", 2, "2025-05-20", survey_template="\n".join(lines[:4])) == "R"


def test_without_templates_no_call_is_a_survey():
    empty = "template_id | question_no | scenario | text\n"
    assert chosen("SVC-3D", 0, "2025-05-20", survey_template=empty) == ""


def test_name_and_scenario_may_stand_in_any_row_and_questions_go_by_their_number():
    repair = templates(store())["维修"]

    assert (repair.name, [question.text for question in repair.questions]) == ("Repair", ["Work?", "Satisfied?"])


@pytest.mark.parametrize(
    ("keys", "template"),
    [
        (["C1/V1/SVC-3D/2025-05-05/1"], "M"),
        (["C1/V1/MNT-CALL/2025-05-05/1", "C2/V2/DLV-7D-CS/2025-05-05/1"], "S"),
        (["C1//BDAY-0/2025-05-05/1"], ""),
        (["C9/V9/SVC-3D/2025-05-05/1"], "R"),
        (["SVC-3D"], ""),
        ([], ""),
    ],
)
def test_a_call_is_known_by_its_due_keys(keys, template):
    found = template_of_keys(store(), keys)
    assert (found.template_id if found else "") == template


LOG = """
    contact_id | customer_id | contact_at | template_id
    R1         | C1          | 2025-05-31 | R
    R2         | C1          | 2025-05-01 | R
    R3         | C1          | 2025-04-30 | R
    R4         | C1          | 2025-05-10 | V
"""
ANSWERS = """
    contact_id | question_no | answer         | score
    R1         | 1           | 8              | 8
    R1         | 2           | Very satisfied |
    R2         | 1           | 4              | 4
    R3         | 1           | 1              | 1
    R4         | 1           | 10             | 10
    R9         | 1           | 0              | 0
    R1         | 7           | ?              |
"""


def test_answers_count_in_the_month_of_their_call_and_for_their_template():
    found = answers_given(store(contact_log=LOG, survey_answer=ANSWERS), Period.month("2025-05"))
    told = {(each.template.template_id, each.question.number): (each.words.total(), each.mean) for each in found}

    assert {key: value for key, value in told.items() if value[0]} == {
        ("R", 1): (2, 6.0),
        ("R", 2): (1, None),
        ("V", 1): (1, 10.0),
    }


def test_the_average_of_a_template_goes_by_the_weights():
    lines = "\n    R           | 3           |          |          | Clean?        | 0-10分      | 1"
    answers = ANSWERS + "    R1         | 3           | 10             | 10\n"
    known = store(contact_log=LOG, survey_answer=answers, survey_template=TEMPLATES.rstrip() + lines)
    found = [each for each in answers_given(known, Period.month("2025-05")) if each.template.template_id == "R"]

    assert overall(found) == pytest.approx((6 * 3 + 10 * 1) / 4)
    assert overall([each for each in found if each.question.number == 2]) is None
