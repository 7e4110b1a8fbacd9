"""The table of outcomes: what each closes, how long it keeps quiet, how often it may be tried (DOM 0.3, 2.7)."""

import pytest

from tests.tables import codes, situation, worklist
from xl_retention.domain.checks import row_problems
from xl_retention.domain.outcomes import SHIPPED, Closes, Outcome, Outcomes
from xl_retention.domain.words import WORDS

CAR = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01"


def log(*rows):
    return "customer_id | contact_at | result | rule_code | next_contact_date\n" + "\n".join(
        f"C1 | {row}" for row in rows
    )


def three_day(as_of, rows, *outcomes, **more):
    """Whether the 3-day call is open after some contacts."""
    drawn = {"customer": "customer_id\nC1", "vehicle": CAR, "contact_log": log(*rows)}
    return codes(as_of, only=("DLV-3D",), outcomes=outcomes, **drawn, **more) == ["DLV-3D"]


def people(as_of, rows, *outcomes, **more):
    """Who is on the list, and who is left in peace."""
    found = worklist(as_of, outcomes=outcomes, contact_log=log(*rows), **{"customer": "customer_id\nC1", **more})
    return [call.rules for call in found.calls], [call.rules for call in found.left_in_peace]


def test_the_shipped_table_holds_every_word_of_dom_and_each_means_itself():
    assert tuple(SHIPPED) == WORDS["result"].canonical_words
    assert [outcome.acts_as for outcome in SHIPPED.values()] == list(SHIPPED)
    assert {outcome.quiet_days for outcome in SHIPPED.values()} == {0}


@pytest.mark.parametrize(
    ("closes", "open_after"), [(Closes.ALL, False), (Closes.MESSAGES, True), (Closes.NONE, True)]
)
def test_what_an_outcome_of_the_store_closes(closes, open_after):
    own = Outcome("语音留言", closes=closes)
    assert three_day("2025-03-04", ["2025-03-03 | 语音留言 | DLV-3D |"], own) is open_after


def test_a_word_that_nobody_knows_closes_nothing():
    assert three_day("2025-03-04", ["2025-03-03 | 语音留言 | DLV-3D |"])


def test_attempts_are_counted_by_days_and_the_outcome_says_how_many():
    tries = ["2025-03-02 | 空号 | DLV-3D |", "2025-03-03 | 空号 | DLV-3D |"]
    assert three_day("2025-03-03", tries)
    assert not three_day("2025-03-03", tries, Outcome("空号", attempts=2))
    assert three_day("2025-03-03", tries[:1], Outcome("空号", attempts=2))
    assert three_day("2025-03-03", tries, Outcome("空号"), parameters={"max_attempts": 1}), "no attempt at all"
    assert not three_day("2025-03-02", tries[:1], parameters={"max_attempts": 1}), "as the parameter says"


def test_an_outcome_that_moves_puts_the_contact_off_to_the_agreed_day():
    row = ["2025-03-03 | 开会 | DLV-3D | 2025-03-10"]
    own = Outcome("开会", moves=True)
    assert not three_day("2025-03-09", row, own)
    assert three_day("2025-03-10", row, own)


def test_a_conversation_of_another_name_covers_the_month_series_and_a_refusal_does_not():
    drawn = {
        "only": ("DLV-M01",),
        "customer": "customer_id\nC1",
        "vehicle": CAR,
        "outcomes": [Outcome("聊过", contacted=True), Outcome("谢绝", closes=Closes.ALL)],
    }
    assert codes("2025-04-01", contact_log=log("2025-03-28 | 聊过 | SVC-3D |"), **drawn) == []
    assert codes("2025-04-01", contact_log=log("2025-03-28 | 谢绝 | SVC-3D |"), **drawn) == ["DLV-M01"]
    assert codes("2025-04-01", contact_log=log("2025-03-28 | 拒访 | SVC-3D |"), **drawn) == ["DLV-M01"]


