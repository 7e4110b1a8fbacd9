"""Merge duplicates: the button and the command `merge-duplicates` (DOM 0.3 "Duplicate record merged", 2.14, 6.5).

Nothing is merged by itself: the sheet Duplicates proposes who stays, and somebody chooses.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.own_sheets import own_sheet, rows_there
from xl_retention.books.book import Book
from xl_retention.domain.merge_candidates import merge_candidates, rows_about
from xl_retention.domain.situation import Situation
from xl_retention.sheets import hand_over_sheet
from xl_retention.sheets.calls import typed_calls
from xl_retention.sheets.merging import duplicates_sheet
from xl_retention.sheets.merging.duplicates_sheet import APART, CHOICES, SWAP, Chosen, Pair
from xl_retention.sheets.merging.merge_rows import read_copy
from xl_retention.sheets.merging.merged_customers import CustomerMerger, CustomerRows
from xl_retention.sheets.reading.reader import read_understood
from xl_retention.sheets.wording import both, say


class MergedPair(NamedTuple):
    """A customer that went, and the number under which its rows are now; *cells* of other tables were rewritten."""

    kept: str
    other: str
    cells: int


@dataclass
class MergedDuplicates:
    """
    What was found and done.

    Args:
        language: Of the workbook.
        sheet: Name of the sheet Duplicates; "" where there is nothing to show and none.
        merged: Who went, in the order of the sheet.
        apart: How many pairs are two customers, as the store says now.
        waiting: Pairs for which nothing is chosen.
        refused: Why choices were not carried out.
    """

    language: str
    sheet: str = ""
    merged: list[MergedPair] = field(default_factory=list)
    apart: int = 0
    waiting: list[Pair] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def result(self) -> str:
        """One line."""
        counts = {"merged": len(self.merged), "apart": self.apart, "waiting": len(self.waiting)}
        return say("result_duplicates", self.language, **counts)

    def as_json(self) -> dict[str, object]:
        """Everything."""
        return {
            "merged": [{"kept": each.kept, "merged": each.other, "cells": each.cells} for each in self.merged],
            "kept_apart": self.apart,
            "waiting": [
                {
                    "kept": pair.kept,
                    "other": pair.other,
                    "customer_name": pair.name,
                    "mobile": pair.phone,
                    "kept_rows": pair.kept_rows,
                    "other_rows": pair.other_rows,
                    "differs": pair.differs,
                }
                for pair in self.waiting
            ],
            "refused": self.refused,
        }


def merge_duplicates(
    book: Book, now: dt.datetime, who: str, *, write: bool = True, progress: Progress
) -> MergedDuplicates:
    """
    Carries out what is chosen on the sheet Duplicates, and lists there what can be chosen.

    The rows of the one that goes get the number of the one that stays; its blanks are filled from the other. Of a
    customer sheet the other row is taken out, and stands on Duplicates as it was.

    Args:
        now: Local time, told beside each choice; of its day the store is looked at.
        who: Name of the account, the same.
        write: False leaves the sheet Duplicates as it is; what is put must then not be saved.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    situation = Situation(read_understood(book).store, now.date())
    copy = read_copy(book)
    progress("computing")
    rows = CustomerRows(copy)
    pairs = pairs_of(situation, rows)
    language = situation.store.language
    made = MergedDuplicates(language)
    name = own_sheet(book, "duplicates_sheet", language, duplicates_sheet.is_ours)
    before = rows_there(book, name)
    progress("writing")
    run = _Run(CustomerMerger(book, copy, rows, language), pairs, _unsaved(book), made)
    for chosen in duplicates_sheet.read(before):
        if not chosen.done:
            run.carry_out(chosen)
    gone = run.went.keys()
    if gone:
        _rename_on_form(book, run)
    known = duplicates_sheet.kept_apart(before)
    made.waiting = [
        pair for pair in pairs if not pair.numbers & gone and pair.numbers not in known | run.decided_pairs
    ]
    if write and (pairs or before):
        made.sheet = name
        show_duplicates(book, name, before, [*made.waiting, *run.refused_pairs], language, run, who, now)
    return made


def pairs_of(situation: Situation, rows: CustomerRows) -> list[Pair]:
    """Every customer that is probably another one, with what it says differently."""
    customers = situation.store.customers
    ids, names = customers.texts("customer_id").tolist(), customers.texts("customer_name").tolist()
    phones = customers.texts("mobile").tolist()
    candidates = merge_candidates(situation)
    if not candidates:
        return []
    weight = rows_about(situation)
    return [
        Pair(
            ids[each.survivor], ids[other], names[each.survivor], phones[each.survivor],
            int(weight[each.survivor]), int(weight[other]), rows.differences(ids[each.survivor], ids[other]),
        )
        for each in candidates
        for other in each.others
    ]  # fmt: skip


