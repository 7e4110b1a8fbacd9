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

    Attributes:
        by_text: Row by text.
    """

    def __init__(self, *columns: tuple[Table, str]) -> None:
        texts: Texts = np.concatenate([table.texts(name) for table, name in columns])
        rows = range(len(texts) - 1, -1, -1)
        self.by_text: dict[str, int] = dict(zip(texts[::-1].tolist(), rows, strict=True))  # the first is written last
        self.by_text.pop("", None)
        self._coded = [table.coded[name] for table, name in columns if name in table.coded]

    def of(self, table: Table, name: str) -> Places:
        """The row for each text of a column; NOT_THERE for a blank and for a text that is in none."""
        if name in table.coded:
            column = table.coded[name]
            return self._of_different(column)[column.code]
        if name in table.columns:
            return numbers_of(table.texts(name), self.by_text)
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
        found[rest] = numbers_of(column.different[rest], self.by_text)
        return found

    @cached_property
    def _listed(self) -> Origin | None:
        """Origin of the first column that has one."""
        return next((column.origin for column in self._coded if column.origin is not None), None)

    @cached_property
    def _row_of_origin(self) -> Places:
        """Row of each text by its place in the list that it was taken from; the last entry is NOT_THERE."""
        known = [
            (column.origin.place, numbers_of(column.different, self.by_text))
            for column in self._coded
            if column.origin is not None and self._listed is not None and column.origin.texts is self._listed.texts
        ]
        row_of = np.full(max(int(place.max(initial=-1)) for place, _ in known) + 2, NOT_THERE, np.int64)
        for place, row in known:
            row_of[place] = row
        row_of[-1] = NOT_THERE  # where texts stand that are not of the list
        return row_of
