"""What an ensemble asks for: scenarios x members, to a last day, on an engine; and the key of each of its runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from muster.calibrate.draws import drawn_values, led_by
from muster.calibrate.posterior import Posterior
from muster.case import Case, load_case
from muster.case.load import case_address
from muster.compare.month_file import LAYOUT
from muster.compare.store import shortened
from muster.core.dates import parse_date
from muster.core.errors import MusterError
from muster.core.provenance import digest_sources, write_text
from muster.simulate.monthly import months_of
from muster.simulate.run import Engine
from muster.simulate.scenario import Scenario, find_scenario

FILE = "plan.json"
DEFAULTS = "the case's defaults"


@dataclass(frozen=True, slots=True)
class Cell:
    """One run of a plan: the positions of its scenario and member, what it follows (drawn parameters first), and its key."""

    place: int
    member: int
    scenario: Scenario
    seed: int
    key: str


@dataclass(frozen=True, slots=True)
class Plan:
    """``draws`` are the parameters of each draw by name, one empty draw for the defaults; ``fit`` says where they are from."""

    case: Case
    scenarios: tuple[Scenario, ...]
    members: tuple[tuple[int, int], ...]
    draws: tuple[Mapping[str, float], ...]
    fit: str
    until: date
    engine: Engine = "fast"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(scenario.name for scenario in self.scenarios)

    @property
    def months(self) -> tuple[date, ...]:
        return months_of(self.case.start, self.until)

    @property
    def runs(self) -> int:
        return len(self.scenarios) * len(self.members)

    def cells(self) -> Iterator[Cell]:
        """Every run, member by member within scenario by scenario."""
        base = json.dumps([LAYOUT, code_digest(), digest_case(self.case)])
        for place, scenario in enumerate(self.scenarios):
            for member, (draw, seed) in enumerate(self.members):
                drawn = led_by(self.draws[draw], scenario)
                asked = {name: rows for name, rows in drawn.to_dict().items() if name in ("changes", "triggers")}
                question = json.dumps([base, self.until.isoformat(), self.engine, seed, asked])
                yield Cell(place, member, drawn, seed, shortened(sha256(question.encode()).hexdigest()))

    def save(self, folder: Path) -> None:
        """Write ``plan.json``: all that is needed to run it again."""
        write_text(folder / FILE, json.dumps(self.to_dict(), ensure_ascii=False) + "\n")

    def to_dict(self) -> dict[str, Any]:
        """Plain values; `load_plan` reads them back."""
        return {
            "layout": LAYOUT,
            "case": self.case.name,
            "case_folder": case_address(self.case),
            "case_sha256": self.case.sha256,
            "strength": self.case.strength,
            "until": self.until.isoformat(),
            "engine": self.engine,
            "fit": self.fit,
            "members": [list(member) for member in self.members],
            "scenarios": [scenario.to_dict() for scenario in self.scenarios],
            "draws": [dict(draw) for draw in self.draws],
        }


def code_digest() -> str:
    """Digest of the code that the bits of a run depend on."""
    return digest_sources("core", "case", "model", "simulate")


def lean(case: Case) -> Case:
    """The case without what a run does not read: claims, sources, outlines. It travels to workers."""
    empty = dict.fromkeys(("timeline", "claims", "counts", "directions"), ())
    words = dict.fromkeys(("title", "summary", "licence", "parameters_label"), "")
    bare: dict[str, Any] = {**empty, **words, "sources": {}, "scenarios": {}, "outlines": None}
    return replace(case, **bare)


def digest_case(case: Case) -> str:
    """Digest of what a run reads of a case: an edited claim does not make finished runs worthless."""
    return sha256(repr(replace(lean(case), sha256="", folder=Path())).encode()).hexdigest()


def choose_members(draws: int, *, seeds: int = 1, seed: int = 1, fitted: bool = True) -> tuple[tuple[int, int], ...]:
    """(draw, seed) of ``draws`` x ``seeds`` members: member ``k`` has draw ``k % draws`` and seed ``seed + k``."""
    if draws < 1 or seeds < 1:
        raise MusterError(f"{draws} draws of {seeds} seeds are no history. Give 1 or more of each.")
    return tuple((k % draws if fitted else 0, seed + k) for k in range(draws * seeds))


def plan_ensemble(
    case: Case,
    posterior: Posterior | None,
    scenarios: Sequence[str | Scenario],
    *,
    draws: int,
    seeds: int = 1,
    seed: int = 1,
    until: date | str | None = None,
    engine: Engine = "fast",
) -> Plan:
    """The plan of `simulate_ensemble`. Errors: a :class:`MusterError` for an unknown scenario or a date before the start."""
    chosen = tuple(find_scenario(case, one) for one in scenarios)
    if not chosen:
        raise MusterError("No scenario was given. Name at least one, as in baseline.")
    names = [one.name for one in chosen]
    if twice := [name for name in names if names.count(name) > 1]:
        raise MusterError(f'Two scenarios are called "{twice[0]}". Give each its own name.')
    members = choose_members(draws, seeds=seeds, seed=seed, fitted=posterior is not None)
    last = parse_date(until) if isinstance(until, str) else until or case.until
    if last <= case.start:
        raise MusterError(f"The runs would end on {last}, but {case.name} starts on {case.start}. Give a later --until.")
    values = tuple(drawn_values(case, posterior, k) for k in range(draws)) if posterior else ({},)
    fit = f"the fit to {posterior.until}, {posterior.hash}" if posterior else DEFAULTS
    return Plan(case, chosen, members, values, fit, last, engine)


def load_plan(folder: str | Path) -> Plan:
    """The plan of a folder that ``muster ensemble`` wrote. Errors: a :class:`MusterError` if there is none."""
    path = Path(folder) / FILE
    if not path.is_file():
        raise MusterError(f"{folder} holds no {FILE}. Give the folder that muster ensemble --out wrote.")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["layout"] != LAYOUT:
            raise MusterError(f"{path} has layout {told['layout']}; this Muster reads {LAYOUT}. Use the version that wrote it.")
        case = load_case(told["case_folder"], strength=told["strength"])
        scenarios = tuple(Scenario.from_dict(row) for row in told["scenarios"])
        members = tuple((draw, seed) for draw, seed in told["members"])
        plan = Plan(
            case, scenarios, members, tuple(told["draws"]), told["fit"], date.fromisoformat(told["until"]), told["engine"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise MusterError(f"{path} cannot be understood ({error}). Run the ensemble again into this folder.") from error
    if case.sha256 != told["case_sha256"]:
        raise MusterError(f"The case {case.name} has changed since {folder} was written. Run the ensemble again.")
    return plan
