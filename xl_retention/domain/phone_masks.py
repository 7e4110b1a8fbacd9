"""Telephone numbers that may leave the store: the middle is hidden (DOM 6.8)."""

from functools import cache

SHOWN_FRONT, SHOWN_BACK, HIDDEN = 3, 4, 4
"""Digits shown before and behind, and fewest digits hidden between: 138****1234."""


def masked(number: str) -> str:
    """
    A number of digits with at least four of them hidden; of a short one less is shown in front, then behind.

    Args:
        number: Digits; "" stays.
    """
    front, hidden, behind = _parts(len(number))
    return number[:front] + hidden + number[behind:]


@cache
def _parts(length: int) -> tuple[int, str, int]:
    """Digits shown in front, the stars, and where the digits shown behind begin."""
    back = min(SHOWN_BACK, max(length - HIDDEN, 0))
    front = min(SHOWN_FRONT, max(length - HIDDEN - back, 0))
    return front, "*" * (length - front - back), length - back
