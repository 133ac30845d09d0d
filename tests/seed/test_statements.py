"""Thirty statements of the testimony: each shows on the Myanmar case, and the page says what was measured."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import muster
from muster.model.describe import fill
from muster.simulate.statements import Histories, statements
from muster.simulate.statements.page import write_table
from muster.simulate.statements.statement import more

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "seed.md"
AGAIN = "run: python -m muster.simulate.statements docs/explanation/seed.md"
NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
STATEMENTS = statements()


@pytest.fixture(scope="module")
def histories():
    return Histories(muster.load_case("myanmar"))


def test_there_are_thirty():
    assert [one.number for one in STATEMENTS] == list(range(1, 31))
    assert all(one.says.endswith(".") and one.mechanism and one.observable for one in STATEMENTS)


def test_what_is_put_in_is_not_called_a_mechanism():
    labels = {one.number: one.label for one in STATEMENTS}
    assert {number for number, label in labels.items() if label == "imposed"} == {8, 18, 26}
    assert {number for number, label in labels.items() if label == "by construction"} == {11}
    assert {number for number, label in labels.items() if label == "reported only"} == {4, 7, 16}


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda one: f"{one.number}-{one.measure.__name__.strip('_')}")
def test_it_shows_on_the_myanmar_case(histories, statement):
    finding = statement.measure(histories)
    assert finding.holds, finding.figure


def figures(text):
    return [float(number.replace(",", "")) for number in NUMBER.findall(text)]


def test_the_page_says_what_was_measured(histories):
    """Words to the letter; figures to a tenth, for arithmetic may differ in the last bit between machines."""
    written = PAGE.read_text(encoding="utf-8")
    measured = fill(written, {"statements": lambda: write_table(histories)})
    lines, again = written.splitlines(), measured.splitlines()
    assert len(lines) == len(again), AGAIN
    for line, new in zip(lines, again, strict=True):
        words, now = (re.sub(r"\b(more|fewer)\b", "", NUMBER.sub("#", text)) for text in (line, new))
        assert words == now, AGAIN
        assert figures(line) == pytest.approx(figures(new), rel=0.1, abs=3.0), AGAIN


def test_a_statement_that_does_not_show_is_told_so():
    """The measures can fail: on a case where nothing happens most of them do."""
    case = muster.load_case("tinyland")
    quiet = {"driver.crackdown_army": 0.0, "driver.crackdown_police": 0.0, "driver.engagement": 0.0, "driver.rising": 0.0}

    class Quiet(Histories):
        def changed(self, changes, *, operation="set"):
            return super().changed({**(quiet if operation == "set" else {}), **changes}, operation=operation)

    failing = [one.number for one in STATEMENTS if not one.measure(Quiet(case)).holds]
    assert len(failing) >= 15
    assert {1, 3, 14, 17, 20, 23, 25, 27} <= set(failing)
    table = write_table(Quiet(case))
    assert table.count("**not shown:**") == len(failing)


def test_each_history_is_simulated_once(monkeypatch):
    done = []
    monkeypatch.setattr(
        "muster.simulate.statements.statement.simulate", lambda case, **how: done.append(how["scenario"]) or SimpleNamespace()
    )
    histories = Histories(muster.load_case("tinyland"))
    assert histories.base is histories.base
    assert histories.changed({"driver.skill": 2.0}) is histories.changed({"driver.skill": 2.0})
    assert histories.changed({"driver.skill": 2.0}, operation="add") is not histories.changed({"driver.skill": 2.0})
    assert len(done) == 3


def test_changes_in_words():
    assert more(110.0, 100.0) == "10 % more"
    assert more(75.0, 100.0) == "25 % fewer"
