"""Response curves: what one formula of a mechanism gives over the range of one input, at the default parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from muster.model.force_ratio import share_against
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
from muster.report.style import BLUE, GREEN, VERMILION, configuration

_POINTS = 61
_COLOURS = (BLUE, VERMILION, GREEN)


@dataclass(frozen=True, slots=True)
class Response:
    """A formula seen as a curve from 0 to ``last``: ``curves`` maps a name to the formula with all inputs but one held."""

    mechanism: str
    key: str
    title: str
    across: str
    up: str
    last: float
    curves: Mapping[str, Callable[[float], float]]


def _plain(formula: Any) -> Callable[..., float]:
    """The formula before it is compiled: a curve needs no machine code."""
    return getattr(formula, "py_func", formula)


_ALARM, _INFORMATION = _plain(security.alarm_level), _plain(security.information)
_SHARE = _plain(share_against)
_LETHALITY = _plain(combat.lethality)
_STRIKES = _plain(airpower.expected_strikes)
_PULL = _plain(control.pull)
_HOSTILITY = _plain(public.hostility)
_KILLED = _plain(militia.killed_share)
_INJURY = _plain(orders.injury_at_rest)
_OFFER, _EXAMPLE = _plain(resolve.offer), _plain(resolve.example)
_ATTEMPT = _plain(exit.attempt_hazard)
_CREDIBILITY = _plain(programme.credibility)
_VOLUNTEERS = _plain(recruitment.volunteers)
_EXIT = exit.Params()
_RECRUIT = recruitment.Params()

RESPONSES = (
    Response(
        "security", "security", "Tightening after exits", "exits remembered, per 1,000 in 90 days", "index, 0 to 1", 8.0,
        {"tightening": lambda x: _ALARM(x, 1000.0, security.Params().alarm)},
    ),
    Response(
        "combat", "combat", "Killed by the villagers' side", "support for the resistance", "soldiers killed per day", 1.0,
        {
            "1,000 armed opponents": lambda x: _LETHALITY(combat.Params().losses_per_fighter, 1.0, x, 1000.0),
            "5,000 armed opponents": lambda x: _LETHALITY(combat.Params().losses_per_fighter, 1.0, x, 5000.0),
        },
    ),
    Response(
        "airpower", "airpower", "Strikes called in", "threat on the ground", "strikes per day", 1.0,
        {
            "2 clashes a day": lambda x: _STRIKES(airpower.Params().strikes_per_clash, x, 2.0, 1.0),
            "6 clashes a day": lambda x: _STRIKES(airpower.Params().strikes_per_clash, x, 6.0, 1.0),
        },
    ),
    Response(
        "control", "control", "Where control goes", "armed opponents per soldier", "direction, −1 to 1", 3.0,
        {"pull on control": lambda x: _PULL(_SHARE(x, 1.0, 1.0), _SHARE(x, 1.0, 1.0))},
    ),
    Response(
        "public", "public", "Shaming of soldiers", "support for the resistance", "index, 0 to 1", 1.0,
        {
            "support was 0.5 before": lambda x: _HOSTILITY(x, 0.5),
            "support was 0.8 before": lambda x: _HOSTILITY(x, 0.8),
        },
    ),
    Response(
        "militia", "militia", "Risk in the militia", "hits in a day", "probability of being killed", 400.0,
        {"100 fighters": lambda x: float(_KILLED(x, 100.0)), "1,000 fighters": lambda x: float(_KILLED(x, 1000.0))},
    ),
    Response(
        "orders", "orders", "Moral injury", "civilian deaths ordered, per 1,000 members and day", "injury, 0 to 1", 0.1,
        {"after a long time": lambda x: _INJURY(x, orders.Params().half_injury)},
    ),
    Response(
        "resolve", "resolve-offer", "Worth of the offer", "reward in cash, months of pay", "worth, 0 to 1", 36.0,
        {
            "no stipend": lambda x: _OFFER(x, 0.0, 1.0, 1.0, 1.0),
            "stipend of half the pay": lambda x: _OFFER(x, 0.5, 1.0, 1.0, 1.0),
        },
    ),
    Response(
        "resolve", "resolve-peers", "Example of those who left", "left of 20 who would be enough", "example, 0 to 1", 20.0,
        {
            "nobody hardened": lambda x: _EXAMPLE(x, 10.0, 0.0, resolve.Params().hardened_damping),
            "half of the unit hardened": lambda x: _EXAMPLE(x, 10.0, 0.5, resolve.Params().hardened_damping),
        },
    ),
    Response(
        "exit", "exit", "Attempts of a willing person", "control of the regime", "attempts a month", 1.0,
        {
            "support 0.9": lambda x: 30.0 * _ATTEMPT(_EXIT.attempt_rate, _EXIT.refuge, x, 0.9),
            "support 0.3": lambda x: 30.0 * _ATTEMPT(_EXIT.attempt_rate, _EXIT.refuge, x, 0.3),
        },
    ),
    Response(
        "programme", "programme", "Belief in the programme", "persons waiting", "credibility, 0 to 1", 500.0,
        {
            "20 admitted in 90 days": lambda x: _CREDIBILITY(20.0, x),
            "200 admitted in 90 days": lambda x: _CREDIBILITY(200.0, x),
        },
    ),
    Response(
        "recruitment", "recruitment", "Volunteers", "support for the resistance, 0.5 before", "times before the crisis", 1.0,
        {"volunteers": lambda x: _VOLUNTEERS(1.0, 1.0, 1.0, (1.0 - x) / 0.5, _RECRUIT.elasticity, _RECRUIT.surge, 1.0)},
    ),
)  # fmt: skip


def response_spec(found: Response) -> dict[str, Any]:
    """A response curve as a Vega-Lite specification."""
    rows = [
        {"x": float(x), "y": float(curve(float(x))), "curve": name}
        for name, curve in found.curves.items()
        for x in np.linspace(0.0, found.last, _POINTS)
    ]
    names = list(found.curves)
    scale = {"domain": names, "range": list(_COLOURS[: len(names)])}
    dash = {"domain": names, "range": [[1, 0], [6, 3], [2, 2]][: len(names)]}
    legend = {"title": None, "orient": "bottom"} if len(names) > 1 else None
    return {
        "data": {"values": rows},
        "width": 300,
        "height": 170,
        "mark": {"type": "line", "strokeWidth": 2.4},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "axis": {"title": found.across, "tickCount": 5}},
            "y": {
                "field": "y",
                "type": "quantitative",
                "axis": {"title": found.up, "tickCount": 5, "titleY": -14, "titleX": 0, "grid": True},
            },
            "color": {"field": "curve", "type": "nominal", "scale": scale, "legend": legend},
            "strokeDash": {"field": "curve", "type": "nominal", "scale": dash, "legend": legend},
        },
        "config": configuration("narrow"),
    }