def list_duplicates(book: Book, situation: Situation, language: str) -> None:
    """Shows the pairs on the sheet Duplicates; without a pair no workbook gets that sheet."""
    name = own_sheet(book, "duplicates_sheet", language, duplicates_sheet.is_ours)
    before = rows_there(book, name)
    if before or merge_candidates(situation):
        pairs = pairs_of(situation, CustomerRows(read_copy(book)))
        apart = duplicates_sheet.kept_apart(before)
        show_duplicates(book, name, before, [pair for pair in pairs if pair.numbers not in apart], language)


def kept_apart(book: Book) -> frozenset[frozenset[str]]:
    """Pairs of numbers of which the store said on the sheet Duplicates that they are two customers."""
    names = {name.casefold() for name in both("duplicates_sheet")}
    sheet = next((name for name in book.sheet_names() if name.casefold() in names), None)
    return duplicates_sheet.kept_apart(book.read(sheet)) if sheet is not None else frozenset()


def show_duplicates(
    book: Book,
    name: str,
    before: list[list[object]],
    pairs: list[Pair],
    language: str,
    run: _Run | None = None,
    who: str = "",
    now: dt.datetime | None = None,
) -> None:
    """Writes the sheet, with what a run has decided."""
    outcome, decided = (run.outcome, run.decided) if run else ({}, set())
    cells = duplicates_sheet.lay_out(before, pairs, outcome, decided, who, now, language)
    book.write(name, cells, duplicates_sheet.layout(language))


class _Run:
    """The choices of one press, one after the other; a number that went leads to the one that took its rows."""

    def __init__(
        self, merger: CustomerMerger, pairs: list[Pair], unsaved: frozenset[str], made: MergedDuplicates
    ) -> None:
        self._merger, self._unsaved, self._made = merger, unsaved, made
        self._pairs = {pair.numbers: pair for pair in pairs}
        self.went: dict[str, str] = {}
        self.outcome: dict[int, str] = {}
        self.decided: set[int] = set()
        self.decided_pairs: set[frozenset[str]] = set()
        self.refused_pairs: list[Pair] = []

    @property
    def language(self) -> str:
        """Of the workbook."""
        return self._made.language

    def carry_out(self, chosen: Chosen) -> None:
        """Does what is chosen for a pair, or tells why not."""
        pair = self._pairs.get(chosen.numbers)
        why = self._reason(chosen, pair)
        if why:
            self._refuse(chosen, pair, why)
            return
        if chosen.choice == APART:
            self._made.apart += 1
        else:
            kept, other = (chosen.other, chosen.kept) if chosen.choice == SWAP else (chosen.kept, chosen.other)
            kept, other = self.now(kept), self.now(other)
            if kept != other:
                done = self._merger.merge(kept, other)
                if done is None:
                    self._refuse(chosen, pair, "dup_formula")
                    return
                self.went[other] = kept
                self._made.merged.append(MergedPair(kept, other, done.cells))
                self.outcome[chosen.number] = done.row
        self.decided.add(chosen.number)
        self.decided_pairs.add(chosen.numbers)

    def _reason(self, chosen: Chosen, pair: Pair | None) -> str:
        if chosen.choice not in CHOICES:
            return "dup_unknown"
        if pair is None:
            return "dup_gone"
        return "dup_unsaved" if chosen.choice != APART and chosen.numbers & self._unsaved else ""

    def _refuse(self, chosen: Chosen, pair: Pair | None, why: str) -> None:
        words = {"row": chosen.number, "kept": chosen.kept, "other": chosen.other, "found": chosen.choice}
        self._made.refused.append(say(why, self._made.language, **words))
        if pair is not None:
            self.refused_pairs.append(pair)
            self.decided_pairs.add(chosen.numbers)

    def now(self, number: str) -> str:
        """The number under which the rows of a customer are now."""
        while number in self.went:
            number = self.went[number]
        return number


def _rename_on_form(book: Book, run: _Run) -> None:
    """Who is still to be told of a hand-over is told under the number that stayed."""
    names = {name.casefold() for name in both("hand_over_sheet")}
    sheet = next((name for name in book.sheet_names() if name.casefold() in names), None)
    cells = book.read(sheet) if sheet is not None else []
    if sheet is None or not hand_over_sheet.is_form(cells):
        return
    renamed = hand_over_sheet.with_numbers(cells, {other: run.now(other) for other in run.went})
    if renamed != cells:
        book.write(sheet, renamed, hand_over_sheet.layout(run.language))


def _unsaved(book: Book) -> frozenset[str]:
    """Numbers of the customers for whom something is typed on Today's Calls that is not saved."""
    names = {name.casefold() for name in both("calls_sheet")}
    sheet = next((name for name in book.sheet_names() if name.casefold() in names), None)
    if sheet is None:
        return frozenset()
    typed = typed_calls.typed_rows(book.read(sheet))
    return frozenset(key.partition("/")[0] for each in typed for key in each.keys)

