"""How large a workbook and its parts may be; what goes beyond is refused before it is unpacked or parsed.

The limits lie far above what a store keeps and below what takes a computer down.
"""

MOST_PARTS = 10_000
"""Parts of a workbook."""
LARGEST = 4 << 30
"""All parts unpacked, in bytes."""
UNLIKELY_RATIO, WORTH_A_LOOK = 250, 200 << 20
"""Bytes unpacked for each packed one, where that makes more than the second number; sheets have 10 to 40."""
LARGEST_STRUCTURE = 256 << 20
"""A part that is parsed as a tree (list of sheets, relationships, styles), in bytes."""
LARGEST_TEXTS = 1 << 30
"""The list of shared texts, in bytes."""
MOST_CELLS = 1 << 26
"""Cells with something in them on one sheet."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet, as the format has it."""
MOST_CELL_STYLES = 65_490
"""Of a workbook; one with more is one that Excel wants to repair."""
DEEPEST = 256
"""Elements within elements; no office program goes beyond a few dozen."""
