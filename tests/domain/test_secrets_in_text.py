"""Known secrets are found in remarks in any case and spacing, and words that only look alike stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_retention.domain.secrets_in_text import IDENTITY, LONG_NUMBER, PHONE, KnownSecrets, narrow

KNOWN = KnownSecrets({"Ada King": "A*1", "张三丰": "张*2", "沪A12345": "MK3", "Mayor": "M*4"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call ADA  KING now", "call A*1 now"),
        ("king, ada", "A*1"),
        ("adaking", "A*1"),
        ("张 三 丰来电", "张*2来电"),
        ("车牌沪a·12345。", "车牌MK3。"),
        ("Ada Kingston", "Ada Kingston"),
        ("Nevada King", "Nevada King"),
        ("may or may not", "may or may not"),  # not put together out of two words
        ("张三", "张三"),
    ],
)
def test_a_secret_is_known_however_it_is_spelled(text: str, shown: str) -> None:
    assert KNOWN.masked(text) == shown


def test_a_secret_that_begins_like_a_longer_one_is_found_at_the_end_of_a_text() -> None:
    known = KnownSecrets({"张三": "张*1", "张三丰": "张*2", "客户张三丰": "客*3"})
    assert known.masked("请找张三") == "请找张*1"
    assert known.masked("客户张三") == "客户张*1"


@pytest.mark.parametrize(
    "text", ["13812345678", "138 1234 5678", "+86-138-1234-5678", "021-12345678", "(021) 1234 5678"]
)
def test_phones_are_known_by_their_looks(text: str) -> None:
    assert PHONE.search(text)


@pytest.mark.parametrize("text", ["1381234567", "138123456789", "12812345678", "2026-11-20 09:45", "1,350.00"])
def test_other_numbers_are_no_phones(text: str) -> None:
    assert not PHONE.search(text)


@pytest.mark.parametrize(("text", "is_one"), [("11010119800101122X", True), ("1101011980010112", False)])
def test_an_identity_number_has_eighteen_signs(text: str, is_one: bool) -> None:
    assert bool(IDENTITY.fullmatch(text)) is is_one


@pytest.mark.parametrize(("digits", "is_long"), [(14, False), (15, True), (22, True), (23, False)])
def test_a_number_as_long_as_that_of_a_card_is_known(digits: int, is_long: bool) -> None:
    assert bool(LONG_NUMBER.search("6" * digits)) is is_long


@given(st.text(max_size=40))
def test_whatever_is_typed_is_looked_through_without_harm(text: str) -> None:
    folded = narrow(text)

    assert len(folded) == len(text)
    assert isinstance(KNOWN.masked(folded), str)
