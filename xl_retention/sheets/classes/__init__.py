"""The sheets and columns of the classes."""
