"""Forecasts: what will be reported, how sure that is, and whether it beats the naive."""
