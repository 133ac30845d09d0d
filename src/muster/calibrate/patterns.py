"""Patterns that no term of a fit counts: who leaves, in what order, with whom. They are where a model that was fitted to
totals can still be caught out.

A pattern is one number of a history. What was seen of it, where anything was, is said by the case (``patterns.toml`` beside
its posteriors) as a range with its source: too rough for a likelihood, fine enough for a test. A fit that does not show what
was seen is wrong in its mechanism, however well it follows the totals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from muster.calibrate.band import Band
from muster.calibrate.shipped import FOLDER
from muster.case import Case
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, quote
from muster.core.tables import MAX_TOML_BYTES, decode, parse_toml, read_bytes
from muster.core.vocabulary import BRANCHES, FATES, MILITARY, RANKS
from muster.simulate.result import Run

FILE = "patterns.toml"
_OWN_WILL = tuple(FATES.index(fate) for fate in ("defected", "deserted"))
_POLICE, _INFANTRY, _AIR = (BRANCHES.index(name) for name in ("police", "infantry", "air_force"))
_SOLDIERS = tuple(BRANCHES.index(name) for name in MILITARY)
_TOGETHER = 7  # days within which leavers of one unit are taken to have left together
_FEWEST_LEAVERS = 30
_FIRST = 500  # leavers whose day is compared between police and soldiers


@dataclass(frozen=True, slots=True)
class Pattern:
    """One number of a history: ``read`` gives NaN where too few left."""

    name: str
    meaning: str
    unit: str
    read: Callable[[Run], float]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a pattern: the range that fits it, in words, and by whom."""

    low: float
    high: float
    words: str
    source: str

    @property
    def told(self) -> str:
        """The range and why: ``14 to 240: soldiers are counted only from June``."""
        return f"{self.low:.3g} to {self.high:.3g}: {self.words}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A pattern under a posterior: its band over histories, what was seen, and the share of histories that show it."""

    name: str
    meaning: str
    unit: str
    band: Band
    seen: Seen | None
    share: float | None


def _leavers(run: Run, branches: Sequence[int]) -> dict[str, np.ndarray]:
    """Those of some branches who left of their own will."""
    chosen = np.isin(run.leavers["fate"], _OWN_WILL) & np.isin(run.leavers["branch"], branches)
    return {name: column[chosen] for name, column in run.leavers.items()}


def _police_lead(run: Run) -> float:
    """Days by which the first 500 of the police were gone before the first 500 of the soldiers."""
    police, soldiers = (np.sort(_leavers(run, branches)["day"]) for branches in ((_POLICE,), _SOLDIERS))
    if min(len(police), len(soldiers)) < _FIRST:
        return np.nan
    return float(soldiers[_FIRST - 1]) - float(police[_FIRST - 1])


def _alone(run: Run) -> float:
    """Share of soldiers who left when nobody else of their unit did within a week."""
    left = _leavers(run, _SOLDIERS)
    if len(left["day"]) < _FEWEST_LEAVERS:
        return np.nan
    order = np.lexsort((left["day"], left["unit"]))
    unit, day = left["unit"][order].astype(np.int64), left["day"][order].astype(np.int64)
    near = (unit[1:] == unit[:-1]) & (day[1:] - day[:-1] <= _TOGETHER)
    return float(1.0 - (np.append(near, False) | np.insert(near, 0, False)).mean())


def _unevenness(run: Run) -> float:
    """Variance over mean of the number who left an infantry unit; 1 if units lost people by chance alone."""
    gone = run.units["unit_exits"][run.units["unit_branch"] == _INFANTRY][:, _OWN_WILL].sum(axis=1)
    return float(gone.var() / gone.mean()) if gone.sum() >= _FEWEST_LEAVERS else np.nan


def _untouched(run: Run) -> float:
    """Share of infantry units that nobody left."""
    gone = run.units["unit_exits"][run.units["unit_branch"] == _INFANTRY][:, _OWN_WILL].sum(axis=1)
    return float((gone == 0).mean()) if len(gone) else np.nan


