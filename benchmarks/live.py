"""How often each button of an open workbook asks something of LibreOffice: `python -m benchmarks.live BOOKS`.

Counts are no times: they say how much work is done cell by cell, on any computer. The office is that of the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from functools import cache, partial
from pathlib import Path

from benchmarks.books import FIFTY, FIVE_HUNDRED
from benchmarks.measure import Run, must, run
from benchmarks.series import Missing, Series, Target

BUTTONS = {
    "generate_calls": "Generate",
    "save_results": "Save results",
    "refresh_kpis": "Refresh KPIs",
    "refresh_classes": "Refresh classes",
    "check_data": "Check data",
    "undo_last_run": "Undo",
}


@cache
def _counted() -> dict[str, dict[str, int]]:
    """By customers and button the number of calls."""
    if shutil.which("soffice") is None or shutil.which("Xvfb") is None:
        raise Missing("LibreOffice with Xvfb")
    done = must(run([sys.executable, "-m", __name__]))
    counts: dict[str, dict[str, int]] = json.loads(done.output.splitlines()[-1])
    return counts


def _calls(button: str, customers: int, _book: Path, _folder: Path) -> Run:
    calls = float(_counted()[str(customers)][button])
    return Run(seconds=calls, processor=calls, peak_mb=0, code=0, output="", errors="")


SERIES = tuple(
    Series(
        f"live-{button.replace('_', '-')}",
        f"button {caption}: calls to the office",
        (FIVE_HUNDRED,),
        partial(_calls, button, FIVE_HUNDRED.size),
        beside=partial(_calls, button, FIFTY.size),
        beside_what=FIFTY.what,
        targets={FIVE_HUNDRED: Target(times=1.02)},
        slow=True,
        unit="calls",
    )
    for button, caption in BUTTONS.items()
)


def main() -> None:
    """Counts for both stores and prints it."""
    from tests.office.pressing import calls_of_buttons
    from tests.office.soffice import Office

    with tempfile.TemporaryDirectory(prefix="benchmarks-") as place:
        folder = Path(place)
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_LOG_HOME"] = str(folder / "state")
        office = Office(folder / "office")
        try:
            counts = {
                size: {button: calls.total() for button, calls in calls_of_buttons(office, folder, size).items()}
                for size in (FIFTY.size, FIVE_HUNDRED.size)
            }
        finally:
            office.close()
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
