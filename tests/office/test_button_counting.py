"""What a button asks of the office does not grow with the customers: it reads and writes blocks."""

from __future__ import annotations

from tests.office.pressing import PRESSED, calls_of_buttons

MOST_MORE = 20
"""A key figure that a small store has no data for looks different, which is asked for on its own."""


def test_ten_times_the_customers_cost_no_more_calls(office, tmp_path, monkeypatch):
    """
    The calls of each button are listed in docs/performance.md.
    """
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))

    few, many = [calls_of_buttons(office, tmp_path, customers) for customers in (50, 500)]

    for button in PRESSED:
        assert few[button].total() > 100, f"{button} did nothing"
        assert abs(many[button].total() - few[button].total()) <= MOST_MORE, button
        assert many[button].total() < 3_000, button
