"""Cell functions of the workbook, by subject; `udfs/retention_udfs.py` hands them to Excel and LibreOffice."""
