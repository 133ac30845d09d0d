"""Shapley's shares: known games, and sums that are exact whatever orders were drawn."""

import numpy as np
import pytest

from muster.compare.shapley import coalitions_of, draw_orders, share_out

PLAYERS = ("left hand", "right hand", "right hand too", "nobody")


def gloves(coalition):
    """A pair of gloves is worth 1; the fourth player brings nothing."""
    return float("left hand" in coalition and bool(coalition & {"right hand", "right hand too"}))


def test_all_orders_give_the_shares_of_the_glove_game():
    from itertools import permutations

    found = share_out(gloves, tuple(permutations(PLAYERS)))
    assert found == pytest.approx({"left hand": 2 / 3, "right hand": 1 / 6, "right hand too": 1 / 6, "nobody": 0.0})


@pytest.mark.parametrize("pairs", [1, 5])
def test_shares_sum_to_the_whole_in_any_draw_and_a_dummy_has_none(pairs):
    luck = np.random.default_rng(2)
    table = {}

    def game(coalition):
        return table.setdefault(coalition - {"nobody"}, luck.normal(size=3))

    shares = share_out(game, draw_orders(PLAYERS, pairs, seed=3))
    np.testing.assert_allclose(sum(shares.values()), game(frozenset(PLAYERS)) - game(frozenset()), atol=1e-12)
    np.testing.assert_array_equal(shares["nobody"], np.zeros(3))


def test_orders_come_with_their_reverses_and_ask_for_nobody_and_everybody():
    orders = draw_orders(PLAYERS, 2, seed=1)
    assert orders[1] == orders[0][::-1]
    assert orders != draw_orders(PLAYERS, 2, seed=2)
    asked = coalitions_of(orders)
    assert {frozenset(), frozenset(PLAYERS)} <= set(asked)
    assert len(asked) == len(set(asked)) <= 2 * len(PLAYERS) * 2


def test_a_pair_is_exact_where_players_meet_in_twos():
    weights = {("left hand", "right hand"): 4.0, ("right hand", "nobody"): -2.0}

    def game(coalition):
        return sum(weight for pair, weight in weights.items() if set(pair) <= coalition)

    shares = share_out(game, draw_orders(PLAYERS, 1, seed=7))
    assert shares == pytest.approx({"left hand": 2.0, "right hand": 1.0, "right hand too": 0.0, "nobody": -1.0})
