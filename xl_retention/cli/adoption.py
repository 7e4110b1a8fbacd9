"""The command `adopt`: a workbook of the staff's with our sheets, buttons and macros."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from xl_retention.cli.answers import DONE, FAULTS, print_findings, print_json, print_place, progress_on_stderr
from xl_retention.cli.checks import mapping_json, print_mapping
from xl_retention.cli.options import as_of, book_options

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    adopt = commands.add_parser("adopt", help="make a workbook of your own one with our sheets, buttons and macros")
    book_options(adopt)
    adopt.add_argument("--out", type=Path, metavar="NEW.xlsm", required=True, help="where to write it")
    adopt.add_argument("--without-macros", action="store_true", help="add our sheets only, no buttons and no VBA")
    adopt.add_argument("--dry-run", action="store_true", help="write nothing, print the same")
    adopt.set_defaults(run=_adopt)


def _adopt(options: argparse.Namespace) -> int:
    from xl_retention.builder.adopting import adopt
    from xl_retention.sheets.wording import say

    with progress_on_stderr(quiet=options.json) as progress:
        adopted = adopt(
            options.book,
            options.out,
            as_of(options),
            macros=not options.without_macros,
            write=not options.dry_run,
            progress=progress,
        )
    if options.json:
        added = {
            "sheets": list(adopted.added),
            "left_out": list(adopted.left_out),
            "modules": list(adopted.modules),
            "ribbon": adopted.ribbon,
        }
        print_json({**mapping_json(adopted.sheets, adopted.problems), "added": added})
    else:
        print_mapping(adopted.sheets, adopted.language)
        print_findings(adopted.problems, adopted.language)
        if adopted.left_out:
            print(say("name_taken", adopted.language, sheets=", ".join(adopted.left_out)))
        if options.dry_run:
            print(say("nothing_written", adopted.language))
        else:
            print_place(options.out, adopted.language, adopted.backup)
    return FAULTS if options.strict and adopted.problems else DONE
