"""What rows said survives its way through cells; whatever somebody else puts there is left alone."""

from __future__ import annotations

import zlib
from base64 import b64encode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_retention.domain.coded import Coded
from xl_retention.domain.merging_pairs import Rows
from xl_retention.sheets.merging import row_states
from xl_retention.sheets.merging.row_states import PART, squeezed, unfolded

TEXTS = st.text(st.characters(blacklist_categories=()), max_size=6)


def rows(lines: list[list[str]], width: int) -> Rows:
    columns = [np.array([*(line[place] for line in lines), ""], object)[:-1] for place in range(width)]
    return Rows("customer", {f"field {place}": Coded.of(each) for place, each in enumerate(columns)}, len(lines))


@given(st.integers(0, 4).flatmap(lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), max_size=5)))
def test_any_rows_come_back_as_they_went_in(lines: list[list[str]]) -> None:
    width = len(lines[0]) if lines else 0
    made = rows(lines, width)

    back = unfolded("customer", squeezed(made))

    assert back is not None
    assert len(back) == len(lines)
    assert [[back.text(row, name) for name in made.fields] for row in range(len(lines))] == lines


def test_what_tells_rows_apart_comes_back_too() -> None:
    """A small sheet such as Settings says itself which of its headings that is."""
    made = rows([["language", "en"]], 2)
    made = Rows("settings", made.fields, 1, (("field 0",),))

    back = unfolded("settings", squeezed(made))

    assert back is not None
    assert back.ladder == made.ladder


def test_a_long_table_is_parted_into_texts_that_fit_into_cells() -> None:
    parts = list(squeezed(rows([[f"{number * 7919 % 100_003:x}"] for number in range(30_000)], 1)))

    assert len(parts) > 1
    assert max(map(len, parts)) <= PART < 32_767


@pytest.mark.parametrize(
    "damaged",
    ["", "no base 64!", b64encode(b"not deflated").decode(), b64encode(zlib.compress(b"\x05" + bytes(9))).decode()],
)
def test_what_is_none_of_ours_is_nothing(damaged: str) -> None:
    assert unfolded("customer", [damaged]) is None


def test_a_code_that_leads_nowhere_is_nothing() -> None:
    made = Rows("customer", {"name": Coded(np.array([3]), np.array(["only one"], object))}, 1)

    assert unfolded("customer", squeezed(made)) is None


def test_a_text_that_unfolds_without_end_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = list(squeezed(rows([["x" * 5_000]], 1)))
    monkeypatch.setattr(row_states, "MOST", 1_000)

    assert unfolded("customer", parts) is None
