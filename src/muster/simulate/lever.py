"""Levers: what somebody could pull, by a short name that stands for one or more parameters or drivers of the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote

Hand = Literal["programme", "resistance", "regime"]


@dataclass(frozen=True, slots=True)
class Lever:
    """``hand``: who pulls it. ``meaning`` says what more of it is."""

    name: str
    targets: tuple[str, ...]
    hand: Hand
    meaning: str


LEVERS: tuple[Lever, ...] = (
    Lever("places", ("driver.places",), "programme", "beds in the programme's safehouses"),
    Lever("cash", ("driver.cash",), "programme", "reward for one defector, in months of a private's pay"),
    Lever("stipend", ("driver.stipend",), "programme", "monthly support of a household, in months of a private's pay"),
    Lever("income", ("driver.income",), "programme", "money the programme receives a day"),
    Lever("outreach", ("driver.outreach",), "programme", "whether the programme reaches out, 0 or 1"),
    Lever("contacts", ("programme.contact_rate",), "programme", "how fast it finds those who are willing"),
    Lever("vetting", ("programme.vetting_days",), "programme", "how long vetting takes"),
    Lever("protection", ("programme.protection",), "programme", "risk of arrest that extraction takes away"),
    Lever("families", ("driver.families_ordered",), "programme", "families moved into barracks on a day; negative: out"),
    Lever("shaming", ("driver.shaming",), "resistance", "public shaming of soldiers"),
    Lever("arming", ("driver.arming",), "resistance", "militia members with a weapon"),
    Lever("engagement", ("driver.engagement",), "resistance", "armed organisations' fighters who fight the regime"),
    Lever("blackout", ("driver.blackout",), "regime", "information cut off by general shutdowns"),
    Lever("secrecy", ("security.information_lost",), "regime", "information lost when barracks are tightened: phones, visits"),
    Lever("strikes", ("airpower.strikes_per_clash",), "regime", "air strikes for each clash"),
    Lever("conscription", ("driver.quota", "driver.quota_planned"), "regime", "conscripts a day"),
    Lever("recall", ("driver.recall",), "regime", "veterans recalled a day"),
    Lever("front", ("driver.front",), "regime", "police on front duty"),
)
LEVER_BY_NAME: dict[str, Lever] = {lever.name: lever for lever in LEVERS}


def list_levers() -> tuple[Lever, ...]:
    """Every lever, those of the programme first."""
    return LEVERS


def lever(name: str) -> Lever:
    """A lever by its name. Errors: a :class:`MusterError` if there is none."""
    if name not in LEVER_BY_NAME:
        hint = did_you_mean(name, LEVER_BY_NAME)
        raise MusterError(f"{quote(name)} is not a lever. {hint}Write {one_of(list(LEVER_BY_NAME), 20)}.")
    return LEVER_BY_NAME[name]
