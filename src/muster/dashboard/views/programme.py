"""The support programme: who it reached, how long they waited, what it cost, and what other designs would have done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from muster.calibrate.band import Band
from muster.compare.frontier import days_waited, frontier
from muster.core.dates import day_index
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.report.efficient import draw_frontier, kind_of, tell_levers
from muster.report.render import plain_spec
from muster.report.spread import Spread, say
from muster.report.style import WIDTHS
from muster.simulate.monthly import months_of

if TYPE_CHECKING:
    from muster.dashboard.study import Study

DESIGNS, MEMBERS = 24, 4
_HALF = 6


def course(study: Study, tell: Progress) -> dict[str, Any]:
    """The programme half-year by half-year, the range over histories in brackets."""
    found, case = study.months(progress=tell), study.case
    last = months_of(case.start, case.until)
    days = np.diff([day_index(day, case.start) for day in last], prepend=0).astype(float)
    rows = []
    for begin in range(0, len(last), _HALF):
        span = slice(begin, begin + _HALF)
        rows.append([f"{last[begin]:%b %Y} – {last[span][-1]:%b %Y}", *(_told(found, span, days[span]))])
    heads = ["brought out", "caught on the way", "housed, mean", "waiting, end", "days of waiting", "paid", "cash in hand, end"]
    return {"heads": heads, "rows": [row for row in rows if any(cell != "0" for cell in row[1:])]}


def _told(found: list[dict[str, np.ndarray]], span: slice, days: np.ndarray) -> list[str]:
    def over(read: Any) -> str:
        return Spread.of(float(read({name: values[span].astype(float) for name, values in one.items()})) for one in found).text()

    return [
        over(lambda m: m["admitted"].sum()),
        over(lambda m: m["arrested_leaving"].sum()),
        over(lambda m: (m["places_used"] * days).sum() / days.sum()),
        over(lambda m: m["waiting"][-1]),
        over(lambda m: days_waited(m, days)),
        over(lambda m: m["cash_paid"].sum() + m["stipend_paid"].sum()),
        over(lambda m: m["balance"][-1]),
    ]


def efficient(study: Study, tell: Progress) -> dict[str, Any]:
    """Designs of the programme under a budget, by ``muster.frontier``. Errors: a MusterError for a case without a programme."""
    found = frontier(study.case, study.posterior, designs=DESIGNS, draws=MEMBERS, progress=tell)
    return {
        "start": found.start.isoformat(),
        "budget": say(found.budget),
        "place_cost": say(found.place_cost),
        "members": found.members,
        "designs": [
            {
                "kind": kind_of(found, one),
                "levers": tell_levers(one),
                "safe": _band(one.safe),
                "housed": _band(one.housed),
                "wait": _band(one.wait),
                "spent": _band(one.spent),
                "cost": "–" if one.cost is None else _band(one.cost),
                "front": f"{one.front:.0%}",
            }
            for one in found.designs
        ],
        "figure": {width: plain_spec(draw_frontier(found, width), width) for width in WIDTHS},
    }


def _band(found: Band) -> str:
    return f"{say(found.median)} [{say(found.low)} to {say(found.high)}]"  # these may lie below nought


def has_programme(study: Study) -> bool:
    """Whether the case has a programme to look at."""
    from muster.compare.design import first_outreach

    try:
        first_outreach(study.case)
    except MusterError:
        return False
    return True
