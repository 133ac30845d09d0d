"""The order of battle scaled to a strength, and who serves in it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from muster.case.folder import PackFolder, Sheet
from muster.case.geography import TOLERANCE
from muster.case.head import Head
from muster.case.records import Composition, Formation
from muster.case.references import Names, check_unique
from muster.case.schema import UnitRow
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote
from muster.core.vocabulary import BRANCHES, MILITARY, RANKS

UNITS = "units.csv"
MAX_PERSONS = 20_000_000
_AGE = re.compile(r"\d{1,2}", re.ASCII)


def choose_strength(head: Head, strength: str | None) -> str:
    """The wanted variant, or the pack's default."""
    if strength is None:
        return head.table.default_strength
    if strength not in head.table.strength:
        known = list(head.table.strength)
        hint = did_you_mean(strength, known)
        raise MusterError(f'{quote(strength)} is not a strength of "{head.table.name}". {hint}Write one of {one_of(known)}.')
    return strength


def read_units(pack: PackFolder, names: Names) -> Sheet[UnitRow]:
    """units.csv as rows, checked against the regions."""
    sheet = pack.sheet(UNITS, UnitRow)
    check_unique(pack.faults, sheet)
    for row, record in sheet.records():
        names.region(pack.faults, UNITS, row, "region", record.region)
        names.check_basis(pack.faults, UNITS, row, record)
    if sheet.usable and not sheet.lines:
        pack.faults.add(UNITS, None, None, "has no units.", "Write at least one row below the header.")
    return sheet


def check_strengths(pack: PackFolder, head: Head, sheet: Sheet[UnitRow]) -> None:
    """Every variant gives persons to exactly the branches that have units, at least one for every unit."""
    if not sheet.usable:
        return
    listed = {line.cells["branch"] for line in sheet.lines}
    for name, table in head.table.strength.items():
        where = f"strength.{name}.persons"
        file = head.file_of(where)
        for branch in BRANCHES:
            persons = table.persons.get(branch)
            if branch in listed and persons is None:
                pack.faults.add(
                    file, None, where, f"has no {branch}, which has units in units.csv.", f"Write {branch} = a number of persons."
                )
            elif branch not in listed and listed <= set(BRANCHES) and persons and listed:
                remedy = f"Add units of this branch to units.csv, or write {branch} = 0."
                pack.faults.add(file, None, f"{where}.{branch}", f"{persons} persons have no unit in units.csv.", remedy)
            elif persons is not None and sheet.sound:
                rows = [record for _, record in sheet.records() if record.branch == branch]
                short = [row.id for row, given in zip(rows, scale(rows, persons), strict=True) if given < row.units]
                if short:
                    problem = f"{persons} persons leave units of {one_of(short, 3)} with nobody."
                    pack.faults.add(file, None, f"{where}.{branch}", problem, "Write more persons, or fewer units in units.csv.")
        if sum(table.persons.values()) > MAX_PERSONS:
            pack.faults.add(
                file, None, where, f"sums to more than {MAX_PERSONS:,}.", "Write the number of persons, not of money or rounds."
            )


def scale(rows: Sequence[UnitRow], persons: int) -> list[int]:
    """Persons per row in proportion to the weights, by largest remainder, so that they sum to ``persons``."""
    weights = [row.weight if row.weight is not None else float(row.units) for row in rows]
    total = math.fsum(weights)
    exact = [persons * weight / total for weight in weights]
    given = [math.floor(part) for part in exact]
    # Ties go to the row that comes first.
    order = sorted(range(len(rows)), key=lambda index: (given[index] - exact[index], index))
    for index in order[: persons - sum(given)]:
        given[index] += 1
    return given


def build_formations(sheet: Sheet[UnitRow], names: Names, persons: Mapping[str, int]) -> tuple[Formation, ...]:
    """Formations in the order of the file; only called on a pack without faults."""
    records = [record for _, record in sheet.records()]
    size: dict[str, int] = {}
    for branch in BRANCHES:
        rows = [record for record in records if record.branch == branch]
        if rows:
            size |= {row.id: given for row, given in zip(rows, scale(rows, persons[branch]), strict=True)}
    return tuple(
        Formation(
            id=row.id,
            branch=row.branch,
            region=names.called[row.region],
            units=row.units,
            persons=size[row.id],
            basis=row.basis,
            source=row.source,
            note=row.note,
        )
        for row in records
    )


def check_composition(pack: PackFolder, head: Head, sheet: Sheet[UnitRow]) -> None:
    """Shares add up and name every rank and every branch that has units."""
    table = head.table.composition

    def fault(name: str, problem: str, remedy: str) -> None:
        pack.faults.add(head.file_of(f"composition.{name}"), None, f"composition.{name}", problem, remedy)

    if table.nco_share + table.officer_share > 1:
        fault("officer_share", "is more than is left by nco_share.", "Write shares whose sum is at most 1.")
    for rank in RANKS:
        if rank not in table.dependants_share:
            fault("dependants_share", f"has no {rank}.", f"Write {rank} = a share from 0 to 1.")
    for rank in table.dependants_share:
        if rank not in RANKS:
            fault(
                f"dependants_share.{rank[:60]}",
                f"{quote(rank)} is not a rank.",
                f"{did_you_mean(rank, RANKS)}Write one of {one_of(RANKS)}.",
            )
    for branch in sorted({line.cells["branch"] for line in sheet.lines} & set(BRANCHES)):
        if branch not in table.in_barracks_share:
            fault(
                "in_barracks_share", f"has no {branch}, which has units in units.csv.", f"Write {branch} = a share from 0 to 1."
            )
    wrong = [age for age in table.entry_ages if not _AGE.fullmatch(age) or not 10 <= int(age) <= 60]
    for age in wrong:
        fault("entry_ages", f"{quote(age)} is not an age from 10 to 60.", 'Write whole years, such as "18" = 0.4.')
    total = math.fsum(table.entry_ages.values())
    if not wrong and abs(total - 1) > TOLERANCE:
        fault("entry_ages", f"the shares sum to {total:.7g}.", "Change the shares so that their sum is 1.")
    if (table.air_volunteer_share or 0) + (table.navy_volunteer_share or 0) > 1:
        fault("navy_volunteer_share", "is more than is left by air_volunteer_share.", "Write shares whose sum is at most 1.")


def build_composition(head: Head, persons: Mapping[str, int]) -> Composition:
    """The composition with what was left out filled in; only called on a pack without faults."""
    table = head.table.composition
    military = sum(persons.get(branch, 0) for branch in MILITARY) or 1

    def branch_share(given: float | None, branch: str) -> float:
        # Left out: volunteers are spread over the branches as those already serving are.
        return persons.get(branch, 0) / military if given is None else given

    return Composition(
        nco_share=table.nco_share,
        officer_share=table.officer_share,
        dependants_share={rank: table.dependants_share[rank] for rank in RANKS},
        in_barracks_share={branch: table.in_barracks_share.get(branch, 0.0) for branch in BRANCHES},
        recruit_dependants_share=table.recruit_dependants_share,
        entry_ages={int(age): share for age, share in sorted(table.entry_ages.items(), key=lambda item: int(item[0]))},
        air_volunteer_share=branch_share(table.air_volunteer_share, "air_force"),
        navy_volunteer_share=branch_share(table.navy_volunteer_share, "navy"),
    )
