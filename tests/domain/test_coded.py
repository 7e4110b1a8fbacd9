"""Columns of texts as numbers."""

import numpy as np

from xl_retention.domain.coded import Coded, numbers_of

WORK = np.array(["首保", "", "索赔", "首保"], object)


def test_a_column_and_its_numbers_say_the_same():
    """
    Each different text once, as it first appears.
    """
    coded = Coded.of(WORK)
    assert coded.different.tolist() == ["首保", "", "索赔"]
    assert coded.code.tolist() == [0, 1, 2, 0]
    assert coded.texts.tolist() == WORK.tolist()
    assert len(Coded.of(WORK[:0])) == 0


def test_rows_that_say_one_of_some_words():
    """
    Blank is a word like others.
    """
    coded = Coded.of(WORK)
    assert coded.is_any("首保", "返修").tolist() == [True, False, False, True]
    assert coded.is_any("").tolist() == [False, True, False, False]
    assert Coded.blank(2).is_any("").tolist() == [True, True]


def test_each_different_text_is_asked_once():
    """
    However many rows it stands in.
    """
    asked = []
    assert Coded.of(WORK).those(lambda text: bool(asked.append(text))).tolist() == [False] * 4
    assert asked == ["首保", "", "索赔"]


def test_texts_that_no_row_uses_and_texts_that_stand_twice_change_nothing():
    """
    Whoever hands out the numbers need not count again.
    """
    coded = Coded(np.array([2, 0, 2]), np.array(["A", "B", "A"], object))
    assert coded.is_any("A").tolist() == [True, True, True]
    assert coded.where(np.array([0])).texts.tolist() == ["A"]


def test_numbers_of_texts():
    """
    -1 for a text that has none.
    """
    assert numbers_of(WORK, {"首保": 7}).tolist() == [7, -1, -1, 7]
    assert Coded.of(WORK).numbers({"索赔": 3}).tolist() == [-1, -1, 3, -1]
