"""Thirty statements of people who lived an uprising, each with what carries it in the model and a measure that can fail."""

from __future__ import annotations

from muster.simulate.statements import force, leaving, minds, war
from muster.simulate.statements.statement import Finding, Histories, Statement

__all__ = ["Finding", "Histories", "Statement", "statements"]


def statements() -> list[Statement]:
    """All statements, by number."""
    return sorted((*leaving.FOUND, *minds.FOUND, *war.FOUND, *force.FOUND), key=lambda one: one.number)
