"""Workbooks as two stores of one dealer group keep them, made up from a fixed seed."""
