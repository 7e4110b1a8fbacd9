"""A small window of LibreOffice in which a password is typed, an asterisk for each letter."""

from __future__ import annotations

from typing import Any

_WIDTH, _LINE, _EDGE = 180, 14, 6
"""Sizes in the units of UNO's dialogs, a quarter of a letter's width."""
_OK, _CANCEL = 1, 2
"""com.sun.star.awt.PushButtonType."""


def ask_hidden(service: Any, window: Any, title: str, prompt: str, buttons: tuple[str, str]) -> str:
    """
    Shows the window and waits.

    Args:
        service: Makes a UNO service by its name.
        window: The window that it stands in front of.
        buttons: What is on the buttons that take and that leave what was typed.

    Returns:
        What was typed; "" if the window was closed.
    """
    model = service("com.sun.star.awt.UnoControlDialogModel")
    model.Width, model.Height, model.Title = _WIDTH, 4 * _LINE + 4 * _EDGE, title
    wide, half = _WIDTH - 2 * _EDGE, (_WIDTH - 3 * _EDGE) // 2
    below = 2 * _LINE + 2 * _EDGE
    _add(model, "FixedText", "prompt", (_EDGE, _EDGE, wide, 2 * _LINE), Label=prompt, MultiLine=True)
    _add(model, "Edit", "typed", (_EDGE, below, wide, _LINE), EchoChar=ord("*"))
    for number, (caption, kind) in enumerate(zip(buttons, (_OK, _CANCEL), strict=True)):
        place = (_EDGE + number * (half + _EDGE), below + _LINE + _EDGE, half, _LINE)
        _add(model, "Button", f"button{number}", place, Label=caption, PushButtonType=kind, DefaultButton=kind == _OK)
    dialog = service("com.sun.star.awt.UnoControlDialog")
    try:
        dialog.setModel(model)
        dialog.createPeer(service("com.sun.star.awt.Toolkit"), window)
        dialog.getControl("typed").setFocus()
        return str(dialog.getControl("typed").getText()) if dialog.execute() else ""
    finally:
        dialog.dispose()


def _add(dialog: Any, kind: str, name: str, place: tuple[int, int, int, int], **properties: Any) -> None:
    control = dialog.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
    control.Name = name
    control.PositionX, control.PositionY, control.Width, control.Height = place
    for each, value in properties.items():
        control.setPropertyValue(each, value)
    dialog.insertByName(name, control)
