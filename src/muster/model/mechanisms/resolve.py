"""Resolve: the drive to leave, and who is willing.

Every person has a threshold; when the drive of the unit, with the person's weak ties, reaches it, the person is willing. Being
willing is not leaving: opportunity and family decide when (`exit`). The drive adds what affects (moral injury), what is
reckoned (shaming, a war that is being lost, the offer, the risk) and what others did (peers of the unit, and through
information people of the same home and intake). All weights are in standard deviations of thresholds. At rest it is zero.

    losing L = 1 - (1 - l)(1 - c max(0, 1 - A/A0))
    offer C = c credibility paid y/(1 + y),  y = (cash + 12 stipend)/12           years of a private's pay
    V = w_M M + w_Z c Z + w_L L + w_C C - w_Q (q - q0) + w_E min(1, X/n0)(1 - hardened_damping H/n)
    V_i = V + w_E tie_ratio c (X_home/N_home + X_intake/N_intake)
    willing  <=>  theta_i <= V_i  (in float32)

Pride and prestige are the distance of the threshold from the drive at entry: represented, not explained.
Left out: deliberation by the person, commanders' bargaining, pay and corruption other than in the mean threshold.
Sources: Granovetter 1978; Epstein 2013 (Agent_Zero's affect, deliberation, dispositions of others); Siegel 2009; Koehler, Ohl
and Albrecht 2016 (strong ties); Albrecht and Koehler 2018; McLauchlin 2015 (composition of units); Costa and Kahn 2003.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from muster.core.compile import kernel, loop
from muster.model.driver import Drivers
from muster.model.leaky import fade
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.state import State
from muster.model.tally import INJURY_TERM, LOSING_TERM, OFFER_TERM, PEERS_TERM, RISK_TERM, SHAMING_TERM, Record


class Params(NamedTuple):
    """Parameters of resolve."""

    threshold_army: Annotated[
        float, About("sd", "N(2.4, 0.5)", "mean threshold, infantry and support", "soldiers registered and left", "C")
    ] = 2.35
    threshold_police: Annotated[float, About("sd", "N(1.9, 0.5)", "mean threshold, police", "police totals", "C")] = 1.6
    threshold_air_navy: Annotated[
        float, About("sd", "N(3.4, 0.5)", "mean threshold, air force and navy", "units with exactly one leaver", "C")
    ] = 3.4
    threshold_conscript: Annotated[
        float, About("sd", "N(2.0, 0.5)", "mean threshold, conscripts and lowered standard", "conscripts' exits", "C")
    ] = 2.0
    officer_offset: Annotated[
        float, About("sd", "U(0, 0.4)", "officers stand higher", "about 100 officers of the first 1,500, Irrawaddy 2021", "F")
    ] = 0.1
    unit_share: Annotated[
        float,
        About("share", "U(0.05, 0.3)", "share of threshold variance between units", "McLauchlin 2015; Costa, Kahn 2003", "F"),
    ] = 0.15
    weight_injury: Annotated[float, About("sd", "LogN(1.3, 0.4)", "weight of moral injury", "size of the burst of 2021", "C")] = (
        1.35
    )
    weight_shaming: Annotated[float, About("sd", "LogN(0.5, 0.6)", "weight of shaming", "interviews; timing", "P")] = 0.5
    weight_losing: Annotated[
        float, About("sd", "LogN(0.4, 0.6)", "weight of a losing war", "exits after defeats, late 2023", "C")
    ] = 0.3
    weight_offer: Annotated[
        float, About("sd", "LogN(0.3, 0.6)", "weight of the offer", "20 to 30 enquiries a week, Irrawaddy April 2022", "P")
    ] = 0.3
    weight_risk: Annotated[float, About("sd", "LogN(0.5, 0.8)", "weight of the risk", "fall after tightening", "C")] = 0.3
    weight_peers: Annotated[
        float, About("sd", "LogN(2.5, 0.5)", "weight of peers of the unit", "bursts in a unit; Lehmann, Zhukov 2018", "C")
    ] = 3.0
    tie_ratio: Annotated[float, About("1", "U(0, 0.6)", "weak ties against strong", "Koehler, Ohl, Albrecht 2016", "F")] = 0.3
    hardened_damping: Annotated[
        float, About("1", "U(0, 1)", "how far hardened comrades silence the example of those who left", "judgement", "F")
    ] = 0.5
    memory: Annotated[float, About("days", "U(60, 365)", "memory of injury, losses and exits", "judgement", "F", True)] = 180.0


@kernel
def losing(loss: float, information: float, control: float, control_before: float) -> float:
    """Belief that the army is losing, from the unit's own losses or from territory one hears of, 0-1."""
    known = information * max(0.0, 1.0 - control / control_before)
    return 1.0 - (1.0 - loss) * (1.0 - known)


