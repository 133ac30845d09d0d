"""The small language of patterns, by hand."""

from __future__ import annotations

import pytest

from muster.evidence.word_patterns import PatternIndex, parse_pattern, split_terms

LISTS = {"army": "army|junta|air_force"}


def matched(pattern, text):
    terms = split_terms(text, 0, len(text))
    index = PatternIndex([(0, parse_pattern(pattern, LISTS))])
    return [text[terms[match.first].start : terms[match.last].end] for match in index.find(terms)]


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        ("low morale", "Low  morale again", ["Low  morale"]),
        ("recruit* ~ fell", "Recruiting in the hills fell", ["Recruiting in the hills fell"]),
        ("recruit* ~2 fell", "Recruiting in the high hills fell", []),
        ("<army> retreats", "The junta's retreats", ["junta's retreats"]),
        ("<army> flew", "the air force flew", ["air force flew"]),
        ("air_force|navy [has] fled", "The navy has fled", ["navy has fled"]),
        ("air_force|navy [has] fled", "The navy fled", ["navy fled"]),
        ("dr*_up", "It dried up", ["dried up"]),
        ("army ~ fled", "The army: all fled", []),
        ("army ~1 fled", "The army, men fled", []),
        ("army ~4 fled", "The army, men say, fled", ["army, men say, fled"]),
        ("army", "armyworm", []),
    ],
)
def test_a_pattern_matches_what_it_says(pattern, text, wanted):
    assert matched(pattern, text) == wanted


def test_all_places_of_a_pattern_are_found_and_a_stuffed_text_ends_soon():
    assert matched("army ~ fled", "army fled army fled") == ["army fled", "army fled"]
    assert 0 < len(matched("army ~9 fled", "army fled " * 200)) < 200


def test_addresses_are_no_words():
    assert split_terms("see https://a.example/army-flees now", 0, 36)[-1].low == "now"
    assert [term.low for term in split_terms("see https://a.example/army now", 0, 30)] == ["see", "now"]


@pytest.mark.parametrize("pattern", ["<nosuch> fled", "[army] fled", "  "])
def test_a_pattern_that_cannot_be_read_is_refused(pattern):
    with pytest.raises(ValueError):
        parse_pattern(pattern, LISTS)
