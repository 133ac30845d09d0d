"""Combat, worked by hand: fire, sizes of clashes, breaks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model.mechanisms import combat
from muster.model.populate import clash_tables

share = st.floats(0.0, 1.0)
near = pytest.approx


def test_lethality():
    # .0009 killed per fighter-day x skill 1 x support .5 x 1,000 fighters = .45 a day
    assert combat.lethality(9e-4, 1.0, 0.5, 1000.0) == near(0.45)
    assert combat.lethality(9e-4, 2.0, 0.5, 1000.0) == near(0.90)
    assert combat.lethality(9e-4, 1.0, 0.0, 1000.0) == 0.0


def test_fire_hits():
    assert combat.fire_hits(10.0, 0.3, 0.1) == near(3.7)  # 10 (.3 + .7 x .1)
    assert combat.fire_hits(10.0, 1.0, 0.0) == near(10.0)  # all aimed: Lanchester's square law
    assert combat.fire_hits(10.0, 0.0, 0.02) == near(0.2)  # none aimed: Deitchman


def test_stray_harm():
    assert combat.stray_harm(0.01, 10.0, 0.3, 0.1) == near(0.063)  # .01 x 10 x .7 x .9
    assert combat.stray_harm(0.01, 10.0, 1.0, 0.1) == 0.0
    assert combat.stray_harm(0.01, 10.0, 0.0, 1.0) == 0.0


@given(fire=st.floats(0.0, 1e4), tips=share, hidden=share)
def test_fire_falls_on_opponents_or_on_people(fire, tips, hidden):
    assert combat.fire_hits(fire, tips, hidden) + combat.stray_harm(1.0, fire, tips, hidden) == near(fire, rel=1e-9, abs=1e-9)


def test_mean_size_and_clash_size():
    table = clash_tables(2.5, 200)
    # up to 2: masses 1 and 2^-2.5 = .176777; mean (1 + 2 x .176777)/1.176777 = 1.150221
    assert combat.mean_size(table, 2) == near(1.150221, abs=1e-6)
    assert combat.mean_size(table, 1) == 1.0
    assert combat.mean_size(table, 0) == 1.0
    # 200 members: sum k^-1.5 / sum k^-2.5 = 2.471042/1.341226
    assert combat.mean_size(table, 200) == near(1.84238, abs=1e-4)
    assert combat.mean_size(table, 10_000) == combat.mean_size(table, 200)
    # up to 2: one killed with probability 1/1.176777 = .849779
    assert [combat.clash_size(table, u, 2) for u in (0.1, 0.849, 0.851, 0.999)] == [1, 1, 2, 2]
    # P(1) = 1/1.341226 = .7456, P(K <= 6) = 1 - .0297 = .9703
    assert [combat.clash_size(table, u, 200) for u in (0.7455, 0.7457, 0.9702, 0.9704)] == [1, 2, 6, 7]
    assert combat.clash_size(table, 1.0 - 1e-12, 200) == 200
    assert combat.clash_size(table, 0.9999, 1) == 1


@given(n=st.integers(1, 200), u=st.floats(1e-9, 1 - 1e-9))
def test_nobody_is_killed_who_is_not_there(n, u):
    assert 1 <= combat.clash_size(clash_tables(2.5, 200), u, n) <= n


def test_mean_of_the_sizes_is_the_mean_size():
    table = clash_tables(2.5, 50)
    u = (np.arange(200_000) + 0.5) / 200_000
    mean = sum(combat.clash_size(table, one, 50) for one in u[::20]) / len(u[::20])
    assert mean == near(combat.mean_size(table, 50), abs=0.005)


def test_break_point():
    assert combat.break_point(200, 0.05) == 10  # .05 x 200
    assert combat.break_point(130, 0.05) == 7  # 6.5, rounded up
    assert combat.break_point(140, 0.05) == 7
    assert combat.break_point(100, 0.07) == 7  # .07 x 100 is 7.000000000000001 in the machine
    assert combat.break_point(141, 0.05) == 8
    assert combat.break_point(10, 0.05) == 2  # never a single loss
    assert combat.break_point(0, 0.05) == 2
