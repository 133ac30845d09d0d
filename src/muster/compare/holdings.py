"""What a store holds of its plan: run by run, and one hash of it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from muster.compare.ensemble import Failure
from muster.compare.plan import Plan, load_plan
from muster.compare.store import Shelf, Store, key_and_digest

State = Literal["finished", "missing", "damaged", "failed"]


@dataclass(frozen=True, slots=True)
class Holding:
    """One run of the plan. ``fired``: the days at whose end its triggers fired."""

    scenario: str
    draw: int
    seed: int
    state: State
    file: str = ""
    fired: tuple[date | None, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``hash`` is one SHA-256 over what every run of the plan came to, whatever made it and in what order.

    ``others`` counts whole files that belong to no run of the plan: of an earlier plan or other code.
    """

    hash: str
    runs: int
    finished: int
    damaged: tuple[str, ...]
    others: int

    @property
    def whole(self) -> bool:
        return self.finished == self.runs and not self.damaged


def verify_store(folder: str | Path) -> Verdict:
    """Check every file of an ensemble's folder. Errors: a :class:`MusterError` if it holds none."""
    return judge(load_plan(folder), Store(folder).look())


def judge(plan: Plan, shelf: Shelf) -> Verdict:
    """The verdict on what a look at the store found."""
    total, finished, keys = sha256(), 0, set()
    for cell in plan.cells():
        keys.add(cell.key)
        path = shelf.whole.get(cell.key)
        digest = key_and_digest(path)[1] if path else "missing"
        finished += path is not None
        total.update(f"{plan.names[cell.place]}\t{plan.members[cell.member]}\t{digest}\n".encode())
    others = sum(key not in keys for key in shelf.whole)
    return Verdict(total.hexdigest(), plan.runs, finished, tuple(path.name for path in shelf.damaged), others)


def list_holdings(folder: str | Path, *, failures: Sequence[Failure] = ()) -> tuple[Holding, ...]:
    """Every run of the plan with its state, scenario by scenario. Errors: a :class:`MusterError` if the folder holds no plan."""
    plan, store = load_plan(folder), Store(folder)
    shelf = store.look()
    problems = {(one.scenario, one.draw, one.seed): one.problem for one in failures}
    damaged = {key_and_digest(path)[0]: path.name for path in shelf.damaged}
    found = []
    for cell in plan.cells():
        draw, seed = plan.members[cell.member]
        name = plan.names[cell.place]
        path = shelf.whole.get(cell.key)
        if path is not None:
            fired = store.read(path).fired if cell.scenario.triggers else ()
            found.append(Holding(name, draw, seed, "finished", path.name, fired))
        elif cell.key in damaged:
            found.append(Holding(name, draw, seed, "damaged", damaged[cell.key]))
        elif (name, draw, seed) in problems:
            found.append(Holding(name, draw, seed, "failed", problem=problems[name, draw, seed]))
        else:
            found.append(Holding(name, draw, seed, "missing"))
    return tuple(found)
