"""The answer in words: one terminal screen of figures with their range over histories, beside what was reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from muster.report.answer import end_of
from muster.report.comparison import Comparison, compare_claims, say_date, say_day
from muster.report.findings import Finding, find_figures
from muster.report.spread import Spread, say

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from muster.calibrate.posterior import Posterior
    from muster.case import Case, Claim
    from muster.simulate.result import Run

WIDTH = 80
# Columns: section, label, simulated, then, reported, factor; one space between.
_SECTION, _LABEL, _SIMULATED, _THEN, _REPORTED, _FACTOR = 9, 16, 19, 6, 20, 5
_ONE = {"seeds": "seed", "draws of the fit": "draw of the fit"}
_STYLES = {"near": "green", "met": "green", "above": "yellow", "below": "yellow", "none": ""}


@dataclass(frozen=True, slots=True)
class Summary:
    """What the runs show. Printed with rich it fits 80 columns and 40 lines; ``to_dict`` is for ``--json``."""

    title: str
    span: str
    seeds: int
    varied: str
    scenario: str
    strength: str
    label: str
    figures: tuple[Finding, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def comparable(self) -> tuple[Comparison, ...]:
        return tuple(c for c in self.comparisons if c.mark != "none")

    @property
    def histories(self) -> str:
        """``8 seeds``, or ``24 draws of the fit``: what differs between the histories."""
        return f"{self.seeds} {self.varied}" if self.seeds != 1 else f"1 {_ONE[self.varied]}"

    @property
    def tally(self) -> str:
        """How many claims the runs come near to or meet the bound of, and how many they miss on either side."""
        count = Counter(c.mark for c in self.comparable)
        return (
            f"Of {len(self.comparable)} comparable claims {count['near'] + count['met']} are simulated within 25 % or within"
            f" the bound they state, {count['above']} above, {count['below']} below."
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON. Simulated regional counts below ten are the text ``<10``."""
        return {
            "title": self.title,
            "span": self.span,
            "seeds": self.seeds,
            "varied": self.varied,
            "scenario": self.scenario,
            "strength": self.strength,
            "label": self.label,
            "figures": [_plain_finding(finding) for finding in self.figures],
            "claims": [_plain_comparison(comparison) for comparison in self.comparisons],
            "tally": self.tally,
        }

    def __str__(self) -> str:
        return "\n".join(line.plain.rstrip() for line in self._told())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._told()

    def _told(self) -> Iterator[Text]:
        from rich.text import Text

        yield Text(_clip(f"{self.title}, {self.span}", WIDTH), style="bold")
        yield Text(_clip(f"{self.histories} · scenario: {self.scenario} · strength: {self.strength}", WIDTH))
        yield Text(_clip(self.label[:1].upper() + self.label[1:], WIDTH), style="bold yellow")
        yield Text(_row("", "", "median [range]", "then", "reported", "×"), style="dim")
        section = ""
        for finding in self.figures:
            yield from _lines(finding, "" if finding.section == section else finding.section)
            section = finding.section or section
        yield Text(_clip("then: simulated for the day or period of the claim; ×: simulated / reported", WIDTH), style="dim")
        for line in wrap(self.tally, WIDTH):
            yield Text(line, style="bold")


def summary(case: Case, runs: Sequence[Run], *, posterior: Posterior | None = None) -> Summary:
    """Figures and comparisons for ``runs`` of one case and one scenario: one run a seed, or one a draw of ``posterior``."""
    comparisons = compare_claims(case, runs)
    return Summary(
        title=case.title,
        span=f"{say_day(case.start)} – {say_day(end_of(case, runs))}",
        seeds=len(runs),
        varied="seeds" if posterior is None else "draws of the fit",
        scenario=runs[0].scenario.name,
        strength=case.strength,
        label=case.parameters_label if posterior is None else fitted_label(posterior),
        figures=find_figures(case, runs, comparisons),
        comparisons=comparisons,
    )


