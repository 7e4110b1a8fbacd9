"""LibreOffice as an engine of xlwings: the code that works on an Excel window works on a LibreOffice window too.

`connecting` gives the workbook. What this engine leaves out raises `NotInLibreOffice` with the member's name.
Importing this package imports xlwings; `uno` is imported when a document is at hand.
"""

from xl_retention.books.libreoffice.connecting import book_of, connect
from xl_retention.books.libreoffice.unsupported import NotInLibreOffice

__all__ = ["NotInLibreOffice", "book_of", "connect"]
