"""xlwings' settings of the user (`xlwings.conf`): one line changes, every other stays byte for byte.

The file is read by VBA in the system's own encoding, so it is written in it. A line is `"KEY","VALUE"`.
"""

from __future__ import annotations

import locale
import re
from pathlib import Path

from xl_retention.setting_up.surroundings import Surroundings

INTERPRETER = {"win32": "INTERPRETER_WIN", "darwin": "INTERPRETER_MAC"}
UDF_MODULES = "UDF MODULES"
OUR_UDFS = "retention_udfs"
_LINE = re.compile(r'^"(?P<key>[^"]*)","(?P<value>[^"]*)"[ \t]*$', re.MULTILINE)


def place(surroundings: Surroundings) -> Path:
    """Where xlwings looks for it."""
    if surroundings.platform == "darwin":
        return surroundings.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf"
    return surroundings.home / ".xlwings" / "xlwings.conf"


def read(path: Path) -> str:
    """The file as text, "" where there is none; line ends and unknown bytes are kept."""
    if not path.exists():
        return ""
    with path.open(encoding=_encoding(), errors="surrogateescape", newline="") as file:
        return file.read()


def write(path: Path, text: str) -> None:
    """Puts the text back."""
    with path.open("w", encoding=_encoding(), errors="surrogateescape", newline="") as file:
        file.write(text)


def _encoding() -> str:
    return locale.getpreferredencoding(False)


def value_of(text: str, key: str) -> str | None:
    """The value of a setting; keys differ in capitals only for people, as in xlwings."""
    for line in _LINE.finditer(text.replace("\r\n", "\n")):
        if line["key"].upper() == key:
            return line["value"]
    return None


def with_value(text: str, key: str, value: str | None) -> str:
    """The text with one setting changed in its place, added last, or (None) taken away with its line."""
    end = "\r\n" if "\r\n" in text else "\n"
    line = re.compile(rf'^"{re.escape(key)}",[^\r\n]*(\r?\n|\Z)', re.MULTILINE | re.IGNORECASE)
    found = line.search(text)
    if value is None:
        return line.sub("", text, count=1)
    new = f'"{key}","{value}"'
    if found:
        return text[: found.start()] + new + found[1] + text[found.end() :]
    return text + (end if text and not text.endswith("\n") else "") + new + end


def modules_with_ours(value: str | None) -> str:
    """The list of modules with cell functions, ours among them."""
    modules = [module for module in (value or "").split(";") if module]
    return ";".join(modules if OUR_UDFS in modules else [*modules, OUR_UDFS])