@kernel
def offer(cash: float, stipend: float, information: float, credibility: float, paid: float) -> float:
    """Worth of the programme's offer, 0-1: pay in years that saturates, times what one hears and believes."""
    years = (cash + 12.0 * stipend) / 12.0
    return information * credibility * paid * years / (1.0 + years)


@kernel
def example(gone: float, reference: float, hardened_share: float, damping: float) -> float:
    """Example of the unit's members who left, 0-1, less what hardened comrades silence."""
    return min(1.0, gone / reference) * (1.0 - damping * hardened_share)


@loop
def bind(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Weak ties of the day: remembered exits of home and intake, a snapshot for all units alike."""
    homes, cohorts, p = state.homes, state.cohorts, parameters.resolve
    keep = fade(p.memory, dt)
    weight = p.weight_peers * p.tie_ratio * state.regime.information
    for g in range(len(homes)):
        homes[g].gone *= keep
        homes[g].tie = weight * homes[g].gone / max(homes[g].ever, 100)
    for g in range(len(cohorts)):
        cohorts[g].gone *= keep
        cohorts[g].tie = weight * cohorts[g].gone / max(cohorts[g].ever, 100)


@loop
def drive(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """The drive of every unit and its parts."""
    units, regime, programme, p = state.units, state.regime, state.programme, parameters.resolve
    c, keep = regime.information, fade(p.memory, dt)
    shaming = p.weight_shaming * c * regime.shaming
    risk = -p.weight_risk * (regime.arrest_risk - parameters.security.arrest_low)
    offered = 0.0
    if drivers.nation[t].outreach > 0.0:
        worth = offer(drivers.nation[t].cash, drivers.nation[t].stipend, c, programme.credibility, programme.paid_share)
        offered = p.weight_offer * worth
    for u in range(len(units)):
        units[u].loss *= keep
        units[u].gone *= keep
        hardened = 1.0 - units[u].unhardened / units[u].n if units[u].n > 0 else 0.0
        injury = p.weight_injury * units[u].injury
        lost = p.weight_losing * losing(units[u].loss, c, regime.mean_control, regime.mean_control0)
        peers = p.weight_peers * example(units[u].gone, units[u].reference, hardened, p.hardened_damping)
        units[u].terms[INJURY_TERM] = injury
        units[u].terms[SHAMING_TERM] = shaming
        units[u].terms[LOSING_TERM] = lost
        units[u].terms[OFFER_TERM] = offered
        units[u].terms[RISK_TERM] = risk
        units[u].terms[PEERS_TERM] = peers
        units[u].drive = injury + shaming + lost + offered + risk + peers


MECHANISM = Mechanism(
    name="resolve",
    params=Params,
    reads=(
        "units.n", "units.unhardened", "units.injury", "units.loss", "units.gone", "units.reference", "homes.gone",
        "homes.ever", "cohorts.gone", "cohorts.ever", "regime.information", "regime.shaming",
        "regime.arrest_risk", "regime.mean_control", "regime.mean_control0", "programme.credibility", "programme.paid_share",
    ),
    writes=(
        "units.loss", "units.gone", "units.terms", "units.drive", "homes.gone", "homes.tie", "cohorts.gone",
        "cohorts.tie",
    ),
    drivers=("outreach", "cash", "stipend"),
    formulas=(losing, offer, example),
)  # fmt: skip
