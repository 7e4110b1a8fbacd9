"""Small sheets on which the store says how it wants things."""
