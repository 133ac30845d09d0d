"""Numbers as they are written: digits and words, bounds from their wording, and what is no quantity at all."""
