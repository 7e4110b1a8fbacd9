"""Which row of a copy a row of its ancestor became, also where somebody corrected the number that tells it apart.

Rows of staff's sheets bear no hidden numbers. But a copy came from its ancestor: where a number is gone and another
one is new beside the same phone and name, or in the same place between the same neighbours, it is the same row.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from xl_retention.domain.merging_pairs import NO_ROW, ROW_ID, WIDE, Comparison, Places

Flags = npt.NDArray[np.bool_]


def became(comparison: Comparison) -> Places:
    """
    For each row of a copy the row of the ancestor that it was, or NO_ROW.

    Args:
        comparison: The ancestor, then the copy.
    """
    found = comparison.pairs.copy()
    for by_number in (*comparison.first.ladder[1:], ()):
        before = np.flatnonzero(~np.isin(np.arange(len(comparison.first)), found))
        after = np.flatnonzero(found == NO_ROW)
        if not (len(before) and len(after)):
            break
        old, new = _by_key(comparison, by_number, before, after) if by_number else _by_place(found, before, after)
        alike = _alike(comparison, old, new)
        found[new[alike]] = old[alike]
    return found


def _by_key(comparison: Comparison, names: tuple[str, ...], before: Places, after: Places) -> tuple[Places, Places]:
    """Rows left on both sides that alone say the same in these fields."""
    keys = comparison.key(names) if all(name in comparison.numbers for name in names) else None
    if keys is None:
        return before[:0], after[:0]
    (old, old_at), (new, new_at) = _single(keys[0][before]), _single(keys[1][after])
    _, left, right = np.intersect1d(old, new, assume_unique=True, return_indices=True)
    return before[old_at[left]], after[new_at[right]]


def _single(keys: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], Places]:
    """Keys that stand once, with their places; 0 is no key."""
    different, places, counts = np.unique(keys, return_index=True, return_counts=True)
    once = (counts == 1) & (different != 0)
    return different[once], places[once].astype(np.int64)


def _by_place(found: Places, before: Places, after: Places) -> tuple[Places, Places]:
    """Rows left on both sides that stand between the same neighbours, the first and the last row beside the edge."""
    was = np.concatenate([[-1], found, [max(int(found.max(initial=-1)), int(before.max())) + 1]])
    above, below = was[after], was[after + 2]
    edge = (after == 0) | (above != NO_ROW)
    between = edge & (below == above + 2)
    old, new = above[between] + 1, after[between]
    left = np.isin(old, before)
    return old[left], new[left]


def _alike(comparison: Comparison, old: Places, new: Places) -> Flags:
    """
    Whether rows are the same but for a correction: something that tells them apart is equal, and half of the rest.

    On a sheet of customers with their cars that has to be so for the person and for the car.
    """
    ladder = comparison.first.ladder
    firm = set(ladder[0]) if ladder else set()
    telling = {name for step in ladder for name in step}
    agree, filled = np.zeros((2, 2, len(old)), np.int64)
    same_telling = np.zeros(len(old), np.bool_)
    for name, (one, other) in comparison.numbers.items():
        if name == ROW_ID:
            continue
        mine, theirs = one[old], other[new]
        equal = (mine == theirs) & (mine != 0)
        if name in telling:
            same_telling |= equal
        if name not in firm:
            part = int(comparison.first.table == WIDE and name.startswith("vehicle."))
            agree[part] += equal
            filled[part] += (mine != 0) | (theirs != 0)
    alike: Flags = same_telling & (agree.sum(axis=0) > 0) & (2 * agree >= filled).all(axis=0)
    return alike
