"""Pure parts of the engine, without an office."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_retention.books.libreoffice import measures, notation
from xl_retention.books.libreoffice.putting import rectangles_around
from xl_retention.books.libreoffice.ranges import steps_to_end
from xl_retention.books.libreoffice.structs import Area
from xl_retention.books.libreoffice.writing import strips


@pytest.mark.parametrize(
    ("excel", "calc"),
    [
        ("=SUM(A1,2)", "=SUM(A1;2)"),
        ("=Calls!$A$1", "=$Calls.$A$1"),
        ("='It''s here'!A1", "=$'It''s here'.A1"),
        ("=客户!A1:B2", "=$客户.A1:B2"),
        ("=Calls!A:A", "=$Calls.A:A"),
        ('=IF(A1="a,b!c",1,"")', '=IF(A1="a,b!c";1;"")'),
        ('=SUM({1,2;3,4})&{"a,b";"c"}', '=SUM({1;2|3;4})&{"a,b"|"c"}'),
        ("=ERROR.TYPE(A1)", "=ERROR.TYPE(A1)"),
        ("=STDEV.S(A1,B1)", "=STDEV.S(A1;B1)"),
        ("=1.5+A1", "=1.5+A1"),
    ],
)
def test_formulas_are_translated_both_ways(excel, calc):
    assert notation.to_calc(excel) == calc
    assert notation.to_excel(calc) == excel


def test_prefixes_of_newer_functions_are_left_out():
    assert notation.to_calc("=_xlfn.CONCAT(A1,B1)") == "=CONCAT(A1;B1)"


@pytest.mark.parametrize(
    ("filled", "steps"),
    [
        ([1, 1, 1, 0, 1], 2),
        ([1, 1], 1),
        ([1, 0, 0, 1, 1], 3),
        ([0, 0, 1, 1], 2),
        ([0, 1, 1], 1),
        ([1, 0, 0], None),
        ([0], None),
        ([1], None),
    ],
)
def test_ctrl_and_an_arrow(filled, steps):
    assert steps_to_end([bool(one) for one in filled]) == steps


@pytest.mark.parametrize("characters", [0.5, 1, 8.43, 20, 255])
def test_widths_survive_the_way_there_and_back(characters):
    there = measures.width_from_characters(characters)

    assert measures.width_in_characters(there) == pytest.approx(characters, abs=0.02)


@pytest.mark.parametrize("colour", [(255, 128, 0), "#ff8000", 0x0080FF])
def test_colours_come_in_three_spellings(colour):
    assert measures.colour_from_uno(measures.colour_to_uno(colour)) == (255, 128, 0)


places = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)))


def covered(areas):
    cells = [
        (row, column)
        for area in areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert len(cells) == len(set(cells)), "no cell twice"
    return set(cells)


@given(places)
def test_rectangles_cover_all_but_the_given_cells(kept):
    everything = {(row, column) for row in range(5) for column in range(5)}

    assert covered(rectangles_around(Area(0, 0, 4, 4), sorted(kept))) == everything - kept


@given(places)
def test_strips_cover_just_the_given_cells(wanted):
    mask = np.zeros((5, 5), bool)
    for row, column in wanted:
        mask[row, column] = True

    assert covered(strips(mask, Area(10, 20, 14, 24))) == {(row + 10, column + 20) for row, column in wanted}
