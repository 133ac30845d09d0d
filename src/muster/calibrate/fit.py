"""The fit: waves of runs, an emulator that learns from them, and draws of the posterior.

    draws of the prior -> runs -> emulator -> posterior of the emulator -> draws of it -> runs -> better emulator -> ...

Each wave puts its runs where the posterior so far says the answer lies, a little spread out; the emulator is then learned
anew, near runs counting more. It ends when a wave no longer moves the posterior, or with the last wave of the plan. How
this was chosen, and what it was measured against: docs/explanation/calibration.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from muster.calibrate.emulator import Emulator, fit_emulator
from muster.calibrate.known import check_cut, known_by
from muster.calibrate.plan import Plan
from muster.calibrate.posterior import Posterior, Wave
from muster.calibrate.prior import Prior, fitted_priors
from muster.calibrate.runs import Desk
from muster.calibrate.sample import Sampled, sample
from muster.case import Case
from muster.case.load import case_address
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.core.provenance import digest_sources
from muster.observe.evidence import KINDS, Evidence, Kind, evidence_of
from muster.observe.likelihood import bias_groups, bias_posterior
from muster.simulate.run import simulate

_FEWEST_TERMS = 5
_WIDER = 1.2  # how far the draws of a wave reach beyond the posterior so far
_STILL = 0.25  # a wave that moves no mean by more than this (sd of the prior) was the last one needed


def calibrate(
    case: Case,
    *,
    until: date,
    seed: int = 1,
    plan: Plan | None = None,
    parameters: Sequence[str] | None = None,
    evidence: Collection[Kind] = KINDS,
    workers: int = 2,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Posterior:
    """Learn the parameters of a case from what was known on a day.

    ``parameters`` are those to move (default: all that are calibrated or prior-driven), ``evidence`` the kinds to learn
    from. ``folder`` keeps finished runs, so that the same call goes on after a kill. The number of workers changes nothing but
    the time. Errors: a :class:`MusterError` when the case has too few claims by then to learn from.
    """
    plan = plan or Plan()
    check_cut(case, until)
    known = known_by(case, until)
    asked = evidence_of(known, kinds=evidence)
    asked = asked.answered(asked.read(simulate(known, seed=1)))
    if len(asked.terms) < _FEWEST_TERMS:
        raise MusterError(
            f"By {until} {case.name} has {len(asked.terms)} claims a run can answer, too few to learn from. Give a later --until."
        )
    priors = fitted_priors(parameters)
    code = digest_sources("core", "case", "model", "simulate", "observe")
    question = "\n".join((code, case.sha256, case.strength, str(until), *(prior.name for prior in priors), *asked.names))
    desk = Desk(known, priors, lambda run: asked.learned(asked.read(run)), question, workers, folder, progress)
    with _one_thread():
        emulator, drawn, waves = _waves(desk, plan, asked, seed)
        fitted = _posterior(case, until, seed, plan, priors, asked, emulator, drawn, waves)
    return replace(fitted, evidence=tuple(kind for kind in KINDS if kind in evidence))


def _one_thread() -> AbstractContextManager[object]:
    """Matrix products in one thread: their last bits must not depend on how many cores there are."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def _waves(desk: Desk, plan: Plan, asked: Evidence, seed: int) -> tuple[Emulator, Sampled, tuple[Wave, ...]]:
    z = spread_out(len(desk.priors), plan.first, seed)
    seen = desk.answer(z, first=0, what="runs of the prior")
    emulator = fit_emulator(z, seen)
    waves: list[Wave] = []
    while True:
        drawn = sample(posterior_of(emulator, asked), z.shape[1], draws=plan.particles, moves=plan.moves, seed=seed + len(waves))
        mean, sd = drawn.z.mean(axis=0), drawn.z.std(axis=0)
        moved = float(np.abs(mean - waves[-1].mean).max()) if waves else np.inf
        waves.append(Wave(len(z), mean, sd, float(np.median(emulator.sd)), moved, drawn.log_evidence))
        if len(waves) > plan.waves or (moved < _STILL and len(waves) > 2):
            return emulator, drawn, tuple(waves)
        fresh = mean + _WIDER * (drawn.z[: plan.further] - mean)
        seen = np.concatenate([seen, desk.answer(fresh, first=len(z), what=f"runs of wave {len(waves)}")])
        z = np.concatenate([z, fresh])
        emulator = fit_emulator(z, seen, weights=_nearness(z, drawn.z))


def posterior_of(emulator: Emulator, asked: Evidence) -> Callable[[np.ndarray], np.ndarray]:
    """The log-likelihood of the evidence as the emulator sees it, a function of ``z`` (n, parameters)."""

    def log_posterior(z: np.ndarray) -> np.ndarray:
        return asked.log_likelihood(asked.natural(emulator.predict(z)), process_sd=emulator.sd)

    return log_posterior


def spread_out(dimensions: int, count: int, seed: int) -> np.ndarray:
    """Draws of N(0, I) that leave no gaps: a scrambled Sobol sequence."""
    from scipy import special
    from scipy.stats import qmc

    uniform = qmc.Sobol(dimensions, seed=seed).random_base2(int(np.ceil(np.log2(count))))[:count]
    return special.ndtri(np.clip(uniform, 1e-6, 1 - 1e-6))


def _nearness(z: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Weights of runs by how near they lie to the posterior: 1 at its centre, falling with the squared distance."""
    distance = (((z - drawn.mean(axis=0)) / drawn.std(axis=0)) ** 2).mean(axis=1)
    return 1.0 / (1.0 + distance**2)


def _posterior(
    case: Case,
    until: date,
    seed: int,
    plan: Plan,
    priors: Sequence[Prior],
    asked: Evidence,
    emulator: Emulator,
    drawn: Sampled,
    waves: tuple[Wave, ...],
) -> Posterior:
    """Thin the particles to the draws that are kept, and give each a bias of every claimant."""
    rng = np.random.Generator(np.random.Philox(seed + 10_000))
    kept = rng.permutation(len(drawn.z))[: plan.draws]
    z = drawn.z[kept]
    terms, claims = asked.terms, slice(0, len(asked.terms))
    simulated, error = asked.natural(emulator.predict(z))[:, claims], emulator.sd[claims]
    groups = bias_groups(terms)
    biases = np.empty((len(z), len(groups)))
    for column, group in enumerate(groups):
        ladder = np.cumsum(bias_posterior(simulated, terms, group, process_sd=error), axis=1)
        chosen = (rng.random((len(z), 1)) > ladder / ladder[:, -1:]).sum(axis=1)
        biases[:, column] = group.nodes[np.minimum(chosen, len(group.nodes) - 1)]
    values = np.column_stack([np.asarray(prior.value(z[:, place])) for place, prior in enumerate(priors)])
    return Posterior(
        case=case.name,
        case_folder=case_address(case),
        case_sha256=case.sha256,
        strength=case.strength,
        until=until,
        seed=seed,
        plan=plan,
        parameters=tuple(prior.name for prior in priors),
        z=z,
        values=values,
        groups=tuple(group.name for group in groups),
        biases=biases,
        terms=tuple(term.claim.id for term in terms),
        expected=simulated,
        emulator_sd=error,
        waves=waves,
        runs=waves[-1].runs,
        acceptance=drawn.acceptance,
        unique_share=drawn.unique_share,
    )
