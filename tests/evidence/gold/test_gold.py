"""The annotated texts are sound: offsets, words, figures, and two splits that do not leak into each other."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from muster.core import vocabulary

HERE = Path(__file__).parent
SIZES = {"tune": 26, "held": 18}
FIELDS = {
    "kind": vocabulary.KINDS,
    "side": vocabulary.COUNTED_SIDES,
    "branch": vocabulary.COUNTED_BRANCHES,
    "claimant_side": vocabulary.CLAIMANT_SIDES,
    "modality": vocabulary.MODALITIES,
    "scope": vocabulary.SCOPES,
    "measure": vocabulary.MEASURES,
    "per": vocabulary.PERIODS,
    "qualifier": (*vocabulary.QUALIFIERS, "over", "up_to", "estimate"),
}
# A core claim is scored on all of these; "percent" is the annotators' word for a share given in hundredths.
CORE = ("kind", "unit", "side", "population", "who_claims", "claimant_side", "when", "place", "modality", "scope", "measure")
UNITS = {*vocabulary.UNITS, "percent"}
WHEN = re.compile(r"(\.\.|\d{4}(-\d\d(-\d\d)?)?)(/(\.\.|\d{4}(-\d\d(-\d\d)?)?))?")
# What each text is there to try, and how often at least each split tries it.
ERROR_CLASSES = {
    "open_vocabulary": 3,
    "ellipsis": 3,
    "side": 3,
    "date_window": 3,
    "number_format": 3,
    "population": 3,
    "bad_source": 2,
    "circular_reporting": 2,
    "attribution": 3,
    "denial": 2,
    "hypothetical": 2,
    "table": 2,
    "sum_fails": 2,
    "event_dates": 2,
    "testimony": 3,
    "directions": 2,
    "names": 3,
    "no_claims": 2,
}
LONG = 9  # words: shorter runs are common property


def alternatives(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def pairs() -> Iterator[tuple[Path, dict[str, Any], str]]:
    for path in sorted(HERE.glob("*/*.json")):
        yield path, json.loads(path.read_text("utf-8")), path.with_suffix(".txt").read_bytes().decode("utf-8")


TEXTS = list(pairs())
every_text = pytest.mark.parametrize(("path", "gold", "text"), TEXTS, ids=[path.stem for path, _, _ in TEXTS])


def quotes(gold: dict[str, Any]) -> Iterator[str]:
    """Everything an annotation points at with words of the text."""
    yield from (claim["quote"] for claim in gold["claims"])
    yield from (direction["quote"] for direction in gold["qualitative_claims"])
    yield from (quote for fault in gold["inconsistencies"] for quote in fault["quotes"])
    yield from (quote for person in gold["testimonies"] for quote in person.get("motive_quotes", ()))


@every_text
def test_every_quote_stands_once_in_the_text_and_offsets_find_it(path, gold, text):
    assert gold["id"] == path.stem
    assert gold["split"] == path.parent.name
    assert {quote: text.count(quote) for quote in quotes(gold) if text.count(quote) != 1} == {}
    for record in (*gold["claims"], *gold["qualitative_claims"]):
        assert text[record["start"] : record["end"]] == record["quote"]


@every_text
def test_only_words_of_the_vocabulary(path, gold, text):
    for claim in gold["claims"]:
        for field, words in FIELDS.items():
            if claim.get(field) is not None:
                assert set(alternatives(claim[field])) <= set(words), (claim["quote"], field)
        if claim["core"]:
            assert set(alternatives(claim["unit"])) <= UNITS, claim["quote"]
            assert [field for field in CORE if field not in claim] == [], claim["quote"]
        for when in alternatives(claim.get("when")):
            assert when is None or WHEN.fullmatch(when), claim["quote"]
    for direction in gold["qualitative_claims"]:
        assert set(alternatives(direction["topic"])) <= set(vocabulary.TRENDS)
        assert set(alternatives(direction["direction"])) <= {"up", "down", "present"}
    for person in gold["testimonies"]:
        assert set(person["motives"]) <= set(vocabulary.LEAVING_MOTIVES)
        assert person["exit"] in vocabulary.FATES
    assert set(gold["error_classes"]) <= set(ERROR_CLASSES)


@every_text
def test_bounds_say_what_the_qualifier_says(path, gold, text):
    """Exact: the value alone. From below: low repeats it. From above: high does. Range and vague: no value."""
    wanted = {
        "exact": "v",
        "about": "v",
        "over": "vl",
        "at_least": "vl",
        "up_to": "vh",
        "nearly": "vh",
        "range": "lh",
        "vague": "l",
    }
    for claim in gold["claims"]:
        given = "".join(letter for letter, field in zip("vlh", ("value", "low", "high"), strict=True) if claim[field] is not None)
        assert given == wanted[alternatives(claim["qualifier"])[0]], claim["quote"]


@every_text
def test_every_digit_is_annotated_or_set_aside(path, gold, text):
    covered = [(claim["start"], claim["end"]) for claim in gold["claims"]]
    for number in gold["ignored_numbers"]:
        places = [place.span() for place in re.finditer(re.escape(number), text)]
        assert places, number
        covered += places
    body = text.index("\n") if text.startswith("http") else 0
    left = [
        text[max(0, digit.start() - 20) : digit.end() + 20]
        for digit in re.finditer(r"\d", text)
        if digit.start() > body and not any(start <= digit.start() < end for start, end in covered)
    ]
    assert left == []


@every_text
def test_names_stand_in_the_text_and_witnesses_are_private(path, gold, text):
    listed = {entry["text"]: entry["public"] for entry in gold["names"]}
    assert [name for name in listed if name not in text] == []
    for person in gold["testimonies"]:
        assert person.get("name_in_text") is None or listed[person["name_in_text"]] is False


def test_each_text_has_its_annotation_and_each_split_its_size():
    assert {path.with_suffix("") for path in HERE.glob("*/*.txt")} == {path.with_suffix("") for path in HERE.glob("*/*.json")}
    assert Counter(gold["split"] for _, gold, _ in TEXTS) == SIZES
    assert {path.stem: len(text) for path, _, text in TEXTS if not 600 <= len(text) <= 2050} == {}


@pytest.mark.parametrize("split", SIZES)
def test_each_split_tries_every_error_class(split):
    tried = Counter(word for _, gold, _ in TEXTS if gold["split"] == split for word in gold["error_classes"])
    assert {word: tried[word] for word, least in ERROR_CLASSES.items() if tried[word] < least} == {}
    without = [gold for _, gold, _ in TEXTS if gold["split"] == split and "no_claims" in gold["error_classes"]]
    assert [gold["id"] for gold in without if any(claim["core"] for claim in gold["claims"])] == []


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of LONG words, so that a sentence is known again under small changes."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + LONG]) for place in range(len(words) - LONG + 1)}


def sentences(text: str) -> set[str]:
    return {" ".join(part.lower().split()) for part in re.split(r"(?<=[.!?”])\s|\n", text) if len(part.split()) > 3}


def test_no_text_of_one_split_repeats_a_sentence_of_the_other():
    tune, held = ([text for _, gold, text in TEXTS if gold["split"] == split] for split in SIZES)
    assert set().union(*map(sentences, tune)) & set().union(*map(sentences, held)) == set()
    assert set().union(*map(runs, tune)) & set().union(*map(runs, held)) == set()


def test_the_copies_of_one_story_are_told_apart_from_the_rest():
    """Circular reporting can be tried only if the copies overlap, and only they do."""
    texts = {gold["id"]: (gold["split"], runs(text), gold["error_classes"]) for _, gold, text in TEXTS}
    names = sorted(texts)
    alike = {
        (one, two) for place, one in enumerate(names) for two in names[place + 1 :] if len(texts[one][1] & texts[two][1]) > 10
    }
    assert {name for pair in alike for name in pair} == {name for name in names if "circular_reporting" in texts[name][2]}
    assert all(texts[one][0] == texts[two][0] for one, two in alike)
