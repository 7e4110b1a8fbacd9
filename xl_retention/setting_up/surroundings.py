"""What is asked of the computer, in one place, so that tests can put a Windows or a Mac made of folders there."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LONGEST = 20
"""Seconds that a program asked something may take; the doctor answers within seconds."""


@dataclass(frozen=True)
class Answer:
    """What a program said; *code* is its exit code, or None where it could not be started or took too long."""

    code: int | None
    output: str


@dataclass(frozen=True)
class TrustedFolder:
    """A folder whose macros run without being asked about."""

    path: str
    with_subfolders: bool


Ask = Callable[[Sequence[str], float], Answer]


def ask(command: Sequence[str], seconds: float = LONGEST) -> Answer:
    """Runs a program and returns what it printed on both streams."""
    try:
        done = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer(None, str(error))
    return Answer(done.returncode, done.stdout)


@dataclass(frozen=True)
class Surroundings:
    """
    The computer as seen from here.

    Args:
        platform: As `sys.platform` says it: linux, win32 or darwin.
        home: The user's folder.
        environ: Environment variables.
        root: Folder that stands for `/`, where programs are looked for.
        python: Version of the Python that runs us.
        interpreter: That Python.
        has_excel: Whether Excel is installed.
        data: Folder of ours for this user: the receipt and copies of packages.
        log: Our log file.
        ask: Runs a program for a number of seconds at most.
        trusted_by_excel: Excel's trusted folders; None where Excel keeps none that can be looked up.
    """

    platform: str
    home: Path
    environ: Mapping[str, str]
    root: Path
    python: tuple[int, int]
    interpreter: Path
    has_excel: bool
    data: Path
    log: Path
    ask: Ask = ask
    trusted_by_excel: Callable[[], list[TrustedFolder] | None] = field(default=lambda: None)

    @classmethod
    def here(cls) -> Surroundings:
        """Our own computer and user."""
        import platformdirs

        return cls(
            platform="win32" if sys.platform == "win32" else "darwin" if sys.platform == "darwin" else "linux",
            home=Path.home(),
            environ=os.environ,
            root=Path(Path.home().anchor),
            python=sys.version_info[:2],
            interpreter=Path(sys.executable),
            has_excel=_has_excel(),
            data=platformdirs.user_data_path("xl_retention"),
            log=platformdirs.user_log_path("xl_retention") / "bridge.log",
            trusted_by_excel=_trusted_in_the_registry,
        )


_EXCEL_ON_A_MAC = Path("/Applications/Microsoft Excel.app")
_EXCEL_ON_WINDOWS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_TRUSTED_LOCATIONS = r"Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations"


def _has_excel() -> bool:
    if sys.platform != "win32":
        return sys.platform == "darwin" and _EXCEL_ON_A_MAC.exists()
    import winreg

    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        with contextlib.suppress(OSError), winreg.OpenKey(root, _EXCEL_ON_WINDOWS):
            return True
    return False


def _trusted_in_the_registry() -> list[TrustedFolder] | None:
    if sys.platform != "win32":
        return None
    import winreg

    def value(key: Any, name: str) -> object:
        try:
            return winreg.QueryValueEx(key, name)[0]
        except OSError:
            return None

    found: list[TrustedFolder] = []
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _TRUSTED_LOCATIONS) as locations:
            for number in range(winreg.QueryInfoKey(locations)[0]):
                with winreg.OpenKey(locations, winreg.EnumKey(locations, number)) as location:
                    if path := value(location, "Path"):
                        folder = os.path.expandvars(str(path))
                        found.append(TrustedFolder(folder, bool(value(location, "AllowSubfolders"))))
    except OSError:
        return found
    return found
