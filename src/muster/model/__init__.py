"""The model: persons, units, regions, regime and programme, the mechanisms that change them, and the order of a day."""
