"""A finished workbook made ready to leave: sheets hidden, our functions turned into values, dead texts taken out."""

from __future__ import annotations

import posixpath
import re
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import BinaryIO

from xl_retention.books.package import Package
from xl_retention.books.parts import relationships
from xl_retention.books.replacing import replace_file
from xl_retention.books.shared_strings import guarded_parser

_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_GROUP = re.compile(rb'\bsi="(\d+)"')
_SHARED_CELL = re.compile(rb'<c [^>]*?t="s"[^>]*><v>(\d+)</v></c>')
_TEXT = re.compile(rb"<((?:\w+:)?)si(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?si>)", re.DOTALL)


def repack(path: Path, out: Path, *, hidden: Collection[str] = (), functions: Collection[str] = ()) -> None:
    """
    Writes a copy of a workbook that may leave.

    Args:
        path: The workbook.
        out: The copy.
        hidden: Names of sheets that nobody is to see; only a program can show them again.
        functions: Names of cell functions that the receiver does not have; their results stay as values.
    """
    with path.open("rb") as source, zipfile.ZipFile(path) as archive:
        package = Package.read(source, book=path.name)
        parts = dict(_changed_parts(archive, path.name, hidden, functions))
        removed = {name for name, data in parts.items() if data is None}
        made = {name: data for name, data in parts.items() if data is not None}

        def write(file: BinaryIO) -> None:
            package.write(source, file, made, frozenset(removed))

        def check(file: BinaryIO) -> None:
            package.check(file, made, frozenset(removed))

        replace_file(out, write, check)


def _changed_parts(
    archive: zipfile.ZipFile, book: str, hidden: Collection[str], functions: Collection[str]
) -> Iterator[tuple[str, bytes | None]]:
    links = relationships(archive, "", book=book)
    workbook = next(link.target for link in links if link.kind == "officeDocument")
    inside = relationships(archive, workbook, book=book)
    data = archive.read(workbook)
    for name in hidden:
        spelled = re.escape(name.encode())
        data = re.sub(rb'(<(?:\w+:)?sheet\b)([^>]*\bname="' + spelled + rb'"[^>]*>)', _hide, data)
    if data != archive.read(workbook):
        yield workbook, data
    asked = re.compile(rb"(?<![A-Za-z0-9_.])(?:" + b"|".join(map(str.encode, functions)) + rb")\s*\(")
    used: set[int] = set()
    frozen = False
    for link in inside:
        if link.kind != "worksheet" or not link.present:
            continue
        sheet = archive.read(link.target)
        values = _without_functions(sheet, asked) if functions else sheet
        used |= _texts_used(values)
        if values != sheet:
            frozen = True
            yield link.target, values
    texts = next((link.target for link in inside if link.kind == "sharedStrings" and link.present), "")
    if texts:
        before = archive.read(texts)
        after = _only_used(before, used)
        if after != before:
            yield texts, after
    chain = next((link.target for link in inside if link.kind == "calcChain" and link.present), "")
    if frozen and chain:
        yield from _without_chain(archive, workbook, chain)


def _hide(found: re.Match[bytes]) -> bytes:
    return found[1] + b' state="veryHidden"' + re.sub(rb'\s*state="\w+"', b"", found[2])


def _without_functions(sheet: bytes, asked: re.Pattern[bytes]) -> bytes:
    """The sheet without the formulas that call these functions; a shared one goes with all that share it."""
    groups = {
        group[1]
        for found in _FORMULA.finditer(sheet)
        if found[2] and asked.search(found[2]) and (group := _GROUP.search(found[1]))
    }

    def kept(found: re.Match[bytes]) -> bytes:
        group = _GROUP.search(found[1])
        calls = bool(found[2] and asked.search(found[2])) or bool(group and group[1] in groups)
        return b"" if calls else found[0]

    return _FORMULA.sub(kept, sheet)


def _texts_used(sheet: bytes) -> set[int]:
    """Places of the shared texts that the cells of a sheet show."""
    found = _SHARED_CELL.findall(sheet)
    is_plain = sheet.count(b't="s"') == len(found) and b"t='s'" not in sheet and b":c " not in sheet
    return set(map(int, found)) if is_plain else _texts_parsed(sheet)


def _texts_parsed(sheet: bytes) -> set[int]:
    """The same for a sheet spelled in another way than Excel spells it."""
    used: set[int] = set()
    state: dict[str, object] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition("}")[2]
        if local == "c":
            state["shared"] = attributes.get("t") == "s"
        elif local == "v" and state.get("shared"):
            state["text"] = ""

    def end(name: str) -> None:
        if name.rpartition("}")[2] == "v" and (text := str(state.pop("text", "")).strip()):
            used.add(int(text))

    def data(text: str) -> None:
        if "text" in state:
            state["text"] = f"{state['text']}{text}"

    parser = guarded_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.Parse(sheet, True)
    return used


def _only_used(texts: bytes, used: Collection[int]) -> bytes:
    """The shared texts with those blanked that no cell shows any more; places stay."""
    numbers = count()

    def kept(found: re.Match[bytes]) -> bytes:
        prefix = found[1]
        return found[0] if next(numbers) in used else b"<%ssi><%st/></%ssi>" % (prefix, prefix, prefix)

    return _TEXT.sub(kept, texts)


def parts_with(path: Path, pattern: re.Pattern[str], secrets: Collection[str]) -> list[str]:
    """Names of the parts of a workbook in which one of some texts of a known shape still stands."""
    with zipfile.ZipFile(path) as archive:
        return [
            name
            for name in archive.namelist()
            if not set(secrets).isdisjoint(pattern.findall(archive.read(name).decode("utf-8", "replace")))
        ]


def _without_chain(archive: zipfile.ZipFile, workbook: str, chain: str) -> Iterator[tuple[str, bytes | None]]:
    """The order of calculation is made anew by whoever opens the workbook; a wrong one would be called damage."""
    folder, name = posixpath.split(workbook)
    rels = f"{folder}/_rels/{name}.rels"
    target = posixpath.basename(chain).encode()
    yield chain, None
    yield rels, re.sub(rb"<Relationship\b[^>]*" + re.escape(target) + rb'"[^>]*/>', b"", archive.read(rels))
    types = archive.read("[Content_Types].xml")
    yield "[Content_Types].xml", re.sub(rb"<Override\b[^>]*" + re.escape(target) + rb'"[^>]*/>', b"", types)


def put_in_place(path: Path, out: Path) -> None:
    """Lets a finished file take the place of another, all or nothing."""
    data = path.read_bytes()

    def write(file: BinaryIO) -> None:
        file.write(data)

    replace_file(out, write, lambda file: None)


def encrypted(path: Path, password: str) -> None:
    """
    Locks a workbook with a password, and reads it back.

    Raises:
        ImportError: The package msoffcrypto-tool is not installed.
        ValueError: What was written does not open with the password, or opens to something else; the file is gone.
    """
    import msoffcrypto
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        locked, opened = Path(folder) / "locked", Path(folder) / "opened"
        try:
            with path.open("rb") as source, locked.open("wb") as file:
                OOXMLFile(source).encrypt(password, file)
            with locked.open("rb") as file, opened.open("wb") as back:
                lock = msoffcrypto.OfficeFile(file)
                lock.load_key(password=password, verify_password=True)
                lock.decrypt(back)
            whole = opened.read_bytes() == plain
        except Exception as error:
            path.unlink()
            raise ValueError(str(error)) from error
        if not whole or zipfile.is_zipfile(locked):
            path.unlink()
            raise ValueError("it does not open to what was locked")
        shutil.move(locked, path)
