"""The table of the decline after 2021 is that of the fit that ships."""

import json
from pathlib import Path

import muster

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "calibration.md").read_text(encoding="utf-8")
FOUND = json.loads((ROOT / "docs" / "figures" / "decline.json").read_text(encoding="utf-8"))


def told(low, median, high):
    return f"{median:.2f} ({low:.2f} to {high:.2f})".replace("-", "−").replace("−0.00", "0.00")


def test_the_page_has_the_numbers():
    names = {"security": "security tightened", "hardening": "people hardened", "capacity": "the programme was full"}
    for name, row in {**names, "what is left": "what is left: ", "decline": "the decline"}.items():
        line = next(line for line in PAGE.splitlines() if line.startswith(f"| {row}"))
        assert [told(*FOUND[source][name]) for source in ("posterior", "prior")] == [
            cell.strip() for cell in line.split("|")[2:4]
        ]


def test_the_numbers_are_of_the_fit_that_ships():
    assert muster.shipped_posterior(muster.load_case("myanmar")).hash == FOUND["posterior_hash"]
