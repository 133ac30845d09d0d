"""Patterns of hand-made histories with known answers; what a case says was seen; parameters that go together."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

import muster
from muster.calibrate.entangled import entangled
from muster.calibrate.patterns import FILE, PATTERNS, read_seen, show_patterns
from muster.core.vocabulary import BRANCHES, FATES

READ = {pattern.name: pattern.read for pattern in PATTERNS}
INFANTRY, POLICE, AIR = (BRANCHES.index(name) for name in ("infantry", "police", "air_force"))
DEFECTED, DISCHARGED = FATES.index("defected"), FATES.index("discharged")


def history(rows, *, units=((INFANTRY, 0),), heads=1_000):
    """A run with nothing but leavers, (branch, unit, day, rank) each, and its units, (branch, region) each."""
    branch, unit, day, rank = np.array(rows).T
    gone = np.zeros((len(units), len(FATES)), int)
    np.add.at(gone[:, DEFECTED], unit, 1)
    leavers = {"branch": branch, "unit": unit, "day": day, "rank": rank, "fate": np.full(len(rows), DEFECTED)}
    leavers["region"] = np.array([units[place][1] for place in unit])
    strength = np.full((1, 5, len(BRANCHES)), heads / 5)
    clashes = np.array([[50.0, 40.0, 30.0, 20.0, 10.0]])
    about = {"unit_branch": np.array([one[0] for one in units]), "unit_exits": gone}
    return SimpleNamespace(leavers=leavers, units=about, data={"strength": strength, "clashes": clashes})


def test_police_leave_first():
    rows = [(POLICE, 0, 10, 0)] * 500 + [(INFANTRY, 0, 40, 0)] * 500
    assert READ["police-first"](history(rows)) == 30
    assert np.isnan(READ["police-first"](history(rows[:-1])))


def test_alone_and_together():
    lone = [(INFANTRY, place, 100 * place, 0) for place in range(20)]
    pairs = [(INFANTRY, 50 + place // 2, 200 + 7 * (place % 2), 0) for place in range(20)]
    units = [(INFANTRY, 0)] * 70
    assert READ["alone"](history(lone + pairs, units=units)) == 0.5
    apart = [(INFANTRY, 50 + place // 2, 200 + 8 * (place % 2), 0) for place in range(20)]
    assert READ["alone"](history(lone + apart, units=units)) == 1.0


def test_unevenness_by_hand():
    run = history([(INFANTRY, 0, day, 0) for day in range(40)], units=[(INFANTRY, 0), (INFANTRY, 1)])
    assert READ["uneven"](run) == pytest.approx(400 / 20)
    assert READ["untouched"](run) == 0.5


def test_branches_ranks_and_regions():
    units = [(INFANTRY, region) for region in range(5)] + [(AIR, 0)]
    rows = [(INFANTRY, region, 1, 2 if region == 0 else 0) for region in range(5) for _ in range(10 * (5 - region))]
    run = history([*rows, *[(AIR, 5, 1, 0)] * 15], units=units)
    assert READ["air-force"](run) == pytest.approx(15 / 150)
    assert READ["officers"](run) == pytest.approx(50 / 165)
    assert READ["regions"](run) == pytest.approx(1.0)
    run.leavers["fate"][:] = DISCHARGED
    assert np.isnan(READ["officers"](run))


def test_what_was_seen_is_held_against_histories(tmp_path):
    case = replace(muster.load_case("tinyland"), folder=tmp_path)
    runs = [history([(INFANTRY, 0, day, 2 if day < officers else 0) for day in range(40)]) for officers in (4, 8, 20)]
    assert {one.name: one.share for one in show_patterns(case, runs)}["officers"] is None
    (tmp_path / "posterior").mkdir()
    path = tmp_path / "posterior" / FILE
    path.write_text('[officers]\nlow = 0.05\nhigh = 0.25\nseen = "few"\nsource = "A"\n')
    (officers,) = [one for one in show_patterns(case, runs) if one.name == "officers"]
    assert officers.share == pytest.approx(2 / 3)
    assert officers.band.median == pytest.approx(0.2)
    path.write_text('[officer]\nlow = 0.05\nhigh = 0.25\nseen = "few"\nsource = "A"\n[alone]\nlow = 1\n')
    with pytest.raises(muster.InputError) as caught:
        read_seen(case)
    assert len(caught.value.faults) == 2


def test_parameters_on_a_ridge_are_named():
    case = muster.load_case("myanmar")
    posterior = muster.shipped_posterior(case)
    rng = np.random.default_rng(1)
    z = rng.standard_normal((5_000, 3))
    z[:, 1] = -0.8 * z[:, 0] + 0.6 * z[:, 1]
    pairs = entangled(replace(posterior, z=z, parameters=("a", "b", "c")))
    assert [(pair.first, pair.second) for pair in pairs] == [("a", "b")]
    assert pairs[0].correlation == pytest.approx(-0.8, abs=0.02)
    assert "less b answers the evidence about as well" in pairs[0].sentence
    assert "as well" not in replace(pairs[0], correlation=-0.49).sentence
