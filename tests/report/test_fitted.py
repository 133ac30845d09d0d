"""What a page says of a fit: the best learned first, claimants by how far they bend, the record as it is."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import muster
from muster.calibrate.plan import Plan
from muster.calibrate.posterior import Posterior, Wave
from muster.calibrate.prior import fitted_priors
from muster.report.fitted import tell_fit, tell_skill
from muster.report.text import open_templates

CASE = SimpleNamespace(claims=(SimpleNamespace(claimant="The Ministry (via a wire)"),))
PAGES = (("report", "report.md.j2"), ("report", "report.html.j2"), ("dashboard", "validation.html.j2"))
NAMES = ("exit.attempt_rate", "exit.wastage")


@pytest.fixture
def posterior():
    rng = np.random.default_rng(4)
    z = np.column_stack([0.1 * rng.standard_normal(400), rng.standard_normal(400)])
    values = np.column_stack([prior.value(z[:, place]) for place, prior in enumerate(fitted_priors(NAMES))])
    biases = np.column_stack([np.full(400, np.log(2.0)), np.zeros(400)])
    groups = (("ministry", "state_losses"), ("monitor", "civilians"))
    wave = Wave(9, z[0], z[0], 0.1, np.inf, 0.0)
    rest = (z, values, groups, biases, ("A", "B"), np.ones((400, 2)), np.zeros(2), (wave,), 9, 0.25, 1.0)
    return Posterior("x", "x", "sha", "central", date(2031, 5, 1), 1, Plan(), NAMES, *rest)


def test_the_best_learned_come_first_and_the_unlearned_are_said(posterior):
    told = tell_fit(posterior, CASE)
    assert [row.name for row in told.parameters] == list(NAMES)
    assert told.parameters[0].learned == "99%"
    assert int(told.parameters[1].learned.rstrip("%")) < 20


def test_claimants_that_bend_most_come_first(posterior):
    told = tell_fit(posterior, CASE)
    assert [(row.claimant, row.median) for row in told.claimants] == [("The Ministry", "×2.00"), ("monitor", "×1.00")]


def test_a_record_is_told_with_what_it_lost(tmp_path):
    line = {
        "cells": 4,
        "cells_with_rival": 3,
        "won_share": 0.25,
        "coverage50": 0.5,
        "coverage90": None,
        "mean_crps": 0.61,
        "mean_best_naive_crps": 0.4,
    }
    found = {"prior": {"summary": line, "by_horizon": [{"months": 1, **line}]}}
    (tmp_path / "posterior").mkdir()
    (tmp_path / "posterior" / "skill.json").write_text(json.dumps(found))
    rows = tell_skill(SimpleNamespace(folder=tmp_path))
    assert [row.horizon for row in rows] == ["1 month", "all"]
    assert (rows[0].won, rows[0].coverage90, rows[0].crps, rows[0].naive) == ("25%", "–", "0.61", "0.40")


def test_the_rows_of_a_record_add_up():
    *rows, whole = tell_skill(muster.load_case("myanmar"))
    assert rows[-1].horizon == "further ahead"
    assert (sum(row.cells for row in rows), sum(row.rivalled for row in rows)) == (whole.cells, whole.rivalled)
    assert whole.rivalled < whole.cells


def test_both_pages_and_the_text_say_what_the_shares_are_over():
    for folder, name in PAGES:
        text = open_templates(f"muster.{folder}").loader.get_source(None, name)[0]
        assert "over those that a naive rival" in " ".join(text.split())
        assert text.index("row.rivalled") < text.index("row.won")
        assert "lost cells" not in text


def test_no_record_no_table():
    assert tell_skill(SimpleNamespace(folder=Path("nowhere"))) == ()
