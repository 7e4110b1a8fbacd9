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
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import xl_retention
from xl_retention.books.package import Package
from xl_retention.errors import RetentionError

MOST_ANSWERS = 20
MOST_BYTES = 200_000_000
SWITCHED_OFF = "XL_RETENTION_NO_CACHE"
"""Environment variable that lets every run work everything out."""
DEPENDS_ON = ("holidays-", "numpy-", "python_dateutil-")
"""How the folders begin in which pip notes the versions of packages whose next one may answer otherwise."""


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
    import shutil

    count = len(list(folder().glob("*.json")))
    shutil.rmtree(folder(), ignore_errors=True)
    return count


def _contents(path: Path) -> str | None:
    """The directory of a workbook, with the checksums of its parts; None where it cannot be read."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            package = Package.read(file, book=path.name)
    except (OSError, RetentionError):
        return None
    return hashlib.blake2b(package.directory, digest_size=20).hexdigest()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


@cache
def _versions() -> tuple[str, ...]:
    """What tells this program and what it stands on from another one; `importlib.metadata` takes longer to load."""
    code = _digest(repr(sorted(_modules(Path(xl_retention.__file__).parent))))
    noted = {
        name
        for place in sys.path
        if os.path.isdir(place)  # noqa: PTH112  (objects for paths would take as long as all the rest)
        for name in os.listdir(place)  # noqa: PTH208
        if name.startswith(DEPENDS_ON) and name.endswith(".dist-info")
    }
    return (xl_retention.__version__, code, sys.version, *sorted(noted))


def _modules(folder: str | Path) -> Iterator[tuple[str, int, int]]:
    """Place, size and last change of each module in a folder and below."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns


def _bound(place: Path) -> None:
    """Keeps the latest answers, as many as may be kept."""
    files = sorted(place.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    total = 0
    for number, file in enumerate(files):
        total += file.stat().st_size
        if number >= MOST_ANSWERS or total > MOST_BYTES:
            file.unlink(missing_ok=True)