def _air_against_infantry(run: Run) -> float:
    """How likely one of the air force is to leave, as a multiple of one of the infantry."""
    heads = run.data["strength"][0].sum(axis=0)
    air, infantry = (len(_leavers(run, (branch,))["day"]) / max(float(heads[branch]), 1.0) for branch in (_AIR, _INFANTRY))
    return air / infantry if infantry > 0 and heads[_AIR] > 0 else np.nan


def _regional(run: Run) -> float:
    """Rank correlation over regions between clashes and the share of soldiers stationed there who left."""
    from scipy import stats

    at_home = run.data["strength"][0][:, list(_SOLDIERS)].sum(axis=1)
    counts = np.bincount(_leavers(run, _SOLDIERS)["region"], minlength=len(at_home))
    manned = at_home > 0
    if manned.sum() < 4 or counts.sum() < _FEWEST_LEAVERS:
        return np.nan
    clashes = run.data["clashes"].sum(axis=0)[manned]
    return float(stats.spearmanr(clashes, counts[manned] / at_home[manned]).statistic)


def _officers(run: Run) -> float:
    """Share of officers among soldiers who defected."""
    defected = (run.leavers["fate"] == FATES.index("defected")) & np.isin(run.leavers["branch"], _SOLDIERS)
    ranks = run.leavers["rank"][defected]
    return float((ranks == RANKS.index("officer")).mean()) if len(ranks) >= _FEWEST_LEAVERS else np.nan


PATTERNS: tuple[Pattern, ...] = (
    Pattern("police-first", "the first 500 of the police leave before the first 500 soldiers", "days", _police_lead),
    Pattern("alone", "soldiers who leave when nobody else of their unit does within a week", "share", _alone),
    Pattern("uneven", "variance over mean of those who left an infantry unit", "ratio", _unevenness),
    Pattern("untouched", "infantry units that nobody left", "share", _untouched),
    Pattern("air-force", "how likely airmen are to leave, against the infantry", "ratio", _air_against_infantry),
    Pattern("regions", "clashes against the share of soldiers who leave, over regions", "rank correlation", _regional),
    Pattern("officers", "officers among soldiers who defect", "share", _officers),
)


def show_patterns(case: Case, runs: Sequence[Run]) -> tuple[Shown, ...]:
    """Every pattern over histories, one a draw of a posterior. A pattern that half of them are too small for is left out."""
    seen = read_seen(case)
    shown = []
    for pattern in PATTERNS:
        values = np.array([pattern.read(run) for run in runs], float)
        values = values[np.isfinite(values)]
        if 2 * len(values) > len(runs):
            known = seen.get(pattern.name)
            share = None if known is None else float(((values >= known.low) & (values <= known.high)).mean())
            shown.append(Shown(pattern.name, pattern.meaning, pattern.unit, Band.of(values), known, share))
    return tuple(shown)


def read_seen(case: Case) -> Mapping[str, Seen]:
    """What a case says was seen of patterns, by name; nothing if it has no such file. Errors: an InputError with all faults."""
    path = case.folder / FOLDER / FILE
    if not path.is_file():
        return {}
    faults = FaultList()
    data = read_bytes(path, file=FILE, limit=MAX_TOML_BYTES, faults=faults)
    text = None if data is None else decode(data, file=FILE, faults=faults)
    table = None if text is None else parse_toml(text, file=FILE, faults=faults)
    found = {}
    for name, row in (table or {}).items():
        if name not in {pattern.name for pattern in PATTERNS}:
            hint = did_you_mean(name, [pattern.name for pattern in PATTERNS])
            faults.add(FILE, None, name, f"{quote(name)} is not a pattern.", hint or "See muster check.")
        elif not isinstance(row, dict) or set(row) != {"low", "high", "seen", "source"}:
            faults.add(FILE, None, name, "does not have just low, high, seen and source.", "Write these four.")
        else:
            found[name] = Seen(float(row["low"]), float(row["high"]), str(row["seen"]), str(row["source"]))
    faults.raise_if_any()
    return found
