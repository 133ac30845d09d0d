"""The pathways by which a change reaches the force, each with the parameter values under which it carries nothing.

To take a pathway out is to set its parameters to these values on every day, after all that a scenario changes. Nothing else is
touched, so the other pathways go on as they would without it. Which value is neutral is a choice and is said here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote
from muster.simulate.scenario import Change, Scenario

_NEVER = 1e12  # exits per 1,000 at which the regime would begin to tighten


@dataclass(frozen=True, slots=True)
class Pathway:
    """A name, what it carries, and its neutral values with the reason for them."""

    name: str
    carries: str
    neutral: dict[str, float]
    why: str


_PATHWAYS = (
    Pathway(
        "moral injury",
        "orders to harm civilians injure and harden those who carry them out",
        {"resolve.weight_injury": 0.0, "orders.hardening": 0.0},
        "injury moves nobody and exposure hardens nobody",
    ),
    Pathway("shaming", "a hostile public", {"resolve.weight_shaming": 0.0}, "hostility moves nobody"),
    Pathway("losing", "the belief that the war is being lost", {"resolve.weight_losing": 0.0}, "losses and land move nobody"),
    Pathway("offer", "the promise of help", {"resolve.weight_offer": 0.0}, "the offer moves nobody; the programme still works"),
    Pathway("peers", "the example of those who left", {"resolve.weight_peers": 0.0}, "no example, strong or weak, moves anybody"),
    Pathway(
        "tightening",
        "guard, phones and arrests answer exits",
        {"security.alarm": _NEVER, "resolve.weight_risk": 0.0},
        "the regime never tightens: information stays whole, the risk of arrest as before the crisis",
    ),
    Pathway(
        "programme", "contact, houses and extraction", {"programme.contact_rate": 0.0}, "nobody is reached; people leave alone"
    ),
    Pathway(
        "opportunity",
        "lost ground and villagers who give refuge, families who hold back",
        {"exit.refuge": 0.0, "exit.family_factor": 1.0},
        "ground and families make no difference to an attempt",
    ),
    Pathway(
        "clashes",
        "losses, breaks and surrender in battle; strikes answer clashes and go with them",
        {"combat.losses_per_fighter": 0.0},
        "nobody is lost in battle",
    ),
    Pathway("air power", "strikes on opponents and civilians", {"airpower.strikes_per_clash": 0.0}, "no aircraft flies"),
    Pathway("public support", "harm moves opinion", {"public.per_death": 0.0}, "opinion follows the case's baseline alone"),
    Pathway("militia", "young people join the resistance", {"militia.joining_rate": 0.0}, "nobody joins after day 0"),
    Pathway("control", "the front moves", {"control.speed": 0.0}, "control stays as it was before the crisis"),
    Pathway("volunteers", "volunteers follow opinion", {"recruitment.elasticity": 0.0}, "volunteers follow control alone"),
)
PATHWAYS: dict[str, Pathway] = {pathway.name: pathway for pathway in _PATHWAYS}


def find_pathways(names: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """The names of the pathways asked for, all by default. Raises MusterError for one there is not."""
    for name in names or ():
        if name not in PATHWAYS:
            raise MusterError(f"{quote(name)} is no pathway. {did_you_mean(name, PATHWAYS)}Write {one_of(list(PATHWAYS), 20)}.")
    return names or tuple(PATHWAYS)


def without(scenario: Scenario, names: frozenset[str]) -> Scenario:
    """The scenario with these pathways taken out on every day; what triggers do to them is taken out as well."""
    neutral = {target: value for name in PATHWAYS if name in names for target, value in PATHWAYS[name].neutral.items()}
    changes = [Change(target, "set", value) for target, value in neutral.items()]
    triggers = [
        replace(trigger, changes=tuple(change for change in trigger.changes if change.target not in neutral))
        for trigger in scenario.triggers
    ]
    return replace(scenario, changes=(*scenario.changes, *changes), triggers=tuple(triggers))
