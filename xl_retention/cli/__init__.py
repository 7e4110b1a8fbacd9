"""What the shell calls: `xl-retention COMMAND BOOK [options]`; a module per group of commands.

Exit 0: done. 1: done, but `--strict` found faults. 2: could not; the reason is one sentence on stderr and
nothing was written. With `--json` one JSON object goes to stdout and nothing else.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import locale
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from xl_retention import __version__
from xl_retention.cli.answers import COULD_NOT, DONE, FAULTS
from xl_retention.errors import RetentionError, WrongRequest

__all__ = ["COULD_NOT", "DONE", "FAULTS", "main", "parser", "run"]

DETAILS_WANTED = "XL_RETENTION_DEBUG"
"""Environment variable that lets an error of the program itself through, with its traceback."""
GROUPS = (
    "calls",
    "checks",
    "classes",
    "backtest",
    "key_figures",
    "key_rows",
    "plans",
    "services",
    "surveys",
    "relations",
    "customers",
    "copies",
    "duplicates",
    "group",
    "adoption",
    "imports",
    "set_up",
)
"""Modules with commands, in the order of the help."""
OFTEN = {"today": "calls", "save-results": "calls", "check": "checks", "kpi": "key_figures"}
"""Commands that need not wait until the modules of all others are loaded, with their own."""


LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Of the shell; the first that is set tells its language."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point of the console script."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that multiply matrices: we have none to multiply
    gc.disable()  # one command and out: looking for circles in a hundred thousand customers takes longer than it frees
    code = run(arguments)
    gc.freeze()  # and at the end the system takes all of it back at once
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Carries out one command and returns its exit code."""
    if sys.stdout is None:  # closed by whoever started us
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a Windows console may not know Chinese
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        options = parser(given[0] if given else "").parse_args(given)
        code: int = options.run(options)
    except RetentionError as error:
        print(f"xl-retention: {_in_the_users_language(str(error))}", file=sys.stderr)
        return COULD_NOT
    except KeyboardInterrupt:
        print("xl-retention: stopped; nothing was written.", file=sys.stderr)
        return COULD_NOT
    except BrokenPipeError:
        # Whoever read our output has gone; writing on, even at exit, would only complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except FileNotFoundError as error:
        from xl_retention.books.file_kind import not_there

        sentence = str(not_there(Path(str(error.filename or "file"))))
        print(f"xl-retention: {_in_the_users_language(sentence)}", file=sys.stderr)
        return COULD_NOT
    except OSError as error:
        sentence = f"{error.strerror or error} ({error.filename or 'file'})"
        if error.errno == errno.ENOSPC:
            sentence = "The disk is full; make room and try again."
        print(f"xl-retention: {_in_the_users_language(sentence)}", file=sys.stderr)
        return COULD_NOT
    except Exception as error:
        if os.environ.get(DETAILS_WANTED):
            raise
        print(
            f"xl-retention: this should not have happened ({type(error).__name__}: {error}); "
            f"please report it, with what is shown when {DETAILS_WANTED}=1 is set.",
            file=sys.stderr,
        )
        return COULD_NOT
    return code


def _in_the_users_language(sentence: str) -> str:
    """The sentence in Chinese where the shell is; a file that was not opened has no language of its own."""
    if not _shell_is_chinese():
        return sentence
    from xl_retention.sheets.refusals import in_chinese

    return in_chinese(sentence)


def _shell_is_chinese() -> bool:
    set_up = next((value for name in LOCALE_VARIABLES if (value := os.environ.get(name))), "")
    return (set_up or locale.getlocale()[0] or "").lower().startswith(("zh", "chinese"))


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one sentence, as every other reason for not going on."""

    def error(self, message: str) -> NoReturn:
        message = message.removeprefix("argument ")
        raise WrongRequest(f"{message}; see {self.prog} --help.")


def parser(command: str = "") -> argparse.ArgumentParser:
    """
    All commands with their options.

    Args:
        command: If it is one of those asked often, its neighbours suffice.
    """
    made = _Parser(
        prog="xl-retention",
        description="Customer retention inside the workbook that the staff already keep.",
    )
    made.add_argument("--version", action="version", version=f"xl-retention {__version__}")
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    for module in (OFTEN[command],) if command in OFTEN else GROUPS:
        import_module(f"{__name__}.{module}").add_to(commands)
    return made
