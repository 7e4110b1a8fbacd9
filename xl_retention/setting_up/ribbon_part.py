"""The ribbon tab inside a workbook (customUI): of an older version of ours, or left out by some other program."""

from __future__ import annotations

from xl_retention.setting_up.opened_book import OpenedBook

KIND = "extensibility"
TYPE = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


def differs(book: OpenedBook, model: OpenedBook) -> bool:
    """Whether *model* has a ribbon tab and the workbook none, or another."""
    theirs = model.links("", KIND)
    ours = book.links("", KIND)
    return bool(theirs) and not (ours and book.read(ours[0].target) == model.read(theirs[0].target))


def put_back(book: OpenedBook, model: OpenedBook) -> bool:
    """Gives a workbook the ribbon tab of *model*; says whether it had to."""
    if not differs(book, model):
        return False
    theirs = model.links("", KIND)[0].target
    if ours := book.links("", KIND):
        book.change(ours[0].target, model.read(theirs))
    else:
        book.change(theirs, model.read(theirs))
        book.declare(theirs, model.type_of(theirs))
        book.add_link("", TYPE, theirs)
    return True
