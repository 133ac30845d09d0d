"""``muster evidence score``: the extractor against annotated texts, a dumb baseline beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from muster.cli.options import Json
from muster.cli.terminal import print_json, print_table, say

GoldFolder = Annotated[Path, Parameter(help="Annotated texts: NAME.txt and NAME.json side by side, or folders of them.")]
Errors = Annotated[bool, Parameter(help="List every miss, false claim and wrong field.")]


def score(gold: GoldFolder, /, *, errors: Errors = False, json: Json = False) -> int:
    """Score extraction on annotated texts, field by field and split by split. Twin of ``muster.score_extraction``."""
    import muster

    results = muster.score_extraction(gold)
    if json:
        print_json({name: result.as_json() for name, result in results.items()})
        return 0
    for name, result in results.items():
        title = "texts" if name == "." else name
        print(f"\n{title}: {result.rules.texts} texts, {result.rules.wanted} claims, {result.rules.found} found")
        rows = [(row.field, *(f"{value:.2f}" for value in (row.f1, row.accuracy, row.baseline))) for row in result.rows()]
        print_table(["field", "F1", "right of detected", "baseline F1"], rows, right=["F1", "right of detected", "baseline F1"])
        if errors:
            print("\n".join(result.errors()))
    say("\nF1 is end to end: a missed or invented claim costs every field. Scores on texts rules were tuned on flatter.")
    return 0
