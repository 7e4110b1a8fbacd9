"""
Two copies of a table become one, and nothing that somebody typed is lost: it is in the result, or a conflict.

With an ancestor each cell has what one side changed; without one, each has what only one side says. What both
changed is settled by the meaning of the field (`domain.merging_fields`), else a person is asked: until then the
result has what *mine* says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt

from xl_retention.domain.coded import Coded
from xl_retention.domain.merging_fields import LOGS, NOBODY, STAMPS, Meaning, Note, Sides, is_counted, meaning_of
from xl_retention.domain.merging_pairs import NO_ROW, ROW_ID, WIDE, Comparison, Places, Rows, alike_numbered
from xl_retention.domain.merging_results import Change, Clash, Conflict, Merged, in_words
from xl_retention.domain.merging_since import became

Flags = npt.NDArray[np.bool_]

DIFFERENT_THINGS: Mapping[str, tuple[str, ...]] = {
    # Two rows under one number are two things if these fields differ where both are filled, and none is alike.
    "customer": ("customer_name", "mobile", "id_number"),
    WIDE: ("customer_name", "mobile", "id_number"),
    "prospect": ("name", "mobile"),
    "key_account": ("name",),
    "service_visit": ("vin", "plate_no", "visit_date"),
    "booking": ("vin", "plate_no", "customer_id", "appointment_at"),
    "complaint": ("customer_id", "vin", "mobile", "received_at"),
    "staff": ("name",),
}
DIFFERENT_EVENTS: Mapping[str, tuple[str, ...]] = {"contact_log": ("customer_id", "contact_at", "vin")}
"""The same for logs: two entries are two as soon as one of these fields differs; both stay."""
PEOPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    # By table the number of a person, and what is alike if two numbers are one person (DOM 2.14).
    "customer": ("customer_id", ("mobile", "customer_name")),
    WIDE: ("customer_id", ("mobile", "customer_name")),
    "prospect": ("prospect_no", ("mobile", "name")),
}


@dataclass(frozen=True)
class Ancestor:
    """
    What both copies came from.

    Args:
        rows: Its rows; their texts are sealed if *seal* is given.
        seal: Turns a text of a field into what stands for it in *rows*; None where they are plain texts. What is
            counted (`is_counted`) is plain in any case.
        dropped: Fields that were left out of the copy; it says nothing about them.
        sent: The same rows as the copy left with them, masked and sealed; None for a copy without masks.
        returned: The copy as it came back, its masks still on.
        is_masked: Whether a text holds a mask, which may not take the place of what it stands for.
    """

    rows: Rows
    seal: Callable[[str, str], str] | None = None
    dropped: frozenset[str] = frozenset()
    sent: Rows | None = None
    returned: Rows | None = None
    is_masked: Callable[[str], bool] | None = None

    def sealed(self, rows: Rows) -> Rows:
        """Rows as they compare with those of the ancestor; row numbers are never sealed."""
        return rows if self.seal is None else rows.renamed(self.seal)


def merge_rows(
    mine: Rows,
    theirs: Rows,
    ancestor: Ancestor | None = None,
    *,
    my_note: Note = NOBODY,
    their_note: Note = NOBODY,
) -> Merged:
    """
    Merges one table of a copy into mine.

    Args:
        mine: The table here.
        theirs: The same table in the copy; rows and columns may stand in any order.
        ancestor: What both came from; None where nobody knows.
        my_note: Who wrote the notes here that are new.
        their_note: Who wrote those of the copy.
    """
    return _Merging(mine, theirs, ancestor, my_note, their_note).merged()


@dataclass
class _Merging:
    mine: Rows
    theirs: Rows
    ancestor: Ancestor | None
    my_note: Note
    their_note: Note
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._direct = Comparison(self.mine, self.theirs)
        self._base_of_mine = np.full(len(self.mine), NO_ROW, np.int64)
        self._base_of_theirs = np.full(len(self.theirs), NO_ROW, np.int64)
        if self.ancestor:
            self._with_mine = Comparison(self.ancestor.rows, self.ancestor.sealed(self.mine))
            self._with_theirs = Comparison(self.ancestor.rows, self.ancestor.sealed(self.theirs))
            self._base_of_mine = became(self._with_mine)
            self._base_of_theirs = became(self._with_theirs)
            self._believe_numbers()
            self._since_sent = self._with_theirs
            if self.ancestor.sent and self.ancestor.returned:
                self._since_sent = Comparison(self.ancestor.sent, self.ancestor.sealed(self.ancestor.returned))
        self._mine_of = self._paired()

    def merged(self) -> Merged:
        pairs = np.flatnonzero(self._mine_of != NO_ROW)
        held = self._two_things(pairs)
        pairs = pairs[~np.isin(pairs, held)]
        mine = self._mine_of[pairs]
        self._cells(mine, pairs)
        removed = self._deleted_by_them()
        added = self._new_rows(held)
        only_theirs = self._new_columns()
        self._one_person(added)
        touched = len({change.row for change in self.changes} - set(removed.tolist()))
        return Merged(
            partial(self._result, removed, added, only_theirs),
            tuple(self.changes),
            tuple(added.tolist()),
            tuple(removed.tolist()),
            tuple(self.conflicts),
            len(self.mine) - len(removed) - touched,
            tuple(only_theirs),
        )

    # --- which row is which ----------------------------------------------------------------------------------

    def _believe_numbers(self) -> None:
        """A row that looks like one of the ancestor under a new number is another, if that number stands there too."""
        mine, theirs = self._direct.of_one_number
        apart = self._base_of_mine[mine] != self._base_of_theirs[theirs]
        for base_of, rows, pairs in (
            (self._base_of_mine, mine[apart], self._with_mine.pairs),
            (self._base_of_theirs, theirs[apart], self._with_theirs.pairs),
        ):
            base_of[rows[pairs[rows] == NO_ROW]] = NO_ROW

    def _paired(self) -> Places:
        """For each row of theirs the row of mine: through the ancestor, else by what both say."""
        if self.ancestor is None:
            return self._direct.pairs
        mine_of_base = np.full(len(self.ancestor.rows) + 1, NO_ROW, np.int64)
        known = np.flatnonzero(self._base_of_mine != NO_ROW)
        mine_of_base[self._base_of_mine[known]] = known
        found = mine_of_base[self._base_of_theirs]  # NO_ROW is the last place
        new_mine = np.flatnonzero(self._base_of_mine == NO_ROW)
        new_theirs = np.flatnonzero(self._base_of_theirs == NO_ROW)
        among_new = Comparison(self.mine.taken(new_mine), self.theirs.taken(new_theirs)).pairs
        both = among_new != NO_ROW
        found[new_theirs[both]] = new_mine[among_new[both]]
        return found

    def _two_things(self, pairs: Places) -> Places:
        """Rows of theirs that bear the number of another thing of mine; they wait for an answer."""
        is_log = self.mine.table in DIFFERENT_EVENTS
        fields = (DIFFERENT_EVENTS if is_log else DIFFERENT_THINGS).get(self.mine.table, ())
        names = [name for name in fields if name in self._direct.numbers]
        names = [name for name in names if self.ancestor is None or name not in self.ancestor.dropped]
        new: Places = pairs[self._base_of_theirs[pairs] == NO_ROW]
        if not (names and len(new)):
            return np.empty(0, np.int64)
        alike, differ = np.zeros(len(new), np.bool_), np.zeros(len(new), np.bool_)
        for name in names:
            one, other = self._direct.numbers[name]
            mine, theirs = one[self._mine_of[new]], other[new]
            filled = (mine != 0) & (theirs != 0)
            alike |= filled & (mine == theirs)
            differ |= filled & (mine != theirs)
        held: Places = new[differ if is_log else differ & ~alike]
        for row in held.tolist():
            if not is_log:
                self._ask_row(Clash.ONE_NUMBER, int(self._mine_of[row]), row, self.mine.ladder[0][0])
        return held

    # --- cells -----------------------------------------------------------------------------------------------

    def _cells(self, mine: Places, theirs: Places) -> None:
        """The cells of rows that both have."""
        base = self._base_of_theirs[theirs]
        base = np.where(base == self._base_of_mine[mine], base, NO_ROW)
        stamped = self._stamps(mine, theirs)
        for name, (one, other) in self._direct.numbers.items():
            if name == ROW_ID or (self.ancestor and name in self.ancestor.dropped):
                continue
            mine_says, theirs_say = one[mine], other[theirs]
            differs = np.flatnonzero(mine_says != theirs_say)
            if not len(differs):
                continue
            known = self._changed(name, mine[differs], theirs[differs], base[differs])
            has_base, by_me, by_them = known
            blank_here, blank_there = mine_says[differs] == 0, theirs_say[differs] == 0
            take = np.where(has_base, by_them & ~by_me, blank_here)
            both = np.where(has_base, by_them & by_me, ~blank_here & ~blank_there)
            masked = by_them & self._masked(name)[theirs[differs]]
            take, both = take & ~masked, both | masked
            for place in differs[take].tolist():
                self._take(name, int(mine[place]), int(theirs[place]))
            self._both(name, differs[both & ~masked], mine, theirs, base, stamped, meaning_of(self.mine.table, name))
            self._both(name, differs[masked], mine, theirs, base, stamped, None)

    def _changed(self, name: str, mine: Places, theirs: Places, base: Places) -> tuple[Flags, Flags, Flags]:
        """Of each cell whether the ancestor is known, and which side differs from it."""
        none = np.zeros(len(mine), np.bool_)
        if self.ancestor is None or name not in self._with_mine.numbers or name not in self._since_sent.numbers:
            return none, none, none
        has_base = base != NO_ROW
        before, now = self._with_mine.numbers[name]
        before_too, there = self._since_sent.numbers[name]
        # NO_ROW is the place behind the last row, which an ancestor without rows lacks.
        by_me = has_base & (np.append(before, 0)[base] != now[mine])
        by_them = has_base & (np.append(before_too, 0)[base] != there[theirs])
        return has_base, by_me, by_them

    def _masked(self, name: str) -> Flags:
        """Cells of the copy that hold a mask of which nobody here knows what it stands for."""
        if self.ancestor is None or self.ancestor.is_masked is None:
            return np.zeros(len(self.theirs), np.bool_)
        return self.theirs.column(name).those(self.ancestor.is_masked)

    def _stamps(self, mine: Places, theirs: Places) -> Places:
        """Without an ancestor: 1 where their row was worked on later, -1 where mine was, 0 where nobody knows."""
        stamp = STAMPS.get(self.mine.table, "")
        if self.ancestor is not None or stamp not in self._direct.numbers:
            return np.zeros(len(mine), np.int64)
        one, other = self.mine.column(stamp).texts[mine], self.theirs.column(stamp).texts[theirs]
        known = (one != "") & (other != "")
        return np.where(known & (other > one), 1, np.where(known & (one > other), -1, 0)).astype(np.int64)

    def _both(
        self,
        name: str,
        places: Places,
        mine: Places,
        theirs: Places,
        base: Places,
        stamped: Places,
        meaning: Meaning | None,
    ) -> None:
        """Cells for which both sides say something of their own."""
        for place in places.tolist():
            row, other = int(mine[place]), int(theirs[place])
            here, there = self.mine.text(row, name), self.theirs.text(other, name)
            before = self._base_text(int(base[place]), name)
            meant = meaning(Sides(before, here, there, self.my_note, self.their_note)) if meaning else None
            if meant is not None:
                self._settle(name, row, other, here, there, meant)
                continue
            later = int(stamped[place])
            kind = Clash.NEWER_ROW if later else Clash.BOTH_CHANGED
            if later > 0:
                self._take(name, row, other)
            self.conflicts.append(
                Conflict(
                    kind, self.mine.table, self.mine.name_of(row, name), name,
                    before, here or None, there or None, "theirs" if later > 0 else "mine", row, other,
                )
            )  # fmt: skip

    def _settle(self, name: str, row: int, other: int, here: str, there: str, meant: str) -> None:
        if meant == there:
            self._take(name, row, other)
        elif meant != here:
            self.changes.append(Change(row, name, meant))

    def _take(self, name: str, row: int, other: int) -> None:
        self.changes.append(Change(row, name, self.theirs.text(other, name), other))

    def _base_text(self, row: int, name: str) -> str | None:
        """What the ancestor says, None where that cannot be known."""
        if self.ancestor is None or row == NO_ROW:
            return None
        if self.ancestor.seal is not None and not is_counted(self.mine.table, name):
            return None
        return self.ancestor.rows.text(row, name)

    # --- rows ------------------------------------------------------------------------------------------------

    def _deleted_by_them(self) -> Places:
        """Rows of mine that the copy deleted and nobody worked on here."""
        if self.ancestor is None or self.mine.table in LOGS:
            return np.empty(0, np.int64)
        there = np.zeros(len(self.mine), np.bool_)
        there[self._mine_of[self._mine_of != NO_ROW]] = True
        gone = np.flatnonzero((self._base_of_mine != NO_ROW) & ~there)
        edited = self._edited(self._with_mine, gone, self._base_of_mine[gone])
        for row in gone[edited].tolist():
            self._ask_row(Clash.EDITED_AND_DELETED, row, NO_ROW)
        return gone[~edited]

    def _new_rows(self, held: Places) -> Places:
        """Rows of theirs that come in: new ones, and those of logs; a row that I deleted only if they worked on it."""
        new = self._mine_of == NO_ROW
        if self.ancestor is not None and self.mine.table not in LOGS:
            deleted = np.flatnonzero(new & (self._base_of_theirs != NO_ROW))
            edited = self._edited(self._since_sent, deleted, self._base_of_theirs[deleted])
            for row in deleted[edited].tolist():
                self._ask_row(Clash.EDITED_AND_DELETED, NO_ROW, row)
            new[deleted] = False
        if self.mine.table in LOGS:
            new[held] = True
        return np.flatnonzero(new)

    def _edited(self, comparison: Comparison, rows: Places, base: Places) -> Flags:
        """Whether rows say anything else than the ancestor did."""
        edited = np.zeros(len(rows), np.bool_)
        dropped = self.ancestor.dropped if self.ancestor and comparison is self._since_sent else frozenset()
        for name, (before, now) in comparison.numbers.items():
            if name != ROW_ID and name not in dropped:
                edited |= before[base] != now[rows]
        return edited

    def _ask_row(self, kind: Clash, row: int, other: int, name: str = "") -> None:
        known = self._base_of_mine[row] if row != NO_ROW else self._base_of_theirs[other]
        before = None
        if self.ancestor is not None and self.ancestor.seal is None and known != NO_ROW:
            before = in_words(self.ancestor.rows.row(int(known)))
        self.conflicts.append(
            Conflict(
                kind,
                self.mine.table,
                self.mine.name_of(row) if row != NO_ROW else self.theirs.name_of(other),
                name,
                before,
                None if row == NO_ROW else in_words(self.mine.row(row)),
                None if other == NO_ROW else in_words(self.theirs.row(other)),
                "mine",
                row,
                other,
            )
        )

    def _one_person(self, added: Places) -> None:
        """New rows of people who are here already under another number."""
        if self.mine.table not in PEOPLE or not len(added):
            return
        number, names = PEOPLE[self.mine.table]
        if not all(name in self._direct.numbers for name in (number, *names)):
            return
        ours = [self._direct.numbers[name][0] for name in names]
        known: dict[tuple[int, ...], int] = {}
        for row, key in enumerate(zip(*(column.tolist() for column in ours), strict=True)):
            if all(key):
                known.setdefault(key, row)
        theirs = [self._direct.numbers[name][1] for name in names]
        told: set[tuple[str, str]] = set()
        for other in added.tolist():
            row = known.get(tuple(int(column[other]) for column in theirs), NO_ROW)
            if row == NO_ROW:
                continue
            here, there = self.mine.text(row, number), self.theirs.text(other, number)
            if here and there and here != there and (here, there) not in told:
                told.add((here, there))
                self.conflicts.append(
                    Conflict(Clash.ONE_PERSON, self.mine.table, there, number, None, here, there, "both", row, other)
                )

    # --- columns, result -------------------------------------------------------------------------------------

    def _new_columns(self) -> list[str]:
        """Columns that only the copy has and that say something; those that I deleted come back only if changed."""
        found = []
        for name, column in self.theirs.fields.items():
            if name in self.mine.fields or name == ROW_ID or not column.those(bool).any():
                continue
            if self.ancestor and name in self.ancestor.rows.fields and not self._column_changed(name):
                continue
            found.append(name)
            filled = np.flatnonzero(column.those(bool) & (self._mine_of != NO_ROW))
            for other in filled.tolist():
                self._take(name, int(self._mine_of[other]), other)
            first = int(np.flatnonzero(column.those(bool))[0])
            self.conflicts.append(
                Conflict(
                    Clash.UNKNOWN_COLUMN, self.mine.table, "", name, None, None, self.theirs.text(first, name), "theirs"
                )
            )
        return found

    def _column_changed(self, name: str) -> bool:
        before, now = self._since_sent.numbers[name]
        known = np.flatnonzero(self._base_of_theirs != NO_ROW)
        new = np.flatnonzero(self._base_of_theirs == NO_ROW)
        return bool((before[self._base_of_theirs[known]] != now[known]).any() or now[new].any())

    def _result(self, removed: Places, added: Places, only_theirs: Sequence[str]) -> Rows:
        kept = np.setdiff1d(np.arange(len(self.mine)), removed)
        by_field: dict[str, list[Change]] = {}
        for change in self.changes:
            by_field.setdefault(change.field, []).append(change)
        fields = {}
        for name in (*self.mine.fields, *only_theirs):
            fields[name] = _stacked(
                self.mine.column(name), by_field.get(name, ()), kept, self.theirs.column(name).where(added)
            )
        return Rows(self.mine.table, fields, len(kept) + len(added), self.mine.key)


def _stacked(mine: Coded, changes: Iterable[Change], kept: Places, added: Coded) -> Coded:
    """A column with its changes, and that of new rows below it."""
    changes = list(changes)
    more = Coded.of(np.array([*(change.text for change in changes), ""], object)[:-1])
    before, made = alike_numbered(mine, more)
    before[[change.row for change in changes]] = made
    different = np.array(list(dict.fromkeys(["", *mine.different.tolist(), *more.different.tolist()])), object)
    top = Coded(before[kept], different)
    if not len(added):
        return top
    first, second = alike_numbered(top, added)
    texts = list(dict.fromkeys(["", *top.different.tolist(), *added.different.tolist()]))
    return Coded(np.concatenate([first, second]), np.array(texts, object))


__all__ = ["Ancestor", "Change", "Clash", "Conflict", "Merged", "Note", "Rows", "in_words", "merge_rows"]
