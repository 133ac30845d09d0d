"""Grades on two axes: the source by its record, the claim by who else says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.evidence.compare.test_conflicts import by, entry

from muster.evidence.compare.grade import credibility, grade_claims
from muster.evidence.compare.reliability import SourceGrade, SourceRegistry
from muster.evidence.lexicon import Lexicon

WORDS = Lexicon(
    {
        "actors": [
            {"name": "Exile Council", "aliases": ["EC", "the Council"], "side": "opposition", "reliability": "C"},
            {"each": ["Harbour Radio", "Hill Herald"], "side": "independent", "reliability": "B"},
        ]
    }
)


def grades(*entries, **options):
    found = grade_claims(entries, registry=SourceRegistry({}, WORDS), **options)
    return [found[item.id].code[1] for item in entries]


def test_a_single_report_cannot_be_judged():
    assert grades(by("Institute", point=4000.0)) == ["6"]


def test_each_independent_voice_raises_it():
    says = [by(name, point=4000.0, claimant_side="independent") for name in ("Institute", "Paper", "Monitor", "Survey")]
    assert grades(*says[:2]) == ["3", "3"]
    assert grades(*says[:3]) == ["2", "2", "2"]
    assert grades(*says) == ["1"] * 4


def test_copies_of_one_story_are_one_origin_and_one_party_is_one_voice():
    says = [by(name, point=4000.0, claimant_side="independent") for name in ("Institute", "Paper", "Monitor")]
    copies = [replace(item, origin="wire") for item in says]
    assert grades(*copies) == ["6", "6", "6"]
    assert grades(says[0], *copies[1:]) == ["3", "3", "3"]
    party = [by(name, point=4000.0, claimant_side="opposition") for name in ("Exile Council", "Brigade", "Front")]
    assert grades(*party) == ["6", "6", "6"]
    assert grades(*party, says[0]) == ["3", "3", "3", "3"]
    council = [by(name, point=4000.0, claimant_side="independent") for name in ("EC", "Exile Council (spokesman)")]
    assert grades(*council) == ["6", "6"]


def test_contradiction_and_failed_checks_lower_it():
    one, two, three = by("Institute", point=4000.0), by("Paper", point=13000.0), by("Monitor", point=13000.0)
    says = [replace(item, record=replace(item.claim, claimant_side="independent")) for item in (one, two, three)]
    assert grades(*says[:2]) == ["4", "4"]
    assert grades(*says) == ["4", "4", "4"]
    assert grades(says[0], strength=1000.0) == ["5"]
    assert grades(entry("x", point=140.0, unit="share", kind="territory")) == ["5"]


def test_an_open_end_agrees_only_with_what_is_near():
    low = {"lo": 100.0, "hi": None, "point": 100.0, "qualifier": "at_least", "claimant_side": "independent"}
    far = by("Paper", point=13000.0, claimant_side="independent")
    near = by("Monitor", point=110.0, claimant_side="independent")
    assert grades(by("Institute", **low), far) == ["6", "6"]
    assert grades(by("Institute", **low), near) == ["3", "3"]


def test_what_is_not_reviewed_neither_gives_nor_takes():
    one, two = by("Institute", point=4000.0), by("Paper", point=4000.0, status="proposed", claimant_side="independent")
    assert grades(one, two) == ["6", "6"]


def test_a_hand_overrules_and_the_reasons_are_kept():
    one, two = (by(name, point=4000.0, claimant_side="independent") for name in ("Institute", "Paper"))
    hand = replace(one, credibility=2, reliability="E")
    found = grade_claims([hand, two], registry=SourceRegistry({}, WORDS))
    assert (found[one.id].code, found[one.id].basis, found[one.id].reliability.basis) == ("E2", "hand", "hand")
    assert (found[two.id].code, found[two.id].agreeing) == ("F3", (one.id,))


@pytest.mark.parametrize(
    ("agreeing", "contradicting", "failed", "grade"),
    [(0, 0, (), 6), (1, 0, (), 3), (2, 0, (), 2), (5, 0, (), 1), (1, 1, (), 4), (2, 1, (), 3), (9, 0, ("falls",), 4)]
    + [(9, 0, ("strength",), 5), (0, 3, (), 4)],
)
def test_the_table_of_grades(agreeing, contradicting, failed, grade):
    assert credibility(agreeing=agreeing, contradicting=contradicting, failed=failed) == grade


def test_a_source_is_known_by_any_of_its_names_and_people_overrule_presets():
    registry = SourceRegistry({}, WORDS)
    for name in ("EC", "The Exile Council", "Exile Council ministry of defence", "EC (spokesman)"):
        assert (registry.reliability(name).grade, registry.actor(name)) == ("C", "Exile Council")
    assert registry.reliability("Hill Herald").grade == "B"
    assert (registry.reliability("A passer-by").grade, registry.reliability("A passer-by").basis) == ("F", "default")
    assert registry.reliability("article", "Harbour Radio").grade == "B"
    assert registry.reliability("article").grade == "F"
    rated = {"Exile Council": SourceGrade("Exile Council", "D", "A", "2026-03-01", "inflates")}
    assert SourceRegistry(rated, WORDS).reliability("EC").grade == "D"
    assert SourceRegistry(rated, WORDS).reliability("EC").basis == "ledger"
