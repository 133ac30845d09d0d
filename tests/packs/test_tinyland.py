"""The invented pack: small, sound, and complete in kinds."""

from __future__ import annotations

from datetime import date

import pytest

from muster.case import DRIVERS, check_case, load_case
from muster.core.vocabulary import BRANCHES, SIDES


@pytest.fixture(scope="module")
def case():
    return load_case("tinyland")


def test_it_has_no_faults():
    assert check_case("tinyland") == []


def test_it_is_tiny_and_starts_on_the_day_before_the_crisis(case):
    assert len(case.regions) == 4
    assert sum(formation.persons for formation in case.formations) == 2_010
    assert (case.start, case.until) == (date(2031, 2, 28), date(2033, 2, 28))


def test_every_branch_driver_form_and_side_occurs(case):
    assert {formation.branch for formation in case.formations} == set(BRANCHES)
    assert {series.driver for series in case.series} == {driver.name for driver in DRIVERS}
    assert {series.form for series in case.series} == {"level", "ramp", "total"}
    assert {claim.claimant_side for claim in case.claims} == set(SIDES)


def test_every_source_is_labelled_invented(case):
    assert set(case.sources) == {"invented"}
    assert {record.source for record in (*case.regions, *case.formations, *case.series, *case.timeline)} == {"invented"}


def test_units_are_large_enough_to_stay_open(case):
    assert min(formation.persons / formation.units for formation in case.formations) >= 40


def test_strength_variants_keep_the_units():
    low, central, high = (load_case("tinyland", strength=name).formations for name in ("low", "central", "high"))
    assert [f.units for f in low] == [f.units for f in central] == [f.units for f in high]
    assert sum(f.persons for f in low) < sum(f.persons for f in central) < sum(f.persons for f in high)
