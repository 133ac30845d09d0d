"""Draws bench/peers.json: docs/figures/peers.svg, and the table in docs/explanation/performance.md between its two marks."""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path
from typing import Any

import altair as alt
from race import MUSTER, PEERS, PLAIN, RESULTS

from muster.core.provenance import write_text
from muster.report.render import render_svg
from muster.report.style import BLUE, GREY, SKY

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "explanation" / "performance.md"
MARKED = re.compile(r"(?<=<!-- peers -->\n).*?(?=<!-- end of peers -->)", re.DOTALL)
NAMES = {
    MUSTER: "Muster, fast engine",
    PLAIN: "Muster, plain engine",
    "numpy": "NumPy, dense",
    "numpy-events": "NumPy along events",
    "laser": "LASER",
    "starsim": "Starsim",
    "starsim-fast": "Starsim, crn off",
    "neworder": "neworder",
    "mesa-frames": "mesa-frames",
    "mesa": "Mesa",
    "agentpy": "AgentPy",
    "repast4py": "Repast4Py",
    "vivarium": "Vivarium",
}
LARGE, SMALL = "100000", "10000"


def timed(results: dict[str, Any]) -> dict[str, Any]:
    """Peers with times, fastest first."""
    rows = {peer: results["peers"][peer] for peer in PEERS if "times" in results["peers"].get(peer, {})}
    return dict(sorted(rows.items(), key=lambda item: -item[1]["times"][LARGE]["cpu"]))


def draw(results: dict[str, Any]) -> alt.TopLevelMixin:
    """A dot a program and size on a logarithmic scale."""
    kinds = {MUSTER: "Muster, along events", PLAIN: "Muster, one look a soldier-day"}
    peers = timed(results)
    y = alt.Y("name:N", sort=[NAMES[peer] for peer in peers], title=None)
    x = alt.X("rate:Q", scale=alt.Scale(type="log"), title="million soldier-days per second of one core (logarithmic)")
    colour = alt.Color("kind:N", scale=alt.Scale(domain=[*kinds.values(), "others"], range=[BLUE, SKY, GREY]))
    charts = []
    for size in (SMALL, LARGE):
        rows = [
            {"name": NAMES[peer], "rate": row["times"][size]["cpu"], "kind": kinds.get(peer, "others")}
            for peer, row in peers.items()
        ]
        charts.append(alt.Chart(alt.Data(values=rows)).encode(x=x, y=y, color=colour))
    rings = charts[0].mark_point(filled=False, size=70)
    dots = charts[1].mark_point(filled=True, size=110, opacity=1)
    words = charts[1].mark_text(align="left", dx=9).encode(text=alt.Text("rate:Q", format=",.3~r"), color=alt.value("#444444"))
    return alt.layer(rings, dots, words).properties(width=430, height=330)


def _middle(numbers: list[float]) -> str:
    value, low, high = statistics.median(numbers), min(numbers), max(numbers)
    digits = ",.0f" if value >= 20 else (",.1f" if value >= 2 else ",.2f")
    return f"{value:{digits}} ({low:{digits}} to {high:{digits}})"


def _version(peer: str, row: dict[str, Any]) -> str:
    names = (peer, f"{peer}-core", peer.rsplit("-", 1)[0])
    return next((row["versions"][name] for name in names if name in row["versions"]), "")


def _line(peer: str, row: dict[str, Any], days: int) -> str:
    small, large = row["times"][SMALL], row["times"][LARGE]
    rates = [f"{value:,.1f}" if value < 100 else f"{value:,.0f}" for value in (small["cpu"], large["cpu"], large["whole_cpu"])]
    if peer.startswith(MUSTER):
        return " | ".join(["| " + NAMES[peer], *rates, "", "", " |"])
    fewer = f", {large['days']} days" if large["days"] < days else ""
    ratios = [_middle(large[key]) for key in ("event_ratios", "dense_ratios")]
    beside = f"{large['muster_cpu']:,.0f}"
    return " | ".join([f"| {NAMES[peer]} ({_version(peer, row)}{fewer})", *rates, beside, *ratios]) + " |"


def tabulate(results: dict[str, Any]) -> str:
    """The table of the page."""
    head = "| program | 10,000 soldiers | 100,000 | with set-up | Muster beside it | times as fast | its plain engine, times |"
    machine = results["machine"]
    where = f"Machine: {machine['processor']}, {machine['cores']} cores, {machine['system']}; other work ran beside it."
    lines = [_line(peer, row, results["model"]["days"]) for peer, row in timed(results).items()]
    return (
        "\n".join(["Million soldier-days per CPU second:", "", head, "|---|---:|---:|---:|---:|---:|---:|", *lines, "", where])
        + "\n"
    )


def main() -> int:
    """Draw and write."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    said = ", ".join(f"{NAMES[peer]} {row['times'][LARGE]['cpu']:,.1f}" for peer, row in timed(results).items())
    said = f"Million soldier-days per CPU second at 100,000 soldiers: {said}."
    write_text(DOCS / "figures" / "peers.svg", render_svg(draw(results), name="peers", width="wide", alt_text=said) + "\n")
    page = PAGE.read_text(encoding="utf-8")
    write_text(PAGE, MARKED.sub(lambda _: tabulate(results), page))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
