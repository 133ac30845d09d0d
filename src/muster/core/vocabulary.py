"""The controlled words every floor shares: the codes of the engine are positions in these tuples."""

from __future__ import annotations

BRANCHES = ("infantry", "support", "air_force", "navy", "police")
MILITARY = ("infantry", "support", "air_force", "navy")

# What has become of a person; the first is no exit. `arrested` is by the own side, `prisoner` by the other in battle.
FATES = ("in_service", "defected", "deserted", "arrested", "killed", "surrendered", "discharged", "prisoner")
EXITS = FATES[1:]
VOLUNTARY = ("defected", "deserted", "surrendered")

RANKS = ("other_rank", "nco", "officer")
ENTRIES = ("volunteer", "conscript", "recalled", "lowered_standard")

# Terms of the drive of a unit, and the motives an exit is attributed to (`dormant`: was willing before the crisis).
TERMS = ("moral_injury", "shaming", "losing", "offer", "risk", "peers")
MOTIVES = ("dormant", "moral_injury", "shaming", "losing", "offer", "peers")

SIDES = ("regime", "resistance", "independent")

# How a number in a case pack is known.
BASES = ("stated", "derived", "judgement")

# ---- What a document can claim (evidence), and what the simulator can answer (observe) ----

# What a figure counts. The last is a number kept for a person to look at.
KINDS = (
    "defected",
    "deserted",
    "surrendered",
    "captured",
    "desertion_cases",
    "attrition",
    "refusals",
    "insider_support",
    "defector_contacts",
    "safehoused",
    "support_paid",
    "recruited",
    "strength",
    "deployed",
    "units_deployed",
    "killed",
    "wounded",
    "missing",
    "casualties",
    "civilians_killed",
    "detained",
    "displaced",
    "militia_recruited",
    "militia_strength",
    "territory",
    "clashes",
    "airstrikes",
    "equipment",
    "pay",
    "composition",
    "opinion",
    "unclassified",
)
MEASURES = ("stock", "flow", "cumulative", "rate", "share", "change", "events")
QUALIFIERS = ("exact", "at_least", "at_most", "about", "nearly", "range", "vague")
UNITS = ("persons", "households", "units", "places", "share", "cases", "items", "events", "USD", "money", "ratio")
PERIODS = ("day", "week", "month", "year")
# Whose people a figure counts, seen from the conflict: the force of the state, its armed opponents, neither.
COUNTED_SIDES = ("state", "opposition", "eao", "civilian", "other")
COUNTED_BRANCHES = ("army", "police", "air", "navy", "militia", "mixed")
SCOPES = ("total", "part", "increment", "denominator")
CLAIMANT_SIDES = ("state", "opposition", "independent", "un", "foreign_state", "unknown")
MODALITIES = ("asserted", "planned", "hypothetical", "doubted", "denied")
DATE_BASES = ("explicit", "relative", "inherited", "default", "none")

# Directions without a number.
TRENDS = (
    "recruitment",
    "militia_recruitment",
    "recruitment_base",
    "exit_rate",
    "exit_cost",
    "manpower",
    "morale",
    "moral_injury",
    "shaming",
    "cohesion",
    "territory_state",
    "opposition_strength",
    "popular_support_opposition",
    "support_programme",
    "air_substitution",
    "attacks_on_state",
    "brutality",
    "information_control",
)

# Why people say they left, or joined.
LEAVING_MOTIVES = (
    "moral_injury",
    "orders_against_civilians",
    "shaming",
    "losing",
    "fear",
    "offer",
    "peers",
    "family",
    "conditions",
    "politics",
)
