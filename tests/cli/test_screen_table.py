"""Tables on the screen: nothing is cut off, Chinese signs take two places, and no cell steers the screen."""

from __future__ import annotations

from unicodedata import east_asian_width

from hypothesis import given
from hypothesis import strategies as st

from xl_retention.cli.screen_table import draw


def taken(line: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line)


def test_a_table_as_it_is_shown():
    drawn = draw(["No", "客户"], [["1", "王芳"], ["12", "Li\nWei"]], width=40, right=[0])

    assert drawn.splitlines() == [
        "┏━━━━┳━━━━━━┓",
        "┃ No ┃ 客户 ┃",
        "┡━━━━╇━━━━━━┩",
        "│  1 │ 王芳 │",
        "│ 12 │ Li   │",
        "│    │ Wei  │",
        "└────┴──────┘",
    ]


def test_a_long_text_is_folded_between_words_and_a_long_word_within():
    drawn = draw(["What", "Phone"], [["call back abcdefghijkl", "13900000001"]], width=25, whole=[1])

    assert [line.split("│")[1].strip() for line in drawn.splitlines()[3:-1]] == ["call", "back", "abcdefg", "hijkl"]
    assert "13900000001" in drawn


def test_what_stands_in_a_cell_cannot_steer_the_screen():
    assert "\x1b" not in draw(["A"], [["\x1b[2Jgone\ttab"]], width=40)


cells = st.text(st.sampled_from("aZ 王芳，-9"), max_size=40)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5), st.integers(20, 60))
def test_all_lines_are_as_wide_as_each_other_and_no_sign_is_lost(rows, width):
    lines = draw(["a", "b"], rows, width=width).splitlines()

    assert len({taken(line) for line in lines}) == 1
    assert taken(lines[0]) <= width
    shown = sorted("".join(lines[3:-1]).replace("│", "").replace(" ", ""))
    assert shown == sorted("".join(map("".join, rows)).replace(" ", ""))
