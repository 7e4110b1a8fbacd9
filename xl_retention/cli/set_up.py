"""Commands about the computer and new workbooks: `install`, `doctor`, `build`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from xl_retention.cli.answers import COULD_NOT, DONE, FAULTS, print_json, screen

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands
    from xl_retention.setting_up.surroundings import Surroundings

STATE_STYLES = {"ok": "green", "warn": "yellow", "bad": "red", "skipped": "dim"}


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    install = commands.add_parser("install", help="set up what the buttons need, in Excel and in LibreOffice")
    install.add_argument("--remove", action="store_true", help="undo exactly what install did")
    install.add_argument("--trust", type=Path, metavar="FOLDER", help="let LibreOffice run macros of workbooks there")
    _set_up_options(install)
    install.set_defaults(run=_install)

    doctor = commands.add_parser("doctor", help="find what keeps the buttons from working, and say what to do")
    doctor.add_argument("book", nargs="?", metavar="BOOK", help="a workbook to look at too")
    doctor.add_argument("--unblock", type=Path, metavar="FILE", help="take off the mark of mail and download")
    doctor.add_argument("--repair", type=Path, metavar="FILE", help="put back what a save in LibreOffice takes out")
    doctor.add_argument("--strict", action="store_true", help="exit 1 if anything was found wrong")
    _set_up_options(doctor)
    doctor.set_defaults(run=_doctor)

    build = commands.add_parser("build", help="make a new retention workbook (FILE.xlsm) or the add-in (FILE.xlam)")
    build.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the workbook (default: en)")
    build.add_argument("--out", type=Path, metavar="FILE", required=True, help="where to; a file is not replaced")
    build.set_defaults(run=_build)


def _set_up_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--libreoffice-profile", type=Path, metavar="DIR", help="a LibreOffice profile other than your own"
    )
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the answer (default: en)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")


def _install(options: argparse.Namespace) -> int:
    from xl_retention.setting_up.install import Installation
    from xl_retention.setting_up.surroundings import Surroundings
    from xl_retention.setting_up.words import LINES, say

    installation = Installation(Surroundings.here(), profile=options.libreoffice_profile)
    steps = installation.remove() if options.remove else installation.install(options.trust)
    lines = []
    for line in steps:
        lines.append(line)
        if not options.json:
            print(line.text(options.lang), flush=True)
    failed = any(line.failed for line in lines)
    if options.json:
        print_json({"lines": [line.text(options.lang) for line in lines], "failed": failed})
    elif not options.remove and not failed:
        print(say(LINES["next_doctor"], options.lang))
    return COULD_NOT if failed else DONE


def _doctor(options: argparse.Namespace) -> int:
    from xl_retention.setting_up.surroundings import Surroundings

    surroundings = Surroundings.here()
    done = []
    if options.unblock is not None:
        done += _unblocked(options.unblock, surroundings, options.lang)
    if options.repair is not None:
        done += _repaired(options.repair, options.lang)
    if done and options.book is None:
        if options.json:
            print_json({"done": done})
        else:
            print("\n".join(done))
        return DONE
    return _examined(options, surroundings, done)


def _unblocked(path: Path, surroundings: Surroundings, language: str) -> list[str]:
    from xl_retention.setting_up import web_marks
    from xl_retention.setting_up.words import LINES, say

    key = "unblocked" if web_marks.lift(path, surroundings) else "was_not_blocked"
    return [say(LINES[key], language, name=path.name)]


def _repaired(path: Path, language: str) -> list[str]:
    from xl_retention.setting_up.repair import repair
    from xl_retention.setting_up.words import LINES, say

    repaired = repair(path)
    lines = [
        ("repaired_buttons", repaired.buttons),
        ("repaired_ribbon", repaired.ribbon),
        ("repaired_modules", repaired.modules),
        ("kept_before", repaired.backup),
        ("nothing_to_repair", repaired.backup is None),
        ("not_repaired", repaired.not_ours),
    ]
    values = {"name": path.name, "modules": ", ".join(repaired.modules), "path": repaired.backup}
    return [
        say(LINES[key], language, count=repaired.not_ours if key == "not_repaired" else repaired.buttons, **values)
        for key, happened in lines
        if happened
    ]


def _examined(options: argparse.Namespace, surroundings: Surroundings, done: list[str]) -> int:
    from rich.table import Table
    from rich.text import Text

    from xl_retention.setting_up.doctor import examine
    from xl_retention.setting_up.words import LINES, say

    findings = list(examine(surroundings, options.book, profile=options.libreoffice_profile))
    if options.json:
        answer = []
        for finding in findings:
            _, found, action = finding.texts(options.lang)
            answer.append({"check": finding.check, "state": finding.state, "found": found, "action": action})
        print_json({"done": done, "findings": answer})
    else:
        for line in done:
            print(line)
        table = Table(title=say(LINES["doctor_title"], options.lang), title_justify="left")
        for key in ("check", "state", "found", "action"):
            table.add_column(say(LINES[key], options.lang), overflow="fold")
        for finding in findings:
            check, found, action = finding.texts(options.lang)
            state = Text(say(LINES[finding.state], options.lang), style=STATE_STYLES[finding.state])
            table.add_row(Text(check), state, Text(found), Text(action))
        screen().print(table)
    bad = any(finding.state == "bad" for finding in findings)
    return FAULTS if options.strict and bad else DONE


def _build(options: argparse.Namespace) -> int:
    from xl_retention.builder.build import build_file

    build_file(options.out, options.lang)
    print(options.out)
    return DONE
