"""Whatever is handed over as a workbook: one clear sentence, exit code 2, nothing written, no traceback."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.actions.drawn import OTHER_VIN, TODAY, VIN, Answer, contents, shell, workbook

CUSTOMERS = f"""
    Customer ID | Name | Mobile       | VIN   | Delivery Date | Insurance Expiry
    C1          | Ada  | '13900000001 | {VIN} | 2026-11-18    | 2027-11-01
"""
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def good(path: Path) -> Path:
    return workbook(path, {"Customers": CUSTOMERS})


def bytes_of_good(tmp_path: Path) -> bytes:
    path = good(tmp_path / "made.xlsx")
    data = path.read_bytes()
    path.unlink()
    return data


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def encrypted(path: Path) -> Path:
    source = io.BytesIO(bytes_of_good(path.parent))
    with path.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    return path


def damaged(path: Path) -> Path:
    """The bytes of the customer sheet are overwritten; the directory of the zip is still whole."""
    data = bytearray(bytes_of_good(path.parent))
    start = data.index(b"sheet1.xml") + 40
    data[start : start + 60] = bytes(60)
    return written(path, bytes(data))


def zip_of_a_letter(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "Dear customer")
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def read_only(path: Path) -> Path:
    good(path).chmod(0o444)
    return path


def opened(path: Path, lock: str) -> Path:
    excel = (b"\x03Bob".ljust(55) + b"\x03\x00" + "Bob".ljust(54).encode("utf-16-le"))[:165]
    good(path).with_name(lock).write_bytes(excel if lock.startswith("~$") else b"Bob,bob,desk,21.11.2026 08:00,;")
    return path


def sheets(**drawings: str) -> Callable[[Path], Path]:
    return lambda path: workbook(path, drawings)


UNREADABLE: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    # what it is: (name of the file, how it is made, words of the sentence)
    "missing": ("Gone.xlsx", lambda path: path, "is not there"),
    "a folder": ("Store.xlsx", folder, "is a folder"),
    "empty": ("Store.xlsx", lambda path: written(path, b""), "is empty"),
    "cut off": ("Store.xlsx", lambda path: written(path, bytes_of_good(path.parent)[:3000]), "cut off or damaged"),
    "damaged inside": ("Store.xlsx", damaged, "'Customers' is not whole"),
    "csv as xlsx": ("Store.xlsx", lambda path: written(path, "姓名,手机\n张三,139\n".encode()), "text file (such as"),
    "web page as xlsx": ("Store.xlsx", lambda path: written(path, b"<html><table></table></html>"), "web page"),
    "xlsx as txt": ("Store.txt", lambda path: written(path, bytes_of_good(path.parent)), "is not an .xlsx or .xlsm"),
    "xls": ("Store.xls", lambda path: written(path, OLE2 + bytes(504) + "Workbook".encode("utf-16-le")), ".xls"),
    "xls as xlsx": (
        "Store.xlsx", lambda path: written(path, OLE2 + bytes(504) + "Workbook".encode("utf-16-le")), "Excel 97-2003",
    ),
    "encrypted": ("Store.xlsx", encrypted, "has a password"),
    "a zip of something": ("Store.xlsx", zip_of_a_letter, "holds no workbook"),
    "noise": ("Store.xlsx", lambda path: written(path, bytes(range(256)) * 20), "is not a workbook, or it is damaged"),
}  # fmt: skip

UNWRITABLE: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "read-only": ("Store.xlsx", read_only, "is read-only"),
    "open in Excel": ("Store.xlsx", lambda path: opened(path, "~$Store.xlsx"), "open in Excel by Bob"),
    "open in LibreOffice": ("Store.xlsx", lambda path: opened(path, ".~lock.Store.xlsx#"), "in LibreOffice by Bob"),
}

NOT_UNDERSTOOD: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "no customers": (
        "Store.xlsx",
        sheets(Vehicles=f"VIN|Plate|Brand\n{VIN}|A1|B", Notes="Call Bob"),
        "No sheet with customers was found",
    ),
    "blank": ("Store.xlsx", sheets(Sheet1=""), "could not place: 'Sheet1'"),
    "many sheets": ("Store.xlsx", sheets(**{f"Week{number}": "Mon|Tue" for number in range(52)}), "'Week9' … (52)."),
    "two candidates": (
        "Store.xlsx",
        sheets(
            北区="客户编号|客户姓名|手机|车牌号\nC1|张三|'13900000001|苏A12345",
            南区="客户编号|客户姓名|手机|车牌号\nC2|李四|'13900000002|苏A12346",
        ),
        "Several sheets could be the customer sheet: '北区', '南区'",
    ),
    "two of known names": (
        "Store.xlsx",
        sheets(
            客户档案="客户编号|客户姓名|手机\nC1|张三|'13900000001",
            客户资料="客户编号|客户姓名|手机\nC2|李四|'13900000002",
        ),
        "'客户档案', '客户资料'",
    ),
    "neither name nor phone": (
        "Store.xlsx",
        sheets(Customers="Made in May\nCustomer ID|Address|Birthday\nC1|x|1980-11-21"),
        "Sheet 'Customers' has no column for the customer's name or phone in its heading row 2",
    ),
    "unknown headings": (
        "Store.xlsx", sheets(Customers="Foo|Bar|Baz\nC1|x|y"), "Sheet 'Customers' has no heading row that we know",
    ),
    "too few headings": (
        "Store.xlsx", sheets(客户档案="姓名|手机\n张三|'13900000001"), "at least three headings",
    ),
}  # fmt: skip

BOTH_COMMANDS = {**UNREADABLE, **NOT_UNDERSTOOD}


def refused_for(answer: Answer, words: str) -> None:
    """One sentence on stderr, nothing on stdout, exit code 2."""
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("xl-retention: ")
    assert answer.err.endswith(".\n")
    assert answer.err.count("\n") == 1, "one line"
    assert ". " not in answer.err.replace("(.", ""), "one sentence"
    assert "Traceback" not in answer.err
    assert words in answer.err


@pytest.mark.parametrize("command", ["today", "check"])
@pytest.mark.parametrize("what", BOTH_COMMANDS)
def test_what_is_no_store_is_refused_and_left_as_it_is(what: str, command: str, tmp_path: Path) -> None:
    name, made, words = BOTH_COMMANDS[what]
    path = made(tmp_path / name)
    before = contents(tmp_path)

    answer = shell(command, path, "--json")

    refused_for(answer, words)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("what", UNREADABLE)
def test_the_sentence_names_the_file(what: str, tmp_path: Path) -> None:
    name, made, _ = UNREADABLE[what]

    assert name in shell("today", made(tmp_path / name)).err


def test_every_reason_has_its_own_sentence(tmp_path: Path) -> None:
    """But for the name of the file: a clerk who reads it knows which of them it is."""
    sentences = []
    for place, (name, made, _) in enumerate([*BOTH_COMMANDS.values(), *UNWRITABLE.values()]):
        home = tmp_path / str(place)
        home.mkdir()
        sentences.append(shell("today", made(home / name)).err.replace(name, "FILE").replace(str(home), "FOLDER"))

    different = len(set(sentences))
    # .txt and .xls are refused for their ending; two candidates and two of known names are one reason.
    assert different >= len(sentences) - 2, sentences


@pytest.mark.parametrize("what", UNWRITABLE)
def test_what_cannot_be_written_is_refused_and_left_as_it_is(what: str, tmp_path: Path) -> None:
    name, made, words = UNWRITABLE[what]
    path = made(tmp_path / name)
    before = contents(tmp_path)

    refused_for(shell("today", path, "--date", TODAY, "--json"), words)

    assert contents(tmp_path) == before


@pytest.mark.parametrize("what", UNWRITABLE)
def test_what_cannot_be_written_can_still_be_looked_at(what: str, tmp_path: Path) -> None:
    name, made, _ = UNWRITABLE[what]
    path = made(tmp_path / name)
    before = contents(tmp_path)

    assert shell("today", path, "--date", TODAY, "--json", "--dry-run").code == 0
    assert shell("check", path, "--json").code == 0
    assert contents(tmp_path) == before


def test_a_folder_without_a_workbooks_name_is_refused_too(tmp_path: Path) -> None:
    assert shell("today", tmp_path, "--json").code == 2
    assert ". is a folder" in shell("today", ".", "--json").err


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("nowhere/Out.xlsx", "no folder"),
        ("taken.xlsx", "is a folder"),
        ("Out.xlsm", "holds no macros"),
        ("Out.csv", "ending in .xlsx"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_refused(target: str, words: str, tmp_path: Path) -> None:
    path = good(tmp_path / "Store.xlsx")
    (tmp_path / "taken.xlsx").mkdir()
    before = contents(tmp_path)

    refused_for(shell("today", path, "--date", TODAY, "--json", "--out", tmp_path / target), words)

    assert contents(tmp_path) == before


FAULTY = f"""
    Customer ID | Name  | Mobile       | Birthday   | VIN         | Delivery Date | Insurance Expiry
    C1          | Ada   | '13900000001 | 5/3/1980   | {VIN}       | 2024-02-30    | 待定
    C2          | Bo    | '13900000002 | 1980-05-03 | {OTHER_VIN} | 2026-11-18    | 2027-11-01
    C2          | Bobby | '13900000003 |            |             |               |
