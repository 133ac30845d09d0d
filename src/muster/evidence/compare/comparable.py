"""When two figures speak of the same thing, and what their words allow the number to be.

Most claims that seem to contradict each other count different people, places or times. So two figures are compared only
when kind, unit, side, branch, population, scope and place are the same and their windows meet; and each is given the room
its wording and its rounding leave.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from muster.evidence.compare.reliability import OWN_VOICE, SourceRegistry, name_key
from muster.evidence.ledger.entry import Entry
from muster.evidence.record import Claim

# How many days apart two figures of a stock still speak of the same state: men under arms and land held change slowly.
STOCK_DAYS = 60
SLOW_DAYS = 180
SLOW = ("strength", "militia_strength", "territory")
# Independent counts of one thing that differ by no more than this are the same count.
COUNTED_ALIKE = 1.1
# "By the end of August" and "on 2 September" end the same window.
SLACK_DAYS = 10
# Days of a period of a rate.
PERIOD_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
# Words of a population that do not change who is counted.
_IDLE = re.compile(r"\b(the|military|army|government|junta|regime|security|personnel|members?|officers?|persons?|people|men)\b")
_SAME = {"policemen": "police", "troops": "soldiers", "servicemen": "soldiers", "defectors": "persons"}
# Populations the reader could not name.
_UNNAMED = ("", "persons", "people", "men")
NATIONAL = ("national", "nationwide", "country", "countrywide")


@dataclass(frozen=True)
class Figure:
    """A reviewed claim made ready for comparison: who says it (``voice``), and what it may be compared with (``topic``)."""

    entry: Entry
    claim: Claim
    voice: str
    country: str | None = None

    @cached_property
    def place(self) -> str:
        """The region, or nothing for the whole country."""
        name = self.claim.place_id or self.claim.place or ""
        whole = (*NATIONAL, "" if self.country is None else self.country.lower())
        return "" if name.lower() in whole else name_key(name)

    @cached_property
    def population(self) -> str:
        """Who is counted: the parts of a sum in alphabetical order, without words that make no difference."""
        parts = re.split(r"\s*(?:\+|,|\band\b)\s*", self.claim.population.lower())
        return "+".join(sorted({tidy for part in parts if (tidy := _tidy(part))}))

    @cached_property
    def topic(self) -> tuple[str, ...]:
        """What must be the same, apart from the population, place and scope."""
        return (self.claim.kind, self.claim.unit, self.claim.side)

    @cached_property
    def window(self) -> tuple[date, date] | None:
        """The days it speaks of; ``None`` when they are not known."""
        claim = self.claim
        first, last = claim.date_lo or claim.as_of, claim.as_of or claim.date_hi
        if claim.date_hi and (claim.measure != "stock" or claim.as_of is None):
            last = claim.date_hi
        if claim.date_basis in ("default", "none") or last is None:
            return None
        if claim.measure == "stock":
            half = timedelta((SLOW_DAYS if claim.kind in SLOW else STOCK_DAYS) // 2)
            return last - half, last + half
        return (first, last) if first is not None and first <= last else None

    @cached_property
    def room(self) -> tuple[float, float]:
        """The least and the most its words allow, rounding included; open ends are 0 and infinity."""
        claim = self.claim
        lo = claim.lo if claim.lo is not None else claim.point if claim.qualifier == "exact" else None
        hi = claim.hi if claim.hi is not None else claim.point if claim.qualifier == "exact" else None
        low = 0.0 if lo is None else lo - rounding(lo)
        high = math.inf if hi is None else hi + rounding(hi)
        return low, high

    @property
    def day(self) -> str:
        """The last day it speaks of, as text; empty when it is not known."""
        day = self.claim.as_of or self.claim.date_hi
        return "" if day is None else day.isoformat()

    @property
    def rate(self) -> tuple[float, float] | None:
        """The least and the most a day, when it is a rate."""
        if self.claim.per is None:
            return None
        days = PERIOD_DAYS[self.claim.per]
        return self.room[0] / days, self.room[1] / days


def is_comparable(entry: Entry) -> bool:
    """Whether a reviewer kept it, somebody asserts it, and it has a kind."""
    if entry.type != "claim" or not entry.kept:
        return False
    return entry.claim.modality == "asserted" and entry.claim.kind != "unclassified"


def figure(entry: Entry, *, registry: SourceRegistry | None = None, country: str | None = None) -> Figure:
    """A figure from a reviewed claim."""
    claim = entry.claim
    name = claim.claimant if claim.claimant not in (OWN_VOICE, "") else f"origin {entry.origin}"
    return Figure(entry, claim, name_key(registry.actor(name) if registry else name), country)


def rounding(number: float) -> float:
    """Half a step of the last digit that was meant: 13,771 is meant to one, 14,000 to the thousand, 20,000 as well."""
    if number == 0 or not math.isfinite(number):
        return 0.0
    digits = f"{abs(number):.12g}".replace(".", "").strip("0")
    # A figure of one digit is hardly ever meant as loosely as its digit: two at least are taken to be meant.
    meant = max(2, len(digits))
    step = 10.0 ** (math.floor(math.log10(abs(number))) - meant + 1)
    return 0.0 if float(number).is_integer() and step < 1 else step / 2


def same_subject(one: Figure, two: Figure) -> bool:
    """Whether two figures count the same people, whole against whole, in the same place."""
    return (
        one.topic == two.topic
        # A sum without its currency can be compared with none.
        and one.claim.unit != "money"
        and one.claim.scope == two.claim.scope == "total"
        and one.population == two.population
        and one.place == two.place
        and same_branch(one, two)
        and one.claim.includes == two.claim.includes
    )


def same_branch(one: Figure, two: Figure) -> bool:
    """Whether the branches agree; an unnamed one agrees with all."""
    branches = {one.claim.branch, two.claim.branch} - {None, "mixed"}
    return len(branches) < 2


def same_window(one: Figure, two: Figure) -> bool:
    """Whether both speak of the same time: stocks of about the same day, counts that begin and end about together."""
    if one.window is None or two.window is None:
        return False
    if "stock" in (one.claim.measure, two.claim.measure):
        return one.claim.measure == two.claim.measure and overlap(one, two)
    return _near(one.window[0], two.window[0]) and _near(one.window[1], two.window[1])


def overlap(one: Figure, two: Figure) -> bool:
    """Whether the windows have a day in common."""
    if one.window is None or two.window is None:
        return False
    return one.window[0] <= two.window[1] and two.window[0] <= one.window[1]


def inside(inner: Figure, outer: Figure) -> bool:
    """Whether one window lies within the other."""
    if inner.window is None or outer.window is None:
        return False
    slack = timedelta(min(SLACK_DAYS, (inner.window[1] - inner.window[0]).days // 10))
    return outer.window[0] - slack <= inner.window[0] and inner.window[1] <= outer.window[1] + slack


def independent(one: Figure, two: Figure) -> bool:
    """Whether two figures go back to different sources: other origin, and other claimant."""
    return one.entry.origin != two.entry.origin and one.voice != two.voice


def apart(one: Figure, two: Figure) -> float:
    """How far two figures are apart: the least of the larger over the most of the smaller; 1 when some number fits both."""
    gap = max(one.room[0] - two.room[1], two.room[0] - one.room[1])
    if gap <= 0:
        return 1.0
    small, large = sorted((one, two), key=lambda item: item.room[1])
    return large.room[0] / max(small.room[1], 1.0)


def disjoint(one: Figure, two: Figure) -> bool:
    """Whether two figures cannot be one count. (Two independent counts a tenth apart agree remarkably well.)"""
    return apart(one, two) > COUNTED_ALIKE


def _near(one: date, two: date) -> bool:
    return abs((one - two).days) <= SLACK_DAYS


def _tidy(part: str) -> str:
    plain = part.strip()
    if plain in _UNNAMED:
        return "persons"
    short = " ".join(_IDLE.sub(" ", plain).split())
    return {"police": "police", "policemen": "police", "troops": "soldiers", "defectors": "persons"}.get(
        short or plain, short or plain
    )
