"""``muster assumptions`` and ``muster inform``: what a forecast rests on, and what would narrow it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from muster.cli.fitting import ForecastFolder
from muster.cli.options import Json
from muster.cli.terminal import print_json, print_table, say

Quantity = Annotated[str, Parameter(help="The forecast quantity asked about.", show_default=True)]
_SHOWN = 15


def assumptions(folder: ForecastFolder, /, *, quantity: Quantity = "cumulative_defections_military", json: Json = False) -> int:
    """Rank what a forecast assumes without evidence by how much it moves an answer. Twin of ``muster.list_assumptions``."""
    import muster

    rows = muster.list_assumptions(muster.load_forecast(folder), quantities=(quantity,))
    if json:
        print_json([{**asdict(row), "assumed": row.assumed} for row in rows])
        return 0
    table = [
        (
            row.name,
            "assumed" if row.assumed else "learned",
            f"{row.learned:.0%}",
            f"{row.moves[quantity]:.0%}",
            row.meaning,
            row.source,
        )
        for row in sorted(rows, key=lambda row: -row.moves[quantity])[:_SHOWN]
    ]
    print_table(["parameter", "", "learned", f"moves {quantity}", "meaning", "prior from"], table, right=["learned"])
    return 0


def inform(folder: ForecastFolder, /, *, quantity: Quantity = "cumulative_defections_military", json: Json = False) -> int:
    """Rank further reports by how much they would narrow a forecast. Twin of ``muster.rank_reports``."""
    import muster

    rows = muster.rank_reports(muster.load_forecast(folder), quantity)
    if json:
        print_json([asdict(row) for row in rows])
        return 0
    best = [(row.quantity, row.side, f"{row.narrows:.0%}") for row in rows[:_SHOWN]]
    print_table(["a report now on", "by the side", "would take away of the variance"], best)
    say("An expectation under the model: a report that contradicts it may widen the forecast instead.")
    return 0