"""


def test_faults_in_the_data_are_listed_and_the_good_rows_still_work(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {"Customers": FAULTY})

    answer = shell("today", path, "--date", TODAY, "--json")

    assert answer.code == 0
    assert answer.rows("customer_id", "rules") == [("C2", ["DLV-3D"])]
    assert sorted(answer.problems("cell", "heading", "found", "severity", "code")) == [
        ("A4", "Customer ID", "C2", "medium", "key_repeated"),
        ("D2", "Birthday", "5/3/1980", "medium", "date_not_understood"),
        ("F2", "Delivery Date", "2024-02-30", "high", "date_not_understood"),
        ("G2", "Insurance Expiry", "待定", "medium", "date_not_understood"),
    ]
    for problem in answer.json["problems"]:
        assert list(problem) == ["sheet", "cell", "heading", "found", "wanted", "remedy", "severity", "code"]
        assert problem["sheet"] == "Customers"
        assert problem["wanted"]
        assert problem["remedy"].endswith(".")


@pytest.mark.parametrize("command", ["today", "check"])
def test_strict_turns_faults_into_exit_code_1(command: str, tmp_path: Path) -> None:
    faulty = workbook(tmp_path / "Faulty.xlsx", {"Customers": FAULTY})
    clean = good(tmp_path / "Clean.xlsx")

    assert shell(command, faulty, "--date", TODAY, "--json", "--strict").code == 1
    assert shell(command, clean, "--date", TODAY, "--json", "--strict").code == 0


OF_A_MONTH = ("kpi", "kpi-report", "plan", "service-due", "survey", "cards")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "COMMAND"),
        (("frobnicate",), "frobnicate"),
        (("today",), "BOOK"),
        (("today", "Store.xlsx", "--nonsense"), "--nonsense"),
        (("today", "Store.xlsx", "Other.xlsx"), "Other.xlsx"),
        (("today", "Store.xlsx", "--date"), "--date"),
        (("today", "Store.xlsx", "--date", "21.11.2026"), "'21.11.2026' is not a date; write it as YYYY-MM-DD"),
        (("today", "Store.xlsx", "--date", "2026-02-30"), "'2026-02-30' is not a date"),
        (("today", "Store.xlsx", "--date", ""), "is not a date"),
        (("today", "Store.xlsx", "--date", "9999-12-31"), "'9999-12-31' is too far away"),
        (("check", "Store.xlsx", "--date", "0001-01-01"), "'0001-01-01' is too far away"),
        (("today", "Store.xlsx", "--date", "2026-11-21T10:00"), "is not a date"),
        (("today", "Store.xlsx", "--role", "captain"), "'captain' is not a role"),
        (("demo", "--lang", "fr"), "fr"),
        (("demo", "--out", "Store.xlsx"), "Store.xlsx is a file"),
        *(((command, "Store.xlsx", "--month", "0001-01"), "too far away") for command in OF_A_MONTH),
        (("import", "Store.xlsx", "gone.csv"), "gone.csv is not there; check the spelling and the folder /"),
        (("today", "Stor.xlsx"), "Stor.xlsx is not there; check the spelling and the folder /"),
        (("mailing-list", "Store.xlsx", "--csv", "nowhere/list.csv"), "There is no folder /"),
        (("mailing-list", "Store.xlsx", "--csv", "."), "is a folder"),
        (("pack", "Store.xlsx", "--out", "copy.csv"), "would not open it as copy.csv"),
        (("pack", "Store.xlsx", "--out", "copy.xlsx", "--eml", "nowhere/mail.eml"), "no folder"),
        (("merge", "Store.xlsx", "./Store.xlsx"), "Store.xlsx is the workbook itself; name the copy"),
        (("roll-up", "Store.xlsx", "--out", "./Store.xlsx"), "Store.xlsx is one of the workbooks to count"),
        (("roll-up", "Store.xlsx", "--out", "Group.xlsm"), "ending in .xlsx"),
        (("roll-up", "Store.xlsx", "--out", "nowhere/Group.xlsx"), "no folder"),
        (("roll-up", "Gone.xlsx", "--out", "Group.xlsx"), "Gone.xlsx is not there"),
        (("kpi-report", "Store.xlsx", "--report", "boss"), "those are 1 manager, 2 sales"),
        (("customer", "Store.xlsx"), "--find"),
        (("hand-over", "Store.xlsx"), "--from"),
        (("hand-over", "Store.xlsx", "--from", "Ada"), "--from and --to belong together"),
    ],
)
def test_a_mistake_in_the_command_is_told_in_a_sentence(
    arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good(tmp_path / "Store.xlsx")
    before = contents(tmp_path)

    answer = shell(*arguments, "--json") if arguments else shell()

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("xl-retention: ")
    assert answer.err.count("\n") == 1
    assert words in answer.err
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("language", "words"), [("en_US.UTF-8", "The disk is full; make room"), ("zh_CN.UTF-8", "磁盘已满")]
)
@pytest.mark.parametrize("command", [("demo",), ("build", "--out", "New.xlsm")])
def test_a_full_disk_leaves_no_half_of_a_file(
    command: tuple[str, ...], language: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a workbook would be in the way the next time, or be opened as the practice store."""

    def half(*arguments: object) -> None:
        target = next(each for each in reversed(arguments) if isinstance(each, Path))
        target.write_bytes(b"PK")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", language)
    monkeypatch.setattr("shutil.copyfile", half)
    monkeypatch.setattr("xl_retention.builder.workbook.build", half)

    answer = shell(*command)

    assert answer.code == 2
    assert words in answer.err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_error_of_the_program_itself_shows_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of the program")

    monkeypatch.setattr("xl_retention.actions.generate_calls.generate_calls", broken)
    path = good(tmp_path / "Store.xlsx")

    answer = shell("today", path, "--json")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "ZeroDivisionError: of the program" in answer.err

    monkeypatch.setenv("XL_RETENTION_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        shell("today", path, "--json")


def test_the_program_as_the_shell_starts_it(tmp_path: Path) -> None:
    """Only the module itself, in a process of its own: streams, encoding and exit code are the real ones."""
    path = workbook(tmp_path / "城西店.xlsx", {"笔记": "张三"})

    ran = subprocess.run(
        [sys.executable, "-m", "xl_retention", "today", str(path), "--json"],
        cwd=Path(__file__).parents[2], capture_output=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 2
    assert ran.stdout == b""
    assert "could not place: '笔记'" in ran.stderr.decode("utf-8")


def test_a_closed_output_is_no_error(tmp_path: Path) -> None:
    """A scheduler may start us without one; the work is done all the same."""
    path = good(tmp_path / "Store.xlsx")

    ran = subprocess.run(
        f'"{sys.executable}" -m xl_retention today "{path}" --date {TODAY} --dry-run >&-',
        cwd=Path(__file__).parents[2], shell=True, capture_output=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr.decode("utf-8")


@pytest.mark.parametrize("what", [*BOTH_COMMANDS, *UNWRITABLE])
def test_a_chinese_shell_is_answered_in_chinese(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was not opened has no language; the shell has."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    name, made, _ = {**BOTH_COMMANDS, **UNWRITABLE}[what]

    answer = shell("today", made(tmp_path / name), "--date", TODAY, "--json")

    said = answer.err.removeprefix("xl-retention: ").replace(name, "")
    assert answer.code == 2
    assert sum("\u4e00" <= sign <= "\u9fff" for sign in said) >= 8, said


def test_a_mistake_in_the_command_is_told_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)

    assert "不是日期" in shell("today", "x.xlsx", "--date", "nonsense").err
    assert "缺少参数" in shell("today").err
    assert "没有“tody”这一项" in shell("tody").err
    assert "不能同时使用" in shell("kpi", "x.xlsx", "--month", "2026-10", "--week", "2026-W43").err
    assert "找不到 x.csv" in shell("import", good(tmp_path / "Store.xlsx"), "x.csv").err
