"""The sheet Segments: how many rows and how much money each label holds, and filters that the store saves (DOM 4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.domain.classes.combination import Condition, customers_with
from xl_retention.domain.classes.ratio_check import ratio_check
from xl_retention.domain.classes.scheme import UNKNOWN, Classified, Scheme, Subject
from xl_retention.domain.classes.schemes import BY_KEY, SCHEMES
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Numbers
from xl_retention.sheets.classes import segments_charts
from xl_retention.sheets.small_tables import is_blank, small_rows
from xl_retention.sheets.wording import both, say

HEADING_ROW = segments_charts.TOP_ROW + segments_charts.ROWS + 1
COLUMNS: dict[str, tuple[float, Look]] = {
    "scheme": (20, "text"), "label": (26, "text"), "count": (9, "integer"), "share": (9, "percent"),
    "amount_12_months": (15, "decimal"), "amount_share": (11, "percent"), "action_wanted": (46, "wrapped"),
    "gap": (3, "text"),
    "filter_name": (20, "input"), "filter_labels": (46, "input"), "members": (16, "integer"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS if name != "gap"}
CHARTS_LEFT = len(COLUMNS) + 1
"""Column (from 0) of the names that the charts read, right of everything; a gap stands before it."""
_NO_HEADINGS = [(HEADING_ROW - 1, len(COLUMNS) + place) for place in range(len(segments_charts.COLUMNS))]
_NEEDED = ("scheme", "label", "filter_name", "filter_labels")

PARETO_SHARE = 0.2
"""The part of the customers whose share of the money is told: the rule of 20 and 80."""

_FILTERED = tuple(scheme for scheme in SCHEMES if scheme.subject in (Subject.CAR, Subject.CUSTOMER))
_BETWEEN_CONDITIONS, _BETWEEN_WORDS = re.compile(r"[;\n]"), re.compile(r"[,、|]")


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    return SheetLayout(
        (*(ColumnLayout(width, look) for width, look in COLUMNS.values()), *segments_charts.COLUMNS),
        heading_row=HEADING_ROW,
        title_looks=("title", "note", "note", "note"),
        printed_columns=len(COLUMNS),
        looks={**dict.fromkeys(_NO_HEADINGS), **segments_charts.looks(CHARTS_LEFT)},
        charts=segments_charts.charts(language, CHARTS_LEFT),
        filter=False,  # two tables stand side by side, and sorting one would mix up the other
        frozen_rows=False,  # the charts would never leave the window
        tab_colour="2E75B6",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_segments(cells)


def is_segments(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of the sheet, filled or not."""
    return any(
        {str(cell).strip() for cell in row} >= {HEADINGS[name][place] for name in _NEEDED}
        for row in cells[:HEADING_ROW]
        for place in (0, 1)
    )


@dataclass(frozen=True)
class SavedFilter:
    """A combination of labels under a name, as `High value, lost` and `value_tier=High value; loyalty=lost`."""

    name: str
    labels: str


def saved_filters(cells: Sequence[Sequence[object]]) -> list[SavedFilter]:
    """What the store typed on the sheet."""
    if not is_segments(cells):
        return []
    rows = small_rows(cells, HEADINGS, _NEEDED)
    typed = (SavedFilter(row.text("filter_name"), row.text("filter_labels")) for row in rows)
    return [each for each in typed if each.name or each.labels]


def conditions_of(labels: str) -> list[Condition]:
    """
    The conditions of a filter; schemes and labels may be named in either language.

    Raises:
        ValueError: With the part that is not understood.
    """
    return [_condition(part) for part in _BETWEEN_CONDITIONS.split(_plain(labels)) if part.strip()]


def _condition(part: str) -> Condition:
    name, equals, words = part.partition("=")
    named = (each for each in _FILTERED if _plain(name) in map(_plain, (each.key, each.english, each.chinese)))
    scheme = next(named, None)
    if not equals or scheme is None:
        raise ValueError(part.strip())
    return Condition(scheme, frozenset(_word(scheme, word) for word in _BETWEEN_WORDS.split(words) if word.strip()))


def _word(scheme: Scheme, text: str) -> str:
    """The label that is meant; of a scheme whose words are the store's own the text as it is typed."""
    for label in scheme.labels:
        if _plain(text) in map(_plain, (label.word, label.name("en"), label.name("zh"))):
            return label.word
    if scheme.labels:
        raise ValueError(text.strip())
    return text.strip()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def members(labels: str, situation: Situation) -> Flags:
    """
    Which customers a saved filter holds; none for one that says nothing.

    Raises:
        ValueError: With the part that is not understood.
    """
    conditions = conditions_of(labels)
    if not conditions:
        return np.zeros(situation.identities.customer_count, np.bool_)
    return customers_with(conditions, situation)


