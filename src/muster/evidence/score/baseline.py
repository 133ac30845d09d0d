"""The dumb baseline every score is printed beside: a number, the nearest keyword, the nearest "said"."""

from __future__ import annotations

import re
from typing import Any

_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?![\w])|(?<![\w.,])\d+(?:\.\d+)?(?![\w,])")
_KEYWORDS = {
    "defect": "defected",
    "desert": "deserted",
    "surrender": "surrendered",
    "captur": "captured",
    "civilian": "civilians_killed",
    "kill": "killed",
    "dead": "killed",
    "wound": "wounded",
    "recruit": "recruited",
    "conscript": "recruited",
    "displace": "displaced",
    "strike": "airstrikes",
    "troops": "strength",
    "personnel": "strength",
    "town": "territory",
    "district": "territory",
    "$": "support_paid",
}
_SAID = re.compile(r"(?:[Aa]ccording to|said|says) (?:the )?((?:[A-Z][\w.]+ ?)+)|((?:[A-Z][\w.]+ ?)+)(?:said|says|claimed)")
_REACH = 120


def guess(text: str) -> list[dict[str, Any]]:
    """Claims as the simplest reader would find them, in the fields that are scored."""
    claims = []
    for found in _NUMBER.finditer(text):
        value = float(found.group().replace(",", ""))
        if 1990 <= value <= 2030 and "," not in found.group():
            continue
        around = text[max(0, found.start() - _REACH) : found.end() + _REACH]
        middle = found.start() - max(0, found.start() - _REACH)
        near = [
            (abs(place.start() - middle), kind)
            for word, kind in _KEYWORDS.items()
            for place in re.finditer(re.escape(word), around)
        ]
        if near:
            said = _SAID.search(around)
            claims.append(
                {
                    "start": found.start(),
                    "end": found.end(),
                    "kind": min(near)[1],
                    "point": value,
                    "lo": value,
                    "hi": value,
                    "qualifier": "exact",
                    "unit": "share" if text[found.end() : found.end() + 9].lstrip().startswith(("%", "percent")) else "persons",
                    "side": "state",
                    "claimant": (said.group(1) or said.group(2)).strip() if said else "article",
                    "claimant_side": "unknown",
                    "modality": "asserted",
                    "place": None,
                }
            )
    return claims
