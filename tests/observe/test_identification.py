"""What has an anchor and what rests on the prior of a bias."""

import math
from datetime import date

import pytest

from muster.case import Claim
from muster.core.dates import Interval
from muster.observe.bias import prior_bias
from muster.observe.identification import identification, verdict
from muster.observe.reported import likelihood_terms

MILITARY, POLICE = "cumulative_defections_military", "cumulative_defections_police"
TOTAL, LEFT = "cumulative_defections_total", "cumulative_defections_and_desertions"


def claim(name, side, claimant, *, quantity=MILITARY, value=2000.0, day="2023-05-03"):
    when = date.fromisoformat(day)
    interval = Interval(when, when)
    return Claim(name, quantity, value, None, None, "persons", None, interval, "national", claimant, side, None, "", "", "")


def found(*claims):
    return identification(likelihood_terms(claims))


def test_one_side_alone_is_prior_dominated():
    (only,) = found(claim("A", "resistance", "NUG"), claim("B", "resistance", "People's Embrace", value=2100.0))
    assert (only.status, only.anchors, only.resting) == ("prior-dominated", (), ("A", "B"))
    assert "prior-dominated" in only.sentence
    assert verdict([only]) == "Only one side's claims exist: the answer is prior-dominated."


def test_an_independent_claimant_is_an_anchor():
    (one,) = found(claim("A", "resistance", "NUG"), claim("B", "independent", "Institute"))
    assert (one.status, one.anchors, one.resting) == ("anchored", ("B",), ("A",))
    assert "anchored by 1 claim;" in one.sentence
    assert "1 claim of the resistance can be read against them" in one.sentence
    assert verdict([one]).startswith("Each of 1")


def test_the_opposed_side_is_an_anchor():
    (one,) = found(claim("A", "resistance", "NUG"), claim("B", "regime", "Army"))
    assert (one.status, one.anchors, one.resting) == ("anchored", ("A", "B"), ())


def test_a_single_independent_claimant_rests_on_its_own_bias():
    (one,) = found(claim("A", "independent", "Institute"), claim("B", "independent", "Institute", day="2021-12-01"))
    assert (one.status, one.resting) == ("one anchor", ("A", "B"))
    assert "rests on the prior of its bias" in one.sentence
    (two,) = found(claim("A", "independent", "Institute"), claim("B", "independent", "Another", value=2100.0))
    assert two.status == "anchored"


def test_the_level_by_hand():
    (one,) = found(claim("A", "resistance", "NUG"))
    bias = prior_bias("resistance", "soldiers_registered")
    assert one.level_sd == pytest.approx(math.hypot(bias.sd, 0.1))
    assert one.bias_share == pytest.approx(bias.sd**2 / (bias.sd**2 + 0.01))
    (two,) = found(claim("A", "resistance", "NUG"), claim("B", "independent", "Institute"))
    assert two.level_sd == pytest.approx(1 / math.sqrt(1 / (bias.sd**2 + 0.01) + 1 / (0.4**2 + 0.01)))


def test_repeats_count_among_the_claims_of_their_term():
    (one,) = found(claim("A", "resistance", "NUG"), claim("B", "resistance", "NUG via BBC", day="2023-05-20"))
    assert one.resting == ("A", "B")


def test_each_quantity_for_itself_with_the_anchored_of_its_kind():
    left, total = found(
        claim("A", "resistance", "NUG", quantity=LEFT),
        claim("B", "independent", "Institute", quantity=LEFT),
        claim("C", "resistance", "NUG", quantity=TOTAL, value=9000.0),
    )
    assert (left.quantity, left.akin) == (LEFT, ())
    assert (total.status, total.akin) == ("prior-dominated", (LEFT,))
    assert LEFT in total.sentence
    assert verdict([left, total]) == f"Prior-dominated, for only one side counts them: {TOTAL} (1 of 2 quantities)."


def test_registers_of_soldiers_and_police_do_not_vouch_for_each_other():
    _, police = found(
        claim("A", "resistance", "NUG"),
        claim("B", "independent", "Institute"),
        claim("C", "resistance", "NUG", quantity=POLICE, value=9000.0),
    )
    assert (police.quantity, police.akin) == (POLICE, ())


def test_no_claims():
    assert found() == ()
    assert "the answer is the prior" in verdict(())
