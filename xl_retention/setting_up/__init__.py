"""Everything around the workbook: the add-in and bridge that its buttons need, and what can be wrong with them."""
