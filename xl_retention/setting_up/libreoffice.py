"""Finds LibreOffice: its program folder, the user's profile, and the Python that its macros run in.

Nothing is started: the Python version is read from the names in LibreOffice's own files, in a few
milliseconds. LibreOffice loads exactly the Python library that its bridge `pyuno` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xl_retention.setting_up.surroundings import Surroundings

OLDEST_PYTHON = (3, 10)
"""What our package needs."""
LOCK = ".lock"
"""LibreOffice keeps it in the profile while it runs."""


@dataclass(frozen=True)
class Kind:
    """One way in which LibreOffice comes to a computer, a row each.

    Args:
        platform: Where it comes so.
        base: Environment variable with the folder to begin at; "" for the root of the system, `~` for home.
        programs: Patterns of the program folder below that.
        profile_base: Environment variable with the folder that profiles are below, "" for home alone.
        profile: Below that; below home, with *profile_home* before, where the variable is not set.
        shut_in: It sees little but its own profile, so what it needs has to be copied there.
    """

    platform: str
    base: str
    programs: tuple[str, ...]
    profile_base: str
    profile_home: str
    profile: str
    shut_in: bool = False


# fmt: off
KINDS = (
    Kind("linux", "", ("usr/lib/libreoffice/program", "usr/lib64/libreoffice/program", "opt/libreoffice*/program"),
         "XDG_CONFIG_HOME", ".config", "libreoffice/4"),
    Kind("linux", "", ("snap/libreoffice/current/lib/libreoffice/program",),
         "", "snap/libreoffice/current/.config", "libreoffice/4", shut_in=True),
    Kind("linux", "", ("var/lib/flatpak/app/org.libreoffice.LibreOffice/current/active/files/libreoffice/program",),
         "", ".var/app/org.libreoffice.LibreOffice/config", "libreoffice/4", shut_in=True),
    Kind("linux", "~",
         (".local/share/flatpak/app/org.libreoffice.LibreOffice/current/active/files/libreoffice/program",),
         "", ".var/app/org.libreoffice.LibreOffice/config", "libreoffice/4", shut_in=True),
    Kind("win32", "PROGRAMFILES",      ("LibreOffice*/program",), "APPDATA", "AppData/Roaming", "LibreOffice/4"),
    Kind("win32", "PROGRAMFILES(X86)", ("LibreOffice*/program",), "APPDATA", "AppData/Roaming", "LibreOffice/4"),
    Kind("darwin", "", ("Applications/LibreOffice.app/Contents/MacOS",),
         "", "Library/Application Support", "LibreOffice/4"),
    Kind("darwin", "~", ("Applications/LibreOffice.app/Contents/MacOS",),
         "", "Library/Application Support", "LibreOffice/4"),
)
PYTHON_NAMED_IN = ("libpyuno.so", "pyuno.so", "pyuno.pyd")
PYTHON_FOLDERS = ("python-core-3.*", "../Frameworks/LibreOfficePython.framework/Versions/3.*")
SCRIPT_PROVIDER = ("pythonscript.py", "../Resources/pythonscript.py")
# fmt: on
_LIBRARY = re.compile(rb"(?:lib)?python3\.?(\d{1,2})(?:\.so|\.dll|\.dylib)")


@dataclass(frozen=True)
class Office:
    """One LibreOffice and one profile of it.

    Args:
        program: Its program folder.
        profile: The folder that holds `user`; may not exist before the first start.
        python: Version of its Python; None where it has none that runs macros.
        shut_in: See `Kind`.
    """

    program: Path
    profile: Path
    python: tuple[int, int] | None
    shut_in: bool

    @property
    def scripts(self) -> Path:
        """Where Python scripts of the user lie."""
        return self.profile / "user" / "Scripts" / "python"

    @property
    def settings(self) -> Path:
        """The user's settings."""
        return self.profile / "user" / "registrymodifications.xcu"

    @property
    def is_running(self) -> bool:
        """Whether it has this profile open."""
        return (self.profile / LOCK).exists()

    @property
    def python_is_too_old(self) -> bool:
        """Whether no package of ours can run in it."""
        return self.python is not None and self.python < OLDEST_PYTHON


def offices(surroundings: Surroundings, profile: Path | None = None) -> list[Office]:
    """
    Every LibreOffice of this computer with the user's profile.

    Args:
        profile: Used instead of the user's own, with the first LibreOffice found.
    """
    found = list(_found(surroundings))
    if profile is not None:
        return [Office(office.program, profile, office.python, office.shut_in) for office in found[:1]]
    return found


def _found(surroundings: Surroundings) -> Iterator[Office]:
    for kind in KINDS:
        if kind.platform != surroundings.platform:
            continue
        base = _base(kind.base, surroundings)
        programs = sorted(folder for pattern in kind.programs if base for folder in base.glob(pattern))
        if programs:
            program = programs[-1]  # of several versions the newest, which they share the profile with
            yield Office(program, _profile(kind, surroundings), python_of(program), kind.shut_in)


def _base(name: str, surroundings: Surroundings) -> Path | None:
    if name in ("", "~"):
        return surroundings.home if name else surroundings.root
    folder = surroundings.environ.get(name)
    return Path(folder) if folder else None


def _profile(kind: Kind, surroundings: Surroundings) -> Path:
    base = surroundings.environ.get(kind.profile_base) if kind.profile_base else None
    return (Path(base) if base else surroundings.home / kind.profile_home) / kind.profile


def python_of(program: Path) -> tuple[int, int] | None:
    """Version of the Python that runs macros; None where LibreOffice came without."""
    if not any((program / name).exists() for name in SCRIPT_PROVIDER):
        return None
    for pattern in PYTHON_FOLDERS:
        folder, _, name = pattern.rpartition("/")
        for found in sorted((program / folder).glob(name)):
            if version := re.search(r"3\.(\d+)", found.name):
                return 3, int(version[1])
    for name in PYTHON_NAMED_IN:
        if (program / name).is_file() and (named := _LIBRARY.search((program / name).read_bytes())):
            return 3, int(named[1])
    return None
