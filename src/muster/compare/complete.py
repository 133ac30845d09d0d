"""An ensemble in a folder, from its plan to its manifest: runs, summary, what failed, and how to prove it again."""

from __future__ import annotations

import json
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path

from muster.case.load import case_address
from muster.compare.ensemble import Failure, Progressed, fill
from muster.compare.holdings import Verdict, judge
from muster.compare.plan import FILE, Plan
from muster.compare.reduce import Summary, reduce_store
from muster.compare.store import Store
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.core.provenance import refuse_other, write_manifest, write_text

FAILURES = "failures.json"


@dataclass(frozen=True, slots=True)
class Completed:
    """What was done, how the store stands, and the summary of the members that are whole."""

    done: Progressed
    verdict: Verdict
    summary: Summary


def complete_ensemble(
    plan: Plan,
    folder: str | Path,
    *,
    executor: str | Executor = "threads",
    workers: int = 2,
    progress: Progress | None = None,
) -> Completed:
    """Make what is missing of a plan in a folder, then write its summary, its failures and its manifest.

    An interrupted call loses nothing that was finished: the next one goes on. Errors: a :class:`MusterError` when workers are
    lost, or when no member is finished under every scenario.
    """
    target = Path(folder)
    refuse_other(target, "ensemble")
    done = fill(plan, target, executor=executor, workers=workers, progress=progress)
    write_text(target / FAILURES, json.dumps([asdict(one) for one in done.failures], indent=2, ensure_ascii=False) + "\n")
    store = Store(target)
    shelf = store.look()
    summary, verdict = reduce_store(plan, store, shelf.whole), judge(plan, shelf)
    if not summary.series:
        raise MusterError(f"No member was finished under every scenario. First failure: {done.failures[0]}")
    outputs = [FILE, FAILURES, *summary.save(target)]
    settings = {
        "case_folder": case_address(plan.case),
        "case_sha256": plan.case.sha256,
        "strength": plan.case.strength,
        "fit": plan.fit,
        "scenarios": list(plan.names),
        "members": len(plan.members),
        "until": plan.until.isoformat(),
        "runs": verdict.runs,
        "finished": verdict.finished,
        "store_hash": verdict.hash,
    }
    write_manifest(target, "ensemble", settings=settings, inputs={f"case {plan.case.name}": plan.case.sha256}, outputs=outputs)
    return Completed(done, verdict, summary)


def read_failures(folder: str | Path) -> tuple[Failure, ...]:
    """The runs that failed when the ensemble was last completed."""
    path = Path(folder) / FAILURES
    try:
        return tuple(Failure(**row) for row in json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else ()
    except (ValueError, TypeError) as error:
        raise MusterError(f"{path} cannot be understood ({error}). Give the muster ensemble command again.") from error
