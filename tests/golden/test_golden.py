"""Headline numbers of fixed runs, kept so that results do not drift unnoticed.

A change that alters them on purpose renews the file (`python tests/golden/test_golden.py`) and says so in CHANGELOG.md, with by
how much. The tolerance leaves room for the last bit of another machine's logarithms, not for another model.
"""

import json
from pathlib import Path

import pytest

import muster
from muster.core.vocabulary import BRANCHES, EXITS

FILE = Path(__file__).parent / "golden.json"
RUNS = {"tinyland": (1, "2033-02-28"), "myanmar": (1, "2022-06-30")}
TOLERANCE = 0.005


def headlines(name):
    seed, until = RUNS[name]
    run = muster.simulate(muster.load_case(name), seed=seed, until=until)
    exits = run.data["exits"].sum(axis=(0, 1))
    found = {f"{branch} {fate}": float(exits[b, f]) for b, branch in enumerate(BRANCHES) for f, fate in enumerate(EXITS)}
    for flow in ("intake", "strikes", "clashes", "militia_joined", "militia_killed", "contacts", "admitted", "harm_ground"):
        found[flow] = float(run.data[flow].sum())
    for state in ("strength", "willing", "hardened", "militia", "mean_control", "security", "balance"):
        found[f"{state} at the end"] = float(run.data[state][-1].sum())
    return found


@pytest.mark.parametrize("name", RUNS)
def test_headline_numbers_are_those_on_record(name):
    recorded, found = json.loads(FILE.read_text())[name], headlines(name)
    assert found.keys() == recorded.keys()
    moved = {key: (recorded[key], value) for key, value in found.items() if value != pytest.approx(recorded[key], TOLERANCE, 1.5)}
    assert moved == {}


if __name__ == "__main__":
    FILE.write_text(json.dumps({name: headlines(name) for name in RUNS}, indent=1) + "\n")
