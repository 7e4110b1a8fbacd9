"""More than 1,200 words of staff: none is read as another word than it says, nearly all are known."""

from __future__ import annotations

from pathlib import Path

from xl_retention.domain.words import WORDS, canonical

WORDS_IN_THE_WILD = Path(__file__).with_name("words_in_the_wild.txt")
FEWEST_KNOWN = 0.93


def words() -> list[tuple[str, str, str, bool]]:
    """Table, canonical word, as it was written, and whether it may be unknown."""
    found: list[tuple[str, str, str, bool]] = []
    table = ""
    for line in WORDS_IN_THE_WILD.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table = line.strip("[]")
        elif line and not line.startswith("#"):
            word, _, written = line.partition(" = ")
            found += [(table, word, each.removesuffix("?"), each.endswith("?")) for each in written.split(" | ")]
    return found


ALL = words()


def is_another(table: str, word: str, written: str) -> bool:
    """Whether the word is read as one that it does not say; a dictionary of the store keeps unknown ones as typed."""
    read = canonical(table, written)
    return read not in (None, "", word, written, WORDS[table].otherwise)


def test_no_word_is_read_as_another() -> None:
    """
    An unknown word is told and blank; a wrong one would be believed.
    """
    assert [row for *row, unsure in ALL if not unsure and is_another(*row)] == []


def test_nearly_all_words_are_known() -> None:
    """
    Those that leave no doubt.
    """
    sure = [(table, word, written) for table, word, written, unsure in ALL if not unsure]
    known = [canonical(table, written) == word for table, word, written in sure]

    assert len(sure) > 1_200
    assert sum(known) >= FEWEST_KNOWN * len(sure)


def test_traditional_signs_are_the_same_words() -> None:
    """
    無 is 无, 報廢 is 报废.
    """
    assert canonical("yes_no", "無") == "no"
    assert canonical("vehicle_status", "報廢") == "报废"
    assert canonical("satisfaction_level", "非常滿意") == "非常满意"
