"""Who will come back: the lapse score, and its trial on the store's own past."""
