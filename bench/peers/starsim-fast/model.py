"""Threshold exit in Starsim without common random numbers, its documented fast path. Same code."""

from __future__ import annotations

from types import SimpleNamespace

from worker import load

_starsim = load("starsim")
PACKAGES = _starsim.PACKAGES
go = _starsim.go


def begin(persons: int, days: int, seed: int) -> SimpleNamespace:
    """The force at rest."""
    return _starsim.start(persons, days, seed, crn=False)
