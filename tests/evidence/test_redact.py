"""Names of private persons do not get out; those of public persons stay. All private names and texts are invented."""

from __future__ import annotations

import os
import stat
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.marked import NAMES, read_marked, score

from muster.core.errors import InputError
from muster.evidence.export_check import check_export, refuse_names
from muster.evidence.lexicon import load_lexicon
from muster.evidence.persons import find_persons
from muster.evidence.redact import Redactor, load_key

LEXICON = load_lexicon(Path(str(files("muster"))) / "packs" / "myanmar")
KEY = bytes(range(32))
KEYED = Redactor(KEY, LEXICON)
PLAIN = Redactor(None, LEXICON)


@pytest.mark.parametrize("name", ["tuned.txt", "held.txt", "fresh.txt"])
def test_private_names_are_hidden_and_public_ones_kept(name):
    result = score(name, PLAIN)
    assert result.recall >= 0.99, result.leaks
    assert result.public_kept >= 0.90


def test_the_set_is_as_large_as_it_says():
    items = [item for name in ("tuned.txt", "held.txt", "fresh.txt") for item in read_marked(name)]
    names = {text[start:end] for text, spans in items for start, end, private in spans if private}
    assert len(items) >= 220
    assert len(names) >= 300
    assert sum((NAMES / name).read_text(encoding="utf-8").count("\n===\n") for name in ("tuned.txt", "held.txt")) == 20


@pytest.mark.parametrize("name", ["tuned.txt", "held.txt"])
def test_redacting_again_changes_nothing(name):
    for text, _ in read_marked(name):
        once = KEYED.redact(text)
        assert KEYED.redact(once) == once


def test_one_person_has_one_code_through_all_forms_of_the_name():
    text = (
        "Captain Zarni Htet Wai, 31, left his base. Htet Wai says the pay was bad. Zarni's wife agreed.\n"
        "THE FLIGHT OF ZARNI HTET WAI"
    )
    read = KEYED.read(text)
    assert len({mention.person for mention in read.mentions}) == 1
    (code,) = set(read.codes.values())
    assert read.text.count(code) == 4
    assert "Captain" in read.text


def test_codes_agree_between_documents_with_a_key_and_only_with_that_key():
    one, two = "Private Thurein Moe fled.", "They saw Thurein Moe at the river."
    assert KEYED.read(one).codes[0] == KEYED.read(two).codes[0]
    assert Redactor(b"x" * 32, LEXICON).read(one).codes[0] != KEYED.read(one).codes[0]
    assert PLAIN.redact(one) == "Private P-1 fled."


def test_no_code_reads_as_a_number():
    codes = {KEYED.read(f"Private {name} Zarkovic fled.").codes[0] for name in ("Ivo", "Ante", "Mate", "Luka", "Jure", "Pero")}
    assert len(codes) == 6
    assert all(code[:2] == "P-" and code[2].isalpha() and len(code) == 8 for code in codes)


def test_quotes_about_persons_lose_what_identifies_in_combination():
    text = (
        "Sergeant Tun Yamin, 27, of Light Infantry Battalion 999 fled Lagun village on 3 May 2022. "
        "The 77th Battalion had 340 men, and 1,200 rifles were lost."
    )
    read = PLAIN.read(text)
    end = text.index(" The 77th")
    assert read.cut(0, end) == "Sergeant P-1, 25-34, of a battalion fled a village in May 2022."
    assert read.cut(end + 1, len(text)) == text[end + 1 :]
    number = text.index("27")
    assert "27" in read.cut(0, end, keep=[(number, number + 2)])


def test_a_quote_that_cuts_a_name_replaces_it_whole():
    text = "They shot Zarni Htet Wai at dawn."
    place = text.index("Htet")
    read = PLAIN.read(text)
    assert read.cut(place, len(text)) == "P-1 at dawn."
    assert read.cut(0, place) == "They shot P-1"


