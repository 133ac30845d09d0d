"""What a mechanism is worth: nothing when nothing is taken out, and the right sign when what is taken out made the figures."""

from dataclasses import replace

import numpy as np
import pytest

from muster.calibrate.answer import answers, simulate_with
from muster.forecast.ablation import ablate, taken_out
from muster.observe.reported import likelihood_terms


def test_parameters_are_held(guess):
    held = taken_out(guess, {"exit.attempt_rate": 0.5, "control.speed": 0.0})
    assert held.parameters == ("resolve.threshold_army", "exit.attempt_rate", "control.speed")
    assert held.draw(3)["exit.attempt_rate"] == 0.5
    assert held.draw(3)["resolve.threshold_army"] == guess.draw(3)["resolve.threshold_army"]


def test_what_makes_the_figures_is_worth_something(tiny, guess, claim):
    later = [
        claim(f"L{days}", 1, days, quantity="cumulative_defections_and_desertions", side="independent") for days in (60, 120)
    ]
    truth = np.median([answers(simulate_with(tiny, guess.draw(k), seed=k), later) for k in range(6)], axis=0)
    case = replace(tiny, claims=tuple(replace(one, value=float(count)) for one, count in zip(later, truth, strict=True)))
    assert (truth > 5).all()
    off, nothing = ablate(case, [guess], {"nothing": {}, "attempts": {"exit.attempt_rate": 1e-9}}, draws=8, months=6)
    assert (nothing.name, nothing.worth, nothing.worth_se) == ("nothing", 0.0, 0.0)
    assert off.worth > 0.5
    assert off.crps_without == pytest.approx(off.crps + off.worth)
    assert len(likelihood_terms(case.claims)) == off.cells == 2
