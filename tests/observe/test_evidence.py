"""The three kinds of evidence as one vector: its order, its scales, and that the parts add up."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from muster.case import load_case
from muster.observe.directions import log_likelihood_directions
from muster.observe.evidence import KINDS, Evidence, evidence_of
from muster.observe.likelihood import log_likelihood
from muster.observe.shape_likelihood import log_likelihood_shape
from muster.simulate.run import simulate


@pytest.fixture(scope="module")
def case():
    """Half a year and more of a shipped case, as it could be known in mid-2022."""
    whole = load_case("myanmar")
    until = date(2021, 12, 31)
    return replace(
        whole,
        until=until,
        claims=tuple(claim for claim in whole.claims if claim.as_of and claim.as_of.last <= until),
        parameters={},
    )


@pytest.fixture(scope="module")
def whole(case):
    return evidence_of(case)


@pytest.fixture(scope="module")
def seen(case, whole):
    return whole.read(simulate(case, seed=3))


def test_the_vector_is_claims_then_counts_then_directions(whole, seen):
    claims, counts, directions = whole.sizes
    assert len(seen) == len(whole.names) == claims + counts + directions
    assert whole.names[0] == whole.terms[0].claim.id
    assert whole.names[claims].startswith("ucdp-ged")
    assert whole.names[-1].startswith("direction")
    assert whole.log_scale.tolist() == [True] * (claims + counts) + [False] * directions
    block = seen[claims : claims + whole.shape[0].size]
    assert block[-1] == pytest.approx(block[:-1].sum())


def test_what_a_run_cannot_answer_is_taken_out(whole, seen):
    kept = whole.answered(seen)
    assert 0 < len(kept.terms) < len(whole.terms)
    assert kept.shape == whole.shape
    assert kept.answered(seen[np.isfinite(seen)]) == kept
    gone = seen.copy()
    gone[whole.sizes[0]] = np.nan  # one region of one half-year takes the half-year with it
    assert whole.answered(gone).shape == whole.shape[1:]


def test_the_likelihood_is_the_sum_of_its_parts(whole, seen):
    kept = whole.answered(seen)
    values = np.stack([seen[np.isfinite(seen)]] * 2) * [[1.0], [1.3]]
    spread = np.linspace(0.05, 0.2, values.shape[1])
    a, b, _ = np.cumsum(kept.sizes)
    parts = (
        log_likelihood(values[:, :a], kept.terms, process_sd=spread[:a]),
        log_likelihood_shape(values[:, a:b], kept.shape, process_sd=spread[a:b]),
        log_likelihood_directions(values[:, b:], kept.directions, process_sd=spread[b:]),
    )
    assert tuple(kept.log_likelihoods(values, process_sd=spread)) == KINDS
    np.testing.assert_allclose(kept.log_likelihood(values, process_sd=spread), sum(parts))


def test_learned_and_back(whole, seen):
    kept = whole.answered(seen)
    values = np.maximum(seen[np.isfinite(seen)], np.where(kept.log_scale, 0.5, -np.inf))
    np.testing.assert_allclose(kept.natural(kept.learned(values)), values)
    counts = kept.log_scale
    np.testing.assert_allclose(kept.learned(values)[counts], np.log(values[counts]))
    np.testing.assert_allclose(kept.learned(values)[~counts], values[~counts])
    assert np.isfinite(kept.learned(np.zeros(len(values)))).all()


def test_some_kinds_or_none(case, whole):
    assert evidence_of(case, kinds=["claims"]) == Evidence(whole.terms)
    assert evidence_of(case, kinds=["shape", "directions"]) == Evidence((), whole.shape, whole.directions)
    empty = evidence_of(replace(case, claims=(), counts=(), directions=()))
    assert empty == Evidence(())
    assert empty.log_likelihood(np.empty((3, 0))).tolist() == [0.0] * 3
