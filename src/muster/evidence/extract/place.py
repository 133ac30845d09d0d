"""Where a claim holds: the nearest region named in the sentence, else in the paragraph's lead, else the country.

A place below the first administrative level is written as the region it lies in: nothing finer leaves the floor.
"""

from __future__ import annotations

from muster.evidence.extract.reading import Found, Reading
from muster.evidence.extract.setting import Setting

WHERE = frozenset(["in", "at", "near", "from", "across", "around", "into", "to", "of", "outside", "throughout", "inside", "over"])


def place_of(reading: Reading, position: int, *, setting: Setting) -> tuple[str | None, str | None, str]:
    """Name, id in the pack, and the rule."""
    best: tuple[float, Found] | None = None
    for name in reading.names:
        cost = _cost(reading, name, position, setting)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, name)
    if best is not None:
        row = best[1].entry.row
        return str(row.get("region") or row["name"]), row.get("id"), "place named in the sentence"
    return setting.country, None, "country of the text"


def _cost(reading: Reading, name: Found, position: int, setting: Setting) -> float | None:
    """How far a name is from being where it happened; None for one that is no place here."""
    before = {reading.word(name.first - 1), reading.word(name.first - 2)}
    distance = 0.05 * abs(name.first - position)
    if name.entry.topic == "place":
        return distance + (0.0 if before & WHERE else 0.6)
    spelled = name.entry.text
    if name.entry.topic == "country" and spelled == name.entry.row["name"] and before & {"in", "across", "inside"}:
        return distance + 0.8
    if name.entry.topic == "capital" and before & {"in", "at", "near", "outside"}:
        return distance + 0.4
    return None
