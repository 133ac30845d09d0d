"""Annotated texts: ``NAME.txt`` with ``NAME.json`` beside it, as docs/reference/gold.md describes.

Wherever two answers are defensible the annotation holds a list, and either is right. A field left out is not scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from muster.core.errors import MusterError
from muster.core.faults import FaultList
from muster.core.tables import MAX_JSON_BYTES, decode, parse_json, read_bytes

# Families of quantities, by the beginnings of their names, and the kinds that are right for them.
_FAMILIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("defections", ("defected", "deserted")),
    ("defectors_contact", ("defector_contacts",)),
    ("defector", ("defected", "deserted", "safehoused")),
    ("desertions_and", ("deserted", "defected")),
    ("deserted", ("deserted", "defected")),
    ("desertion", ("deserted", "defected", "desertion_cases")),
    ("unit_defections", ("defected", "deserted")),
    ("exits", ("deserted", "defected", "attrition")),
    ("exit_share", ("deserted", "defected", "attrition")),
    ("group_size", ("defected", "deserted")),
    ("force_strength_change", ("attrition", "strength")),
    ("police_strength_change", ("attrition", "strength")),
    ("force_strength", ("strength",)),
    ("combat_strength", ("strength",)),
    ("ground_force_strength", ("strength",)),
    ("police_strength", ("strength",)),
    ("reserve_strength", ("strength",)),
    ("share_", ("composition", "strength")),
    ("cases", ("desertion_cases",)),
    ("charges", ("desertion_cases",)),
    ("verdicts", ("desertion_cases",)),
    ("reward", ("support_paid", "pay")),
    ("incentive", ("support_paid", "pay")),
    ("stipend", ("support_paid", "pay")),
    ("support_amount", ("support_paid", "pay")),
    ("surrender", ("surrendered",)),
    ("captured", ("captured",)),
    ("civilians_killed", ("civilians_killed", "killed")),
    ("civilian", ("civilians_killed", "displaced", "detained", "wounded")),
    ("killed", ("killed", "casualties")),
    ("military_deaths", ("killed", "casualties")),
    ("casualties", ("casualties", "killed", "wounded")),
    ("wounded", ("wounded", "casualties")),
    ("control_share", ("territory",)),
    ("territory", ("territory",)),
    ("population_share", ("territory",)),
    ("incident", ("clashes",)),
    ("clashes", ("clashes",)),
    ("airstrike", ("airstrikes",)),
    ("displaced", ("displaced",)),
    ("refugees", ("displaced",)),
    ("recruit", ("recruited",)),
    ("conscript", ("recruited",)),
    ("arrest", ("detained",)),
    ("detained", ("detained",)),
)


@dataclass(frozen=True, slots=True)
class GoldText:
    """One annotated text."""

    name: str
    path: Path
    text: str
    claims: tuple[Mapping[str, Any], ...]


def read_gold(folder: Path) -> dict[str, list[GoldText]]:
    """Annotated texts by split: the folder itself, and each folder in it.

    Errors: a :class:`MusterError` where there is none, an ``InputError`` naming the file that cannot be read.
    """
    if not folder.is_dir():
        raise MusterError(f'"{folder.name}" is not a folder. Give the folder that holds the annotated texts.')
    faults = FaultList()
    splits: dict[str, list[GoldText]] = {}
    for place in (folder, *sorted(entry for entry in folder.iterdir() if entry.is_dir())):
        texts = [text for path in sorted(place.glob("*.json")) if (text := _read_pair(path, faults)) is not None]
        if texts:
            splits["." if place == folder else place.name] = texts
    faults.raise_if_any()
    if not splits:
        raise MusterError(f'"{folder.name}" holds no annotated text. Put NAME.txt and NAME.json side by side.')
    return splits


def _read_pair(path: Path, faults: FaultList) -> GoldText | None:
    source = path.with_suffix(".txt")
    data = read_bytes(path, file=path.name, limit=MAX_JSON_BYTES, faults=faults)
    text_data = read_bytes(source, file=source.name, limit=MAX_JSON_BYTES, faults=faults)
    if data is None or text_data is None:
        return None
    annotation = parse_json(decode(data, file=path.name, faults=faults) or "null", file=path.name, faults=faults)
    if not isinstance(annotation, dict) or not isinstance(annotation.get("claims"), list):
        faults.add(path.name, None, "claims", "is missing.", 'Write an object with a list of "claims".')
        return None
    text = text_data.decode("utf-8", errors="replace")
    for row, claim in enumerate(annotation["claims"], start=1):
        if text[claim.get("start", 0) : claim.get("end", 0)] != claim.get("quote"):
            faults.add(path.name, row, "quote", "is not what the text has there.", "Mend start and end of this claim.")
    private = _private_names(annotation)
    claims = tuple(_with_codes(claim, private) for claim in annotation["claims"])
    return GoldText(path.stem, source, text, claims)


def _with_codes(claim: Mapping[str, Any], private: tuple[str, ...]) -> Mapping[str, Any]:
    """A claim of a private person may as well be that of a code: the reader never says the name."""
    names = [name for name in alternatives(claim.get("who_claims")) if name]
    if any(str(name) in one or one in str(name) for name in names for one in private):
        return {**claim, "who_claims": [*names, "P1"]}
    return claim


def _private_names(annotation: Mapping[str, Any]) -> tuple[str, ...]:
    """Names that are not public: a witness named in the text is private."""
    named = [name for person in annotation.get("testimonies", ()) for name in alternatives(person.get("name_in_text")) if name]
    listed = [name for row in annotation.get("names", ()) if not row.get("public") for name in alternatives(row["text"])]
    return tuple(dict.fromkeys((*listed, *named)))


def kinds_of(claim: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The kinds that are right for an annotated claim; ``None`` when it does not say."""
    if claim.get("kind"):
        return tuple(alternatives(claim["kind"]))
    quantity = str(claim.get("quantity") or "")
    return next((kinds for beginning, kinds in _FAMILIES if quantity.startswith(beginning)), None)


def alternatives(value: Any) -> Iterable[Any]:
    """A list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]
