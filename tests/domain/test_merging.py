"""Two copies of a table become one: every outcome has its name, and nobody's word is lost."""

from __future__ import annotations

import numpy as np
import pytest

from xl_retention.domain.coded import Coded
from xl_retention.domain.merging import Ancestor, Clash, Merged, Note, Rows, merge_rows
from xl_retention.domain.merging_pairs import ROW_ID


def rows(drawing: str, table: str = "customer") -> Rows:
    """A table drawn as text: headings, then rows; `|` parts the cells."""
    head, *body = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    columns = {name: [line[place] for line in body] for place, name in enumerate(head)}
    return Rows(
        table, {name: Coded.of(np.array([*said, ""], object)[:-1]) for name, said in columns.items()}, len(body)
    )


def said(table: Rows) -> list[dict[str, str]]:
    return [table.row(row) for row in range(len(table))]


BASE = rows("""
    customer_id | customer_name | mobile
    C1          | Ada           | 131
    C2          | Bo            | 132
""")


def merged(mine: str, theirs: str, base: Rows | None = BASE, table: str = "customer") -> Merged:
    return merge_rows(rows(mine, table), rows(theirs, table), Ancestor(base) if base else None)


def only(result: Merged) -> tuple[Clash, str, str, str | None, str | None, str | None]:
    assert len(result.conflicts) == 1, result.conflicts
    found = result.conflicts[0]
    return found.kind, found.key, found.field, found.base, found.mine, found.theirs


def test_the_same_stays_the_same_whatever_the_order_of_rows_and_columns() -> None:
    result = merged(
        "customer_id | customer_name | mobile \n C1 | Ada | 131 \n C2 | Bo | 132",
        "mobile | customer_id | customer_name \n 132 | C2 | Bo \n 131 | C1 | Ada",
    )

    assert (result.unchanged, result.updated, result.added, result.conflicts) == (2, 0, (), ())
    assert said(result.rows) == said(BASE)


@pytest.mark.parametrize("here", ["131", "139"])
@pytest.mark.parametrize("there", ["131", "138", "139"])
def test_a_cell_has_what_one_side_changed_and_two_changes_are_asked(here: str, there: str) -> None:
    head = "customer_id | customer_name | mobile"
    result = merged(f"{head}\nC1 | Ada | {here}\nC2 | Bo | 132", f"{head}\nC1 | Ada | {there}\nC2 | Bo | 132")

    stands = there if here == "131" else here
    assert result.rows.text(0, "mobile") == stands
    if {here, there} == {"138", "139"}:
        assert only(result) == (Clash.BOTH_CHANGED, "C1", "mobile", "131", "139", "138")
    else:
        assert not result.conflicts


def test_two_cells_of_one_row_changed_by_two_people_both_count() -> None:
    head = "customer_id | customer_name | mobile"
    result = merged(f"{head}\nC1 | Ada L | 131\nC2 | Bo | 132", f"{head}\nC1 | Ada | 139\nC2 | Bo | 132")

    assert said(result.rows)[0] == {"customer_id": "C1", "customer_name": "Ada L", "mobile": "139"}
    assert not result.conflicts


def test_a_row_deleted_on_one_side_and_untouched_on_the_other_is_gone() -> None:
    head = "customer_id | customer_name | mobile"
    all_rows, one = f"{head}\nC1 | Ada | 131\nC2 | Bo | 132", f"{head}\nC1 | Ada | 131"

    assert [len(merged(*sides).rows) for sides in ((all_rows, one), (one, all_rows))] == [1, 1]


def test_a_new_row_like_one_that_was_deleted_is_not_that_row_under_a_new_number() -> None:
    head = "customer_id | customer_name | mobile"
    base = rows(f"{head}\nC1 | Ada | 131")
    mine, theirs = f"{head}\nC9 | Ada | 131", f"{head}\nC1 | Ada | 131\nC9 | Ada | 131"

    for sides in ((mine, theirs), (theirs, mine)):
        assert [row["customer_id"] for row in said(merged(*sides, base).rows)] == ["C9"]


def test_edit_against_delete_is_asked_from_either_side() -> None:
    head = "customer_id | customer_name | mobile"
    edited, deleted = f"{head}\nC1 | Ada | 131\nC2 | Bo | 139", f"{head}\nC1 | Ada | 131"
    before = "customer_id: C2; customer_name: Bo; mobile: 132"
    after = "customer_id: C2; customer_name: Bo; mobile: 139"

    assert only(merged(edited, deleted)) == (Clash.EDITED_AND_DELETED, "C2", "", before, after, None)
    assert only(merged(deleted, edited)) == (Clash.EDITED_AND_DELETED, "C2", "", before, None, after)
    assert len(merged(edited, deleted).rows) == 2, "what stands here stays until somebody answers"


