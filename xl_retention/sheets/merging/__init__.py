"""Copies that leave and come back, and customers who stand twice."""
