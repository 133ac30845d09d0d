"""The profile: every step of the day once, in its order, and a run that is none the different for being timed."""

import json

import numpy as np
import pytest

import muster
from muster.cli.app import run_command_line
from muster.model.order import ORDER
from muster.simulate import profile as timing

ASIDE = {"set-up", "recording", "hand-over"}


@pytest.fixture(scope="module")
def case():
    return muster.load_case("tinyland")


def test_every_step_of_the_day_is_named_in_its_order(case):
    rows = muster.profile(case, repeats=2)
    assert [(row.mechanism, row.step) for row in rows[1:-2]] == [(step.mechanism, step.function) for step in ORDER]
    assert {row.mechanism for row in rows} == {one.name for one in muster.mechanisms()} | ASIDE
    spent = timing.by_mechanism(rows)
    assert sum(spent.values()) == pytest.approx(sum(row.seconds for row in rows))
    assert spent["combat"] > spent["security"]  # a look at every unit against one formula


def test_a_timed_run_has_the_same_bits(case):
    timed = timing._Timed(case, seed=3)
    timed.spent = np.zeros(len(ORDER) + 1)
    assert timed.advance().result().result_hash == muster.simulate(case, seed=3).result_hash


def test_the_command_prints_mechanisms_and_steps(capsys):
    words = ["doctor", "--profile", "--case", "tinyland", "--quiet"]
    assert run_command_line(words) == 0
    page = capsys.readouterr().out
    assert all(f"{step.mechanism}.{step.function}" in page for step in ORDER)
    assert run_command_line([*words, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["profile"]
    assert {row["mechanism"] for row in rows} == {one.name for one in muster.mechanisms()} | ASIDE
    assert sum(row["share"] for row in rows) == pytest.approx(1.0)