def test_a_log_row_that_a_copy_lacks_stays() -> None:
    log = "contact_id | customer_id | contact_at \n L1 | C1 | 2026-01-01"
    empty = "contact_id | customer_id | contact_at"

    assert len(merged(log, empty, rows(log, "contact_log"), "contact_log").rows) == 1
    assert len(merged(empty, log, rows(log, "contact_log"), "contact_log").rows) == 1


def test_two_people_added_under_one_number_are_asked_and_not_mixed() -> None:
    head = "customer_id | customer_name | mobile\nC1 | Ada | 131\nC2 | Bo | 132\n"
    result = merged(head + "C3 | Cy | 133", head + "C3 | Di | 134")

    assert only(result)[:3] == (Clash.ONE_NUMBER, "C3", "customer_id")
    assert said(result.rows)[2] == {"customer_id": "C3", "customer_name": "Cy", "mobile": "133"}
    assert result.conflicts[0].theirs == "customer_id: C3; customer_name: Di; mobile: 134"


def test_one_person_added_by_both_under_one_number_is_one_row() -> None:
    head = "customer_id | customer_name | mobile\nC1 | Ada | 131\nC2 | Bo | 132\n"
    result = merged(head + "C3 | Cy | 133", head + "C3 | Cyrus | 133")

    assert only(result) == (Clash.BOTH_CHANGED, "C3", "customer_name", None, "Cy", "Cyrus")
    assert len(result.rows) == 3


def test_one_person_under_two_numbers_is_told_and_both_rows_stay() -> None:
    head = "customer_id | customer_name | mobile\nC1 | Ada | 131\nC2 | Bo | 132\n"
    result = merged(head + "C3 | Cy | 133", head + "C9 | Cy | 133")

    assert only(result) == (Clash.ONE_PERSON, "C9", "customer_id", None, "C3", "C9")
    assert [row["customer_id"] for row in said(result.rows)] == ["C1", "C2", "C3", "C9"]


def test_a_column_that_only_the_copy_has_comes_in_and_is_told() -> None:
    result = merged(
        "customer_id | customer_name | mobile \n C1 | Ada | 131 \n C2 | Bo | 132",
        "customer_id | Dog | customer_name | mobile \n C1 | Rex | Ada | 131 \n C2 | | Bo | 132",
    )

    assert only(result) == (Clash.UNKNOWN_COLUMN, "", "Dog", None, None, "Rex")
    assert [row.get("Dog") for row in said(result.rows)] == ["Rex", None]


def test_two_log_entries_under_one_number_are_two_entries() -> None:
    head = "contact_id | customer_id | contact_at\n"
    result = merged(head + "L1 | C1 | 2026-01-01", head + "L1 | C2 | 2026-01-02", None, "contact_log")

    assert (len(result.rows), result.conflicts) == (2, ())


def test_a_row_without_number_is_known_by_phone_and_name_but_never_against_its_number() -> None:
    head = "customer_id | customer_name | mobile | remark\n"
    known = merged(head + "C1 | Ada | 131 |", head + " | Ada | 131 | called", None)
    other = merged(head + "C1 | Ada | 131 |", head + "C5 | Ada | 131 | called", None)

    assert said(known.rows) == [{"customer_id": "C1", "customer_name": "Ada", "mobile": "131", "remark": "called"}]
    assert len(other.rows) == 2


def test_a_hidden_row_number_finds_a_row_whose_number_was_corrected() -> None:
    base = rows(f"{ROW_ID} | customer_id | customer_name | mobile \n 1 | C1 | Ada | 131")
    mine = rows("customer_id | customer_name | mobile \n C1 | Ada | 131")
    theirs = rows(f"{ROW_ID} | customer_id | customer_name | mobile \n 1 | C100 | Ada L | 131")

    result = merge_rows(mine, theirs, Ancestor(base))

    assert said(result.rows) == [{"customer_id": "C100", "customer_name": "Ada L", "mobile": "131"}]
    assert not result.conflicts


# --- without an ancestor ---------------------------------------------------------------------------------------------


def test_without_an_ancestor_blanks_are_filled_and_rows_are_never_deleted() -> None:
    head = "customer_id | customer_name | mobile\n"
    result = merged(head + "C1 | Ada |\nC2 | Bo | 132", head + "C1 | | 131", None)

    assert said(result.rows)[0] == {"customer_id": "C1", "customer_name": "Ada", "mobile": "131"}
    assert (len(result.rows), result.conflicts) == (2, ())