def lay_out(situation: Situation, filters: Sequence[SavedFilter], language: str) -> list[list[object]]:
    """The cells of the sheet: title, pareto check, tiers against their targets, headings, labels and filters."""
    left = list(_labels(situation, language))
    right = [[each.name, each.labels, _count(each, situation, language)] for each in filters]
    height = max(len(left), len(right))
    left += [[None] * len(_LEFT)] * (height - len(left))
    right += [[None] * len(_RIGHT)] * (height - len(right))
    title = say("segments_title", language, day=situation.date.isoformat())
    body = [[*a, None, *b] for a, b in zip(left, right, strict=True)]
    head = _head(title, _pareto(situation, language), _ratios(situation, language), language)
    return _beside([*head, *body], segments_charts.cells(situation, language))


def empty(language: str) -> list[list[object]]:
    """The sheet before the first run."""
    head = _head(say("segments_sheet", language), say("segments_empty", language), "", language)
    return _beside(head, segments_charts.headings(language))


def _beside(rows: list[list[object]], cells: Mapping[int, list[object]]) -> list[list[object]]:
    """The rows with what the charts read right of them; below the last row there may be more of that."""
    rows = [*rows, *([] for _ in range(max(cells) + 1 - len(rows)))]
    return [
        [*row, *[None] * (CHARTS_LEFT - len(row)), *cells[number]] if number in cells else row
        for number, row in enumerate(rows)
    ]


_LEFT = tuple(COLUMNS)[: tuple(COLUMNS).index("gap")]
_RIGHT = tuple(COLUMNS)[tuple(COLUMNS).index("gap") + 1 :]


def _head(title: str, first_note: str, second_note: str, language: str) -> list[list[object]]:
    headings: list[object] = [None if name == "gap" else say(name, language) for name in COLUMNS]
    under_charts: list[list[object]] = [[] for _ in range(segments_charts.ROWS)]
    return [[title], [first_note], [second_note], [say("filters_note", language)], *under_charts, headings]


def _count(saved: SavedFilter, situation: Situation, language: str) -> object:
    try:
        return int(members(saved.labels, situation).sum())
    except ValueError as error:
        return say("filter_unknown", language, text=error)


def _labels(situation: Situation, language: str) -> Iterator[list[object]]:
    for scheme in SCHEMES:
        found = scheme.of(situation)
        carried = {label.word: _carries(scheme, found, label.word) for label in scheme.labels}
        if not any(flags.any() for word, flags in carried.items() if word != UNKNOWN):
            continue
        amounts = _amounts(scheme.subject, situation)
        spoken_of = len(found) if scheme.several else int(sum(flags.sum() for flags in carried.values()))
        total = 0.0 if amounts is None else float(amounts.sum())
        for word, flags in carried.items():
            if flags.any():
                amount = None if amounts is None else float(amounts[flags].sum())
                yield [
                    scheme.heading(language),
                    scheme.name(word, language),
                    int(flags.sum()),
                    float(flags.sum() / spoken_of),
                    amount,
                    amount / total if amount is not None and total else None,
                    scheme.action(word, language),
                ]


def _carries(scheme: Scheme, found: Classified, word: str) -> Flags:
    if scheme.several:
        return np.array([word in labels for labels in found.labels], np.bool_)
    return np.asarray(found.labels == word, np.bool_)


def _amounts(subject: Subject, situation: Situation) -> Numbers | None:
    """What was paid for each row of a subject in the last 12 months; None where nothing is known of it."""
    if subject is Subject.ACCOUNT:
        return np.nan_to_num(situation.store["key_account"].numbers("amount"))
    if subject is Subject.PROSPECT or not situation.store["service_visit"].present:
        return None
    spent = situation.spending.amount
    if subject is Subject.CAR:
        return spent
    return _of_customers(situation)


def _of_customers(situation: Situation) -> Numbers:
    spent = situation.spending.amount
    owner = situation.identities.owner[: len(spent)]
    owned = owner >= 0
    sums = np.bincount(owner[owned], spent[owned], situation.identities.customer_count)
    return np.asarray(sums, np.float64)


def _pareto(situation: Situation, language: str) -> str:
    if not situation.store["service_visit"].present:
        return say("pareto_none", language)
    amounts = np.sort(_of_customers(situation))[::-1]
    total = float(amounts.sum())
    if not total:
        return say("pareto_none", language)
    best = int(np.ceil(len(amounts) * PARETO_SHARE))
    share = float(amounts[:best].sum()) / total
    return say("pareto", language, count=best, part=f"{PARETO_SHARE:.0%}", share=f"{share:.1%}")


def _ratios(situation: Situation, language: str) -> str:
    """Tiers beside their targets."""
    scheme = BY_KEY["value_tier"]
    checked = ratio_check(scheme.of(situation).labels, situation.parameters)
    if any(tier.share is None for tier in checked):
        return ""
    parts = (
        say("ratio_part", language, label=scheme.name(tier.value_tier, language), share=f"{tier.share:.1%}",
            target=f"{tier.target:.0%}")
        for tier in checked
    )  # fmt: skip
    between = "；" if language == "zh" else "; "
    return say("ratios", language) + between.join(parts)
