"""What a pack may say moved from outside: declared once, used by the loader, the model and the docs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Driver:
    """An outside influence with a value on every day.

    ``default`` is the value where the pack says nothing; ``None`` means the region's own ``support``.
    ``low`` and ``high`` bound what a pack may write.
    """

    name: str
    unit: str
    by_region: bool
    default: float | None
    low: float
    high: float
    meaning: str


def _regional(name: str, unit: str, default: float | None, high: float, meaning: str) -> Driver:
    return Driver(name, unit, by_region=True, default=default, low=0.0, high=high, meaning=meaning)


def _national(name: str, unit: str, default: float, high: float, meaning: str, *, low: float = 0.0) -> Driver:
    return Driver(name, unit, by_region=False, default=default, low=low, high=high, meaning=meaning)


DRIVERS: tuple[Driver, ...] = (
    _regional("crackdown_army", "deaths/day", 0.0, 5_000.0, "civilians killed in protest repression ordered from the army"),
    _regional("crackdown_police", "deaths/day", 0.0, 5_000.0, "civilians killed in protest repression ordered from the police"),
    _regional(
        "engagement", "share", 0.0, 1.0, "share of the armed organisations' fighters in the region who are fighting the regime"
    ),
    _regional("baseline", "share", None, 0.999, "support for the opposition to which the region returns when nobody is harmed"),
    _national("arming", "share", 1.0, 1.0, "share of militia members who have a weapon"),
    _national("rising", "share", 0.0, 1.0, "share of the militia's recruitment that has been set up"),
    _national("skill", "multiplier", 1.0, 10.0, "fighting skill of the resistance relative to the reference period"),
    _national("shaming", "multiplier", 1.0, 10.0, "strength of the public shaming of soldiers relative to the reference period"),
    _national("front", "share", 0.0, 1.0, "share of the police on front duty"),
    _national("blackout", "share", 0.0, 1.0, "share of information cut off by general shutdowns"),
    _national(
        "families_ordered",
        "share",
        0.0,
        1.0,
        "share of families outside moved into barracks that day; negative: moved out",
        low=-1.0,
    ),
    _national("outreach", "share", 0.0, 1.0, "whether the support programme exists (0 no, 1 yes)"),
    _national("places", "beds", 0.0, 1_000_000.0, "safehouse beds of the programme"),
    _national("cash", "months of pay", 0.0, 10_000.0, "cash for one defector, in months of a private's pay"),
    _national("stipend", "months of pay/month", 0.0, 100.0, "monthly support for a household, in months of a private's pay"),
    _national(
        "income", "months of pay/day", 0.0, 10_000_000.0, "money the programme receives per day, in months of a private's pay"
    ),
    _national("volunteer_multiplier", "multiplier", 1.0, 100.0, "volunteers relative to what support and control would give"),
    _national("lowered_share", "share", 0.0, 1.0, "share of volunteers who enter under lowered standards"),
    _national("age_floor", "years", 18.0, 60.0, "lowest age at entry that is in force (for reporting)", low=10.0),
    _national("quota", "persons/day", 0.0, 100_000.0, "conscripts taken in per day nationwide"),
    _national(
        "quota_planned",
        "persons/day",
        0.0,
        100_000.0,
        "conscripts planned per day; the realised number shrinks with lost control",
    ),
    _national("recall", "persons/day", 0.0, 100_000.0, "veterans recalled per day nationwide"),
    _national("police_intake", "persons/day", 0.0, 100_000.0, "police recruits per day nationwide"),
)

DRIVER_BY_NAME: dict[str, Driver] = {driver.name: driver for driver in DRIVERS}
FORMS = ("level", "ramp", "total")
