"""Texts numbered by their bytes, as a dictionary would number them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_retention.books.byte_keys import WIDTH, ByteKeys, keys_of
from xl_retention.books.scan_block import HEAD

TEXTS = st.lists(st.lists(st.binary(min_size=1, max_size=3) | st.binary(min_size=WIDTH, max_size=WIDTH)), max_size=4)


def numbered(table, texts):
    """Numbers and first rows of *texts*, which stand in a text with others behind them."""
    data = b"".join(text.ljust(HEAD, b"x") for text in texts)
    heads = np.frombuffer(data, f"V{HEAD}")
    return table.numbers(keys_of(heads, np.array([len(text) for text in texts], np.int64)))


@given(TEXTS)
def test_as_a_dictionary_would(batches):
    table, known = ByteKeys(), {}
    for batch in batches:
        batch = [text.replace(b"\0", b"0") for text in batch]
        numbers, new = numbered(table, batch)
        fresh = [batch[place] for place in new.tolist()]
        assert fresh == list(dict.fromkeys(fresh))
        assert known.keys().isdisjoint(fresh)
        assert new.tolist() == [batch.index(text) for text in fresh], "the first row of each"
        known.update(zip(fresh, range(len(known), len(known) + len(fresh)), strict=True))
        assert numbers.tolist() == [known[text] for text in batch]
        assert len(table) == len(known)


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 40_000))
def test_many_that_differ_little(count):
    table = ByteKeys()
    texts = [f"{number:07}".encode() for number in range(count)]
    for _ in range(2):
        numbers, _ = numbered(table, texts)
        assert len(set(numbers.tolist())) == len(table) == count
