"""Words, figures, maps and the page: what an analyst reads and forwards."""
