"""Telephone numbers that may leave the store: the middle is hidden (DOM 6.8)."""

SHOWN_FRONT, SHOWN_BACK, HIDDEN = 3, 4, 4
"""Digits shown before and behind, and fewest digits hidden between: 138****1234."""


def masked(number: str) -> str:
    """
    A number of digits with at least four of them hidden; of a short one less is shown in front, then behind.

    Args:
        number: Digits; "" stays.
    """
    back = min(SHOWN_BACK, max(len(number) - HIDDEN, 0))
    front = min(SHOWN_FRONT, max(len(number) - HIDDEN - back, 0))
    return number[:front] + "*" * (len(number) - front - back) + number[len(number) - back :]