def fitted_label(posterior: Posterior) -> str:
    """What a fit is called on a page."""
    return f"fitted to {len(posterior.terms)} claims known by {posterior.until}"


def say_short(value: float) -> str:
    """A number in at most six characters: 142k, 13.8k, 9,880, 0.42."""
    if abs(value) < 10_000:
        return say(value)
    for size, letter in ((1e6, "m"), (1e3, "k")):
        if abs(value) >= size * 0.9995:
            return f"{say(value / size).removesuffix('.0')}{letter}"
    return say(value)


def say_stated(comparison: Comparison, width: int) -> str:
    """``≥13,000 NUG May 23`` in ``width`` characters, the claimant clipped to what is left."""
    number = comparison.reported.replace("at least ", "≥").replace("up to ", "≤")
    if "(" in number:
        number = number[number.index("(") + 1 : -1]
    when = _month(comparison.claim)
    room = width - len(number) - len(when) - 2
    who = _clip(comparison.claim.claimant.split(" via ")[0].split(" (")[0], max(room, 0))
    return f"{number} {who} {when}"


def _month(claim: Claim) -> str:
    return f"{claim.as_of.middle:%b %y}" if claim.as_of else ""


def _lines(finding: Finding, section: str) -> Iterator[Text]:
    from rich.text import Text

    if finding.spread is None:
        lines = wrap(finding.text, WIDTH - _SECTION - 1) or [""]
        for part in lines:
            yield Text(f"{section:<{_SECTION}} {part}")
            section = ""
        return
    simulated = _say_spread(finding.spread)
    for comparison in finding.beside or (None,):  # a line of its own for each claim
        if comparison is None or comparison.simulated is None:
            yield Text(_row(section, finding.label, simulated, "", "", ""))
            continue
        then, told = say_short(comparison.simulated.median), say_stated(comparison, _REPORTED)
        line = Text(f"{_row(section, finding.label, simulated, then, told, ''):<{WIDTH - _FACTOR}}")
        line.append(comparison.verdict, style=_STYLES[comparison.mark])
        yield line
        section, simulated = "", ""
        finding = Finding("", "", "", finding.spread, "", ())


def _say_spread(spread: Spread) -> str:
    low, middle, high = (say_short(x) for x in (spread.low, spread.median, spread.high))
    return middle if low == high else f"{middle} [{low}–{high}]"


def _row(section: str, label: str, simulated: str, then: str, reported: str, factor: str) -> str:
    cells = (
        f"{_clip(section, _SECTION):<{_SECTION}}",
        f"{_clip(label, _LABEL):<{_LABEL}}",
        f"{_clip(simulated, _SIMULATED):<{_SIMULATED}}",
        f"{then:>{_THEN}}",
        f"{_clip(reported, _REPORTED):<{_REPORTED}}",
        factor,
    )
    return " ".join(cells).rstrip()


def _clip(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 0)] + ("…" if width else "")


def _plain_finding(finding: Finding) -> dict[str, Any]:
    return {
        "section": finding.section,
        "label": finding.label,
        "unit": finding.unit,
        "simulated": asdict(finding.spread) if finding.spread else None,
        "text": finding.text,
        "beside": [comparison.claim.id for comparison in finding.beside],
    }


def _plain_comparison(comparison: Comparison) -> dict[str, Any]:
    claim = comparison.claim
    simulated: Any = asdict(comparison.simulated) if comparison.simulated else None
    if simulated and comparison.regional:
        simulated = comparison.told
    return {
        "id": claim.id,
        "quantity": claim.quantity,
        "region": claim.region,
        "as_of": say_date(claim),
        "claimant": claim.claimant,
        "side": claim.claimant_side,
        "reported": comparison.reported,
        "simulated": simulated,
        "factor": comparison.verdict,
        "mark": comparison.mark,
        "reason": comparison.reason,
    }
