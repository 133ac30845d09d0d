"""Case packs: folders of plain files that hold a country, its force, what moved it and what was said about it.

Light to import: pydantic comes in when a pack is loaded, numpy when drivers are tabulated.
"""

from __future__ import annotations

from muster.case.drivers import DRIVER_BY_NAME, DRIVERS, FORMS, Driver
from muster.case.load import check_case, list_cases, load_case
from muster.case.new import new_case
from muster.case.records import (
    Case,
    CaseListing,
    Claim,
    Composition,
    Count,
    Direction,
    Event,
    Formation,
    Region,
    Series,
    Source,
)
from muster.case.tabulate import tabulate

__all__ = [
    "DRIVERS",
    "DRIVER_BY_NAME",
    "FORMS",
    "Case",
    "CaseListing",
    "Claim",
    "Composition",
    "Count",
    "Direction",
    "Driver",
    "Event",
    "Formation",
    "Region",
    "Series",
    "Source",
    "check_case",
    "list_cases",
    "load_case",
    "new_case",
    "tabulate",
]
