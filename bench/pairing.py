"""How far common random numbers cut the variance of a scenario's difference: `python bench/pairing.py`, bench/pairing.json.

With the parameters held at one draw of the Myanmar fit, histories of ``SEEDS`` seeds are made under the baseline and every
scenario of the pack. The factor is the variance of a difference of two independent seeds over that of a pair of the same seed.
The most that any coupling of the two could reach, were their correlation 1, stands beside it: where a scenario itself makes a
figure much more or less variable, it is small. Over draws, the independent difference takes two draws of the fit as well.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

SEEDS, DRAWS = 16, 16
OUTCOMES = ("left", "defected", "killed", "strength", "control", "militia", "civilians_killed", "safe_exits")
RESULTS = Path(__file__).with_name("pairing.json")


def factors(ensemble: Any, scenario: str) -> dict[str, tuple[float, float] | None]:
    """Variance of independent over variance of paired differences, and its ceiling; None where a scenario changes nothing."""
    from muster.compare.contrast import paired
    from muster.compare.outcome import OUTCOMES as KNOWN
    from muster.compare.part import Part, sum_up, tabulate

    found: dict[str, tuple[float, float] | None] = {}
    for name in OUTCOMES:
        values = sum_up(KNOWN[name], tabulate(ensemble.case, KNOWN[name], ensemble.data, ensemble.months, Part()))
        one, other = (float(values[ensemble.place(each)].std(ddof=1)) for each in ("baseline", scenario))
        together = float(paired(ensemble, "baseline", scenario, quantity=name).var(ddof=1))
        ceiling = (one**2 + other**2) / max((one - other) ** 2, 1e-300)
        found[name] = (round((one**2 + other**2) / together, 1), float(f"{ceiling:.3g}")) if together > 0 else None
    return found


def main() -> None:
    import muster
    from muster.calibrate.draws import drawn_scenario

    case = muster.load_case("myanmar")
    posterior = muster.shipped_posterior(case)
    names = ["baseline", *(name for name in sorted(case.scenarios) if name != "baseline")]
    held = [drawn_scenario(case, posterior, 0, scenario=muster.load_scenario(case, name)) for name in names]
    ensembles = {
        "parameters held at one draw": muster.simulate_ensemble(case, None, held, draws=1, seeds=SEEDS),
        "over draws of the fit": muster.simulate_ensemble(case, posterior, names, draws=DRAWS),
    }
    results = {kind: {name: factors(found, name) for name in names[1:]} for kind, found in ensembles.items()}
    for kind, table in results.items():
        print(kind)
        for name, row in table.items():
            told = (f"{key} {value[0]:g} (of {value[1]:g})" if value else f"{key} -" for key, value in row.items())
            print(f"  {name:32s}", "  ".join(told))
        values = np.array([value[0] for row in table.values() for value in row.values() if value])
        print(f"  10 or more in {(values >= 10).mean():.0%} of {len(values)} cells; median {np.median(values):.0f}")
    RESULTS.write_text(json.dumps({"seeds": SEEDS, "draws": DRAWS, "factors": results}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
