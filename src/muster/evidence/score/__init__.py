"""How well the extractor reads: its claims held against annotated texts, with a dumb baseline beside it."""
