"""Key figures (DOM 5): one table of definitions, row sets by family, and the figures computed from them."""
