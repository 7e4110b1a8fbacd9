"""Which column of a heading row is which field, and which headings remain to be asked about (DOM 2.14, 2.16)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from xl_retention.domain.schema import Meaning
from xl_retention.domain.words import canonical
from xl_retention.sheets.headers.giving_way import gives_way
from xl_retention.sheets.headers.lookup import (
    AMBIGUOUS_BY_SPELLING,
    Certainty,
    OwnMapping,
    ambiguous_heading,
    known_heading,
    mapped_heading,
    worded_heading,
)
from xl_retention.sheets.headers.match import ColumnMatch, Question, Samples, SheetMatch, Target
from xl_retention.sheets.headers.scope import WIDE, Scope
from xl_retention.sheets.headers.spelling import clean_heading


class Columns:
    """Gives every heading of a row its field, asks about it, or leaves it unmatched."""

    def __init__(
        self, scope: Scope, named: str, samples: Samples | None, mapping: OwnMapping, match: SheetMatch
    ) -> None:
        self._scope = scope
        self._named = named
        self._samples = samples
        self._mapping = mapping
        self._match = match
        self._left_over: list[ColumnMatch] = []

    def settle(self, headings: Sequence[ColumnMatch]) -> None:
        """Plain headings first, the better match before the others; then mapped, giving way, ambiguous ones."""
        plain: list[tuple[Certainty, ColumnMatch, Target]] = []
        broad: list[tuple[int, ColumnMatch, Target]] = []
        others: list[ColumnMatch] = []
        for column in headings:
            known = known_heading(self._scope, column.heading)
            if known and gives_way(known.target, column.heading):
                broad.append((known.certainty, column, known.target))
            elif known and not self._may_mean_several(column.heading):
                plain.append((known.certainty, column, known.target))
            else:
                others.append(column)
        awaited = {self._scope.accepts(target) for *_, target in broad}
        losers = [
            column
            for _, column, target in sorted(plain)
            if (target in awaited and self._is_mapped_elsewhere(column, target)) or not self._claim(target, column)
        ]
        rest: list[ColumnMatch] = []
        for column in sorted((*losers, *others)):
            target = mapped_heading(self._scope, column.heading, self._mapping)
            if target is None or target in awaited or not self._claim(target, column):
                rest.append(column)
        ambiguous: list[tuple[int, int, int, ColumnMatch]] = []
        for column in rest:
            meaning = None if column in losers else self._meaning(column.heading)
            if meaning is None and column not in losers:
                target = worded_heading(self._scope, column.heading)
                if target is not None and gives_way(target, column.heading):
                    broad.append((len(Certainty), column, target))
                    continue
                if target is not None and self._claim(target, column):
                    continue
            if meaning is None:
                self._left_over.append(column)
            else:
                # 回访日期 names a field of this table and goes before 日期, which only may be one.
                known = known_heading(self._scope, column.heading)
                vague = len(Certainty) if known is None else known.certainty
                ambiguous.append((meaning.ask, vague, len(meaning.fields), column))
        settled = [column for *_, column in sorted(ambiguous) if self._is_settled_by_sheet(column.heading)]
        for column in settled:
            self._settle_ambiguous(column)
        for _, column, target in sorted(broad):
            if not self._claim(target, column) and not self._claim_mapped(column):
                self._left_over.append(column)
        for *_, column in sorted(ambiguous):
            if column not in settled:
                self._settle_ambiguous(column)
        self._match.unmatched.extend(column.heading for column in sorted(self._left_over))
        self._match.questions.sort(key=lambda question: question.place)

    def _claim_mapped(self, column: ColumnMatch) -> bool:
        target = mapped_heading(self._scope, column.heading, self._mapping)
        return target is not None and self._claim(target, column)

    def _is_mapped_elsewhere(self, column: ColumnMatch, target: Target) -> bool:
        """Whether the store said that a heading is not the field that it names, and another column is."""
        return mapped_heading(self._scope, column.heading, self._mapping) not in (None, target)

    def _claim(self, target: Target, column: ColumnMatch) -> bool:
        accepted = self._scope.accepts(target)
        if accepted is None or accepted in self._match.columns:
            return False
        self._match.columns[accepted] = column
        return True

    def _is_settled_by_sheet(self, heading: str) -> bool:
        """Whether a heading of several tables names one field of this one (客户编号)."""
        meaning = self._meaning(heading)
        known = known_heading(self._scope, heading)
        return meaning is not None and not meaning.ask and known is not None and meaning.fields == (known.target,)

    def _may_mean_several(self, heading: str) -> bool:
        row = AMBIGUOUS_BY_SPELLING.get(clean_heading(heading))  # a heading that we know needs no other words
        return row is not None and any(name in row.meanings for name in self._kinds_of_sheet())

    def _kinds_of_sheet(self) -> tuple[str, ...]:
        """Keys of `AmbiguousHeading.meanings` that apply here, the first that is there counting."""
        if self._scope is not WIDE:
            return (self._scope.entity.name,)
        if self._named == "vehicle":
            return ("vehicle", "wide")
        return ("wide",) if self._match.is_wide else ("customer",)

    def _meaning(self, heading: str) -> Meaning | None:
        row = ambiguous_heading(heading)
        if row is None:
            return None
        return next((row.meanings[name] for name in self._kinds_of_sheet() if name in row.meanings), None)

    def _settle_ambiguous(self, column: ColumnMatch) -> None:
        meaning = self._meaning(column.heading)
        if meaning is None:
            self._left_over.append(column)
            return
        targets = [target for each in meaning.fields if (target := self._scope.accepts(each)) is not None]
        row = ambiguous_heading(column.heading)
        if row is not None and row.by_content:
            targets = targets[1:] if self._holds_numbers(column) else targets[:1]
        free = [target for target in targets if target not in self._match.columns]
        if free and not meaning.never_take and (len(free) == 1 or not meaning.ask):
            self._claim(free[0], column)
        elif not free and self._is_second_column(column):
            self._left_over.append(column)
        else:
            candidates = tuple(free or targets)
            self._match.questions.append(Question(column.heading, candidates, column.place))

    def _is_second_column(self, column: ColumnMatch) -> bool:
        """Whether the heading names a field that another column has, and so asks nothing."""
        return known_heading(self._scope, column.heading) is not None

    def _holds_numbers(self, column: ColumnMatch) -> bool:
        """Whether a column of answers holds marks and not words; one word of the scale makes it words."""
        cells = [] if self._samples is None else self._samples(column.place)
        texts = [str(cell).strip() for cell in cells if cell is not None and not isinstance(cell, bool)]
        if any(canonical("satisfaction_level", text) for text in texts):
            return False
        return any(_is_number(text) for text in texts)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(\.\d+)?分?", unicodedata.normalize("NFKC", text)))
