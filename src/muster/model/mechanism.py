"""The declaration every mechanism makes of itself: what the engine, the documentation and the tests go by."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from muster.model.parameter import Parameter, declared


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism, and what its file does to the state; a contract test holds this against the source.

    ``reads`` and ``writes`` name fields of the state's tables, ``units.injury``, and its arrays without fields, ``state.queue``;
    ``x += y`` is both. Not counted: the length of a table, work space (``scratch``), what is recorded (no mechanism reads it),
    and what `roll`, `enlistment` and `wastage` do when called: these act for all mechanisms and describe themselves.
    ``drivers`` are read, ``streams`` are the random streams drawn from, ``formulas`` the plain functions of numbers.
    """

    name: str
    params: type
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    drivers: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    formulas: tuple[Callable[..., Any], ...] = field(default=())

    @property
    def story(self) -> str:
        """The module's docstring: story, equation, what is left out, sources."""
        return (sys.modules[f"muster.model.mechanisms.{self.name}"].__doc__ or "").strip()

    @property
    def equation(self) -> str:
        """The indented block of the story."""
        return "\n".join(line for line in self.story.splitlines() if line.startswith("    "))

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters with unit, prior, meaning, source and default."""
        return tuple(declared(self.name, self.params))
