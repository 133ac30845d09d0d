"""The answers of docs/explanation/scenarios.md: simulates every scenario on draws of the fit, draws the figures, writes the page.

`python tools/answer_scenarios.py` (minutes) writes docs/figures/scenarios/*.svg and numbers.json, then the page. With ``--page``
it writes the page alone, from the numbers that are there; ``--store FOLDER`` keeps the runs and finds them again. Sentences
stand in scenario_answers.toml; every number in them is filled in here; a test holds page, numbers, pack, fit and code together.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

DRAWS = 40
ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "scenarios.md"
FIGURES = ROOT / "docs" / "figures" / "scenarios"
NUMBERS = FIGURES / "numbers.json"
WORDS = tomllib.loads(Path(__file__).with_name("scenario_answers.toml").read_text(encoding="utf-8"))
# Shown for every scenario: persons but for control, which is told in percentage points.
COLUMNS = ("left", "caught", "killed", "strength", "control", "civilians_killed")


def simulate_all(case: Any, posterior: Any, store: Path | None) -> dict[str, Any]:
    """One ensemble for each end date that an answer asks for, kept in a folder if one is given."""
    import muster

    ends = sorted({answer.get("until", case.until.isoformat()) for answer in WORDS["answer"]})
    found = {}
    for end in ends:
        names = ["baseline", *(one["scenario"] for one in WORDS["answer"] if one.get("until", case.until.isoformat()) == end)]
        print(f"{DRAWS} draws of {len(names)} scenarios to {end}", file=sys.stderr)
        kept = None if store is None else store / end
        found[end] = muster.simulate_ensemble(case, posterior, names, draws=DRAWS, until=end, store=kept)
    return found


def measure(ensemble: Any, answer: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Medians, differences and intervals of one scenario, by outcome, at the end or up to a month (``defected@2022-12``)."""
    from dataclasses import asdict

    import muster
    from muster.compare.outcome import OUTCOMES

    found = {}
    for asked in dict.fromkeys((*COLUMNS, *answer.get("also", ()))):
        name, _, month = asked.partition("@")
        flows = bool(month) and OUTCOMES[name].flow
        rows = muster.compare(
            ensemble, "baseline", answer["scenario"], quantity=name, by="month" if month else None, cumulative=flows
        ).rows
        row = next(row for row in rows if not month or row.label == month)
        found[asked] = {key: value for key, value in asdict(row).items() if key != "label"}
    return {**found, "broke": share_broke(ensemble, answer["scenario"]), "fired": share_fired(ensemble, answer["scenario"])}


def share_broke(ensemble: Any, scenario: str) -> dict[str, float]:
    """The share of draws in which the programme ends with less than five months of pay, without and with the scenario."""
    before, after = (float((ensemble.data["balance"][ensemble.place(name)][:, -1] < 5).mean()) for name in ("baseline", scenario))
    return {"before": before, "after": after}


def share_fired(ensemble: Any, scenario: str) -> dict[str, float]:
    """The share of draws in which a trigger of the scenario fired."""
    days = ensemble.fired[ensemble.place(scenario)]
    return {"after": float(sum(any(day is not None for day in one) for one in days)) / len(days)}


def draw(ensemble: Any, answer: dict[str, Any]) -> None:
    """The figure of one scenario: those who left, summed up, and the outcome the answer turns on."""
    import muster
    from muster.compare.outcome import OUTCOMES

    contrasts = [
        muster.compare(ensemble, "baseline", answer["scenario"], quantity=name, by="month", cumulative=OUTCOMES[name].flow)
        for name in ("left", answer["second"])
    ]
    muster.draw_changes(contrasts, FIGURES / f"{answer['scenario']}.svg")


def fingerprint(case: Any, posterior: Any) -> dict[str, Any]:
    """What the numbers were made with; a test compares it with what is there now."""
    import muster

    changes = {one["scenario"]: muster.load_scenario(case, one["scenario"]).to_dict() for one in WORDS["answer"]}
    return {
        "case_sha256": case.sha256,
        "posterior_hash": posterior.hash,
        "draws": DRAWS,
        "scenarios": json.loads(json.dumps(changes)),
    }


def sample_pair(case: Any, posterior: Any) -> dict[str, float]:
    """The difference of the first pair of the first answer, which a test simulates again: it tells whether code has changed."""
    import muster
    from muster.compare.contrast import paired

    found = muster.simulate_ensemble(case, posterior, ["baseline", WORDS["answer"][0]["scenario"]], draws=1)
    names = ("baseline", WORDS["answer"][0]["scenario"])
    return {name: float(paired(found, *names, quantity=name)[0]) for name in ("left", "killed", "strength")}


