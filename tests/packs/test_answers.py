"""The page that answers questions with scenarios: its numbers are those of the case, fit, scenarios and code that are here."""

import importlib.util
import json
from pathlib import Path

import pytest

import muster

ROOT = Path(__file__).parents[2]
AGAIN = "run: python tools/answer_scenarios.py"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("answer_scenarios", ROOT / "tools" / "answer_scenarios.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def stored(tool):
    return json.loads(tool.NUMBERS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def case():
    return muster.load_case("myanmar")


def test_the_page_is_what_the_numbers_say(tool, stored, case):
    titles = {one["scenario"]: muster.load_scenario(case, one["scenario"]).title for one in tool.WORDS["answer"]}
    assert tool.PAGE.read_text(encoding="utf-8") == tool.write_page(stored, titles), AGAIN


def test_the_numbers_are_of_this_case_this_fit_and_these_scenarios(tool, stored, case):
    now = tool.fingerprint(case, muster.shipped_posterior(case))
    assert {key: stored[key] for key in now} == now, AGAIN


def test_the_code_still_gives_the_first_pair(tool, stored, case):
    assert stored["sample"]["left"] != 0
    assert tool.sample_pair(case, muster.shipped_posterior(case)) == stored["sample"], AGAIN


def test_every_scenario_of_the_pack_has_its_answer_and_figure(tool, stored, case):
    asked = [one["scenario"] for one in tool.WORDS["answer"]]
    assert len(asked) >= 12
    assert {*case.scenarios} - {"baseline"} <= set(asked)
    for name in asked:
        assert (tool.FIGURES / f"{name}.svg").is_file()
        assert f"(../figures/scenarios/{name}.svg)" in tool.PAGE.read_text(encoding="utf-8")
    assert {path.stem for path in tool.FIGURES.glob("*.svg")} == set(asked)


def test_sentences_are_filled_with_numbers_and_refuse_to_go_stale(tool):
    row = {"before": 100.0, "after": 150.0, "median": 49.6, "low90": 20.0, "high90": 71.0, "up": 0.975, "down": 0.0}
    share = {**row, "median": -0.0123, "low90": -0.02, "high90": 0.0}
    numbers, known = {"left": row, "control": share}, {"exit.attempt_rate": 0.372}
    text = "{left} more than {left.before}, in {left.sign}; {control}; {control.less} less; {learned:exit.attempt_rate}"
    filled = tool.fill(text, numbers, known)
    assert filled == "+50 (+20 to +71) more than 100, in 98%; −1.2 (−2 to 0); 1.2 (0 to 2) less; 37%"
    with pytest.raises(ValueError, match="no longer less"):
        tool.fill("{left.less}", numbers, known)
