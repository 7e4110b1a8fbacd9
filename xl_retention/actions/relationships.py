"""List the relations to care for: the button and the command `relations` (DOM 2.11, 2.12, 3.5, 6.9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xl_retention.actions.generate_calls import NEEDED, Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet
from xl_retention.books.book import Book
from xl_retention.domain.cards import contact_problems
from xl_retention.domain.dates import iso
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import todays_calls
from xl_retention.sheets import relations_sheet
from xl_retention.sheets.reading.reader import read_store

ASKED = {
    **NEEDED,
    "customer": (*NEEDED["customer"], "hobbies", "wechat_bound", "wechat_bind_date"),
    "referral": (*NEEDED["referral"], "referral_id", "friend_name", "friend_mobile", "model", "result"),
    "interest": ("customer_id", "interest"),
    "club_member": ("customer_id", "interest", "team", "captain"),
    "key_account": (
        *NEEDED["key_account"], "annual_frequency", "amount", "margin_pct", "wallet_share_pct", "stage",
        "on_time_pct", "sales_mode", "years", "reputation", "contacts", "second_contact",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Relationships:
    """
    What the action found.

    Args:
        lines: The rows of the sheet by column.
        cells: As the sheet shows them.
        sheet: Name of the sheet in this workbook.
    """

    lines: Sequence[relations_sheet.Line]
    cells: list[list[object]]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    def as_json(self) -> dict[str, object]:
        """Everything but the findings."""
        return {"rows": [{name: _plain(line.get(name)) for name in relations_sheet.COLUMNS} for line in self.lines]}


def _plain(cell: object) -> object:
    return iso(cell) if isinstance(cell, dt.date) else cell


def list_relations(book: Book, as_of: dt.date, *, write: bool = True, progress: Progress) -> Relationships:
    """
    Shows key accounts, referrals, customers to bind and clubs on the sheet Relationships.

    Args:
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    store = read_store(book, ASKED)
    language = store.language
    name = own_sheet(book, "relations_sheet", language, relations_sheet.is_ours)
    progress("computing")
    situation = Situation(store, as_of)
    lines = relations_sheet.lines(situation, todays_calls(situation), language)
    cells = relations_sheet.lay_out(situation, lines, language)
    if write:
        progress("writing")
        book.write(name, cells, relations_sheet.layout(language))
    problems = (*all_problems(store, situation), *contact_problems(situation))
    return Relationships(lines, cells, problems, language, name)