def test_loose_strings_use_the_codes_of_the_document_and_keep_its_public_persons():
    text = "Zarni Htet, a deserter, spoke. So did Lena Brandt, a researcher at Northgate University."
    read = PLAIN.read(text)
    assert read.clean("Zarni Htet") == "P-1"
    assert read.clean("Lena Brandt") == "Lena Brandt"
    assert "Obscure" not in read.clean("Captain Obscure Nameski")


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("President Oro Velasquin said no.", True),
        ("Oro Velasquin, the president of the republic, said no.", True),
        ("Oro Velasquin, spokesman for the ministry, said 40 soldiers had deserted.", True),
        ("The army spokesman, Maj. Gen. Oro Velasquin, said no.", True),
        ("Oro Velasquin, who heads the Northgate Institute, said no.", True),
        ("Oro Velasquin, a former spokesman of the army who deserted, said no.", True),
        ("Oro Velasquin, a former captain, said no.", False),
        ("Deserter Lt. Col. Oro Velasquin said no.", False),
        ("The minister's driver, Oro Velasquin, said no.", False),
        ("A cousin of the president, Oro Velasquin, said no.", False),
        ("Oro Velasquin told the minister no.", False),
        ("Oro Velasquin (not his real name), a spokesman for the army, said no.", False),
        ("General Oro Velasquin said no.", False),
    ],
)
def test_an_office_beside_the_name_makes_it_public(text, public):
    (mention,) = find_persons(text, lexicon=LEXICON)
    assert mention.text == "Oro Velasquin"
    assert mention.public is public


def test_a_private_person_with_a_public_surname_is_private():
    text = "Private Ivan Putin deserted in May. Putin is 22."
    assert not any(mention.public for mention in find_persons(text, lexicon=LEXICON))
    assert all(mention.public for mention in find_persons("Putin spoke in Moscow.", lexicon=LEXICON))


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the Ministry of Defence in Moscow said the Third Army had left Kharkiv Region in May.",
        "Human Rights Watch, Amnesty International and the Red Cross visited Sagaing and Magway.",
        "The State Administration Council and the Karen National Union hold talks in Hpa-an township.",
        "TROOPS LEAVE BASE AS REBELS ADVANCE",
        "Soldiers Flee: What the Numbers Say",
        "Between January and April 60,164 cases of AWOL were opened, the State Bureau of Investigation says.",
        "Light Infantry Division 44 and Battalion 564 lost the town of Lashio on Easter Sunday.",
    ],
)
def test_places_organisations_and_months_are_no_persons(text):
    assert KEYED.redact(text) == text


def test_an_export_with_an_unlisted_name_is_refused_without_repeating_it(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("id,quote\n1,“over 13,000 soldiers”\n2,Ko Zarni Htet said so\n", encoding="utf-8")
    (offence,) = check_export(path, lexicon=LEXICON)
    assert offence.line == 3
    assert check_export(path, lexicon=LEXICON, allowed=["Ko Zarni Htet"]) == []
    with pytest.raises(InputError) as caught:
        refuse_names(path, name="claims.csv", lexicon=LEXICON)
    assert "row 3" in str(caught.value)
    assert "Zarni" not in str(caught.value)


def test_an_export_of_our_own_words_passes():
    text = (
        '{"claims": [{"kind": "defected", "claimant": "National Unity Government", "place": "Sagaing", "side": "state", '
        '"quote": "P-a1b2c3 left in May 2022", "unit": "persons"}], "document": {"publisher": "Radio Free Asia"}}'
    )
    assert check_export(text, lexicon=LEXICON) == []


def test_a_key_is_made_once_for_the_owner_only_and_a_broken_one_is_refused(tmp_path):
    path = tmp_path / "ledger.key"
    key = load_key(path)
    assert len(key) == 32
    assert load_key(path) == key
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"short")
    with pytest.raises(InputError, match="ledger.key"):
        load_key(path)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aA éŁИ.,'’“”\n-@+12 ကЖ", max_size=120))
def test_any_text_is_read_and_mentions_lie_in_it_in_order(text):
    mentions = find_persons(text, lexicon=LEXICON)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(one.end <= two.start for one, two in zip(mentions, mentions[1:], strict=False))


@pytest.mark.parametrize("piece", ["Zarko Belin ", "Ab\n", "U.S. ", "A.", "Captain ", "a@", "+1 2 ", "“'", "A-b"])
def test_work_grows_with_the_length_of_hostile_text_only(piece):
    # No clock: a quadratic step would make this file time out long before its neighbours.
    text = piece * (30_000 // len(piece))
    assert isinstance(KEYED.redact(text), str)
