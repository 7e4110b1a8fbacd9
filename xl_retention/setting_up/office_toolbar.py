"""A toolbar of LibreOffice Calc: what a workbook that is not ours yet needs, for it has no buttons of ours.

In Excel the ribbon tab of the add-in has the same button; LibreOffice shows no ribbon tabs of workbooks.
"""

from __future__ import annotations

from pathlib import Path

from xl_retention.books.xml_edits import escaped
from xl_retention.setting_up import bridge
from xl_retention.setting_up.libreoffice import Office
from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS
from xl_retention.sheets.wording import both

NAME = "custom_toolbar_xl_retention.xml"
"""LibreOffice shows toolbars of the user's profile whose names begin so."""
_SCRIPT = f"vnd.sun.star.script:{bridge.NAME}${{name}}?language=Python&location=user"
_TOOLBAR = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE toolbar:toolbar PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "toolbar.dtd">
<toolbar:toolbar xmlns:toolbar="http://openoffice.org/2001/toolbar" xmlns:xlink="http://www.w3.org/1999/xlink" \
toolbar:id="toolbar" toolbar:uiname="Retention">
{items}</toolbar:toolbar>
"""
_ITEM = ' <toolbar:toolbaritem xlink:href="{script}" toolbar:text="{caption}" toolbar:style="text"/>\n'


def place(office: Office) -> Path:
    """Where the toolbar lies in a profile."""
    return office.profile / "user" / "config" / "soffice.cfg" / "modules" / "scalc" / "toolbar" / NAME


def text() -> str:
    """The toolbar, with captions in both languages: it is of no workbook."""
    items = "".join(
        _ITEM.format(script=escaped(_SCRIPT.format(name=button.name)), caption=escaped(caption(button.name)))
        for button in ADD_IN_BUTTONS
    )
    return _TOOLBAR.format(items=items)


def caption(name: str) -> str:
    """What the button of a name says."""
    return " ".join(both(f"button_{name}"))
