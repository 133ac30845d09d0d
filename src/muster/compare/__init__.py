"""Many histories of a case, under draws of what is unknown and under scenarios, and what follows from their differences."""
