"""Runs a command in its own process and tells how long it took and how much memory it had at most."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """One run of a command.

    Args:
        peak_mb: The largest resident set of the process, in MB of 1,000,000 bytes.
        code: What it returned; negative: the signal that ended it.
    """

    seconds: float
    peak_mb: float
    code: int
    output: str
    errors: str


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
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        unit = 1 if sys.platform == "darwin" else 1024
        return Run(
            seconds,
            usage.ru_maxrss * unit / 1e6,
            process.returncode,
            output.read().decode("utf-8", "replace"),
            errors.read().decode("utf-8", "replace"),
        )


def best(command: Sequence[str], times: int, **more: str) -> Run:
    """The fastest of some runs; a run that fails is given back at once."""
    fastest: Run | None = None
    for _ in range(times):
        now = run(command, **more)
        if now.code:
            return now
        if fastest is None or now.seconds < fastest.seconds:
            fastest = now
    if fastest is None:
        raise ValueError("times must be at least 1")
    return fastest
