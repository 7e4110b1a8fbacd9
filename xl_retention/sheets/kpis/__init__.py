"""The sheets of the key figures."""
