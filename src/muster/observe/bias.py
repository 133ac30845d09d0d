"""What each kind of source makes of each kind of figure: priors of the bias of claimants, and of their scatter.

``log(reported) = log(true) + bias + scatter``. One claimant has one bias a subject, shared by all its figures, so that ten
repeats are not ten proofs. From one side's claims alone, truth and bias cannot be told apart: then the prior decides.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

Subject = Literal[
    "exits",
    "soldiers_registered",
    "police_registered",
    "state_losses",
    "resistance_losses",
    "civilians",
    "strength",
    "opposition",
    "intake",
    "air",
    "control",
    "deaths",
]


@dataclass(frozen=True, slots=True)
class Bias:
    """A normal prior of the natural logarithm of reported over true, and where it comes from."""

    mean: float
    sd: float
    source: str


# Subject of a quantity, by the beginning of its name; the longest beginning that fits counts.
SUBJECTS: dict[str, Subject] = {
    "cumulative_defections": "exits",
    "cumulative_defections_military": "soldiers_registered",
    "cumulative_defections_police": "police_registered",
    "cumulative_desertions": "exits",
    "cumulative_losses": "state_losses",
    "defections": "exits",
    "defector_officers": "exits",
    "defectors_joining": "exits",
    "surrenders": "state_losses",
    "captured": "state_losses",
    "military_deaths": "state_losses",
    "resistance_deaths": "resistance_losses",
    "airstrike_civilian_deaths": "civilians",
    "civilian_deaths": "civilians",
    "conflict_deaths": "deaths",
    "airstrikes": "air",
    "military_personnel": "strength",
    "military_combat_troops": "strength",
    "police_total": "strength",
    "battalion_strength": "strength",
    "pdf_fighters": "opposition",
    "conscripts": "intake",
    "territory_control": "control",
}

_RUSSIA_UKRAINE = "war-time claims of both sides against verified counts, Russia and Ukraine 2022-23"
_ANALYST = Bias(0.0, 0.25, "judgement")

BIASES: dict[tuple[str, Subject], Bias] = {
    ("regime", "state_losses"): Bias(math.log(0.3), 0.6, _RUSSIA_UKRAINE),
    ("regime", "exits"): Bias(math.log(0.3), 0.6, "judgement, as own losses"),
    ("regime", "soldiers_registered"): Bias(math.log(0.3), 0.6, "judgement, as own losses"),
    ("regime", "police_registered"): Bias(math.log(0.3), 0.6, "judgement, as own losses"),
    ("regime", "resistance_losses"): Bias(math.log(2.5), 0.7, _RUSSIA_UKRAINE),
    ("resistance", "state_losses"): Bias(math.log(2.0), 0.4, _RUSSIA_UKRAINE),
    ("resistance", "resistance_losses"): Bias(0.0, 0.3, _RUSSIA_UKRAINE),
    ("resistance", "exits"): Bias(0.15, 0.25, "judgement: registers of the resistance stand a little above independent counts"),
    ("resistance", "soldiers_registered"): Bias(0.15, 0.4, "as exits, and the registered share of deserters is Beta(3, 7)"),
    ("resistance", "police_registered"): Bias(0.15, 0.3, "as exits, and the registered share of deserters is Beta(8, 2)"),
    ("independent", "civilians"): Bias(math.log(0.8), 0.2, "their authors call verified counts a minimum"),
    ("independent", "deaths"): Bias(math.log(0.6), 0.6, "event data sets differ by a factor of up to seven"),
    ("independent", "resistance_losses"): Bias(math.log(0.7), 0.4, "judgement: coded events miss deaths"),
}
# Every source has a definition of its own of who controls what, of what is a strike, of who is a fighter; and nobody knows
# what share of those who left alone a register holds, which differs between soldiers and police (``definition``).
_DEFINITIONS: dict[Subject, Bias] = {
    "soldiers_registered": Bias(0.0, 0.4, "judgement: the registered share of deserters is Beta(3, 7)"),
    "police_registered": Bias(0.0, 0.3, "judgement: the registered share of deserters is Beta(8, 2)"),
    "control": Bias(0.0, 0.5, "judgement: incompatible definitions"),
    "air": Bias(math.log(0.8), 0.3, "judgement: incidents, sorties or verified strikes"),
    "opposition": Bias(0.0, 0.4, "judgement: the armed share differs by source"),
    "deaths": Bias(0.0, 0.6, "judgement"),
}
# Data sets that code events from reports count what was reported, which for soldiers killed is a small part.
_EVENT_DATA = re.compile(r"\b(?:ucdp|event data|coded events)\b", re.IGNORECASE)
_CODED: dict[Subject, Bias] = {
    "state_losses": Bias(math.log(0.07), 0.5, "UCDP against other counts: 0.03 to 0.15 of government deaths"),
    "resistance_losses": Bias(math.log(0.15), 0.6, "judgement: as soldiers, a little better reported"),
    "deaths": Bias(math.log(0.25), 0.5, "UCDP against ACLED: a seventh to a third"),
    "civilians": Bias(math.log(0.8), 0.25, "UCDP and AAPP agree for 2023"),
}
_PARTISAN = Bias(0.0, 0.4, "judgement")

# Scatter about the biased truth, natural logarithm. Judgement.
_SCATTER: dict[Subject, float] = {"state_losses": 0.2, "resistance_losses": 0.2, "civilians": 0.2, "deaths": 0.2, "control": 0.3}
_SCATTER_OF_COUNTS = 0.1


def subject_of(quantity: str) -> Subject | None:
    """What a quantity is about; ``None`` for one that no bias is known of."""
    fits = [beginning for beginning in SUBJECTS if quantity.startswith(beginning)]
    return SUBJECTS[max(fits, key=len)] if fits else None


def prior_bias(side: str, subject: Subject, claimant: str = "") -> Bias:
    """The prior of a claimant's bias by the side it is on; a data set of coded events has priors of its own."""
    if subject in _CODED and _EVENT_DATA.search(claimant):
        return _CODED[subject]
    found = BIASES.get((side, subject)) or _DEFINITIONS.get(subject)
    return found or (_ANALYST if side == "independent" else _PARTISAN)


def scatter_of(subject: Subject) -> float:
    """Standard deviation of the logarithm about the biased truth."""
    return _SCATTER.get(subject, _SCATTER_OF_COUNTS)
