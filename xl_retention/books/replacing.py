"""A file takes the place of another at once or not at all, and the old one is kept as a dated backup.

Backups lie beside the workbook, as `Store.backup-20261121-223539.xlsx`, the last ten of each workbook: who
looks for yesterday's state looks where the workbook is. Whoever gathers workbooks from a folder leaves them
out with `is_backup`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from xl_retention.errors import BookRefused

KEPT_BACKUPS = 10
_BACKUP = re.compile(r"\.backup-(\d{8}-\d{6})(?:-(\d+))?$")
_LEFT_OVER = 3600
"""Seconds after which a temporary file beside a workbook is taken for one that a killed run left."""

Clock = Callable[[], dt.datetime]


def is_backup(path: str | Path) -> bool:
    """Whether the file is a backup made here, by its name."""
    return bool(_BACKUP.search(Path(path).stem))


def refuse_if_open(path: Path) -> None:
    """Looks for the lock files that Excel and LibreOffice put beside an open workbook.

    Raises:
        BookRefused: Somebody has it open; the sentence says who, where the lock says it.
    """
    excel = path.parent / f"~${path.name}"
    if _is_there(excel):
        raise _opened(path, "Excel", _excel_user(excel), excel)
    office = path.parent / f".~lock.{path.name}#"
    if _is_there(office):
        raise _opened(path, "LibreOffice", _office_user(office), office)


def _is_there(lock: Path) -> bool:
    try:
        return lock.exists()
    except OSError:
        return False  # the workbook's own name leaves no room for that of a lock


def _opened(path: Path, program: str, user: str, lock: Path) -> BookRefused:
    who = f" by {user}" if user else ""
    return BookRefused(
        f"{path.name} is open in {program}{who}; close it there and try again "
        f"(if nobody has it open, delete the file {lock.name} beside it)."
    )


def _excel_user(lock: Path) -> str:
    """The name in Excel's lock: its length in a byte, then the name; further on once more as UTF-16."""
    try:
        data = lock.read_bytes()[:512]
    except OSError:
        return ""
    if len(data) > 57 and 0 < data[55] <= 52:
        wide = data[57 : 57 + 2 * data[55]].decode("utf-16-le", "ignore").strip("\0 ")
        if wide.isprintable() and wide:
            return wide
    name = data[1 : 1 + data[0]].decode("utf-8", "replace").strip("\0 ") if data else ""
    return name if name.isprintable() else ""


def _office_user(lock: Path) -> str:
    """The name in LibreOffice's lock: fields with commas, full name first, the account's name second."""
    try:
        fields = re.split(r"(?<!\\),", lock.read_text("utf-8", "replace")[:2000])
    except OSError:
        return ""
    names = [re.sub(r"\\(.)", r"\1", name).strip() for name in fields[:2]]
    return next((name for name in names if name), "")


