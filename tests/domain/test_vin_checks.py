"""Check digits of VINs, and what a mistyped one was meant to be (DOM 2.4, 2.15)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import situation
from xl_retention.domain.vin_checks import FEWEST_VINS, vin_problems
from xl_retention.domain.vin_digits import check_digit, has_form, is_right, one_sign_off, proposals

SIGNS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"


def right(body):
    """The VIN of 17 signs whose check digit fits."""
    return body[:8] + check_digit(body) + body[9:]


VINS = st.text(SIGNS, min_size=17, max_size=17).map(right)


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "11111111111111111", "LSVAA4187E2184847"[:8] + "0" * 9])
def test_right_vins(vin):
    """The example of the standard, and the VIN of ones."""
    assert is_right(right(vin))


def test_examples_of_the_standard():
    assert is_right("1M8GDM9AXKP042788")
    assert not is_right("1M8GDM9AXKP042789")
    assert not is_right("1M8GDM9AXKP04278")
    assert not has_form("1M8GDM9AXKPO42788")


@given(VINS, st.integers(0, 16), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_found_out_unless_it_counts_the_same(vin, place, sign):
    wrong = vin[:place] + sign + vin[place + 1 :]
    if is_right(wrong):
        assert place == 8 or check_digit(wrong) == check_digit(vin)


@given(VINS, st.integers(0, 16), st.sampled_from(SIGNS))
def test_a_vin_on_file_is_proposed_for_one_that_is_one_sign_off(vin, place, sign):
    wrong = vin[:place] + sign + vin[place + 1 :]
    assert proposals(wrong, {vin}) == (() if wrong == vin else (vin,))


@given(VINS, st.integers(0, 16))
def test_a_sign_lost_or_typed_twice_is_found_again(vin, place):
    assert proposals(vin[:place] + vin[place + 1 :], {vin}) == (vin,)
    assert proposals(vin[:place] + vin[place] + vin[place:], {vin}) == (vin,)


@pytest.mark.parametrize(("typed", "meant"), [("O", "0"), ("I", "1"), ("Q", "0")])
def test_letters_that_no_vin_has_are_read_as_digits(typed, meant):
    body = "LSVAA4187E21848" + meant + "7"
    vin = right(body)
    assert proposals(vin[:15] + typed + vin[16:], ()) == (vin,)


@given(st.text(max_size=20), st.sets(VINS, max_size=3), st.booleans())
def test_what_is_proposed_is_another_vin_in_form(text, known, by_digit):
    for found in proposals(text, known, by_digit=by_digit):
        assert found != text
        assert has_form(found)


@given(VINS)
def test_neighbours_of_a_vin_have_its_length(vin):
    assert all(len(other) == 17 for other in one_sign_off(vin))


# Findings.

FLEET = [right(f"LSVAA418{0}E21{place:05d}X"[:17].ljust(17, "A")) for place in range(FEWEST_VINS + 2)]


def told(vehicles, visits=()):
    drawings = {"vehicle": "\n".join(["vin", *vehicles])}
    if visits:
        drawings["service_visit"] = "\n".join(["ro_no | vin", *(f"R{n} | {vin}" for n, vin in enumerate(visits))])
    return [(each.code, each.cell, each.remedy) for each in vin_problems(situation("2026-11-22", **drawings))]


def test_where_the_stores_vins_have_check_digits_a_wrong_one_is_told():
    wrong = FLEET[0][:16] + ("0" if FLEET[0][16] != "0" else "1")
    assert [code for code, *_ in told([*FLEET[1:], wrong])] == ["vin_check_digit"]


def test_where_they_have_none_only_length_and_letters_count():
    made_up = [f"LSVAA418{place % 10}E2{place:06d}"[:17] for place in range(20)]
    wrong = [vin for vin in made_up if not is_right(vin)]
    assert told(wrong) == []
    assert [code for code, *_ in told([*wrong, "LSVAA41", "O" * 17])] == ["vin_length", "vin_signs"]


def test_a_row_one_sign_beside_a_car_on_file_is_told_with_that_car():
    car = FLEET[0]
    swapped = car[:15] + car[16] + car[15] if car[15] != car[16] else car[:16] + "Z"
    ((code, cell, remedy),) = told(FLEET, [FLEET[1], swapped, "LZZZZZZZZZZZZZZZZ", car[-7:]])
    assert (code, cell) == ("vin_near_another", "A3")
    assert car in remedy
