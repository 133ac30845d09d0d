"""The order of a day, and the parameters of all mechanisms in one tuple."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from muster.core.compile import loop
from muster.model.driver import Drivers
from muster.model.mechanism import Mechanism
from muster.model.mechanisms import (
    airpower,
    combat,
    control,
    exit,
    militia,
    orders,
    programme,
    public,
    recruitment,
    resolve,
    security,
)
from muster.model.state import State
from muster.model.tally import Record


class Parameters(NamedTuple):
    """Every parameter, by mechanism."""

    security: security.Params = security.Params()
    combat: combat.Params = combat.Params()
    airpower: airpower.Params = airpower.Params()
    control: control.Params = control.Params()
    public: public.Params = public.Params()
    militia: militia.Params = militia.Params()
    orders: orders.Params = orders.Params()
    resolve: resolve.Params = resolve.Params()
    exit: exit.Params = exit.Params()
    programme: programme.Params = programme.Params()
    recruitment: recruitment.Params = recruitment.Params()


_MODULES = (security, combat, airpower, control, public, militia, orders, resolve, exit, programme, recruitment)
MECHANISMS: tuple[Mechanism, ...] = tuple(module.MECHANISM for module in _MODULES)


def mechanisms() -> tuple[Mechanism, ...]:
    """All mechanisms of the model, in the order in which their parameters are kept."""
    return MECHANISMS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the day: the function of a mechanism, and what it does in a clause."""

    mechanism: str
    function: str
    does: str


ORDER = (
    Step("exit", "order_families", "families ordered into barracks or evacuated"),
    Step("security", "step", "tightening, information and risk of arrest from yesterday's exits"),
    Step("militia", "gather", "armed opponents by region, neighbours' help counted"),
    Step("combat", "assess", "heads, fighting strength, threat, lethality and tips at the start of the day"),
    Step("airpower", "step", "air strikes, their hits and the civilians they kill"),
    Step("combat", "exchange_fire", "ground fire, hits and civilians killed"),
    Step("militia", "suffer", "militia killed, paid by the regions that sent them"),
    Step("combat", "clash", "clashes: killed, breaks, surrender, units overrun"),
    Step("control", "step", "control of the regions"),
    Step("public", "step", "support for the resistance, shaming of soldiers"),
    Step("militia", "recruit", "who joins and who leaves the militia"),
    Step("exit", "discharges", "ordinary wastage whose day has come (the engine's loop)"),
    Step("orders", "expose", "exposure to orders to harm civilians, by region and branch"),
    Step("orders", "injure", "moral injury and the hardening clock of every unit"),
    Step("resolve", "bind", "weak ties of home and intake"),
    Step("resolve", "drive", "the drive of every unit"),
    Step("exit", "members", "who is willing, who hardens, who tries to leave, who is contacted (the engine's loop)"),
    Step("programme", "step", "vetting ends, accounts, admissions from the list"),
    Step("recruitment", "step", "volunteers, conscripts, veterans, police; where they are posted"),
    Step("recruitment", "close_units", "units below use are merged"),
)


@loop
def regions_day(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """The first part of the day: the regime, then region by region the fighting and what it leaves behind."""
    exit.order_families(state, parameters, drivers, record, t, dt)
    security.step(state, parameters, drivers, record, t, dt)
    militia.gather(state, parameters, drivers, record, t, dt)
    combat.assess(state, parameters, drivers, record, t, dt)
    airpower.step(state, parameters, drivers, record, t, dt)
    combat.exchange_fire(state, parameters, drivers, record, t, dt)
    militia.suffer(state, parameters, drivers, record, t, dt)
    combat.clash(state, parameters, drivers, record, t, dt)
    control.step(state, parameters, drivers, record, t, dt)
    public.step(state, parameters, drivers, record, t, dt)
    militia.recruit(state, parameters, drivers, record, t, dt)


@loop
def units_day(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """The second part: what the day did to the drive of every unit."""
    orders.expose(state, parameters, drivers, record, t, dt)
    orders.injure(state, parameters, drivers, record, t, dt)
    resolve.bind(state, parameters, drivers, record, t, dt)
    resolve.drive(state, parameters, drivers, record, t, dt)


@loop
def close_day(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """The last part: the programme takes people out, recruits come in, small units are merged."""
    programme.step(state, parameters, drivers, record, t, dt)
    recruitment.step(state, parameters, drivers, record, t, dt)
    recruitment.close_units(state, parameters, drivers, record, t, dt)
