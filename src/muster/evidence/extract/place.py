"""Where a claim holds: the region named nearest in the sentence, else the one the report is about just then, else the country.

A place below the first administrative level is written as the region it lies in: nothing finer leaves the floor. Running
totals and the strength of a force are of the country unless their own sentence says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from muster.evidence.extract.reading import Found, Reading, Slot
from muster.evidence.extract.setting import Setting
from muster.evidence.wordsets import word_set

WHERE = word_set("place_prepositions")
NATIONAL = frozenset(
    (
        "strength",
        "recruited",
        "militia_strength",
        "militia_recruited",
        "pay",
        "support_paid",
        "opinion",
        "composition",
        "desertion_cases",
    )
)
BACK = 3  # sentences a place is remembered for
FURTHEST = 2.6


class Where(NamedTuple):
    """A place as it is named, its id in a case pack, and the rule that found it."""

    name: str | None
    id: str | None
    rule: str


def place_of(readings: Sequence[Reading], index: int, slot: Slot, *, kind: str, measure: str, setting: Setting) -> Where:
    """Where the count of a number holds."""
    here = _nearest(readings[index], slot, setting)
    if here is not None:
        return _where(here, "place named in the sentence")
    if kind not in NATIONAL and measure not in {"cumulative", "share"}:
        for back in range(index - 1, max(-1, index - BACK - 1), -1):
            said = [name for name in readings[back].names if name.entry.topic == "place"]
            if said and readings[back].paragraph == readings[index].paragraph:
                return _where(said[0], "place named before")
        title = next((name for reading in readings[:1] for name in reading.names if name.entry.topic == "place"), None)
        if title is not None and setting.country == title.entry.row["country"]:
            return _where(title, "place of the headline")
    return Where(setting.country, None, "country of the text")


def place_near(readings: Sequence[Reading], position: int, *, setting: Setting) -> Where:
    """Where a passage speaks of: the region named in its sentence, else the country."""
    reading = next((reading for reading in readings if reading.span.start <= position < reading.span.end), None)
    for name in reading.names if reading is not None else ():
        if name.entry.topic == "place" and setting.country in {None, name.entry.row["country"]}:
            return _where(name, "place named in the sentence")
    return Where(setting.country, None, "country of the text")


def _where(found: Found, rule: str) -> Where:
    """A region by the name the text gives it, a town by the name of its region."""
    row, spelled = found.entry.row, found.entry.text
    name = spelled if spelled in row.get("also", ()) else str(row.get("region") or row["name"])
    return Where(name, row.get("id"), rule)


def _nearest(reading: Reading, slot: Slot, setting: Setting) -> Found | None:
    best: tuple[float, Found] | None = None
    for name in reading.names:
        cost = _cost(reading, name, slot, setting)
        if cost is not None and cost <= FURTHEST and (best is None or cost < best[0]):
            best = (cost, name)
    return None if best is None else best[1]


def _cost(reading: Reading, name: Found, slot: Slot, setting: Setting) -> float | None:
    """How far a name is from being where it happened; None for one that is no place here."""
    if name.entry.topic == "place" and setting.country not in {None, name.entry.row["country"]}:
        return None
    before = {reading.word(name.first - 1), reading.word(name.first - 2)}
    after = name.first >= slot.end
    first, end = (slot.end, name.first) if after else (name.end, slot.first)
    cost = 0.05 * (end - first) + 0.4 * sum(1 for other in reading.slots if first <= other.first < end)
    cost += sum(0.35 for at in range(first, end) if reading.word(at) in {",", "and", ";", "while", "but"})
    if after and name.first - slot.end <= 1 and reading.word(slot.end) in {"in", "at"}:
        cost -= 1.0
    if name.entry.topic == "place":
        return cost + (0.0 if before & WHERE or name.first == 0 else 0.5)
    if name.entry.topic == "capital" and before & {"in", "at", "near", "outside"} and setting.country == name.entry.row["name"]:
        return cost + 0.5
    return None
