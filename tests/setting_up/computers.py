"""Computers made of folders: a Linux, a Windows, a Mac, with or without LibreOffice and Excel."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xl_retention import __version__
from xl_retention.setting_up import excel
from xl_retention.setting_up.surroundings import Answer, Surroundings, TrustedFolder

PYTHON = (3, 11)


@dataclass
class Programs:
    """What the programs of a computer answer; `pip` makes the folder it was told to fill."""

    version: str = __version__
    pip_fails: bool = False
    starts: bool = True
    quarantined: set[str] = field(default_factory=set)
    asked: list[list[str]] = field(default_factory=list)

    def __call__(self, command: Sequence[str], seconds: float) -> Answer:
        command = list(command)
        self.asked.append(command)
        if command[1:2] == ["-c"]:
            return Answer(0, json.dumps(self.version) + "\n") if self.starts else Answer(None, "not executable")
        if command[1:3] == ["-m", "pip"]:
            if self.pip_fails:
                return Answer(1, "Collecting\nERROR: no network\n")
            (Path(command[command.index("--target") + 1]) / "numpy").mkdir(parents=True)
            return Answer(0, "")
        assert command[0].endswith("xattr"), command
        if command[1] == "-d":
            self.quarantined.discard(command[3])
        return Answer(0 if command[3] in self.quarantined else 1, "")


@dataclass
class AddIns:
    """Excel's start folder without Excel."""

    here: Surroundings
    failure: str = ""

    @property
    def folder(self) -> Path:
        return excel.start_folder(self.here)

    def install(self, addin: Path | None) -> str:
        if not self.failure:
            self.folder.mkdir(parents=True, exist_ok=True)
            source = addin or excel.xlwings_addin()
            shutil.copyfile(source, self.folder / source.name)
            if addin is None and (script := excel.mac_script(self.here)):
                script.parent.mkdir(parents=True, exist_ok=True)
                script.touch()
        return self.failure

    def remove(self, name: str) -> str:
        if not self.failure:
            (self.folder / name).unlink()
        return self.failure


def computer(folder: Path, platform: str, programs: Programs | None = None) -> Surroundings:
    home = folder / "home" / "李 Lee"
    home.mkdir(parents=True)
    interpreter = home / "venv" / "python"
    interpreter.parent.mkdir()
    interpreter.touch()
    environ = {
        "linux": {},
        "win32": {
            "APPDATA": str(home / "AppData" / "Roaming"),
            "PROGRAMFILES": str(folder / "root" / "Program Files"),
            "OneDrive": str(home / "OneDrive"),
        },
        "darwin": {},
    }[platform]
    return Surroundings(
        platform=platform,
        home=home,
        environ=environ,
        root=folder / "root",
        python=PYTHON,
        interpreter=interpreter,
        has_excel=platform != "linux",
        data=home / "data",
        log=home / "log" / "bridge.log",
        ask=programs or Programs(),
        trusted_by_excel=lambda: [] if platform == "win32" else None,
    )


PROGRAM = {
    "linux": "root/usr/lib/libreoffice/program",
    "win32": "root/Program Files/LibreOffice/program",
    "darwin": "root/Applications/LibreOffice.app/Contents/MacOS",
}
PROFILE = {
    "linux": ".config/libreoffice/4",
    "win32": "AppData/Roaming/LibreOffice/4",
    "darwin": "Library/Application Support/LibreOffice/4",
}


def put_libreoffice(folder: Path, platform: str, python: tuple[int, int] | None = PYTHON) -> Path:
    """LibreOffice's files as far as they are looked at; returns the program folder."""
    program = folder / PROGRAM[platform]
    if program.exists():
        shutil.rmtree(program.parents[1])
    program.mkdir(parents=True)
    if python is None:
        return program
    minor = python[1]
    if platform == "linux":
        (program / "pythonscript.py").touch()
        (program / "libpyuno.so").write_bytes(b"\x7fELF\0libpython3.%d.so.1.0\0" % minor)
    elif platform == "win32":
        (program / "pythonscript.py").touch()
        (program / f"python-core-3.{minor}.4").mkdir()
    else:
        (program.parent / "Resources").mkdir()
        (program.parent / "Resources" / "pythonscript.py").touch()
        (program.parent / "Frameworks/LibreOfficePython.framework/Versions" / f"3.{minor}").mkdir(parents=True)
    return program


def trusting_excel(surroundings: Surroundings, *folders: TrustedFolder) -> Surroundings:
    return replace(surroundings, trusted_by_excel=lambda: list(folders))


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and every empty folder, by its place."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"folder"
        for path in sorted(folder.rglob("*"))
        if path.is_file() or not any(path.iterdir())
    }
