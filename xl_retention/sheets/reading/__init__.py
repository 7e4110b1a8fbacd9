"""The staff's sheets understood: which holds which table, which heading is which field."""
