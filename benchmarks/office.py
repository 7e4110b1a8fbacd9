"""What LibreOffice takes to open a workbook, compute it anew and store it."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.books import HUNDRED, WITH_FORMULAS
from benchmarks.measure import Failed, Run, must, run
from benchmarks.series import Missing, Series

PREFERENCES = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""Compute everything anew when a workbook of Excel is loaded."""


def stored(book: Path, folder: Path) -> Run:
    """Opened, computed anew and stored, by an office of its own without a window."""
    program = shutil.which("soffice")
    if program is None:
        raise Missing("LibreOffice")
    profile, out = folder / "office-profile", folder / "office-out"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PREFERENCES, "utf-8")
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(book),
    ]  # fmt: skip
    done = must(run(command, HOME=str(folder)))
    written = out / book.name
    if not written.exists():
        raise Failed(f"LibreOffice stored nothing: {done.output} {done.errors}")
    written.unlink()
    return done


SERIES = (
    Series("office", "LibreOffice: open, compute, store", (HUNDRED,), stored, slow=True),
    Series(
        "formulas",
        "COUNTIFS formulas in LibreOffice",
        WITH_FORMULAS,
        stored,
        slow=True,
        extrapolate_to=100_000,
    ),
)
