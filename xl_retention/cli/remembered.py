"""What `today` answered last for a workbook that has not changed since: asked again, it need not be worked out.

An answer is kept under everything that it depends on: the contents of the workbook and of the file written (by the
checksums of their parts), day, options, and the program itself. It is kept only of a run after which the same run would
write nothing. The folder is the user's own cache, readable for nobody else, and bounded; `xl-retention forget` empties
it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import xl_retention

MOST_ANSWERS = 20
MOST_BYTES = 200_000_000
SWITCHED_OFF = "XL_RETENTION_NO_CACHE"
"""Environment variable that lets every run work everything out."""
DEPENDS_ON = ("holidays", "numpy", "python-dateutil")
"""Packages whose next version may answer otherwise."""


class Remembered:
    """
    The place of one answer.

    Args:
        book: The workbook that is asked about.
        out: The file that the run writes; None for none.
        asked: Everything else that the answer depends on, as JSON takes it.
    """

    def __init__(self, book: Path, out: Path | None, asked: Mapping[str, object]) -> None:
        self._book, self._out, self._asked = book, out, asked
        self._at = None if os.environ.get(SWITCHED_OFF) else self._place()

    def text(self) -> str | None:
        """The answer that is remembered, as JSON; None for nothing."""
        if self._at is None:
            return None
        with suppress(OSError, ValueError):
            checksum, _, text = self._at.read_text("utf-8").partition("\n")
            if checksum == _digest(text):
                self._at.touch()
                return text
        return None

    def keep(self, text: str) -> None:
        """Remembers the answer of the run that has just ended; where that fails nothing is lost but time."""
        if os.environ.get(SWITCHED_OFF) or (at := self._place()) is None:
            return
        with suppress(OSError, ValueError):
            at.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            half = at.with_suffix(".tmp")
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                file.write(f"{_digest(text)}\n{text}")
            half.replace(at)
            _bound(at.parent)

    def _place(self) -> Path | None:
        """The file of the answer for the files as they are now; None where one of them is no workbook."""
        contents = [_contents(self._book)] + ([] if self._out is None else [_contents(self._out)])
        if None in contents:
            return None
        told = json.dumps([contents, str(self._out or ""), _versions(), self._asked], sort_keys=True)
        return folder() / f"{_digest(told)}.json"


def folder() -> Path:
    """Where answers are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("xl_retention") / "answers"


def forget() -> int:
    """Deletes all that is remembered; how many answers there were."""
    count = len(list(folder().glob("*.json")))
    shutil.rmtree(folder(), ignore_errors=True)
    return count


def _contents(path: Path) -> str | None:
    """Names, checksums and sizes of a workbook's parts; None where it cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [(entry.filename, entry.CRC, entry.file_size, entry.header_offset) for entry in archive.infolist()]
            return _digest(repr(parts))
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _versions() -> list[str]:
    modules = sorted(Path(xl_retention.__file__).parent.rglob("*.py"))
    code = [(str(module), module.stat().st_size, module.stat().st_mtime_ns) for module in modules]
    found = [xl_retention.__version__, _digest(repr(code)), sys.version]
    for name in DEPENDS_ON:
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return found


def _bound(place: Path) -> None:
    """Keeps the latest answers, as many as may be kept."""
    files = sorted(place.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    total = 0
    for number, file in enumerate(files):
        total += file.stat().st_size
        if number >= MOST_ANSWERS or total > MOST_BYTES:
            file.unlink(missing_ok=True)
