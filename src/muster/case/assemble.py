"""One pass over a pack: read every file, gather every fault, and build the case if there is none."""

from __future__ import annotations

from pathlib import Path

from muster.case import claims, counts, directions, forces, geography, settings, timeline
from muster.case.folder import PackFolder
from muster.case.head import HEAD, read_head
from muster.case.records import Case
from muster.case.references import gather_names
from muster.core.errors import Fault

FILES = (
    HEAD,
    geography.REGIONS,
    geography.ADJACENCY,
    geography.OUTLINES,
    forces.UNITS,
    timeline.DRIVERS_FILE,
    timeline.TIMELINE_FILE,
    claims.CLAIMS,
    counts.COUNTS,
    directions.DIRECTIONS,
    claims.SOURCES,
    settings.PARAMETERS,
)


def assemble(folder: Path, strength: str | None = None) -> tuple[Case | None, list[Fault]]:
    """The case of a folder, or ``None`` and all that is wrong with it."""
    pack = PackFolder(folder)
    head = read_head(pack)
    sources = claims.read_sources(pack)
    rows = geography.read_regions(pack)
    names = gather_names(rows, sources)
    regions = geography.build_regions(pack, rows, names, head)
    adjacency = geography.build_adjacency(pack, names)
    outlines = geography.build_outlines(pack, names)
    units = forces.read_units(pack, names)
    series = timeline.build_series(pack, names, head)
    events = timeline.build_timeline(pack, names)
    said = claims.build_claims(pack)
    counted = counts.build_counts(pack, names)
    trends = directions.build_directions(pack, names)
    parameters, label = settings.read_parameters(pack)
    scenarios = settings.find_scenarios(pack)
    pack.check_names(FILES)
    if head is not None:
        forces.check_strengths(pack, head, units)
        forces.check_composition(pack, head, units)
        for file, field, text in head.cited:
            names.check_sources(pack.faults, file, None, field, text)
    if head is None or len(pack.faults):
        return None, pack.faults.listed()
    variant = forces.choose_strength(head, strength)
    persons = {str(branch): number for branch, number in head.table.strength[variant].persons.items()}
    case = Case(
        name=head.table.name,
        title=head.table.title,
        summary=head.table.summary,
        start=head.table.start,
        until=head.table.until,
        licence=head.table.licence,
        strength=variant,
        regions=regions,
        adjacency=adjacency,
        formations=forces.build_formations(units, names, persons),
        series=series,
        timeline=events,
        claims=said,
        counts=counted,
        directions=trends,
        sources=claims.build_sources(sources),
        parameters=parameters,
        parameters_label=label,
        composition=forces.build_composition(head, persons),
        outlines=outlines,
        scenarios=scenarios,
        sha256=pack.digest(),
        folder=pack.root,
    )
    return case, []
