"""`python -m xl_retention.builder` makes the files of the folder workbook/ anew."""

from pathlib import Path

from xl_retention.builder.build import build_shipped

build_shipped(Path("workbook"))
