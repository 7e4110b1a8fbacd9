"""What the rows of a table said, squeezed into texts that fit into cells and survive every spreadsheet program."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator

import numpy as np

from xl_retention.domain.coded import Coded
from xl_retention.domain.merging_pairs import Rows

PART = 16_000
"""Letters in one cell, which holds 32,767."""
MOST = 1 << 28
"""Bytes that a text may unfold to; a copy that came by mail may say what it likes."""
_CODES = np.dtype("<i4")


def squeezed(rows: Rows) -> Iterator[str]:
    """
    The fields of a table as a few long texts.

    Texts of one column are alike, so they go together; of the places of the rows only the steps from row to row.
    """
    fields = {name: column.different.tolist() for name, column in rows.fields.items()}
    said = {"count": rows.count, "key": rows.key, "fields": fields}
    head = json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
    steps = [np.diff(column.code.astype(_CODES), prepend=0).astype(_CODES) for column in rows.fields.values()]
    whole = len(head).to_bytes(8, "little") + head + b"".join(each.tobytes() for each in steps)
    text = b64encode(zlib.compress(whole, 6)).decode()
    for start in range(0, len(text), PART):
        yield text[start : start + PART]


def unfolded(table: str, parts: Iterable[str]) -> Rows | None:
    """The table that `squeezed` put into texts; None for texts that are damaged, or are somebody else's."""
    try:
        inflating = zlib.decompressobj()
        whole = inflating.decompress(b64decode("".join(parts), validate=True), MOST)
        if not inflating.eof:
            return None
        size = int.from_bytes(whole[:8], "little")
        head = json.loads(whole[8 : 8 + size].decode("utf-8", "surrogatepass"))
        count, fields = int(head["count"]), dict(head["fields"])
        key = tuple(tuple(map(str, step)) for step in head.get("key", ()))
        steps = np.frombuffer(whole, _CODES, offset=8 + size).reshape(len(fields), count)
        columns = {}
        for (name, different), codes in zip(fields.items(), np.cumsum(steps, axis=1, dtype=np.int64), strict=True):
            if count and not (codes.min() >= 0 and codes.max() < len(different)):
                return None
            columns[name] = Coded(codes, np.array([*map(str, different), ""], object)[:-1])
        return Rows(table, columns, count, key)
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return None
