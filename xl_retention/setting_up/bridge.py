"""The bridge script in LibreOffice's profile: made, and read back."""

from __future__ import annotations

import ast
import importlib.util
import site
import sys
import sysconfig
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from xl_retention import __version__
from xl_retention.setting_up.libreoffice import Office

NAME = "xl_retention_bridge.py"
MODULES = ("xl_retention", "retention_udfs")
"""What the bridge imports; each may lie in a folder of its own in a source tree."""


@dataclass(frozen=True)
class Bridge:
    """What is filled into the script.

    Args:
        folders: Put on LibreOffice's module search path.
        python: The version those packages are made for.
        version: Of our package.
    """

    folders: tuple[str, ...]
    python: tuple[int, int]
    version: str = __version__


def place(office: Office) -> Path:
    """Where the script lies in a profile."""
    return office.scripts / NAME


def script(bridge: Bridge, log: Path) -> str:
    """The text of the script."""
    text = resources.files("xl_retention.setting_up").joinpath(NAME).read_text("utf-8")
    filled = {
        "FOLDERS: list[str]": list(bridge.folders),
        "PYTHON: tuple[int, ...]": bridge.python,
        "VERSION": bridge.version,
        "LOG": str(log),
    }
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        name, equals, _ = line.partition(" = ")
        if equals and name in filled:
            lines[place] = f"{name} = {filled[name]!r}\n"
    return "".join(lines)


def read(path: Path) -> Bridge | None:
    """What an installed script was filled with; None where there is none, or one that was tampered with."""
    try:
        tree = ast.parse(path.read_text("utf-8"))
        values = {
            target.id: ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name) and target.id in ("FOLDERS", "PYTHON", "VERSION")
        }
        major, minor = values["PYTHON"]
        return Bridge(tuple(values["FOLDERS"]), (major, minor), values["VERSION"])
    except (OSError, SyntaxError, ValueError, TypeError, KeyError):
        return None


def our_folders() -> tuple[str, ...]:
    """The folders in which this Python finds our package and what it needs."""
    folders = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    folders += [*site.getsitepackages(), site.getusersitepackages()]
    known = {str(Path(entry).resolve()) for entry in sys.path if entry}
    folders = [folder for folder in folders if str(Path(folder).resolve()) in known]
    folders += [str(module.parent) for name in MODULES if (module := our_module(name))]
    return tuple(dict.fromkeys(str(Path(folder).resolve()) for folder in folders))


def our_module(name: str) -> Path | None:
    """The file or folder of one of our modules; None where it is not installed."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin:
        return None
    module = Path(spec.origin)
    return module.parent if module.name == "__init__.py" else module
