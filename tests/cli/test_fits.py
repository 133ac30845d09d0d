"""``muster why-number`` and ``muster check``: what a fit says of a figure and of itself, in words that hold."""

from datetime import date

import muster
from muster.calibrate.band import Band
from muster.calibrate.meaning import Meaning
from muster.cli.app import run_command_line
from muster.observe.quantities import DEFINITIONS

BAND = Band(0.5, 1.0, 2.0)


def test_why_number_keeps_the_bound_and_labels_the_day(monkeypatch, capsys):
    def explain(case, posterior, claim, **rest):
        (found,) = [one for one in case.claims if one.id == claim]
        return Meaning(found, DEFINITIONS[found.quantity], date(2024, 6, 30), BAND, BAND, True, {}, "")

    monkeypatch.setattr(muster, "explain_claim", explain)
    assert run_command_line(["why-number", "MM161"]) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first == "NUG (resistance) reports at least 13,000 (cumulative_defections_total)"
    assert second == "day or period of the figure: 3 May 2023"
