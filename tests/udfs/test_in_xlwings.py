"""What xlwings makes of the functions on Windows: its own code reads their arguments, only COM is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROGRAM = '''
import json, sys, types
for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["win32com.client"].Dispatch = sys.modules["pythoncom"].CoInitialize = None
import xlwings as xw
import xlwings.udfs
from xlwings import conversion

class Excel:
    name, type = "excel", "desktop"
    def clean_value_data(self, data, *rest):
        return [list(row) for row in data]
    def prepare_xl_data_element(self, value, *rest):
        return value

xw.engines.add(xw.Engine(Excel()))
xw.func, xw.arg = xlwings.udfs.xlfunc, xlwings.udfs.xlarg
import retention_udfs

def called(name, *given):
    about = getattr(retention_udfs, name).__xlfunc__
    read = [
        argument["optional"] if value is MISSING else conversion.read(None, value, argument["options"])
        for value, argument in zip(given, about["args"])
    ]
    return conversion.write(getattr(retention_udfs, name)(*read), None, about["ret"]["options"])

MISSING = object()
answers = [
    called("RETURN_RATE", 3.0, 4.0, MISSING, MISSING, MISSING, MISSING),
    called("NEXT_CONTACT", "2025-03-01", MISSING, MISSING, MISSING, MISSING, "2025-03-01"),
    called("MASK_PHONE", ((13800138000.0,), ("x",), (None,))),
    called("MASK_PHONE", (13800138000.0, "x")),
    called("RETURN_RATE", (("A",), ("A",)), (("2025-05-02",), ("2025-06-03",)), "2025-06-01", *[MISSING] * 3),
]
categories = {getattr(retention_udfs, name).__xlfunc__["category"] for name in retention_udfs.__all__}
print(json.dumps([answers, sorted(categories)], default=str))
'''


def test_xlwings_hands_over_and_takes_back_cells_and_columns():
    """
    Type hints would be taken for converters there, and a column of one row for a row.
    """
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, cwd=ROOT / "udfs",
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "udfs")])},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    answers, categories = json.loads(run.stdout)

    wrong = "phone: not a telephone number"
    assert answers == [
        [[0.75]], [["2025-03-04"]], [["138****8000"], [wrong], [""]], [["138****8000", wrong]], [[1.0]],
    ]  # fmt: skip
    assert categories == ["Retention"]
