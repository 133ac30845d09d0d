"""Directions without a number, on invented sentences about invented conflicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.core.errors import InputError
from muster.core.vocabulary import TRENDS
from muster.evidence.lexicon import Lexicon, load_lexicon
from muster.evidence.text import Span, sentences
from muster.evidence.trends import find_trends

DIRECTIONS = Path(__file__).parent / "directions"
LEXICON = load_lexicon()


def directions(text, lexicon=LEXICON):
    return {(trend.observable, trend.sign) for trend in find_trends(text, sentences=sentences(text), lexicon=lexicon)}


def read(name):
    for line in (DIRECTIONS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, text = line.split(" | ", 1)
            yield text, set() if label == "none" else {(word[:-1], 1 if word[-1] == "+" else -1) for word in label.split()}


@pytest.mark.parametrize(("name", "least"), [("tuned.txt", 0.90), ("held.txt", 0.80), ("classes.txt", 0.85)])
def test_directions_are_found_on_the_sentences_of_a_split(name, least):
    right = wrong = missed = 0
    for text, wanted in read(name):
        found = {(trend.observable, trend.sign) for trend in find_trends(text, sentences=[Span(0, len(text))], lexicon=LEXICON)}
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    assert 2 * right / (2 * right + wrong + missed) >= least


def test_every_observable_has_rules_and_sentences():
    ruled = {row["observable"] for row in LEXICON.table("trends")}
    tested = {
        observable for name in ("tuned.txt", "held.txt", "classes.txt") for _, wanted in read(name) for observable, _ in wanted
    }
    assert ruled == tested == set(TRENDS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The army is losing ground in the north.", ("territory_state", -1)),
        ("The rebels are losing ground in the north.", ("territory_state", 1)),
        ("The number of defections has fallen sharply.", ("exit_rate", -1)),
        ("The number of defections has risen sharply.", ("exit_rate", 1)),
    ],
)
def test_the_sign_follows_whose_it_is_and_which_way(text, wanted):
    assert wanted in directions(text)


@pytest.mark.parametrize(
    "text",
    [
        "Morale in the garrison has not collapsed.",
        "The army has not lost control of the town.",
        "They had hoped for mass defections.",
    ],
)
def test_what_is_denied_or_hoped_is_no_direction(text):
    assert not directions(text) & {("morale", -1), ("territory_state", -1), ("exit_rate", 1)}


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("If the town falls, the army could lose control of the valley.", "territory_state"),
        ("The council demanded that more soldiers desert.", "exit_rate"),
        ("They hope that morale in the barracks will collapse.", "morale"),
        ("Raids on the posts are less frequent.", "brutality"),
        ("Desertion had been rising until the truce.", "exit_rate"),
        ("Many soldiers are reluctant to desert.", "exit_rate"),
        ("They were jailed for disobeying an order to retake the town.", "territory_state"),
        ("People's Soldiers is a group.", "popular_support_opposition"),
        ("Soldiers might refuse orders to advance.", "cohesion"),
    ],
)
def test_conditions_hopes_and_demands_are_no_directions(text, unwanted):
    assert unwanted not in {observable for observable, sign in directions(text) if sign}


def test_a_penalty_set_for_the_future_is_a_cost_today():
    assert ("exit_cost", 1) in directions("Anyone who deserts would be shot.")


def test_a_pair_of_words_says_whose_it_is():
    assert ("territory_state", 1) in directions("The ethnic army is losing ground in the north.")


def test_less_of_something_is_not_more_of_it():
    assert ("attacks_on_state", 1) not in directions("Raids have become less frequent since the truce.")


def test_a_row_may_let_figures_pass():
    assert ("territory_state", -1) in directions("The insurgents have captured about 20 outposts.")


def test_a_figure_is_a_claim_and_no_direction():
    assert directions("Soldiers killed 14 civilians in the market.") == set()


def test_the_quote_is_the_passage_and_place_and_claimant_are_asked_for_it():
    text = "In Orla, the council says, the army is struggling to find recruits."
    (trend,) = find_trends(
        text,
        sentences=sentences(text),
        lexicon=LEXICON,
        place_of=lambda start, end: ("Orla", "OR-1"),
        attribute=lambda start, end: ("council", "opposition"),
    )
    assert text[trend.start : trend.end] == trend.quote
    assert (trend.place_id, trend.claimant, trend.claimant_side) == ("OR-1", "council", "opposition")
    assert trend.rules == ("trend:recruitment-",)


@pytest.mark.parametrize(
    "row",
    [
        {"observable": "weather", "sign": 1, "patterns": "rain"},
        {"observable": "morale", "sign": 3, "patterns": "rain"},
        {"observable": "morale", "sign": 1, "patterns": "<nosuchlist>"},
        {"observable": "morale", "sign": 1, "patterns": "[only] [optional]"},
    ],
)
def test_a_bad_row_is_named(row):
    with pytest.raises(InputError, match=r"trends\[0\]"):
        directions("x", Lexicon({"trends": [row]}))


def test_addresses_of_pages_say_nothing():
    assert directions("https://news.example/army-losing-ground-morale-low/") == set()
