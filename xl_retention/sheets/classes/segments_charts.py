"""The charts of the sheet Segments: tiers beside their targets, loyalty over the last months; and their cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from xl_retention.books.charts import Cells, Chart, Series
from xl_retention.books.layout import ColumnLayout, Look
from xl_retention.domain.classes.loyalty_history import MONTHS, STATES, loyalty_history
from xl_retention.domain.classes.ratio_check import ratio_check
from xl_retention.domain.classes.schemes import BY_KEY
from xl_retention.domain.situation import Situation
from xl_retention.domain.tiers import HIGH, LOW, MIDDLE
from xl_retention.sheets.wording import say

TIERS = (HIGH, MIDDLE, LOW)
WIDTH, HEIGHT, GAP = 470, 250, 8
"""Pixels of a chart, and between both."""
TOP_ROW, ROWS = 4, 14
"""First row (from 0) under the charts, and how many they need; the headings of the sheet lie below."""
TIER_ROW = 34
"""From 0: the headings of the cells that the charts read. Charts of older workbooks read them here, too."""
STATE_ROW = TIER_ROW + len(TIERS) + 2
LAST_ROW = STATE_ROW + MONTHS

COLUMNS = (ColumnLayout(3), ColumnLayout(16), *(ColumnLayout(11, "percent") for _ in STATES))
"""Right of the two tables of the sheet: a gap, then names, then shares."""


def looks(left: int) -> Mapping[tuple[int, int], Look]:
    """Looks of the headings; *left* is the column of the names, from 0."""
    headings = [(TIER_ROW, 3), (STATE_ROW, 1 + len(STATES))]
    return {(row, left + place): "section" for row, count in headings for place in range(count)}


def charts(language: str, left: int) -> tuple[Chart, ...]:
    """Both charts side by side at the left edge; *left* is the column (from 0) of the names that they read."""

    def series(row: int, count: int, place: int) -> Series:
        return Series((row, left + place), Cells(row + 1, left + place, row + count, left + place))

    def names(row: int, count: int) -> Cells:
        return Cells(row + 1, left, row + count, left)

    tiers = tuple(series(TIER_ROW, len(TIERS), place) for place in (1, 2))
    states = tuple(series(STATE_ROW, MONTHS, place) for place in range(1, 1 + len(STATES)))
    return (
        _chart(say("chart_tiers", language), "column", names(TIER_ROW, len(TIERS)), tiers),
        _chart(say("chart_loyalty", language), "line", names(STATE_ROW, MONTHS), states, x_offset=WIDTH + GAP),
    )


_chart = partial(Chart, row=TOP_ROW, column=0, width=WIDTH, height=HEIGHT)


def cells(situation: Situation, language: str) -> Mapping[int, list[object]]:
    """What the charts read, by row from 0; a share of which nothing is known is blank."""
    found = headings(language)
    tiers = ratio_check(BY_KEY["value_tier"].of(situation).labels, situation.parameters)
    for row, tier in enumerate(tiers, TIER_ROW + 1):
        found[row][1:] = [tier.share, tier.target]
    if situation.store.vehicles.present:
        for row, month in enumerate(loyalty_history(situation), STATE_ROW + 1):
            found[row] = [f"{month.day:%Y-%m}", *(month.shares.get(state) for state in STATES)]
    return found


def headings(language: str) -> dict[int, list[object]]:
    """The same before the first run: names, and nothing beside them."""
    tier, state = BY_KEY["value_tier"], BY_KEY["loyalty"]
    found: dict[int, list[object]] = {
        TIER_ROW: [tier.heading(language), say("share", language), say("target", language)],
        STATE_ROW: [say("chart_month", language), *(state.name(word, language) for word in STATES)],
    }
    for row, word in enumerate(TIERS, TIER_ROW + 1):
        found[row] = [tier.name(word, language), None, None]
    for row in range(STATE_ROW + 1, LAST_ROW + 1):
        found[row] = [None] * (1 + len(STATES))
    return found
