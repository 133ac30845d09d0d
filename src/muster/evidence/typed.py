"""What a reviewer types, on a terminal or a page: a figure as a text would say it, the parts of a split, a kind, a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from muster.core.errors import MusterError
from muster.core.suggest import quote

if TYPE_CHECKING:
    from muster.evidence.ledger import Entry

# A figure is one thing to a reader and four fields to a record: it is asked for as it would stand in a text.
FIGURE = "figure"
BOUNDS = ("point", "lo", "hi", "qualifier")
REASONS = ("no claim of this sort", "misread", "not about this force", "told twice in the text")
_UNITS_OF_KINDS = {
    "clashes": "events",
    "airstrikes": "events",
    "units_deployed": "units",
    "desertion_cases": "cases",
    "territory": "places",
    "equipment": "items",
    "pay": "money",
    "support_paid": "money",
    "opinion": "share",
    "composition": "share",
}


def read_figure(text: str) -> tuple[dict[str, object], str]:
    """The bounds of a figure in words, and the words after it. Errors: a :class:`MusterError` when there is no number."""
    from muster.evidence.numbers.quantities import find_numbers

    found = find_numbers(text)
    if not found or text[: found[0].outer_start].strip():
        raise MusterError(f"{quote(text)} does not begin with a figure. Write it as a text would: over 13,000; 1,500 to 2,000.")
    one = found[0]
    return {field: getattr(one, field) for field in BOUNDS}, text[one.outer_end :].strip()


def read_part(text: str) -> dict[str, object]:
    """A part of a split from a figure and whom it counts. Errors: a :class:`MusterError` when one of the two is missing."""
    from muster.evidence.ledger.fields import parse_field

    bounds, population = read_figure(text.strip())
    if not population:
        raise MusterError(f"{quote(text.strip())} does not say whom it counts. Write such as: 3,235 soldiers.")
    return {**bounds, "population": parse_field("claim", "population", population)}


def give_kind(entry: Entry, kind: str) -> dict[str, object]:
    """The changes that give a claim a kind; with it, for a number that had none, the unit such figures are counted in."""
    return {"kind": kind, "unit": _UNITS_OF_KINDS.get(kind, "persons")} if entry.claim.kind == "unclassified" else {"kind": kind}
