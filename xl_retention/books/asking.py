"""A password is asked in a window of its own, so that it stands in no cell and in no file."""

from __future__ import annotations

from typing import Any

import xlwings as xw

from xl_retention.errors import WrongRequest


def ask_password(app: xw.App, title: str, prompt: str, buttons: tuple[str, str] = ("OK", "Cancel")) -> str:
    """
    Asks the person at the window for a password, which is not shown.

    Args:
        app: The program that has the workbook open.
        title, prompt: Of the window.
        buttons: What its two buttons say.

    Returns:
        The password; "" if the window was closed.

    Raises:
        WrongRequest: Python has no windows here.
    """
    impl: Any = app.impl
    if hasattr(impl, "ask_password"):
        return str(impl.ask_password(title, prompt, buttons))
    try:
        import tkinter
        from tkinter import simpledialog

        root = tkinter.Tk()
    except Exception as error:
        raise WrongRequest(
            "This Python cannot ask for a password; pack with the command "
            "xl-retention pack --password-env, or without a password."
        ) from error
    try:
        root.withdraw()
        root.attributes("-topmost", True)
        return simpledialog.askstring(title, prompt, show="*", parent=root) or ""
    finally:
        root.destroy()
