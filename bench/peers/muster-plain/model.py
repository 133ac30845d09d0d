"""Threshold exit in Muster's plain engine: every soldier is looked at every day. Same case, same luck, same curve."""

from __future__ import annotations

from typing import Any

from worker import load

_fast = load("muster")
PACKAGES = _fast.PACKAGES
go = _fast.go


def begin(persons: int, days: int, seed: int) -> Any:
    """The force at rest."""
    return _fast.start(persons, days, seed, "plain")