def refuse_if_not_writable(path: Path) -> None:
    """Says beforehand what the operating system would say in the middle, also to an administrator.

    Raises:
        BookRefused: A folder, a read-only file, or a folder that is missing or read-only.
    """
    if path.is_dir():
        raise BookRefused(f"{path.name} is a folder, not a workbook; choose a file name.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise BookRefused(f"There is no folder {folder} to write {path.name} to.")
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        raise BookRefused(f"{path.name} is read-only; take the read-only mark off, or write to another file.")
    if not (folder.stat().st_mode & 0o222 and os.access(folder, os.W_OK)):
        raise BookRefused(f"The folder {folder} is read-only, so {path.name} cannot be replaced there.")


def replace_file(
    path: Path,
    write: Callable[[BinaryIO], None],
    check: Callable[[BinaryIO], None],
    *,
    clock: Clock = dt.datetime.now,
) -> Path | None:
    """Puts a new file in the place of *path*, or leaves everything as it was.

    Args:
        path: May not exist yet; a symbolic link stays one and leads to the new file.
        write: Fills the new file.
        check: Reads the new file before it takes the place; raises when it is not whole.
        clock: Local time, for the name of the backup.

    Returns:
        The backup of the old file, None where there was none.

    Raises:
        BookRefused: It is open, read-only, the disk is full, or the check failed; the old file is untouched.
    """
    path = Path(os.path.realpath(path))
    refuse_if_not_writable(path)
    refuse_if_open(path)
    _clear_left_over(path)
    backup: Path | None = None
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w+b") as file:
            write(file)
            file.flush()
            check(file)
            os.fsync(file.fileno())
        _take_over_rights(path, temporary)
        if path.exists():
            refuse_if_open(path)
            backup = _back_up(path, clock())
        os.replace(temporary, path)  # noqa: PTH105  (the step that tests make fail)
        temporary = None
    except OSError as error:
        _remove(backup)
        raise _refused(path, error) from error
    except BaseException:
        _remove(backup)
        raise
    finally:
        _remove(temporary)
    _sync_folder(path.parent)
    if backup:
        _drop_old_backups(path)
    return backup


def _refused(path: Path, error: OSError) -> BookRefused:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BookRefused(f"The disk is full, so {path.name} was not changed; make room and try again.")
    if error.errno == errno.ENAMETOOLONG:
        return BookRefused(
            f"The name of {path.name} is too long for a backup beside it; rename it to something shorter and try again."
        )
    if error.errno == errno.EROFS:
        return BookRefused(
            f"{path.name} lies on a disk that cannot be written to; copy it elsewhere and try again."
        )
    if isinstance(error, PermissionError):
        return BookRefused(
            f"{path.name} could not be replaced: another program has it open, or its folder is closed to you."
        )
    return BookRefused(f"{path.name} could not be written ({error.strerror or error}); it was not changed.")


def _take_over_rights(path: Path, temporary: Path) -> None:
    if path.exists():
        shutil.copymode(path, temporary)
        owner = path.stat()
        if hasattr(os, "chown") and (owner.st_uid, owner.st_gid) != (os.geteuid(), os.getegid()):
            with contextlib.suppress(OSError):
                os.chown(temporary, owner.st_uid, owner.st_gid)
    else:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)


def _back_up(path: Path, now: dt.datetime) -> Path:
    """The old file under a second name: it costs no time or room, for the new one is another file."""
    stamp = now.strftime("%Y%m%d-%H%M%S")
    count = 1
    while True:
        number = f"-{count}" if count > 1 else ""
        backup = path.with_name(f"{path.stem}.backup-{stamp}{number}{path.suffix}")
        try:
            os.link(path, backup)
        except FileExistsError:
            count += 1
            continue
        except (OSError, AttributeError):
            # Sticks and some shares know no second names; then it is a copy.
            if backup.exists():
                count += 1
                continue
            try:
                shutil.copy2(path, backup)
            except OSError:
                _remove(backup)
                raise
        return backup


def backups_of(path: Path) -> list[Path]:
    """The backups of a workbook, oldest first."""
    found = []
    for other in path.parent.iterdir():
        stamp = _BACKUP.search(other.stem)
        if stamp and other.suffix == path.suffix and other.stem[: stamp.start()] == path.stem:
            found.append((stamp[1], int(stamp[2] or 1), other))
    return [other for *_, other in sorted(found)]


def _drop_old_backups(path: Path) -> None:
    with contextlib.suppress(OSError):
        for old in backups_of(path)[:-KEPT_BACKUPS]:
            _remove(old)


def _clear_left_over(path: Path) -> None:
    """A killed run cannot clear up after itself, so the next one does."""
    start = f".{path.name}."
    with contextlib.suppress(OSError):
        for other in path.parent.iterdir():
            if other.name.startswith(start) and re.fullmatch(r"[a-z0-9_]{8}\.tmp", other.name[len(start) :]):
                status = other.lstat()
                if stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > _LEFT_OVER:
                    _remove(other)


def _remove(path: Path | None) -> None:
    if path:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """The new name survives a power cut, where the system can promise that for a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