@pytest.mark.parametrize(("day", "rests"), [("2025-03-05", True), ("2025-03-07", True), ("2025-03-08", False)])
def test_quiet_days_keep_the_customer_off_until_they_are_over(day, rests):
    """
    Five quiet days after 03-03: back on 03-08.
    """
    more = {"vehicle": CAR, "only": ("DLV-7D-CS",)}
    found = people(day, ["2025-03-03 | 接通 | SVC-3D |"], Outcome("接通", contacted=True, quiet_days=5), **more)
    assert found == (([], [("DLV-7D-CS",)]) if rests else ([("DLV-7D-CS",)], []))


def test_a_complaint_does_not_wait_for_the_quiet_time():
    found = people(
        "2025-03-08",
        ["2025-03-07 | 接通 | SVC-3D |"],
        Outcome("接通", contacted=True, quiet_days=30),
        vehicle=CAR,
        only=("DLV-7D-CS", "CMP-24H"),
        complaint="complaint_id | customer_id | received_at | category\nK1 | C1 | 2025-03-08T10:00 | 服务",
    )
    assert found == ([("CMP-24H",)], [("DLV-7D-CS",)])


def test_quiet_time_is_for_one_customer_only():
    found = people(
        "2025-03-08",
        ["2025-03-07 | 接通 | SVC-3D |"],
        Outcome("接通", contacted=True, quiet_days=30),
        customer="customer_id\nC1\nC2",
        vehicle=CAR + "\nV2 | C2 | 2025-03-01",
        only=("DLV-7D-CS",),
    )
    assert found == ([("DLV-7D-CS",)], [("DLV-7D-CS",)])


def test_two_cards_of_one_prospect_rest_together():
    found = worklist(
        "2025-05-20",
        outcomes=[Outcome("未接", attempts=0, quiet_days=30)],
        only=("PRO-",),
        customer="customer_id\nC1",
        prospect="prospect_no | created_date | grade\nP1 | 2025-05-01 | A\nP1 | 2025-05-02 | A",
        contact_log="customer_id | contact_at | result\nP1 | 2025-05-19 | 未接",
    )
    assert (len(found.calls), len(found.left_in_peace)) == (0, 1)


@pytest.mark.parametrize(("day", "stopped"), [("2025-03-04", False), ("2025-03-05", True), ("2025-03-06", True)])
def test_an_outcome_that_ends_all_contact_stops_everything_from_its_day(day, stopped):
    found = worklist(
        day,
        outcomes=[Outcome("勿扰", ends_all=True)],
        only=("DLV-3D",),
        customer="customer_id\nC1",
        vehicle=CAR,
        contact_log=log("2025-03-05 | 勿扰 | |"),
    )
    assert [stop.reason for stop in found.suppressed] == ["do_not_contact"] * stopped
    assert len(found.calls) == (not stopped)


def problems(rows, *outcomes):
    known = situation(
        "2025-03-20", outcomes=outcomes, customer="customer_id\nC1", vehicle=CAR, contact_log=log(*rows)
    )
    return [(found.code, found.found, found.cell) for found in row_problems(known) if "outcome" in found.code]


def test_an_outcome_that_shows_a_fault_of_the_data_is_told_until_the_customer_is_reached():
    assert problems(["2025-03-03 | 空号 | |", "2025-03-04 | 空号 | |"]) == [("outcome_data_fault", "空号", "A3")]
    assert problems(["2025-03-03 | 空号 | |", "2025-03-04 | 接通 | |"]) == []
    assert problems(["2025-03-03 | 接通 | |", "2025-03-04 | 空号 | |"]) == [("outcome_data_fault", "空号", "A3")]


def test_rows_with_an_outcome_out_of_use_are_told_and_count():
    off = Outcome("接通", contacted=True, closes=Closes.ALL, in_use=False)
    assert problems(["2025-03-03 | 接通 | DLV-3D |"], off) == [("outcome_out_of_use", "接通", "A2")]
    assert not three_day("2025-03-04", ["2025-03-03 | 接通 | DLV-3D |"], off)


def test_a_word_of_dom_that_the_store_took_off_its_sheet_is_out_of_use():
    known = Outcomes.of([Outcome("接通", contacted=True), Outcome("语音留言")])
    assert known.in_use == ("接通", "语音留言")
    assert (known["拒访"].closes, known["拒访"].in_use) == (Closes.ALL, False)
    assert known.words.canonical("语音留言") == "语音留言"
    assert known.words.canonical("Refused") == "拒访"
