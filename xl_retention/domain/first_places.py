"""Where a text stands first in some columns: how the rows of one table find those of another."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from xl_retention.domain.coded import Coded, Origin, numbers_of
from xl_retention.domain.store import Places, Table, Texts

NOT_THERE = -1


class FirstPlaces:
    """The first row of each filled text of some columns, the rows counted through from column to column.

    Args:
        columns: Tables and names of their columns.
    """

    def __init__(self, *columns: tuple[Table, str]) -> None:
        self._columns = columns
        self._without_numbers = [
            text for table, name in columns if name not in table.coded for text in table.texts(name).tolist()
        ]
        starts = np.cumsum([0, *(len(table) for table, _ in columns)]).tolist()
        self._coded = [
            (table.coded[name], start)
            for (table, name), start in zip(columns, starts, strict=False)
            if name in table.coded
        ]

    @cached_property
    def by_text(self) -> dict[str, int]:
        """Row by text."""
        texts: Texts = np.concatenate([table.texts(name) for table, name in self._columns])
        rows = range(len(texts) - 1, -1, -1)
        by_text = dict(zip(texts[::-1].tolist(), rows, strict=True))  # the first is written last
        by_text.pop("", None)
        return by_text

    def of(self, table: Table, name: str) -> Places:
        """The row for each text of a column; NOT_THERE for a blank and for a text that is in none."""
        if name in table.columns:
            column = table.words(name)
            return self._of_different(column)[column.code]
        return np.full(len(table), NOT_THERE, np.int64)

    def _of_different(self, column: Coded) -> Places:
        # To look many texts up costs most of all that the rules do; where both columns were taken from one list of
        # texts, their places in it are compared. What is not found so may still be there in another spelling.
        found = np.full(len(column.different), NOT_THERE, np.int64)
        origin = column.origin
        if origin is not None and self._listed is not None and origin.texts is self._listed.texts:
            row_of = self._row_of_origin
            found = row_of[np.where(origin.place < len(row_of), origin.place, -1)]
        rest = np.flatnonzero(found == NOT_THERE)
        texts = column.different[rest]
        there = np.fromiter(map(self._filled.__contains__, texts.tolist()), np.bool_, len(rest))
        if there.any():
            found[rest[there]] = numbers_of(texts[there], self.by_text)
        return found

    @cached_property
    def _filled(self) -> set[str]:
        """The different texts; made in half the time of `by_text`, which is seldom needed."""
        used = [
            column.different[row != NOT_THERE].tolist()
            for (column, _), row in zip(self._coded, self._first_rows, strict=True)
        ]
        filled = {*self._without_numbers}.union(*used)
        filled.discard("")
        return filled

    @cached_property
    def _listed(self) -> Origin | None:
        """Origin of the first column that has one."""
        return next((column.origin for column, _ in self._coded if column.origin is not None), None)

    @cached_property
    def _row_of_origin(self) -> Places:
        """Row of each text by its place in the list that it was taken from; the last entry is NOT_THERE."""
        known = [
            (column.origin.place, row)
            for (column, _), row in zip(self._coded, self._rows_of_different(), strict=True)
            if column.origin is not None and self._listed is not None and column.origin.texts is self._listed.texts
        ]
        row_of = np.full(max(int(place.max(initial=-1)) for place, _ in known) + 2, NOT_THERE, np.int64)
        for place, row in known:
            row_of[place] = row
        row_of[-1] = NOT_THERE  # where texts stand that are not of the list
        return row_of

    @cached_property
    def _first_rows(self) -> list[Places]:
        """For each numbered column the first row of each of its numbers; NOT_THERE for blanks and where none has it."""
        found = []
        for column, start in self._coded:
            row_of = np.full(len(column.different), NOT_THERE, np.int64)
            row_of[column.code[::-1]] = np.arange(start + len(column) - 1, start - 1, -1)  # the first is written last
            row_of[column.different == ""] = NOT_THERE
            found.append(row_of)
        return found

    def _rows_of_different(self) -> list[Places]:
        """For each numbered column the first row of each of its different texts."""
        found = self._first_rows
        numbered = sum(int((row_of != NOT_THERE).sum()) for row_of in found)
        if numbered + len({*self._without_numbers} - {""}) == len(self._filled):
            return found
        # A text stands under two numbers, or also in a column without numbers: its first row has to be looked up.
        return [numbers_of(column.different, self.by_text) for column, _ in self._coded]
