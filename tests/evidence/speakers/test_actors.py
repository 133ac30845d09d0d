"""Known speakers: aliases, countries, and a side that depends on whose conflict the text is about."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from muster.core.vocabulary import CLAIMANT_SIDES
from muster.evidence.lexicon import load_lexicon
from muster.evidence.speakers.actors import actors_of, same_speaker
from muster.evidence.speakers.claimant import find_speakers
from muster.evidence.speakers.phrases import words_of

PACK = Path(str(files("muster"))) / "packs" / "myanmar"


def _words(text: str):
    return words_of(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Ukrainian soldiers leave their units, said the ministry in Moscow. Ukraine's army is short of men.", "Ukraine"),
        ("Turkish officials say 400 men left the Syrian army, and 30 Syrian officers came to Turkey.", "Syria"),
        ("The Colombian service counted 567 members of Venezuela's armed forces; Venezuelan troops came on foot.", "Venezuela"),
        ("Russia, Russia and once more Russia; but Ukraine's army and Ukrainian troops lose men.", "Ukraine"),
        ("The FARDC lost 20 men to the M23 in the hills.", "Democratic Republic of the Congo"),
        ("Nothing is named here.", None),
    ],
)
def test_the_conflict_is_that_of_the_country_named_most(text, country):
    assert actors_of(load_lexicon()).conflict(_words(text)) == country


def test_a_country_that_is_known_needs_no_guess():
    text = "TASS said 30 men of Ukraine's army had left."
    assert find_speakers(text, lexicon=load_lexicon()).conflict == "Ukraine"
    assert find_speakers(text, lexicon=load_lexicon(), case="Russia").conflict == "Russia"


@pytest.mark.parametrize(
    ("name", "conflict", "side"),
    [
        ("TASS", "Ukraine", "foreign_state"),
        ("TASS", "Russia", "state"),
        ("Kremlin", None, "state"),
        ("Free Syrian Army", "Syria", "opposition"),
        ("Reuters", "Syria", "independent"),
        ("UNHCR", "Sudan", "un"),
    ],
)
def test_the_side_of_a_government_is_relative_to_the_conflict(name, conflict, side):
    actors = actors_of(load_lexicon())
    (mention,) = actors.mentions(_words(name))
    assert actors.side(mention.actor, conflict) == side


def test_the_longest_name_wins_and_an_overlay_comes_first():
    general, myanmar = load_lexicon(), load_lexicon(PACK)
    (mention,) = actors_of(general).mentions(_words("Islamic State West Africa Province"))
    assert mention.actor.name == "Boko Haram"
    assert [found.actor.name for found in actors_of(myanmar).mentions(_words("the NUG and the KNLA"))] == [
        "National Unity Government",
        "Karen National Union",
    ]


def test_aliases_are_one_speaker():
    lexicon = load_lexicon(PACK)
    assert same_speaker("NUG", "National Unity Government", lexicon)
    assert same_speaker("the U.N.", "United Nations", lexicon)
    assert not same_speaker("NUG", "United Nations", lexicon)


def test_every_row_is_complete_and_no_alias_stands_for_two():
    rows = load_lexicon(PACK).table("actors")
    owners: dict[str, str] = {}
    for row in rows:
        assert row["side"] in CLAIMANT_SIDES
        assert row["reliability"] in "ABCDEF"
        assert ("name" in row) != ("each" in row)
        if row["side"] == "state":
            assert row["country"]
        for alias in (*row.get("aliases", ()), *row.get("each", ()), *([row["name"]] if "name" in row else ())):
            owner = row.get("name", alias)
            assert owners.setdefault(alias, owner) == owner, alias


def test_word_lists_hold_no_word_twice():
    cues = tomllib.loads(files("muster.evidence").joinpath("words", "cues.toml").read_text(encoding="utf-8"))
    for topic, rows in cues.items():
        for row in rows:
            for key, value in row.items():
                if isinstance(value, list):
                    assert len(value) == len(set(value)), (topic, key, sorted({word for word in value if value.count(word) > 1}))
