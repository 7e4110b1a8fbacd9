"""How customers, cars, prospects and key accounts are classified: one module per scheme (DOM 4)."""
