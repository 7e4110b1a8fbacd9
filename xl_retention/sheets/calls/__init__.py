"""The call list: its sheet, its sentences, and what was typed beside the calls."""
