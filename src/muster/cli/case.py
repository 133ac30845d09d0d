"""``muster case``: look at case packs, check them, start new ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from muster.cli.options import CaseName, Json, Strength
from muster.cli.terminal import print_json, print_table, say

if TYPE_CHECKING:
    from muster.case.records import Case

NewFolder = Annotated[Path, Parameter(help="The folder to make; it must not exist yet.")]
NewName = Annotated[str | None, Parameter(help="Name of the case; default: that of the folder.")]


def list_shipped(*, json: Json = False) -> int:
    """List the shipped cases. Twin of ``muster.list_cases``."""
    import muster

    cases = muster.list_cases()
    if json:
        print_json([asdict(case) for case in cases])
    else:
        print_table(["case", "title", "summary"], [(case.name, case.title, case.summary) for case in cases])
    return 0


def show(case: CaseName, /, *, strength: Strength = None, json: Json = False) -> int:
    """Say what a case holds. Twin of ``muster.load_case``."""
    import muster

    pack = muster.load_case(case, strength=strength)
    if json:
        print_json(_describe(pack))
        return 0
    print(f"{pack.title}\n{pack.summary}\n")
    print(f"{pack.start} to {pack.until}, strength variant {pack.strength}, parameters: {pack.parameters_label}\n")
    rows = [
        (region.id, region.name, f"{region.population:,.0f}", f"{_persons(pack, index):,}", f"{region.fighters:,.0f}")
        for index, region in enumerate(pack.regions)
    ]
    columns = ["id", "region", "population", "armed force", "opposing fighters"]
    print_table(columns, rows, right=columns[2:])
    branches = ", ".join(f"{branch} {persons:,}" for branch, persons in _branches(pack).items())
    print(f"\nforce: {branches}")
    print(f"scenarios: {', '.join(sorted(pack.scenarios)) or 'none'}")
    print(f"{len(pack.series)} driver rows, {len(pack.timeline)} events, {len(pack.claims)} claims, {len(pack.sources)} sources")
    print(f"licence: {pack.licence}\nsha256: {pack.sha256}")
    return 0


def check(case: CaseName, /, *, json: Json = False) -> int:
    """Find every fault of a case pack; exit code 2 if there are any. Twin of ``muster.check_case``."""
    import muster

    faults = muster.check_case(case)
    if json:
        print_json([asdict(fault) for fault in faults])
    elif faults:
        print("\n".join(str(fault) for fault in faults))
        say(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}.")
    else:
        print("No faults.")
    return 2 if faults else 0


def new(folder: NewFolder, /, *, name: NewName = None) -> int:
    """Start a case pack of your own from a small valid template. Twin of ``muster.new_case``."""
    import muster

    muster.new_case(folder, name=name)
    print(folder)
    say(f"Edit the files, then: muster case check {folder}")
    return 0


def _persons(pack: Case, region: int) -> int:
    return sum(formation.persons for formation in pack.formations if formation.region == region)


def _branches(pack: Case) -> dict[str, int]:
    """Persons per branch, in the order of the pack."""
    total: Counter[str] = Counter()
    for formation in pack.formations:
        total[formation.branch] += formation.persons
    return dict(total)


def _describe(pack: Case) -> dict[str, Any]:
    """A case for programs: its head, its regions, its size."""
    return {
        "name": pack.name,
        "title": pack.title,
        "summary": pack.summary,
        "start": pack.start,
        "until": pack.until,
        "licence": pack.licence,
        "strength": pack.strength,
        "parameters_label": pack.parameters_label,
        "branches": _branches(pack),
        "regions": [
            {"id": region.id, "name": region.name, "population": region.population, "persons": _persons(pack, index)}
            for index, region in enumerate(pack.regions)
        ],
        "scenarios": sorted(pack.scenarios),
        "events": len(pack.timeline),
        "claims": len(pack.claims),
        "sources": len(pack.sources),
        "sha256": pack.sha256,
    }
