"""Every kind of mistake we could think of, one at a time, in a pack that is otherwise good.

Each must come back as a fault that names the file, the row and the field, and says what to write.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from muster.core import tables

HEAD, REGIONS, BORDERS, MAP, UNITS = "pack.toml", "regions.csv", "adjacency.csv", "regions.geojson", "units.csv"
DRIVERS, EVENTS, CLAIMS, SOURCES, SETTINGS = "drivers.csv", "timeline.csv", "claims.csv", "sources.csv", "parameters.toml"


@dataclass(frozen=True)
class Broken:
    """One mistake: how it is made, where it must be found, and a piece of the sentence."""

    name: str
    make: Callable[[Any], object]
    file: str
    row: int | None
    field: str | None
    words: str


def swap(file: str, old: str, new: str) -> Callable[[Any], object]:
    return lambda pack: pack.swap(file, old, new)


def add(file: str, *lines: str) -> Callable[[Any], object]:
    return lambda pack: pack.append(file, *lines)


def put(file: str, content: str | bytes) -> Callable[[Any], object]:
    return lambda pack: pack.write(file, content)


def drop(file: str) -> Callable[[Any], object]:
    return lambda pack: pack.delete(file)


def both(*steps: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda pack: [step(pack) for step in steps]


def link(file: str, *, to: str) -> Callable[[Any], object]:
    def make(pack: Any) -> None:
        outside = pack.folder.parent / "outside.csv"
        outside.write_text(pack.read(file))
        pack.delete(file)
        (pack.folder / file).symlink_to(outside if to == "outside" else pack.folder / to)

    return make


def pipe(file: str) -> Callable[[Any], object]:
    return lambda pack: (pack.delete(file), os.mkfifo(pack.folder / file))


def square(name: str, *, extra: str = "", ring: str = "[[0,0],[0,1],[1,1],[0,0]]", kind: str = "Polygon") -> str:
    shape = f'{{"type":"{kind}","coordinates":[{ring}]}}'
    return f'{{"type":"Feature","properties":{{"id":"{name}","name":"{name}"{extra}}},"geometry":{shape}}}'


def outlines(*features: str) -> str:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


GOOD = [square("AR-N"), square("AR-P"), square("AR-C")]
CAPITAL = "AR-C,Capital,district,1900000,520000,0.65,0.98,0.25,0,judgement,,invented"
CLAIM = "C1,soldiers_defected_cumulative,900,,,persons,2021-01-01,2021-12-31,national,Council of Arland,resistance,2022-01-10"
NORTH_LEVEL = "baseline,AR-N,2021-01-01,,level,0.85,share,judgement,,invented"

FILES = [
    Broken("head-missing", drop(HEAD), HEAD, None, None, "is missing"),
    Broken("regions-missing", drop(REGIONS), REGIONS, None, None, "is missing"),
    Broken("units-missing", drop(UNITS), UNITS, None, None, "is missing"),
    Broken("borders-missing", drop(BORDERS), BORDERS, None, None, "is missing"),
    Broken("empty-file", put(REGIONS, ""), REGIONS, None, None, "is empty"),
    Broken("only-a-header", put(UNITS, "id,branch,region,units,basis\n"), UNITS, None, None, "has no units"),
    Broken(
        "no-regions",
        put(REGIONS, "id,name,type,population,support,control,history,basis\n"),
        REGIONS,
        None,
        None,
        "has no regions",
    ),
    Broken("not-utf8", put(UNITS, b"id,branch\nx,inf\xe9\n"), UNITS, 2, None, "not UTF-8"),
    Broken("utf-16", put(UNITS, "id,branch\n".encode("utf-16")), UNITS, 1, None, "not UTF-8"),
    Broken("nul-byte", swap(UNITS, "infantry-plains", "infantry\0plains"), UNITS, 3, None, "U+0000"),
    Broken("escape-sequence", swap(UNITS, "infantry-plains", "\x1b[31mred"), UNITS, 3, None, "U+001B"),
    Broken("too-large", lambda pack: pack.write(UNITS, b"x" * (tables.MAX_TABLE_BYTES + 1)), UNITS, None, None, "larger than"),
    Broken("too-many-regions", lambda pack: pack.append(REGIONS, *[CAPITAL] * 250), REGIONS, 252, None, "limit of 250 rows"),
    Broken("long-cell", swap(UNITS, "guard units are larger", "x" * 5_000), UNITS, 4, "note", "5,0"),
    Broken("very-long-cell", swap(UNITS, "guard units are larger", "x" * 200_000), UNITS, 4, None, "has a cell longer than"),
    Broken("link-out-of-the-pack", link(UNITS, to="outside"), UNITS, None, None, "leads out"),
    Broken("link-in-a-circle", link(UNITS, to=UNITS), UNITS, None, None, "leads out"),
    Broken(
        "folder-as-a-file", lambda pack: (pack.delete(UNITS), (pack.folder / UNITS).mkdir()), UNITS, None, None, "cannot be read"
    ),
    Broken("named-pipe", pipe(UNITS), UNITS, None, None, "ordinary file"),
    Broken("column-missing", swap(UNITS, "id,branch,region", "id,region"), UNITS, 1, "branch", "missing"),
    Broken("column-twice", swap(UNITS, "id,branch,region", "id,branch,branch"), UNITS, 1, "branch", "twice"),
    Broken("column-misspelt", swap(UNITS, "weight", "wieght"), UNITS, 1, "wieght", 'Did you mean "weight"?'),
    Broken("semicolons", lambda pack: pack.swap_all(UNITS, ",", ";"), UNITS, 1, None, "not separated by commas"),
    Broken(
        "row-too-long",
        swap(UNITS, ",invented: guard", ",1,invented: guard"),
        UNITS,
        4,
        None,
        "has 9 cells where the header has 8",
    ),
    Broken("row-too-short", add(UNITS, "x,infantry,AR-N"), UNITS, 10, None, "has 3 cells"),
    Broken("open-quotation-mark", add(UNITS, 'x,"infantry,AR-N,40,,judgement,,x'), UNITS, 10, None, "quotation marks"),
    Broken("broken-toml", add(HEAD, "this is not toml"), HEAD, 38, None, "not valid TOML"),
    Broken("toml-key-twice", add(HEAD, "nco_share = 0.2"), HEAD, 38, None, "repeats a key"),
    Broken("toml-nested-too-deep", add(SETTINGS, "x = " + "[" * 3_000), SETTINGS, None, None, "too deeply nested"),
    Broken("toml-number-too-long", add(SETTINGS, "x = " + "9" * 3_000), SETTINGS, None, "x", "not a finite number"),
    Broken("broken-scenario", put("scenarios/odd.toml", "name ="), "scenarios/odd.toml", 1, None, "not valid TOML"),
]

PACK = [
    Broken("name-missing", swap(HEAD, 'name = "example"', ""), HEAD, None, "name", "is missing"),
    Broken("name-with-spaces", swap(HEAD, '"example"', '"My Country"'), HEAD, None, "name", "small letters"),
    Broken(
        "title-not-text",
        swap(HEAD, 'title = "Arland, a country that does not exist"', "title = 5"),
        HEAD,
        None,
        "title",
        "not text",
    ),
    Broken("title-empty", swap(HEAD, '"Arland, a country that does not exist"', '""'), HEAD, None, "title", "is empty"),
    Broken("unknown-key", swap(HEAD, "licence =", "license ="), HEAD, None, "license", 'Did you mean "licence"?'),
    Broken(
        "start-after-until", swap(HEAD, "until = 2022-12-31", "until = 2020-12-31"), HEAD, None, "until", "not after the start"
    ),
    Broken(
        "start-not-a-day",
        swap(HEAD, "start = 2020-12-31", 'start = "2020-02-30"'),
        HEAD,
        None,
        "start",
        "not a day of the calendar",
    ),
    Broken("start-a-month", swap(HEAD, "start = 2020-12-31", 'start = "2020-12"'), HEAD, None, "start", "whole date"),
    Broken("start-a-number", swap(HEAD, "start = 2020-12-31", "start = 2020"), HEAD, None, "start", "not a date"),
    Broken("start-a-time", swap(HEAD, "start = 2020-12-31", "start = 2020-12-31T06:00:00"), HEAD, None, "start", "not a date"),
    Broken("until-too-far", swap(HEAD, "until = 2022-12-31", "until = 2122-12-31"), HEAD, None, "until", "more than 40 years"),
    Broken("unknown-default", swap(HEAD, '"central"', '"centrale"'), HEAD, None, "default_strength", 'Did you mean "central"?'),
    Broken("strength-without-persons", add(HEAD, "[strength.high]"), HEAD, None, "strength.high.persons", "is missing"),
    Broken("strength-not-a-table", add(HEAD, "[strength]\nhigh = 5"), HEAD, None, "strength.high", "not a table"),
    Broken("strength-lacks-branch", swap(HEAD, "infantry = 18000, ", ""), HEAD, None, "strength.low.persons", "has no infantry"),
    Broken(
        "strength-without-units",
        swap(HEAD, "air_force = 1200", "navy = 5, air_force = 1200"),
        HEAD,
        None,
        "strength.low.persons.navy",
        "no unit",
    ),
    Broken("strength-negative", swap(HEAD, "18000", "-18000"), HEAD, None, "strength.low.persons.infantry", "below 0"),
    Broken("strength-too-small", swap(HEAD, "18000", "18"), HEAD, None, "strength.low.persons.infantry", "with nobody"),
    Broken(
        "strength-a-fraction", swap(HEAD, "18000", "18000.5"), HEAD, None, "strength.low.persons.infantry", "not a whole number"
    ),
    Broken("strength-a-word", swap(HEAD, "18000", '"many"'), HEAD, None, "strength.low.persons.infantry", "not a number"),
    Broken("strength-infinite", swap(HEAD, "18000", "inf"), HEAD, None, "strength.low.persons.infantry", "finite"),
    Broken("strength-true", swap(HEAD, "18000", "true"), HEAD, None, "strength.low.persons.infantry", "true is not a number"),
    Broken(
        "unknown-branch",
        swap(HEAD, "air_force = 1200", "airforce = 1200"),
        HEAD,
        None,
        "strength.low.persons.airforce",
        'Did you mean "air_force"?',
    ),
    Broken(
        "source-of-strength",
        swap(HEAD, 'note = "Invented."', 'source = "example-cuont"'),
        HEAD,
        None,
        "strength.central.source",
        'Did you mean "example-count"?',
    ),
    Broken(
        "source-of-composition", add(HEAD, 'nco_share_source = "nobody"'), HEAD, None, "composition.nco_share_source", "nobody"
    ),
    Broken(
        "composition-unknown-key",
        add(HEAD, "nco_shares = 0.2"),
        HEAD,
        None,
        "composition.nco_shares",
        'Did you mean "nco_share"?',
    ),
    Broken("share-above-one", swap(HEAD, "nco_share = 0.2", "nco_share = 20"), HEAD, None, "composition.nco_share", "above 1"),
    Broken(
        "ranks-above-one", swap(HEAD, "nco_share = 0.2", "nco_share = 0.95"), HEAD, None, "composition.officer_share", "at most 1"
    ),
    Broken(
        "unknown-rank",
        swap(HEAD, "nco = 0.75", "nco = 0.75, general = 1"),
        HEAD,
        None,
        "composition.dependants_share.general",
        "not a rank",
    ),
    Broken("rank-missing", swap(HEAD, "nco = 0.75, ", ""), HEAD, None, "composition.dependants_share", "has no nco"),
    Broken(
        "barracks-lack-branch", swap(HEAD, ", police = 0.3", ""), HEAD, None, "composition.in_barracks_share", "has no police"
    ),
    Broken("ages-off-one", swap(HEAD, '"17" = 0.1', '"17" = 0.2'), HEAD, None, "composition.entry_ages", "sum to 1.1"),
    Broken("age-impossible", swap(HEAD, '"17" = 0.1', '"7" = 0.1'), HEAD, None, "composition.entry_ages", "not an age"),
    Broken("youth-missing", swap(HEAD, "[youth]\nshare = 0.26", "[youth]"), HEAD, None, "youth.share", "is missing"),
    Broken("includes-itself", swap(HEAD, "name =", 'include = ["pack.toml"]\nname ='), HEAD, None, "include", "circle"),
    Broken(
        "include-in-a-circle",
        both(
            swap(HEAD, "name =", 'include = ["a.toml"]\nname ='),
            put("a.toml", 'include = ["b.toml"]'),
            put("b.toml", 'include = ["a.toml"]'),
        ),
        "b.toml",
        None,
        "include",
        "pack.toml -> a.toml -> b.toml -> a.toml",
    ),
    Broken("include-missing", swap(HEAD, "name =", 'include = ["a.toml"]\nname ='), HEAD, None, "include", "there is no file"),
    Broken("include-outside", swap(HEAD, "name =", 'include = ["../a.toml"]\nname ='), HEAD, None, "include", "in this folder"),
    Broken("include-not-a-list", swap(HEAD, "name =", 'include = "a.toml"\nname ='), HEAD, None, "include", "not a list"),
    Broken(
        "include-twice",
        both(swap(HEAD, "name =", 'include = ["a.toml", "a.toml"]\nname ='), put("a.toml", "")),
        HEAD,
        None,
        "include",
        "twice",
    ),
    Broken(
        "include-repeats-a-key",
        both(swap(HEAD, "name =", 'include = ["a.toml"]\nname ='), put("a.toml", 'title = "b"')),
        "a.toml",
        None,
        "title",
        "is written in pack.toml as well",
    ),
    Broken(
        "fault-in-an-included-file",
        both(swap(HEAD, "name =", 'include = ["a.toml"]\nname ='), put("a.toml", "[strength.high]\npersons = { infantry = -1 }")),
        "a.toml",
        None,
        "strength.high.persons.infantry",
        "below 0",
    ),
]

PLACES = [
    Broken(
        "number-with-a-word",
        swap(REGIONS, "900000", '"1,2 m"'),
        REGIONS,
        2,
        "population",
        '"1,2 m" is not a number. Write 1200000.',
    ),
    Broken("number-with-commas", swap(REGIONS, "900000", '"900,000"'), REGIONS, 2, "population", "Write 900000."),
    Broken("number-per-cent", swap(REGIONS, "0.85", "85%"), REGIONS, 2, "control", "Write 0.85."),
    Broken("number-empty", swap(REGIONS, "900000", ""), REGIONS, 2, "population", "is empty"),
    Broken("number-nan", swap(REGIONS, "900000", "nan"), REGIONS, 2, "population", "not a number"),
    Broken("number-infinite", swap(REGIONS, "900000", "1e999"), REGIONS, 2, "population", "not a finite number"),
    Broken("number-of-other-digits", swap(REGIONS, "900000", "٩٠٠"), REGIONS, 2, "population", "not a number"),
    Broken("population-zero", swap(REGIONS, "900000", "0"), REGIONS, 2, "population", "not above 0"),
    Broken("population-negative", swap(REGIONS, "900000", "-5"), REGIONS, 2, "population", "not above 0"),
    Broken("support-one", swap(REGIONS, "0.75", "1"), REGIONS, 2, "support", "not below 1"),
    Broken("support-negative", swap(REGIONS, "0.75", "-0.1"), REGIONS, 2, "support", "below 0"),
    Broken("control-one", swap(REGIONS, "0.85", "1.0"), REGIONS, 2, "control", "above 0 and below 1"),
    Broken("control-zero", swap(REGIONS, "0.85", "0"), REGIONS, 2, "control", "not above 0"),
    Broken("history-off-one", swap(REGIONS, "0.55", "0.56"), REGIONS, None, "history", "sum to 1.01"),
    Broken("fighters-negative", swap(REGIONS, "1500", "-1"), REGIONS, 2, "fighters", "below 0"),
    Broken("youth-above-population", swap(REGIONS, "520000", "5200000"), REGIONS, 4, "youth", "more than the population"),
    Broken("youth-as-a-share", swap(REGIONS, "520000", "0.26"), REGIONS, 4, "youth", "Write 494000"),
    Broken(
        "youth-nowhere",
        swap(HEAD, '[youth]\nshare = 0.26\nbasis = "judgement"\nnote = "Invented."\n', ""),
        REGIONS,
        2,
        "youth",
        "no [youth]",
    ),
    Broken("region-id-twice", add(REGIONS, CAPITAL.replace("Capital", "Other")), REGIONS, 5, "id", "already in row 4"),
    Broken("region-name-twice", add(REGIONS, CAPITAL.replace("AR-C", "AR-D")), REGIONS, 5, "name", "already in row 4"),
    Broken("region-id-with-spaces", swap(REGIONS, "AR-N", "AR N"), REGIONS, 2, "id", "letters, digits"),
    Broken("region-name-empty", swap(REGIONS, "Northmark", " "), REGIONS, 2, "name", "is empty"),
    Broken("unknown-basis", swap(REGIONS, "judgement", "judgment"), REGIONS, 2, "basis", 'Did you mean "judgement"?'),
    Broken("basis-empty", swap(REGIONS, "judgement", ""), REGIONS, 2, "basis", "is empty"),
    Broken(
        "judgement-without-reasons", swap(REGIONS, "judgement,,invented", "judgement,,"), REGIONS, 2, "note", "Write the reasons"
    ),
    Broken("stated-without-source", swap(REGIONS, "judgement", "stated"), REGIONS, 2, "source", "is empty although"),
    Broken(
        "unknown-source",
        swap(REGIONS, "judgement,,", "judgement,example-count;exmple-count,"),
        REGIONS,
        2,
        "source",
        "exmple-count",
    ),
    Broken("border-to-itself", add(BORDERS, "AR-N,AR-N,,"), BORDERS, 4, "region_b", "borders itself"),
    Broken("border-to-itself-by-name", add(BORDERS, "AR-N,Northmark,,"), BORDERS, 4, "region_b", "borders itself"),
    Broken("border-twice", add(BORDERS, "AR-N,AR-P,,"), BORDERS, 4, "region_a", "in row 2 as well"),
    Broken("border-both-ways", add(BORDERS, "AR-P,AR-N,,"), BORDERS, 4, "region_a", "the other way round"),
    Broken("border-unknown", add(BORDERS, "AR-N,Capitol,,"), BORDERS, 4, "region_b", 'Did you mean "Capital"?'),
    Broken("map-not-json", put(MAP, "{"), MAP, 1, None, "not valid JSON"),
    Broken("map-a-list", put(MAP, "[]"), MAP, None, "type", "FeatureCollection"),
    Broken("map-lacks-a-region", put(MAP, outlines(*GOOD[:2])), MAP, None, "id", "no outline for the region"),
    Broken("map-unknown-region", put(MAP, outlines(*GOOD, square("AR-X"))), MAP, None, "features.4.id", "not a region"),
    Broken("map-region-twice", put(MAP, outlines(*GOOD, GOOD[0])), MAP, None, "features.4.id", "already"),
    Broken(
        "map-without-name",
        put(MAP, outlines(*GOOD[1:], GOOD[0].replace('"name":"AR-N"', '"name":7'))),
        MAP,
        None,
        "features.3.name",
        "not text",
    ),
    Broken(
        "map-of-points", put(MAP, outlines(*GOOD[1:], square("AR-N", kind="Point"))), MAP, None, "features.3.geometry", "Polygon"
    ),
    Broken(
        "map-in-metres",
        put(MAP, outlines(*GOOD[1:], square("AR-N", ring="[[9e5,0],[9e5,1],[1,1],[9e5,0]]"))),
        MAP,
        None,
        "features.3.geometry",
        "in degrees",
    ),
    Broken(
        "map-open-ring",
        put(MAP, outlines(*GOOD[1:], square("AR-N", ring="[[0,0],[0,1],[1,1],[1,0]]"))),
        MAP,
        None,
        "features.3.geometry",
        "does not end",
    ),
    Broken(
        "map-nan", put(MAP, outlines(*GOOD[1:], square("AR-N", ring="[[NaN,0],[0,1],[1,1],[NaN,0]]"))), MAP, None, None, "NaN"
    ),
    Broken("map-nested-too-deep", put(MAP, "[" * 100_000), MAP, None, None, "too deep"),
]

FORCES = [
    Broken(
        "unit-branch-unknown",
        swap(UNITS, "air-capital,air_force", "air-capital,air force"),
        UNITS,
        6,
        "branch",
        'Did you mean "air_force"?',
    ),
    Broken("unit-region-unknown", swap(UNITS, "police,AR-N", "police,AR-M"), UNITS, 7, "region", "not a region"),
    Broken("unit-id-twice", swap(UNITS, "police-north", "air-capital"), UNITS, 7, "id", "already in row 6"),
    Broken("units-zero", swap(UNITS, "AR-N,40", "AR-N,0"), UNITS, 2, "units", "below 1"),
    Broken("units-a-fraction", swap(UNITS, "AR-N,40", "AR-N,40.5"), UNITS, 2, "units", "not a whole number"),
    Broken("units-too-many", swap(UNITS, "AR-N,40", "AR-N,4000000"), UNITS, 2, "units", "above 100000"),
    Broken("weight-zero", swap(UNITS, "20,30", "20,0"), UNITS, 4, "weight", "not above 0"),
]

DATED = [
    Broken("driver-unknown", swap(DRIVERS, "engagement,", "engagment,"), DRIVERS, 7, "driver", 'Did you mean "engagement"?'),
    Broken("driver-region-unknown", swap(DRIVERS, "engagement,AR-N", "engagement,AR-M"), DRIVERS, 7, "region", "not a region"),
    Broken("driver-region-of-national", swap(DRIVERS, "arming,", "arming,AR-N"), DRIVERS, 9, "region", "whole nation"),
    Broken("driver-form-unknown", swap(DRIVERS, "ramp", "slope"), DRIVERS, 8, "form", "level, ramp or total"),
    Broken("driver-share-above-one", swap(DRIVERS, "level,0.5", "level,50"), DRIVERS, 7, "value", "from 0 to 1"),
    Broken("driver-negative", swap(DRIVERS, "total,110", "total,-110"), DRIVERS, 5, "value", "out of range"),
    Broken("driver-value-empty", swap(DRIVERS, "total,110", "total,"), DRIVERS, 5, "value", "is empty"),
    Broken(
        "driver-unit", swap(DRIVERS, "persons/day", "persons/month"), DRIVERS, 14, "unit", 'Convert the value to "persons/day"'
    ),
    Broken(
        "driver-start-unreadable",
        swap(DRIVERS, "2021-03-01,,level", "1 March 2021,,level"),
        DRIVERS,
        7,
        "start",
        "Write it as 2021-02-01",
    ),
    Broken(
        "driver-start-after-end",
        swap(DRIVERS, "2021-01-05,2021-02-28", "2021-02-28,2021-01-05"),
        DRIVERS,
        5,
        "end",
        "before the start",
    ),
    Broken(
        "driver-total-without-end", swap(DRIVERS, "2021-01-05,2021-02-28", "2021-01-05,"), DRIVERS, 5, "end", "needs its last day"
    ),
    Broken(
        "driver-total-of-all-regions",
        swap(DRIVERS, "crackdown_police,AR-C", "crackdown_police,"),
        DRIVERS,
        5,
        "region",
        "belongs to one region",
    ),
    Broken(
        "driver-ramp-of-no-time", swap(DRIVERS, "2021-03-15,2021-06-15", "2021-03-15,2021-03-15"), DRIVERS, 8, "end", "needs time"
    ),
    Broken(
        "driver-after-until",
        swap(DRIVERS, "quota,,2022-06-01", "quota,,2023-06-01"),
        DRIVERS,
        14,
        "start",
        "after the pack's data end",
    ),
    Broken(
        "driver-year-mistyped", swap(DRIVERS, "quota,,2022-06-01", "quota,,1922-06-01"), DRIVERS, 14, "start", "Check the year"
    ),
    Broken(
        "driver-over-before-it-starts",
        swap(DRIVERS, "2021-01-05,2021-02-28", "2019-01-05,2019-02-28"),
        DRIVERS,
        5,
        "end",
        "does nothing",
    ),
    Broken("two-levels-at-once", add(DRIVERS, NORTH_LEVEL), DRIVERS, 15, "start", "start of row 2"),
    Broken(
        "two-levels-at-once-by-name",
        add(DRIVERS, NORTH_LEVEL.replace("AR-N", "Northmark")),
        DRIVERS,
        15,
        "start",
        "start of row 2",
    ),
    Broken(
        "totals-overlap",
        add(DRIVERS, "crackdown_police,AR-C,2021-02-28,2021-03-10,total,5,deaths,judgement,,x"),
        DRIVERS,
        15,
        "start",
        "falls into the days of row 5",
    ),
    Broken(
        "level-within-a-total",
        add(DRIVERS, "crackdown_police,AR-C,2021-02-01,,level,5,deaths/day,judgement,,x"),
        DRIVERS,
        15,
        "start",
        "falls into the days of row 5",
    ),
    Broken(
        "order-without-end",
        add(DRIVERS, "families_ordered,,2021-02-01,,level,0.5,share,judgement,,x"),
        DRIVERS,
        15,
        "end",
        "anew every day",
    ),
    Broken(
        "outreach-half",
        swap(DRIVERS, "outreach,,2021-09-01,,level,1", "outreach,,2021-09-01,,level,0.5"),
        DRIVERS,
        10,
        "value",
        "neither 0 nor 1",
    ),
    Broken("event-day-unreadable", swap(EVENTS, "2021-09-01", "2021-09"), EVENTS, 3, "date", "whole date"),
    Broken("event-driver-unknown", swap(EVENTS, ",quota,", ",qouta,"), EVENTS, 4, "driver", 'Did you mean "quota"?'),
    Broken("event-region-unknown", swap(EVENTS, "begins,,quota", "begins,Nowhere,quota"), EVENTS, 4, "region", "not a region"),
    Broken("event-without-label", swap(EVENTS, "Conscription begins", ""), EVENTS, 4, "label", "is empty"),
]

MISNAMED = [
    Broken(
        "drivers-misnamed",
        lambda pack: (pack.folder / DRIVERS).rename(pack.folder / "driver.csv"),
        "driver.csv",
        None,
        None,
        'Did you mean "drivers.csv"?',
    ),
    Broken("map-misnamed", put("regions.geo.json", "{}"), "regions.geo.json", None, None, 'Did you mean "regions.geojson"?'),
    Broken("toml-key-of-many-parts", add(SETTINGS, "a." * 500 + "a = 1"), SETTINGS, 3, None, "more than 200 dots"),
    Broken("toml-line-too-long", add(SETTINGS, "#" * 5_000), SETTINGS, 3, None, "is longer than"),
    Broken("toml-tables-too-deep", add(SETTINGS, "a." * 100 + "a = 1"), SETTINGS, None, None, "more than 20 deep"),
    Broken(
        "too-many-strengths",
        add(HEAD, *(f"[strength.v{n}]\npersons = {{ police = 9000 }}" for n in range(60))),
        HEAD,
        None,
        "strength",
        "Keep at most 50",
    ),
    Broken(
        "every-row-wrong", add(UNITS, *["x,y,z,0,0,a,b,c"] * 20_000), UNITS, None, None, "more faults of this file are not listed"
    ),
]

SAID = [
    Broken("claim-without-claimant", swap(CLAIMS, "Council of Arland", ""), CLAIMS, 2, "claimant", "is empty"),
    Broken(
        "claim-side-unknown", swap(CLAIMS, "resistance", "resistence"), CLAIMS, 2, "claimant_side", 'Did you mean "resistance"?'
    ),
    Broken("claim-low-above-high", swap(CLAIMS, "300,600", "600,300"), CLAIMS, 3, "low", "above high"),
    Broken("claim-value-below-low", swap(CLAIMS, ",300,600", "200,300,600"), CLAIMS, 3, "value", "below low"),
    Broken("claim-value-above-high", swap(CLAIMS, ",300,600", "700,300,600"), CLAIMS, 3, "value", "above high"),
    Broken("claim-without-number", swap(CLAIMS, "900", ""), CLAIMS, 2, "value", "is empty"),
    Broken("claim-negative", swap(CLAIMS, "900", "-900"), CLAIMS, 2, "value", "below 0"),
    Broken(
        "claim-after-publication",
        swap(CLAIMS, "resistance,2022-01-10", "resistance,2021-06"),
        CLAIMS,
        2,
        "as_of_date",
        "after its publication",
    ),
    Broken(
        "claim-period-reversed",
        swap(CLAIMS, "2021-01-01,2021-12-31", "2022-01-01,2021-12-31"),
        CLAIMS,
        2,
        "period_start",
        "after as_of_date",
    ),
    Broken(
        "claim-undated",
        swap(CLAIMS, CLAIM, CLAIM.replace("2021-12-31", "").replace("2022-01-10", "")),
        CLAIMS,
        2,
        "as_of_date",
        "is empty",
    ),
    Broken("claim-date-unreadable", swap(CLAIMS, "2022-01-10", "10/01/2022"), CLAIMS, 2, "publication_date", "not a date"),
    Broken("claim-id-twice", swap(CLAIMS, "C2", "C1"), CLAIMS, 3, "id", "already in row 2"),
    Broken(
        "claim-address", swap(CLAIMS, "https://example.org/brief", "javascript:alert(1)"), CLAIMS, 3, "source_url", "https://"
    ),
    Broken("claim-without-title", swap(CLAIMS, "Half-yearly brief", ""), CLAIMS, 3, "source_title", "is empty"),
    Broken("source-twice", add(SOURCES, "example-count,Another,,,,"), SOURCES, 3, "id", "already in row 2"),
    Broken("source-without-title", swap(SOURCES, "An invented count of deaths", ""), SOURCES, 2, "title", "is empty"),
    Broken("parameter-a-word", add(SETTINGS, '[combat]\nlosses = "many"'), SETTINGS, None, "combat.losses", "not a number"),
    Broken("parameter-nan", add(SETTINGS, "[combat]\nlosses = nan"), SETTINGS, None, "combat.losses", "finite"),
    Broken("parameter-true", add(SETTINGS, "[combat]\nlosses = true"), SETTINGS, None, "combat.losses", "not a number"),
    Broken("parameters-unlabelled", put(SETTINGS, "[combat]\nlosses = 1.0"), SETTINGS, None, "label", "missing"),
]

COUNTS, DIRECTIONS = "counts.csv", "directions.csv"
COUNTED = [
    Broken("count-source-unknown", swap(COUNTS, "example-count", "example-cuont"), COUNTS, 2, "source", "not a source"),
    Broken("count-without-source", swap(COUNTS, "example-count,", ","), COUNTS, 2, "source", "is empty"),
    Broken("count-month-a-day", swap(COUNTS, "2021-03", "2021-03-01"), COUNTS, 2, "month", "is not a month"),
    Broken("count-month-a-year", swap(COUNTS, "2021-03", "2021"), COUNTS, 2, "month", "is not a month"),
    Broken("count-month-empty", swap(COUNTS, "2021-03", ""), COUNTS, 2, "month", "is empty"),
    Broken("count-month-impossible", swap(COUNTS, "2021-03", "2021-13"), COUNTS, 2, "month", "not a day of the calendar"),
    Broken("count-region-unknown", swap(COUNTS, "AR-P", "AR-X"), COUNTS, 3, "region", "not a region"),
    Broken("count-quantity-unknown", swap(COUNTS, "civilian_deaths", "civilian_death"), COUNTS, 2, "quantity", "Did you mean"),
    Broken("count-negative", swap(COUNTS, ",4,", ",-4,"), COUNTS, 2, "value", "below 0"),
    Broken("count-empty", swap(COUNTS, ",4,", ",,"), COUNTS, 2, "value", "is empty"),
    Broken("count-unpublished", swap(COUNTS, "2022-06", ""), COUNTS, 2, "published", "is empty"),
    Broken("count-of-days-to-come", swap(COUNTS, "2022-06", "2021-02"), COUNTS, 2, "published", "before the end of the month"),
    Broken("count-twice", swap(COUNTS, "AR-P", "AR-N"), COUNTS, 3, "quantity", "already in row 2"),
    Broken("counts-misnamed", lambda pack: (pack.folder / COUNTS).rename(pack.folder / "count.csv"), "count.csv", None, None,
           'Did you mean "counts.csv"?'),
]  # fmt: skip
SAID_TO_CHANGE = [
    Broken("direction-observable", swap(DIRECTIONS, "exit_rate", "exit_rates"), DIRECTIONS, 3, "observable", "exit_rate"),
    Broken("direction-sign-2", swap(DIRECTIONS, ",-1,", ",-2,"), DIRECTIONS, 2, "sign", "below -1"),
    Broken("direction-sign-half", swap(DIRECTIONS, ",-1,", ",0.5,"), DIRECTIONS, 2, "sign", "not a whole number"),
    Broken("direction-sign-a-word", swap(DIRECTIONS, ",-1,", ",down,"), DIRECTIONS, 2, "sign", "not a number"),
    Broken("direction-region-unknown", swap(DIRECTIONS, "AR-N", "AR-X"), DIRECTIONS, 3, "region", "not a region"),
    Broken("direction-region-empty", swap(DIRECTIONS, "national", ""), DIRECTIONS, 2, "region", "is empty"),
    Broken("direction-day-a-month", swap(DIRECTIONS, "2021-03-01", "2021-03"), DIRECTIONS, 2, "period_start", "whole date"),
    Broken("direction-backwards", swap(DIRECTIONS, "2021-03-01", "2021-09-01"), DIRECTIONS, 2, "period_start", "is after"),
    Broken(
        "direction-baseline-backwards", swap(DIRECTIONS, "2020-01-01", "2021-01-01"), DIRECTIONS, 2, "baseline_start", "after"
    ),
    Broken(
        "direction-baseline-late", swap(DIRECTIONS, "2020-12-31", "2021-03-01"), DIRECTIONS, 2, "baseline_end", "is not before"
    ),
    Broken("direction-of-days-to-come", swap(DIRECTIONS, "2021-09-10", "2021-07"), DIRECTIONS, 2, "period_end", "is after"),
    Broken("direction-unpublished", swap(DIRECTIONS, "2021-09-10", ""), DIRECTIONS, 2, "published", "is empty"),
    Broken("direction-id-twice", swap(DIRECTIONS, "D2", "D1"), DIRECTIONS, 3, "id", "already in row 2"),
    Broken("direction-side", swap(DIRECTIONS, "independent", "neutral"), DIRECTIONS, 2, "claimant_side", "is not a side"),
]

ALL = [*COUNTED, *SAID_TO_CHANGE, *FILES, *PACK, *PLACES, *FORCES, *DATED, *SAID, *MISNAMED]
JARGON = (
    "pydantic",
    "input should",
    "value_error",
    "validation",
    "traceback",
    "nonetype",
    "[type=",
    "jsondecode",
    "dict",
    "str ",
)


def test_the_pack_is_good_before_it_is_broken(pack):
    assert pack.load().name == "example"


def test_ids_are_unique():
    assert len({broken.name for broken in ALL}) == len(ALL) >= 70


@pytest.mark.parametrize("broken", ALL, ids=lambda broken: broken.name)
def test_broken(broken, pack):
    broken.make(pack)
    faults = pack.faults()
    # Read together with any follow-up faults, the first one in the right place must say it.
    told = [fault for fault in faults if (fault.file, fault.row) == (broken.file, broken.row)]
    told = [fault for fault in told if broken.field is None or fault.field == broken.field]
    assert any(broken.words in str(fault) for fault in told), "\n".join(map(str, faults))
    for fault in faults:
        sentence = str(fault)
        assert fault.remedy.strip()
        assert fault.problem.endswith(".")
        assert fault.remedy[0].isupper()
        assert fault.remedy.rstrip()[-1] in '.?"'
        assert len(sentence) < 700
        assert all(letter.isprintable() for letter in sentence), sentence
        assert not any(word in sentence.lower() for word in JARGON), sentence


# Mistakes whose only consequence is themselves: one cause, one sentence.
SINGLE = [broken for broken in ALL if broken.name in (
    "number-with-a-word", "history-off-one", "unknown-source", "unit-region-unknown", "driver-unknown",
    "driver-region-unknown", "strength-negative", "ages-off-one", "claim-low-above-high", "two-levels-at-once", "unknown-branch",
    "stated-without-source", "driver-start-after-end", "unknown-basis", "column-misspelt", "unit-branch-unknown",
)]  # fmt: skip


@pytest.mark.parametrize("broken", SINGLE, ids=lambda broken: broken.name)
def test_one_mistake_is_told_once(broken, pack):
    broken.make(pack)
    assert len(pack.faults()) == 1, "\n".join(map(str, pack.faults()))
