"""Tells what a file really is, whatever it is called, and says in one sentence what to do about it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from xl_retention.books.limits import LARGEST, MOST_PARTS, UNLIKELY_RATIO, WORTH_A_LOOK
from xl_retention.errors import BookRefused

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def opened_zip(path: Path) -> zipfile.ZipFile:
    """Opens a workbook's zip after looking at what the file is and how large it would become.

    Args:
        path: The file; its ending does not matter.

    Raises:
        BookRefused: It is no workbook that could be read; the sentence names the file and the way out.
    """
    name = path.name
    _refuse_unless_readable(path, name)
    try:
        archive = zipfile.ZipFile(path)
    except PermissionError:
        raise _no_permission(name) from None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise BookRefused(
            f"{name} is cut off or damaged; copy or download it again, or let Excel repair it "
            "(Open and Repair) and save it."
        ) from None
    try:
        _refuse_bombs(archive, name)
        _refuse_tricks(archive, name)
        _refuse_other_formats(archive, name)
    except BaseException:
        archive.close()
        raise
    return archive


def not_there(path: Path) -> BookRefused:
    """The refusal of a file that is missing."""
    return BookRefused(f"{path.name} is not there; check the spelling and the folder {path.parent.absolute()}.")


def _refuse_unless_readable(path: Path, name: str) -> None:
    try:
        if path.is_dir():
            raise BookRefused(f"{name or path} is a folder; name the workbook inside it.")
        if path.exists() and not path.is_file():
            # Nobody may ever write into a pipe, and a device has no end.
            raise BookRefused(f"{name} is a pipe or a device, not a file; name the workbook.")
        with path.open("rb") as stream:
            start = stream.read(4096)
    except FileNotFoundError:
        raise not_there(path) from None
    except PermissionError:
        raise _no_permission(name) from None
    except OSError as error:
        raise BookRefused(
            f"{name} cannot be read ({error.strerror or error}); copy it to this computer."
        ) from None
    if not start:
        raise BookRefused(f"{name} is empty; copy or download it again.")
    if start.startswith(_ZIP):
        return
    if start.startswith(_OLE2):
        raise _ole2(path, name)
    raise _text(start, name)


def _no_permission(name: str) -> BookRefused:
    return BookRefused(
        f"{name} may not be read by you; ask its owner for the right to read it, or for a copy."
    )


def _ole2(path: Path, name: str) -> BookRefused:
    """The sentence for a compound file: a workbook with a password, or one of Excel 97 to 2003."""
    streams = _stream_names(path)
    if "encryptedpackage" in streams:
        return BookRefused(f"{name} has a password; open it in Excel, remove the password and save it again.")
    if streams & {"workbook", "book"}:
        return BookRefused(
            f"{name} is a workbook of Excel 97-2003 (.xls); open it in Excel and save it as .xlsx or .xlsm."
        )
    return BookRefused(f"{name} is an old Office file but no workbook; choose the .xlsx or .xlsm file.")


def _stream_names(path: Path) -> set[str]:
    import olefile  # type: ignore[import-untyped, unused-ignore]

    try:
        with olefile.OleFileIO(str(path)) as compound:
            return {str(entry[0]).lower() for entry in compound.listdir()}
    except Exception:  # olefile raises whatever a broken file leads to
        # Of a cut off file the directory may still be there, in UTF-16.
        raw = path.read_bytes()
        known = ("EncryptedPackage", "Workbook", "Book")
        return {word.lower() for word in known if word.encode("utf-16-le") in raw}


def _text(start: bytes, name: str) -> BookRefused:
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    lowered = bare[:2048].lower()
    if (
        lowered.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta"))
        or b"<html" in lowered
    ):
        return BookRefused(
            f"{name} is a web page that only bears a workbook's name; open it in Excel and save it as .xlsx."
        )
    if lowered.startswith((b"<?xml", b"<workbook")):
        return BookRefused(
            f"{name} is an XML file, not an .xlsx workbook; open it in Excel and save it as .xlsx."
        )
    control = sum(byte < 9 or 13 < byte < 32 for byte in start if byte != 27)
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if wide or control * 100 < len(start):
        return BookRefused(
            f"{name} is a text file (such as CSV), not a workbook; open it in Excel and save it as .xlsx."
        )
    return BookRefused(
        f"{name} is not a workbook, or it is damaged; copy or download it again, or save it as .xlsx."
    )


def _refuse_bombs(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise BookRefused(
            f"{name} has {len(parts):,} parts, which no workbook needs; "
            "do not use it, ask the sender for a new copy."
        )
    inflated = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if inflated > LARGEST or (inflated > WORTH_A_LOOK and inflated / packed > UNLIKELY_RATIO):
        raise BookRefused(
            f"{name} would unpack to {inflated / 2**20:,.0f} MB; "
            "do not use it unless you know where it comes from, and then split it into smaller workbooks."
        )


def _refuse_tricks(archive: zipfile.ZipFile, name: str) -> None:
    """Of two equal parts nobody knows which counts, and a name may lead out of the folder it is unpacked to."""
    folded = {member.replace("\\", "/").lower() for member in archive.namelist()}
    if len(folded) < len(archive.namelist()):
        raise BookRefused(f"{name} holds a part twice, so nobody can tell which counts; save it again in Excel.")
    for member in archive.namelist():
        steps = member.replace("\\", "/").split("/")
        if ".." in steps or ":" in steps[0] or "\0" in member:
            raise BookRefused(
                f"{name} holds a part whose name leads out of the file ({member[:60]!r}), as no office program writes; "
                "do not use it, ask the sender for a new copy saved by Excel."
            )


def _refuse_other_formats(archive: zipfile.ZipFile, name: str) -> None:
    names = {member.replace("\\", "/").lower() for member in archive.namelist()}
    if "mimetype" in names:
        try:
            kind = archive.read("mimetype")[:200]
        except (zipfile.BadZipFile, KeyError, OSError):
            kind = b""
        if kind.startswith(_OPEN_DOCUMENT):
            raise BookRefused(
                f"{name} is an OpenDocument file (.ods); "
                "open it in LibreOffice or Excel and save it as .xlsx."
            )
    if "xl/workbook.bin" in names and "xl/workbook.xml" not in names:
        raise BookRefused(
            f"{name} is a binary workbook (.xlsb); open it in Excel and save it as .xlsx or .xlsm."
        )
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise BookRefused(f"{name} is a zip file with a password; unpack it and use the workbook inside.")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise BookRefused(
            f"{name} is a Word or PowerPoint file, not a workbook; choose the .xlsx or .xlsm file."
        )
