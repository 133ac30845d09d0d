import pytest

from muster.case import Claim
from muster.observe.wording import place_value, readings


def claim(value=None, low=None, high=None):
    return Claim(
        "C1",
        "cumulative_defections_total",
        value,
        low,
        high,
        "persons",
        None,
        None,
        "national",
        "X",
        "independent",
        None,
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("figure", "place"), [(13000, 1000), (13771, 1), (14.5, 0.1), (17, 1), (350_000, 10_000), (1_600_000, 100_000), (0.25, 0.01)]
)
def test_place_of_the_last_digit_that_is_not_zero(figure, place):
    assert place_value(figure) == pytest.approx(place)


def test_a_round_figure_may_be_rounded_and_an_exact_one_not():
    (rounded,) = readings(claim(13000))
    assert (rounded.low, rounded.high) == (12500, 13500)
    (exact,) = readings(claim(13771))
    assert (exact.low, exact.high) == (13770.5, 13771.5)


def test_over_stops_at_the_next_round_figure_mostly():
    near, far = readings(claim(13000, low=13000))
    assert (near.low, near.high) == (13000, 14000)
    assert (far.low, far.high) == (14000, 26000)
    assert near.weight + far.weight == pytest.approx(1.0)
    assert near.weight > far.weight


def test_nearly_stops_short():
    (below,) = readings(claim(20000, high=20000))
    assert below.high == 20000
    assert 10000 <= below.low < 20000


def test_a_stated_range_is_itself():
    assert [(one.low, one.high) for one in readings(claim(350000, 300000, 400000))] == [(300000, 400000)]


@pytest.mark.parametrize("nothing", [claim(), claim(0.0), claim(-5.0), claim(float("nan")), claim(1, 5, 3), claim(1, 0, 2)])
def test_what_states_no_count_gives_no_reading(nothing):
    assert readings(nothing) == ()
