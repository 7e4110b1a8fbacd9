"""How one gets at a workbook that is open in LibreOffice."""

from __future__ import annotations

import os
from typing import Any

import xlwings
from xlwings import main

from xl_retention.books.libreoffice.app import App
from xl_retention.books.libreoffice.books import Book
from xl_retention.books.libreoffice.engine import Engine
from xl_retention.errors import BookRefused

ENGINE = Engine()


def book_of(script_context: Any) -> main.Book:
    """
    The workbook whose button was pressed, for Python that runs inside the office.

    Args:
        script_context: The office's `XSCRIPTCONTEXT`.

    Raises:
        BookRefused: What is in front is not a workbook.
    """
    document = script_context.getDocument()
    if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        raise BookRefused("What is open in front is not a workbook.")
    return book_in(script_context.getComponentContext(), document, os.getpid())


def connect(pipe: str, pid: int, document: Any = None) -> main.Book:
    """
    A workbook in another process, reached over a pipe.

    Args:
        pipe: The name that the office was started with (`--accept=pipe,name=…;urp;`).
        pid: Of the office.
        document: The UNO document, if it is at hand; by default the one in front.

    Raises:
        BookRefused: No office answers, or no workbook is open in it.
    """
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    except uno.getClass("com.sun.star.connection.NoConnectException") as error:
        raise BookRefused(f"No LibreOffice answers at the pipe {pipe}.") from error
    try:
        return book_in(context, document, pid)
    except KeyError as error:
        raise BookRefused("No workbook is open in LibreOffice.") from error


def book_in(context: Any, document: Any, pid: int) -> main.Book:
    """The workbook of a UNO document, None being the one in front; our engine becomes xlwings' active one."""
    if ENGINE.name not in xlwings.engines.engines_by_name:
        xlwings.engines.add(main.Engine(impl=ENGINE))
    xlwings.engines[ENGINE.name].activate()
    app = App(ENGINE, context, pid, document)
    ENGINE.apps.remember(app)
    return main.Book(impl=Book(app, app.books.active.xl))
