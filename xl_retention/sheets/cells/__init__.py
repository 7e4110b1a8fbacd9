"""What staff typed into cells, cleaned to values (DOM 2.14)."""
