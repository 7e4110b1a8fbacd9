"""The buttons of a workbook: `press` is what VBA rings, a module per group holds what its buttons do."""

from xl_retention.buttons.pressing import press, press_in, press_in_libreoffice

__all__ = ["press", "press_in", "press_in_libreoffice"]
