"""What is said of a workbook that is not written, because something of it might get lost."""

from __future__ import annotations

from xl_retention.errors import BookRefused


def not_kept_whole(book: str, why: str) -> BookRefused:
    """
    The refusal; the caller raises it.

    Args:
        book: File name.
        why: What is found, as the end of a sentence, such as `xl/styles.xml is damaged`.
    """
    return BookRefused(f"{book} cannot be kept whole: {why}; open it in Excel, save it and try again.")
