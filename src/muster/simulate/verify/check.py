"""The outcome of a check, and the three ways to hold a number against another."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

Value = float | str
_ERRORS = 4.0  # standard errors within which a sampled number must lie


@dataclass(frozen=True, slots=True)
class Finding:
    """One number of a law: what was expected, what the engine gave, and how far apart they may be."""

    part: str
    expected: Value
    measured: Value
    tolerance: Value
    ok: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A finding under the id of its law.

    ``title`` names the law and the number (``part``), ``note`` says how the tolerance came about.
    """

    id: str
    title: str
    expected: Value
    measured: Value
    tolerance: Value
    ok: bool
    part: str = ""
    note: str = ""

    @staticmethod
    def of(identity: str, law: str, finding: Finding) -> Check:
        """The finding as a check of a law."""
        f = finding
        return Check(identity, f"{law}: {f.part}", f.expected, f.measured, f.tolerance, f.ok, f.part, f.note)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


def equal(part: str, expected: Value, measured: Value, note: str = "") -> Finding:
    """Nothing less than equality will do."""
    return Finding(part, expected, measured, "exact", expected == measured, note)


def near(part: str, expected: float, measured: float, tolerance: float, note: str = "") -> Finding:
    """Within an absolute tolerance; ``note`` says where it comes from."""
    expected, measured = float(expected), float(measured)
    return Finding(part, expected, measured, tolerance, abs(measured - expected) <= tolerance, note)


def printed(part: str, expected: float, measured: float, digits: int, note: str = "rounding") -> Finding:
    """Equal to a number that was printed with so many digits after the point."""
    return near(part, expected, measured, 0.501 * 10.0**-digits, note)


def sampled(part: str, expected: float, measured: float, error: float, note: str = "") -> Finding:
    """Within four standard errors; ``error`` is one, ``note`` says of what law."""
    text = f"4 standard errors of {error:.4g}" + (f" ({note})" if note else "")
    return near(part, expected, measured, _ERRORS * error, text)


def below(part: str, limit: float, measured: float, note: str = "") -> Finding:
    """A size that must stay under a limit."""
    return Finding(part, 0.0, float(measured), limit, math.isfinite(measured) and abs(measured) < limit, note)


def error_of_mean(variance: float, count: int) -> float:
    """Standard error of the mean of ``count`` independent values."""
    return math.sqrt(variance / count)
