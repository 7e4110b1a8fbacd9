"""LibreOffice's trusted folders: macros of a workbook in them run, wherever else the user's security stays."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from xl_retention.books.xml_edits import Element, XmlPart, escaped
from xl_retention.errors import WrongRequest
from xl_retention.setting_up.libreoffice import Office

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n</oor:items>\n'
)
_ITEM = (
    '<item oor:path="{path}"><prop oor:name="SecureURL" oor:op="fuse"><value>{value}</value></prop></item>\n'
)
ASKS = 1
"""Security level (medium) at which LibreOffice asks about macros; above it only trusted folders run them."""
USUAL_LEVEL = 2


def address(folder: Path) -> str:
    """A folder as LibreOffice names it."""
    return folder.resolve().as_uri()


def trusted(office: Office) -> list[str]:
    """Addresses of the trusted folders."""
    settings = _settings(office)
    prop = _property(settings, "SecureURL") if settings else None
    if settings is None or prop is None:
        return []
    return [settings.content(element) for element in _elements(prop, "it")]


def level(office: Office) -> int:
    """Security level of macros: 0 low, 1 medium, 2 high (as LibreOffice comes), 3 very high."""
    settings = _settings(office)
    prop = _property(settings, "MacroSecurityLevel") if settings else None
    values = list(_elements(prop, "value")) if prop else []
    text = settings.content(values[0]).strip() if settings and values else ""
    return int(text) if text.isdigit() else USUAL_LEVEL


def is_trusted(office: Office, folder: Path) -> bool:
    """Whether macros of workbooks in *folder* run, or are asked about."""
    wanted = PurePosixPath(unquote(address(folder)))
    places = [PurePosixPath(unquote(each.rstrip("/"))) for each in trusted(office)]
    return level(office) <= ASKS or any(wanted.is_relative_to(place) for place in places)


def trust(office: Office, folder: Path) -> None:
    """
    Adds a trusted folder; everything else in the settings stays byte for byte.

    Raises:
        WrongRequest: LibreOffice is running and would write its own settings over ours, or they are damaged.
    """
    refuse_if_running(office)
    settings = _settings(office) or XmlPart(_EMPTY, part=office.settings.name, book="LibreOffice")
    item = f"<it>{escaped(address(folder))}</it>"
    prop = _property(settings, "SecureURL")
    values = list(_elements(prop, "value")) if prop else []
    if values:
        settings.append(values[0], item.encode())
    else:
        settings.append(settings.root, _ITEM.format(path=_SCRIPTING, value=item).encode())
    _replace(office.settings, settings.result())


def trust_no_more(office_settings: Path, url: str) -> None:
    """Takes a trusted folder away; with the last one goes its whole entry, as it was before ours."""
    settings = _parsed(office_settings)
    prop = _property(settings, "SecureURL") if settings else None
    if settings is None or prop is None:
        return
    items = list(_elements(prop, "it"))
    ours = [element for element in items if settings.content(element) == url]
    data = settings.data
    if ours and len(ours) == len(items):
        item = next(each for each in settings.root.children if prop in each.children)
        end = item.end + (data[item.end : item.end + 1] == b"\n")
        _replace(office_settings, data[: item.start] + data[end:])
    elif ours:
        for element in ours:
            settings.replace(element, b"")
        _replace(office_settings, settings.result())


def refuse_if_running(office: Office) -> None:
    """Raises when LibreOffice has the profile open."""
    if office.is_running:
        raise WrongRequest(
            "LibreOffice is running and would undo the change; close it and run this again "
            f"(if it is not running, delete the file {office.profile / '.lock'})."
        )


def is_empty(path: Path) -> bool:
    """Whether settings say nothing, as those that we made and emptied again."""
    return path.exists() and path.read_bytes() == _EMPTY


def _settings(office: Office) -> XmlPart | None:
    return _parsed(office.settings)


def _parsed(path: Path) -> XmlPart | None:
    from xl_retention.errors import BookRefused

    if not path.exists():
        return None
    try:
        return XmlPart(path.read_bytes(), part=path.name, book="LibreOffice")
    except BookRefused:
        raise WrongRequest(f"{path} is damaged; start and close LibreOffice once and try again.") from None


def _property(settings: XmlPart, name: str) -> Element | None:
    for item in settings.root.children:
        if item.attributes.get("oor:path") == _SCRIPTING:
            for prop in item.children:
                if prop.attributes.get("oor:name") == name:
                    return prop
    return None


def _elements(element: Element, name: str) -> list[Element]:
    here = [child for child in element.children if child.name == name]
    return here + [found for child in element.children for found in _elements(child, name)]


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).replace(path)
