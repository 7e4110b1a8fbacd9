"""Runs a command in its own process and tells how long it took and how much memory it had at most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Run:
    """One run of a command.

    Args:
        seconds: By the clock on the wall.
        processor: Seconds that processors worked for it and for the processes that it started.
        peak_mb: The largest resident set of one process, in MB of 1,000,000 bytes.
        code: What it returned; negative: the signal that ended it.
    """

    seconds: float
    processor: float
    peak_mb: float
    code: int
    output: str
    errors: str


class Failed(Exception):
    """A measured command ended with an error."""


def run(command: Sequence[str], **more: str) -> Run:
    """Runs *command* to its end; output goes to files, so that reading it costs the process nothing.

    What an earlier run remembered is not used, unless *more*, variables of the environment, says so.

    Whoever forbids Python to keep compiled modules has them compiled anew by every run; pip compiles what it
    installs, so here they may be kept.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "XL_RETENTION_NO_CACHE": "1", **more}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        unit = 1 if sys.platform == "darwin" else 1024
        return Run(
            seconds,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * unit / 1e6,
            process.returncode,
            output.read().decode("utf-8", "replace"),
            errors.read().decode("utf-8", "replace"),
        )


def must(done: Run) -> Run:
    """The same run.

    Raises:
        Failed: It ended with an error.
    """
    if done.code:
        raise Failed(f"ended with {done.code}: {done.errors[-2000:]}")
    return done


def inside(module: str, *arguments: str) -> Run:
    """Runs `python -m module arguments`, which measures a part of what it does and says so with `tell`."""
    done = must(run([sys.executable, "-m", module, *arguments]))
    return replace(done, **json.loads(done.output.splitlines()[-1]))


def tell(work: Callable[[], object]) -> None:
    """Does the work and prints what `inside` reads."""
    processor, start = time.process_time(), time.perf_counter()
    work()
    print(json.dumps({"seconds": time.perf_counter() - start, "processor": time.process_time() - processor}))
