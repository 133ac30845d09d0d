"""``muster why-number`` and ``muster check``: what a fit says of a figure and of itself, in words that hold."""

from datetime import date

import pytest

import muster
from muster.calibrate.band import Band
from muster.calibrate.checked import Checked
from muster.calibrate.entangled import Pair
from muster.calibrate.meaning import Meaning
from muster.calibrate.patterns import PATTERNS, Seen, Shown
from muster.calibrate.predictive import Check
from muster.cli.app import run_command_line
from muster.observe.quantities import DEFINITIONS

BAND = Band(0.5, 1.0, 2.0)


@pytest.fixture
def checked(monkeypatch):
    seen = Seen(14, 240, "soldiers are counted in hundreds only from June, and the police from the first days on", "A")
    patterns = [
        Shown(one.name, one.meaning, one.unit, Band(0.000285, 0.00285, 0.00216), seen if place == 0 else None, 0.25)
        for place, one in enumerate(PATTERNS)
    ]
    pairs = (Pair("combat.soldiers_per_fighter", "combat.losses_per_fighter", -0.44),)
    found = Checked(date(2024, 6, 30), (Check("pdf_fighters", 1, 1.0, 1.0, 0.5),), tuple(patterns), pairs)
    monkeypatch.setattr(muster, "check_fit", lambda *_, **__: found)


@pytest.mark.usefixtures("checked")
def test_check_fits_a_screen_and_says_what_it_compares(capsys):
    assert run_command_line(["check", "myanmar"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) < 120
    assert "Reports are compared after correction for the bias of each claimant." in lines
    assert any("14 to 240: soldiers are" in line and line.endswith("25%") for line in lines)
    assert not any("as well" in line for line in lines)


def test_check_of_no_history_is_refused(capsys):
    assert run_command_line(["check", "myanmar", "--draws", "0"]) == 2
    assert "0 draws are no history to read patterns from. Ask for 1 or more." in capsys.readouterr().err


def test_why_number_keeps_the_bound_and_labels_the_day(monkeypatch, capsys):
    def explain(case, posterior, claim, **rest):
        (found,) = [one for one in case.claims if one.id == claim]
        return Meaning(found, DEFINITIONS[found.quantity], date(2024, 6, 30), BAND, BAND, True, {}, "")

    monkeypatch.setattr(muster, "explain_claim", explain)
    assert run_command_line(["why-number", "MM161"]) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first == "NUG (resistance) reports at least 13,000 (cumulative_defections_total)"
    assert second == "day or period of the figure: 3 May 2023"
