"""A save is all or nothing, and the old file stays as a dated backup."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest

from tests.books.workbooks import CALL_LAYOUT, call_rows, contents, store
from xl_retention.books import replacing
from xl_retention.books.closed import ClosedBook
from xl_retention.books.package import Package
from xl_retention.books.replacing import backups_of, is_backup, replace_file
from xl_retention.errors import BookRefused

NOON = dt.datetime(2026, 11, 21, 12, 0, 0)


@pytest.fixture
def path(tmp_path):
    return store(tmp_path / "Store.xlsx")


def book_with_rows(path: Path, rows: int = 3, now: dt.datetime = NOON) -> ClosedBook:
    book = ClosedBook(path, clock=lambda: now)
    book.write("Call list", call_rows(rows), CALL_LAYOUT)
    return book


def names(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir())


def assert_untouched(path: Path, before: bytes, listing: list[str]) -> None:
    assert before == path.read_bytes()
    assert listing == names(path), "no temporary file and no backup is left"


def test_the_old_file_stays_as_a_dated_backup(path):
    before = path.read_bytes()
    book_with_rows(path).save()

    backup = path.with_name("Store.backup-20261121-120000.xlsx")
    assert [backup.name, "Store.xlsx"] == names(path)
    assert before == backup.read_bytes()
    assert before != path.read_bytes()
    assert is_backup(backup)
    assert not is_backup(path)
    assert not backup.samefile(path)


def test_two_saves_in_one_second_keep_both_backups(path):
    states = []
    for rows in (1, 2, 3):
        states.append(path.read_bytes())
        book_with_rows(path, rows).save()

    assert states == [backup.read_bytes() for backup in backups_of(path)]


def test_the_last_ten_backups_stay(path):
    other = path.with_name("Store.backup-20200101-000000.xlsm")
    neighbour = path.with_name("Store West.backup-20200101-000000.xlsx")
    for keep in (other, neighbour):
        keep.write_bytes(b"")
    for n in range(13):
        book_with_rows(path, rows=n, now=NOON + dt.timedelta(days=n)).save()

    kept = [f"Store.backup-202611{day}-120000.xlsx" for day in range(24, 31)]
    kept += [f"Store.backup-202612{day:02}-120000.xlsx" for day in range(1, 4)]
    assert kept == [backup.name for backup in backups_of(path)]
    assert other.exists()
    assert neighbour.exists(), "those of another workbook stay"


def test_a_disk_without_second_names_gets_a_copy(path, monkeypatch):
    def no_links(*_):
        raise OSError(errno.EPERM, "not here")

    monkeypatch.setattr(os, "link", no_links)
    before = path.read_bytes()
    book_with_rows(path).save()

    assert before == backups_of(path)[0].read_bytes()


def test_a_copy_elsewhere_makes_no_backup_unless_something_is_there(path):
    target = path.with_name("Copy.xlsx")
    before = path.read_bytes()
    book = book_with_rows(path)
    book.save(target)
    assert names(path) == ["Copy.xlsx", "Store.xlsx"]
    assert before == path.read_bytes()
    assert len(ClosedBook(target).read("Call list")) == 6

    first = target.read_bytes()
    book.write("Call list", call_rows(1), CALL_LAYOUT)
    book.save(str(target))
    assert [first] == [backup.read_bytes() for backup in backups_of(target)]
    book.save()
    assert target.read_bytes() == path.read_bytes(), "the book itself still had its rows to save"


def test_a_copy_without_a_change_is_the_same_file(path):
    target = path.with_name("Copy.xlsx")
    ClosedBook(path).save(target)
    assert path.read_bytes() == target.read_bytes()


def test_nothing_changed_writes_nothing(path):
    status = path.stat()
    ClosedBook(path).save()
    assert (status.st_ino, status.st_mtime_ns) == (path.stat().st_ino, path.stat().st_mtime_ns)
    assert names(path) == ["Store.xlsx"]


def test_a_book_goes_on_after_its_save(path):
    book = book_with_rows(path)
    book.save()
    book.write("Call list", call_rows(5), CALL_LAYOUT)
    book.save()
    assert len(book.read("Call list")) == 8
    assert len(backups_of(path)) == 2


def test_excel_has_it_open(path):
    user = "Wang Li"
    lock = (
        bytes([len(user)])
        + user.encode().ljust(54)
        + bytes([len(user), 0])
        + user.encode("utf-16-le").ljust(108, b" ")
    )
    path.with_name("~$Store.xlsx").write_bytes(lock)
    before, listing = path.read_bytes(), names(path)
    with pytest.raises(
        BookRefused, match=r"Store.xlsx is open in Excel by Wang Li; close it .* delete the file ~\$Store"
    ):
        book_with_rows(path).save()
    assert_untouched(path, before, listing)


@pytest.mark.parametrize(
    ("lock", "who"),
    [
        (",wang,office-pc,21.11.2026 08:00,file:///x;", " by wang"),
        ("王丽,wang,pc,x,y;", " by 王丽"),
        ("", ""),
    ],
)
def test_libreoffice_has_it_open(path, lock, who):
    path.with_name(".~lock.Store.xlsx#").write_text(lock, "utf-8")
    before, listing = path.read_bytes(), names(path)
    with pytest.raises(BookRefused, match=f"Store.xlsx is open in LibreOffice{who}; close it"):
        book_with_rows(path).save()
    assert_untouched(path, before, listing)


def test_a_copy_over_an_open_file_is_refused_too(path):
    target = path.with_name("Copy.xlsx")
    target.write_bytes(b"old")
    path.with_name("~$Copy.xlsx").write_bytes(b"\x02Bo")
    with pytest.raises(BookRefused, match=r"Copy\.xlsx is open in Excel by Bo"):
        book_with_rows(path).save(target)
    assert target.read_bytes() == b"old"


def test_a_read_only_file(path):
    path.chmod(0o444)
    before, listing = path.read_bytes(), names(path)
    with pytest.raises(BookRefused, match=r"Store\.xlsx is read-only"):
        book_with_rows(path).save()
    assert_untouched(path, before, listing)


def test_a_read_only_folder(path):
    book = book_with_rows(path)
    path.parent.chmod(0o555)
    before, listing = path.read_bytes(), names(path)
    try:
        with pytest.raises(BookRefused, match=r"is read-only, so Store\.xlsx cannot be replaced"):
            book.save()
        assert_untouched(path, before, listing)
    finally:
        path.parent.chmod(0o755)


def test_a_folder_or_no_folder(path):
    (path.parent / "Folder.xlsx").mkdir()
    book = book_with_rows(path)
    with pytest.raises(BookRefused, match="is a folder, not a workbook"):
        book.save(path.parent / "Folder.xlsx")
    with pytest.raises(BookRefused, match="There is no folder"):
        book.save(path.parent / "missing" / "Store.xlsx")


@pytest.mark.skipif(os.name == "nt", reason="counts the letters of a name otherwise")
@pytest.mark.parametrize("signs", [70, 76, 82])
def test_a_name_that_leaves_no_room_for_that_of_the_backup(path, signs):
    """A name may have 255 bytes; a Chinese sign takes three, what marks a backup 23, what marks a lock 7."""
    path = path.rename(path.with_name("店" * signs + ".xlsx"))
    before, listing = path.read_bytes(), names(path)
    book = book_with_rows(path)
    if signs == 70:
        book.save()
        assert is_backup(book.backup)
        return
    with pytest.raises(BookRefused, match="too long for a backup beside it; rename it"):
        book.save()
    assert_untouched(path, before, listing)


@pytest.mark.parametrize("room", [0, 100, 5_000, 14_000])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_full_disk(path, monkeypatch, room, code):
    """At whatever byte the disk is full, the old file stays and nothing else does."""
    before, listing = path.read_bytes(), names(path)
    book = book_with_rows(path, rows=300)
    real = Package.write

    class Full:
        def __init__(self, file):
            self.file, self.left = file, room

        def write(self, data):
            self.left -= len(data)
            if self.left < 0:
                raise OSError(code, os.strerror(code))
            return self.file.write(data)

    monkeypatch.setattr(
        Package, "write", lambda self, source, file, *rest: real(self, source, Full(file), *rest)
    )
    with pytest.raises(BookRefused, match="disk is full" if code == errno.ENOSPC else "was not changed"):
        book.save()
    assert_untouched(path, before, listing)
    monkeypatch.undo()
    book.save()
    assert len(ClosedBook(path).read("Call list")) == 303, "with room it goes on"


@pytest.mark.parametrize("step", ["fsync", "replace", "link"])
def test_a_failure_at_any_other_step(path, monkeypatch, step):
    before, listing = path.read_bytes(), names(path)
    book = book_with_rows(path)

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    monkeypatch.setattr(replacing.shutil, "copy2", fail)
    with pytest.raises(BookRefused, match="disk is full"):
        book.save()
    assert_untouched(path, before, listing)


def test_a_file_written_with_a_fault_never_takes_the_place(path, monkeypatch):
    before, listing = path.read_bytes(), names(path)
    book = book_with_rows(path)
    real = Package.write

    def with_fault(self, source, file, *rest):
        whole = io.BytesIO()
        real(self, source, whole, *rest)
        data = bytearray(whole.getvalue())
        place = data.index(b"xl/worksheets/sheet3.xml") + 200
        data[place] ^= 255
        file.write(data)

    monkeypatch.setattr(Package, "write", with_fault)
    with pytest.raises(BookRefused):
        book.save()
    assert_untouched(path, before, listing)


def test_a_file_changed_meanwhile_is_not_overwritten(path):
    book = book_with_rows(path)
    book_with_rows(path, rows=9).save()
    before, listing = path.read_bytes(), names(path)
    with pytest.raises(BookRefused, match="changed by somebody else meanwhile"):
        book.save()
    assert_untouched(path, before, listing)


def test_a_file_only_touched_is_not_a_changed_file(path):
    book = book_with_rows(path)
    os.utime(path, (1, 1))
    book.save()
    assert len(ClosedBook(path).read("Call list")) == 6


def test_rights_and_links_stay(path):
    link = path.with_name("Today.xlsx")
    link.symlink_to(path.name)
    path.chmod(0o640)
    book_with_rows(link).save()
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert len(ClosedBook(path).read("Call list")) == 6


def test_what_a_killed_run_left_is_cleared_up_later(path):
    old, fresh = path.with_name(".Store.xlsx.abcdefgh.tmp"), path.with_name(".Store.xlsx.hgfedcba.tmp")
    for left in (old, fresh):
        left.write_bytes(b"x")
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    book_with_rows(path).save()
    assert not old.exists()
    assert fresh.exists(), "another run may be writing it just now"


def test_a_new_file_where_none_was(tmp_path):
    replace_file(tmp_path / "new.xlsx", lambda file: file.write(b"x") and None, lambda file: None)
    assert [other.name for other in tmp_path.iterdir()] == ["new.xlsx"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_kill_at_any_moment_leaves_the_old_or_the_new_file(path):
    """Twenty times, or as often as XL_RETENTION_KILLS says, a run that saves over and over is killed."""
    program = textwrap.dedent(
        """
        import sys
        from tests.books.workbooks import CALL_LAYOUT, call_rows
        from xl_retention.books.closed import ClosedBook
        print("ready", flush=True)
        rows = 0
        while True:
            rows = rows % 50 + 1
            book = ClosedBook(sys.argv[1])
            book.write("Call list", call_rows(rows), CALL_LAYOUT)
            book.save()
        """
    )
    root = Path(__file__).parents[2]
    chance = random.Random(1)
    neighbour = contents(path)["xl/worksheets/sheet1.xml"]
    for _ in range(int(os.environ.get("XL_RETENTION_KILLS", "20"))):
        run = subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with run:
            assert run.stdout.readline() == b"ready\n"
            time.sleep(chance.random() * 0.05)
            run.kill()
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert archive.read("xl/worksheets/sheet1.xml") == neighbour
        with ClosedBook(path) as book:
            assert {"Customers", "Lists"} <= set(book.sheet_names())