def say_number(value: float, *, signed: bool) -> str:
    """A figure to two significant digits."""
    from muster.report.spread import say

    text = say(abs(value), digits=2)
    sign = "−" if value < 0 and text != "0" else "+" if signed and text != "0" else ""
    return sign + text


def say_change(name: str, row: dict[str, float]) -> str:
    """``+180 (+120 to +260)``; control and support in percentage points."""
    scale = 100.0 if name in ("control", "support") else 1.0
    median, low, high = (say_number(scale * row[key], signed=True) for key in ("median", "low90", "high90"))
    return median if low == high else f"{median} ({low} to {high})"


def fill(text: str, numbers: dict[str, dict[str, float]], known: dict[str, float]) -> str:
    """Sentences with their numbers; scenario_answers.toml says what stands for what.

    A sentence that says more or less of what has turned round is refused, so that words cannot go stale either.
    """
    import re

    def number(found: re.Match[str]) -> str:
        name, _, what = found.group(1).partition(".")
        if name.startswith("learned:"):
            return f"{known[found.group(1).removeprefix('learned:')]:.0%}"
        row = numbers[name]
        if name in ("broke", "fired"):
            return f"{row[what]:.0%}"
        if what == "sign":
            return f"{max(row['up'], row['down']):.0%}"
        if what in ("more", "less"):
            turn = 1 if what == "more" else -1
            if turn * row["median"] <= 0:
                raise ValueError(f"{name} is no longer {what}: change the sentence of {text!r}")
            ends = sorted((turn * row["low90"], turn * row["high90"]))
            row = {**row, "median": turn * row["median"], "low90": ends[0], "high90": ends[1]}
            return say_change(name, row).replace("+", "")
        if what:
            scale = 100.0 if name in ("control", "support") else 1.0
            return say_number(scale * row[what], signed=False)
        return say_change(name, row)

    return re.sub(r"\{([\w.:@-]+)\}", number, text)


def write_page(stored: dict[str, Any], titles: dict[str, str]) -> str:
    """The page, from the stored numbers."""
    lines = ["# What the scenarios say, and what they cannot", "", WORDS["head"].strip(), ""]
    heads = WORDS["columns"]
    lines += ["| scenario | " + " | ".join(heads[name] for name in COLUMNS) + " |", "| --- |" + " ---: |" * len(COLUMNS)]
    for answer in WORDS["answer"]:
        numbers = stored["answers"][answer["scenario"]]
        cells = " | ".join(say_change(name, numbers[name]) for name in COLUMNS)
        lines.append(f"| [{titles[answer['scenario']]}](#{answer['scenario']}) | {cells} |")
    for answer in WORDS["answer"]:
        name = answer["scenario"]
        numbers, known = stored["answers"][name], stored["learned"]
        rests = "; ".join(f"`{one}` {known[one]:.0%}" for one in answer["rests_on"])
        lines += ["", f'<a id="{name}"></a>', "", f"## {titles[name]}", ""]
        lines += [f"![Difference to what happened, by month](../figures/scenarios/{name}.svg)", ""]
        lines += [f"**It can say**: {fill(answer['can'].strip(), numbers, known)}", ""]
        lines += [f"**It cannot say**: {fill(answer['cannot'].strip(), numbers, known)}", ""]
        lines += [f"Rests on (share of the prior's variance that evidence took away): {rests}."]
    return "\n".join(lines) + "\n"


def main() -> None:
    import muster
    from muster.core.provenance import write_text

    case = muster.load_case("myanmar")
    posterior = muster.shipped_posterior(case)
    titles = {one["scenario"]: muster.load_scenario(case, one["scenario"]).title for one in WORDS["answer"]}
    if "--page" not in sys.argv:
        store = Path(sys.argv[sys.argv.index("--store") + 1]) if "--store" in sys.argv else None
        ensembles = simulate_all(case, posterior, store)
        answers = {}
        for answer in WORDS["answer"]:
            ensemble = ensembles[answer.get("until", case.until.isoformat())]
            answers[answer["scenario"]] = measure(ensemble, answer)
            draw(ensemble, answer)
        learned = dict(zip(posterior.parameters, posterior.learned.round(3).tolist(), strict=True))
        sample = sample_pair(case, posterior)
        stored = {**fingerprint(case, posterior), "sample": sample, "learned": learned, "answers": answers}
        write_text(NUMBERS, json.dumps(stored, indent=1) + "\n")
    write_text(PAGE, write_page(json.loads(NUMBERS.read_text(encoding="utf-8")), titles))


if __name__ == "__main__":
    main()