@pytest.mark.parametrize(
    ("my_day", "their_day", "kind", "stands"),
    [
        ("2026-01-01", "2026-01-02", Clash.NEWER_ROW, "139"),
        ("2026-01-02", "2026-01-01", Clash.NEWER_ROW, "131"),
        ("2026-01-01", "2026-01-01", Clash.BOTH_CHANGED, "131"),
        ("", "2026-01-02", Clash.BOTH_CHANGED, "131"),
    ],
)
def test_without_an_ancestor_the_row_worked_on_later_counts_and_the_other_word_is_kept(
    my_day: str, their_day: str, kind: Clash, stands: str
) -> None:
    head = "customer_id | customer_name | mobile | last_update\n"
    result = merged(head + f"C1 | Ada | 131 | {my_day}", head + f"C1 | Ada | 139 | {their_day}", None)

    assert only(result) == (kind, "C1", "mobile", None, "131", "139")
    assert result.rows.text(0, "mobile") == stands


# --- what fields mean ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "key", "field", "base", "mine", "theirs", "wanted"),
    [
        ("customer", "customer_id", "do_not_contact", "", "no", "yes", "yes"),
        ("customer", "customer_id", "do_not_contact", None, "yes", "no", "yes"),
        ("customer", "customer_id", "consent_marketing", None, "yes", "no", "no"),
        ("customer", "customer_id", "last_update", "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-03"),
        ("customer", "customer_id", "first_contact_date", None, "2026-01-02", "2026-01-03", "2026-01-02"),
        ("customer", "customer_id", "hobbies", "golf", "golf, chess", "tea", "chess, tea"),
        ("customer", "customer_id", "points", "100", "110", "150", "160"),
        ("vehicle", "vin", "last_odometer", "900", "1000", "9000", "9000"),
        ("vehicle", "vin", "last_service_date", None, "2026-02-01", "2026-01-03", "2026-02-01"),
        ("prospect", "prospect_no", "follow_count", "3", "4", "5", "6"),
        ("prospect", "prospect_no", "follow_count", None, "4", "5", "5"),
    ],
)
def test_fields_that_answer_for_themselves(
    table: str, key: str, field: str, base: str | None, mine: str, theirs: str, wanted: str
) -> None:
    def one(text: str) -> str:
        return f"{key} | {field} \n N1 | {text}"

    result = merged(one(mine), one(theirs), None if base is None else rows(one(base), table), table)

    assert (result.rows.text(0, field), result.conflicts) == (wanted, ())


def test_points_without_an_ancestor_are_asked() -> None:
    head = "customer_id | points\n"

    assert only(merged(head + "C1 | 110", head + "C1 | 150", None))[0] is Clash.BOTH_CHANGED


@pytest.mark.parametrize(
    "day", ["2026-01-01", "2026/1/1", "2026.1.1", "2026年1月1日", "20260101", "01/01/2026", "1 Jan 2026", "Jan 1, 2026"]
)
def test_a_note_that_begins_with_its_day_gets_no_other(day: str) -> None:
    """
    The day on which a copy was packed says less than the one that the author wrote.
    """
    head = "customer_id | remark\n"
    mine, theirs = (rows(head + f"C1 | {day} {text}") for text in ("likes tea", "moved"))
    result = merge_rows(mine, theirs, Ancestor(rows(head + "C1 | ")), their_note=Note("East", "2026-01-02"))

    assert sorted(result.rows.text(0, "remark").split("\n")) == sorted([f"{day} likes tea", f"[East] {day} moved"])


@pytest.mark.parametrize("text", ["5 keys", "1月1日 moved", "13900000001 is new", "3/4 tank", "2026 is his year"])
def test_a_note_that_begins_with_no_whole_day_gets_one(text: str) -> None:
    head = "customer_id | remark\n"
    mine, theirs = rows(head + "C1 | likes tea"), rows(head + f"C1 | {text}")
    result = merge_rows(mine, theirs, Ancestor(rows(head + "C1 | ")), their_note=Note("East", "2026-01-02"))

    assert f"[East 2026-01-02] {text}" in result.rows.text(0, "remark").split("\n")


def test_notes_join_with_author_and_day_and_say_nothing_twice() -> None:
    head = "customer_id | remark\n"
    base, mine, theirs = (rows(head + f"C1 | {text}") for text in ("x", "likes tea", "moved"))
    first = merge_rows(mine, theirs, Ancestor(base), my_note=Note("West"), their_note=Note("East", "2026-01-02"))
    again = merge_rows(first.rows, theirs, Ancestor(base), their_note=Note("East", "2026-01-02"))

    assert first.rows.text(0, "remark") == "[East 2026-01-02] moved\n[West] likes tea"
    assert again.rows.text(0, "remark") == first.rows.text(0, "remark")
