"""The engine: a case and a scenario become a run; two interchangeable loops over persons, many runs, and their checks."""
