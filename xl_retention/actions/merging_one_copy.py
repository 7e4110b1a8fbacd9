"""One copy on its way into a workbook: where it comes from, its tables, and what is no table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xl_retention.actions.merged_book import DATA, Incoming, MergedBook
from xl_retention.books.book import Book
from xl_retention.domain.merging import Ancestor, Change, Conflict, Merged, Note, Rows, merge_rows
from xl_retention.domain.merging_pairs import NO_ROW, ROW_ID, WIDE
from xl_retention.errors import BookRefused
from xl_retention.sheets.calls import typed_calls
from xl_retention.sheets.calls.call_sheet import Typed
from xl_retention.sheets.merging.conflicts_sheet import Question, heading_in_words, say_table
from xl_retention.sheets.merging.copies_sheet import MERGED, PACKED, Event
from xl_retention.sheets.merging.merge_rows import Copy, CopyTable, read_copy
from xl_retention.sheets.merging.merged_cells import TableWriter, typed_cell
from xl_retention.sheets.merging.other_sheets import OtherSheets
from xl_retention.sheets.merging.packed_copy import read_packed
from xl_retention.sheets.wording import both, say


@dataclass
class OneCopy:
    """
    One copy on its way in.

    Args:
        book: The workbook that it comes into.
        name: Of its file, as notes name it.
        mine: What its sheets say now.
        incoming: The copy.
        events: What is known of copies, the last first.
        base: What both came from; None where only the copy itself tells.
        base_book: The same as a book.
        now: Local time.
        made: Is told what came of it.
        touched: Sheet and row of each row that says something else now, of this copy and those before it.

    Raises:
        BookRefused: It is masked, and this workbook cannot take the masks off.
    """

    book: Book
    name: str
    mine: Copy
    incoming: Incoming
    events: Sequence[Event]
    base: Copy | None
    base_book: Book | None
    now: dt.datetime
    made: MergedBook
    touched: set[tuple[str, int]]

    def __post_init__(self) -> None:
        self.language = self.mine.language
        self.theirs = self.returned = read_copy(self.incoming.book, self.mine.own)
        self.packed = read_packed(self.incoming.book)
        secrets = {event.copy_id: event.secret for event in self.events if event.what == PACKED}
        secret = secrets.get(self.packed.copy_id, "") if self.packed else ""
        self.ancestors = self._ancestors(secret)
        if self.packed and self.packed.masked:
            if not secret:
                raise BookRefused(
                    f"{self.incoming.name} is masked, and only the workbook that it was packed from can take the masks "
                    "off; merge it there."
                )
            self.theirs = self.packed.unmasked(self.theirs, self.mine, secret)

    def event(self, who: str) -> Event:
        """How this copy is remembered."""
        copy_id = self.packed.copy_id if self.packed else ""
        return Event(self.now, who, MERGED, self.incoming.name, "", copy_id, self.incoming.digest)

    def merge(self) -> None:
        """
        Puts what the copy says into the sheets, and what clashes into questions.

        Raises:
            BookRefused: A row has no place, or the copy keeps customers and cars in another shape.
        """
        self._refuse_other_shape()
        self._tell_where_it_comes_from()
        said_something = False
        lacks = False
        for name, theirs in self.theirs.tables.items():
            mine = self.mine.tables.get(name)
            if mine is None:
                continue
            if not set(mine.rows.fields) & set(theirs.rows.fields):
                continue  # a small sheet in the other language
            merged = self._merged(name, mine, theirs)
            said_something |= bool(merged.added or merged.changes or merged.conflicts or merged.removed)
            lacks |= name in DATA and len(theirs.rows) < len(mine.rows)
            self._take_in(mine, theirs, merged)
        others = OtherSheets(self.book, self.incoming.book, self.base_book, self.mine, self.theirs, self.incoming.label)
        told = list(others.merge())
        self.made.added += others.added
        self.made.questions += [*told, *self._unsaved_calls()]
        said_something |= bool(told)
        for name, table in self.mine.tables.items():
            if name in DATA and name not in self.theirs.tables and len(table.rows):
                self._notice("merge_sheet_missing", table=self._table_name(name))
        if not said_something and lacks:
            self._notice("merge_older")

    # --- where it comes from ---------------------------------------------------------------------------------

    def _ancestors(self, secret: str) -> Mapping[str, Ancestor]:
        if self.base is not None:
            return {name: Ancestor(table.rows) for name, table in self.base.tables.items()}
        return self.packed.ancestors(secret, self.theirs) if self.packed else {}

    def _refuse_other_shape(self) -> None:
        shapes = {name for name in (WIDE, "customer") if name in self.mine.tables}
        theirs = {name for name in (WIDE, "customer") if name in self.theirs.tables}
        if shapes and theirs and shapes != theirs:
            raise BookRefused(
                f"{self.incoming.name} keeps customers and cars on other sheets than this workbook does (on one, or "
                "on two); bring both into one shape and try again."
            )

    def _tell_where_it_comes_from(self) -> None:
        digest = self.incoming.digest
        before = next((e for e in self.events if e.what == MERGED and digest and e.digest == digest), None)
        if before:
            self._notice("merge_again", when=f"{before.when:%Y-%m-%d %H:%M}")
        if self.packed is not None and self.base is None:
            sent = {event.copy_id: event.when for event in self.events if event.what == PACKED}
            back = [sent[e.copy_id] for e in self.events if e.what == MERGED and e.copy_id in sent]
            if sent and self.packed.copy_id not in sent:
                self._notice("merge_other_pack")
            elif back and sent and max(back) > sent[self.packed.copy_id]:
                self._notice("merge_older_pack", when=f"{max(back):%Y-%m-%d %H:%M}")
        for name in (WIDE, "customer"):
            if name in self.mine.tables and name in self.theirs.tables and self._is_foreign(name):
                self._notice("merge_foreign")
        if not self.ancestors:
            self._notice("merge_no_ancestor")

    def _is_foreign(self, name: str) -> bool:
        ours, others = self.mine.tables[name].rows, self.theirs.tables[name].rows
        if not (len(ours) and len(others)):
            return False
        return not any(
            set(ours.column(key).texts.tolist()) & set(others.column(key).texts.tolist()) - {""}
            for key in ("customer_id", "mobile", "vehicle.vin")
        )

    def _notice(self, key: str, **values: object) -> None:
        self.made.notices.append(say(key, self.language, name=self.incoming.name, **values))

    def _table_name(self, table: str) -> str:
        return say_table(Question("", table, "", "", None, None, None, "", ""), self.language)

    # --- tables ----------------------------------------------------------------------------------------------

    def _merged(self, name: str, mine: CopyTable, theirs: CopyTable) -> Merged:
        ancestor = self.ancestors.get(name)
        dropped = ancestor.dropped if ancestor else frozenset()
        for column, said in mine.rows.fields.items():
            if column not in theirs.rows.fields and column not in dropped and said.those(bool).any():
                heading = heading_in_words(name, column, self.language)
                self._notice("merge_column_missing", field=heading, table=self._table_name(name))
        return merge_rows(
            mine.rows,
            theirs.rows,
            ancestor,
            my_note=Note(self.name.rsplit(".", 1)[0], ""),
            their_note=Note(self.incoming.label, self.incoming.day),
        )

    def _take_in(self, mine: CopyTable, theirs: CopyTable, merged: Merged) -> None:
        table = mine.rows.table
        headings = {name: head for sheet in theirs.sheets for name, head in sheet.headings.items() if head}
        writer = TableWriter(self.book, mine, headings)
        by_row: dict[int, list[Change]] = {}
        written: set[int] = set()
        for change in merged.changes:
            by_row.setdefault(change.row, []).append(change)
        for row, changes in by_row.items():
            cells = {change.field: self._cell(theirs, table, change) for change in changes}
            if writer.change(row, cells, {change.field: change.text for change in changes}):
                written.add(row)
        writer.remove(merged.removed)
        writer.add([self._new_row(theirs, table, row) for row in merged.added])
        self._count(mine, merged, written)
        for name in sorted(writer.computed):
            self._notice("merge_computed", field=heading_in_words(table, name, self.language))
        for refused in (each for each in writer.refused if each.field not in writer.computed):
            here = mine.rows.text(refused.row, refused.field)
            self.made.questions.append(
                Question("formula_kept", table, mine.rows.name_of(refused.row), refused.field, None, here, refused.text,
                         self.incoming.label, "mine", found_by(mine.rows, refused.row))
            )  # fmt: skip
        self.made.questions.extend(self._question(conflict, mine, theirs) for conflict in merged.conflicts)

    def _count(self, mine: CopyTable, merged: Merged, changed: set[int]) -> None:
        def place(row: int) -> tuple[str, int]:
            sheet = mine.sheets[int(mine.sheet_of[row])].match.sheet
            return sheet, int(mine.row_of[row])

        if mine.rows.table not in DATA:
            return
        gone = {place(row) for row in merged.removed}
        self.touched |= {place(row) for row in changed}
        self.touched -= gone
        self.made.added += len(merged.added)
        self.made.removed += len(gone)

    def _cell(self, theirs: CopyTable, table: str, change: Change) -> object:
        """As they typed it; what was made out of both as a clerk would type it here."""
        if change.theirs_row == NO_ROW or self._was_masked(table, change.theirs_row, change.field):
            return typed_cell(table, change.field, change.text, self.language)
        return theirs.cell(change.theirs_row, change.field)

    def _new_row(self, theirs: CopyTable, table: str, row: int) -> dict[str, object]:
        found = {}
        for name, text in theirs.rows.row(row).items():
            masked = self._was_masked(table, row, name)
            found[name] = typed_cell(table, name, text, self.language) if masked else theirs.cell(row, name)
        return found

    def _was_masked(self, table: str, row: int, name: str) -> bool:
        """Whether a cell of the copy stands for something else than it shows."""
        return self.returned.tables[table].rows.text(row, name) != self.theirs.tables[table].rows.text(row, name)

    def _question(self, conflict: Conflict, mine: CopyTable, theirs: CopyTable) -> Question:
        whole_row = conflict.field == "" or conflict.kind.name == "ONE_NUMBER"
        return Question(
            conflict.kind.value,
            conflict.table,
            conflict.key,
            conflict.field,
            conflict.base,
            conflict.mine,
            conflict.theirs,
            self.incoming.label,
            conflict.stands,
            {} if conflict.mine_row == NO_ROW else found_by(mine.rows, conflict.mine_row),
            theirs.rows.row(conflict.theirs_row) if whole_row and conflict.theirs_row != NO_ROW else {},
            mine.rows.row(conflict.mine_row) if whole_row and conflict.mine_row != NO_ROW else {},
        )

    # --- what is not a table ---------------------------------------------------------------------------------

    def _unsaved_calls(self) -> list[Question]:
        """Outcomes typed into the copy's list of calls, which are not in its contact log yet."""
        names = {name.casefold() for name in both("calls_sheet")}
        sheet = next((name for name in self.incoming.book.sheet_names() if name.casefold() in names), None)
        if sheet is None:
            return []
        here = next((name for name in self.book.sheet_names() if name.casefold() in names), None)
        known = {_said(typed) for typed in typed_calls.typed_rows(self.book.read(here))} if here else set()
        return [
            Question("not_saved_calls", "contact_log", ";".join(typed.keys), "", None, None, said, self.incoming.label,
                     "mine")
            for typed in typed_calls.typed_rows(self.incoming.book.read(sheet))
            if (said := _said(typed)) not in known
        ]  # fmt: skip


def _said(typed: Typed) -> str:
    return "; ".join([*typed.keys, *(f"{name}: {cell}" for name, cell in typed.inputs.items())])


def found_by(rows: Rows, row: int) -> dict[str, str]:
    """The fields of a row by which it is found again."""
    names = {name for step in rows.ladder for name in step} | ({ROW_ID} & set(rows.fields))
    known = {name: text for name in rows.fields if name in names and (text := rows.text(row, name))}
    return known or rows.row(row)
