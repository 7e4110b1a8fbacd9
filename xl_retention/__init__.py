"""Customer retention inside the workbook: due contacts, classes and KPIs of a car dealership."""

__version__ = "1.0.0"
