"""What each mechanism is worth to forecasts: `python bench/ablation.py FIT...` writes bench/ablation.json.

Each FIT is a folder that `muster fit` wrote; its forecasts are judged by the claims of the case that came later.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import muster
from muster.compare.pathway import PATHWAYS
from muster.forecast.ablation import ablate

RESULTS = Path(__file__).parent / "ablation.json"


def main() -> int:
    """Take out each pathway in turn, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fits", nargs="+", type=Path)
    parser.add_argument("--draws", type=int, default=60)
    arguments = parser.parse_args()
    posteriors = [muster.load_posterior(folder) for folder in arguments.fits]
    case = muster.load_case(posteriors[0].case_folder, strength=posteriors[0].strength)
    neutral = {name: pathway.neutral for name, pathway in PATHWAYS.items()}

    def told(done: int, total: int, what: str) -> None:
        print(f"\r{what}: {done} of {total}", end="", file=sys.stderr, flush=True)

    rows = ablate(case, posteriors, neutral, draws=arguments.draws, progress=told)
    settings = {"case": case.name, "origins": [one.until.isoformat() for one in posteriors], "draws": arguments.draws}
    RESULTS.write_text(json.dumps({"settings": settings, "mechanisms": [asdict(row) for row in rows]}, indent=1) + "\n")
    for row in rows:
        print(f"{row.name:16} worth {row.worth:+.3f} (s.e. {row.worth_se:.3f}) of CRPS {row.crps:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
