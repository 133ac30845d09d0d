"""Who says a figure, on which side, through whom, and how sure."""
