"""What a text is about: its country, whose soldiers are those of the state, and what its names stand for.

Sides are those of the conflict the text reports. The country is the one most named, early names and a named force
counting more, outside powers less; a force is on the side its row gives, seen on the day of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from muster.evidence.extract.reading import Found, Reading

EARLY = 4  # sentences that count double
OUTSIDE = 0.25
WARS = frozenset({"war", "invasion", "front", "frontline", "battle"})


@dataclass(frozen=True, slots=True)
class Setting:
    """The country a text reports on, those openly at war with it, and the day it is read as of."""

    country: str | None
    belligerents: frozenset[str]
    day: date | None
    topics: frozenset[str]

    def side_of(self, found: Found) -> str | None:
        """The side a name stands for: of a force by its row, of a country by whether it is a party; None for a place."""
        row, topic = found.entry.row, found.entry.topic
        if topic == "force":
            return self._force_side(row)
        if topic == "ruler":
            return "state" if row["name"] in self.belligerents else "other"
        if topic in {"country", "capital"}:
            return "state" if row["name"] in self.belligerents or self.country is None else "other"
        return None

    def _force_side(self, row: Mapping[str, Any]) -> str:
        side = str(row["side"])
        until, since = row.get("state_until"), row.get("state_from")
        if until is not None and self.day is not None:
            side = "state" if self.day <= until else "opposition"
        if since is not None and self.day is not None and self.day >= since:
            side = "state"
        if side == "state" and row["country"] and self.belligerents and row["country"] not in self.belligerents:
            return "other" if row.get("branch") != "militia" else "state"
        return side


def setting_of(readings: Sequence[Reading], day: date | None) -> Setting:
    """The setting of a text, from the names in it."""
    votes: dict[str, float] = defaultdict(float)
    rows: dict[str, Mapping[str, Any]] = {}
    topics: set[str] = set()
    for place, reading in enumerate(readings):
        weight = 2.0 if place < EARLY else 1.0
        for name in reading.names:
            row, topic = name.entry.row, name.entry.topic
            country = str(row["country"] if topic in {"force", "place"} else row["name"])
            if topic == "country":
                rows[country] = row
            if country:
                votes[country] += weight * _worth(topic, row, reading, name)
        topics.update(
            str(trigger.entry.row["kinds"].get("persons")) for trigger in reading.triggers if trigger.entry.row["cost"] <= 0.25
        )
    if not votes:
        return Setting(None, frozenset(), day, frozenset(topics))
    country = max(votes, key=lambda name: votes[name])
    enemies = {str(name) for name in rows.get(country, {}).get("at_war", ()) if votes.get(str(name), 0.0) >= 1.0}
    return Setting(country, frozenset({country, *enemies}), day, frozenset(topics))


def _worth(topic: str, row: Mapping[str, Any], reading: Reading, name: Found) -> float:
    """How much a name says about the country: "the Syrian army" more than "in Turkey"; a capital often stands for its rulers."""
    following = reading.nouns.get(name.end)
    armed = following is not None and following.entry.row["class"] in {"persons", "units"}
    if topic == "country" and row.get("foreign"):
        return 1.0 if armed else OUTSIDE
    if topic == "force":
        return 2.0
    if armed:
        return 2.0
    if topic == "capital" and name.first == 0:
        return 2.0
    return {"capital": 0.6, "place": 0.8, "ruler": 1.5}.get(topic, 1.0)


def fell_at_war(reading: Reading, span: tuple[int, int], setting: Setting) -> bool:
    """ "70,000 Russians died in the war": between two states, those who fall in it are mostly their soldiers."""
    first, end = span
    nationals = any(
        name.entry.topic == "country" and first < name.first <= end + 1 and setting.side_of(name) == "state"
        for name in reading.names
    )
    told = {reading.word(at) for at in range(end, end + 10)}
    return len(setting.belligerents) > 1 and nationals and bool(WARS & told)
