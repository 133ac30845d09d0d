"""People who left, gathered from invented texts: bands and motives, and nothing that names them."""

from __future__ import annotations

from datetime import date

import pytest

from muster.core.errors import InputError
from muster.evidence.lexicon import Lexicon, load_lexicon
from muster.evidence.redact import Redactor
from muster.evidence.testimony import find_testimonies
from muster.evidence.testimony.words import compile_words
from muster.evidence.text import sentences

LEXICON = load_lexicon()


def witnesses(text):
    redaction = Redactor(None, LEXICON).read(text)
    return find_testimonies(
        text,
        sentences=sentences(text),
        lexicon=LEXICON,
        persons=redaction.mentions,
        published=date(2023, 3, 1),
        redaction=redaction,
    )


NAMED = (
    "Sergeant Zarko Belin, 27, deserted in July. He had served for nine years in the artillery. "
    "“They ordered us to fire on the crowd at the market,” he says. “I could not do it.”\n\n"
    "Belin joined at the age of 17 because his family was proud of soldiers. He says the army is losing the war."
)


def test_a_named_deserter_is_one_record_in_bands():
    (record,) = witnesses(NAMED)
    assert record.code == "P-1"
    assert (record.age_band, record.joined_age_band) == ("25-34", "under 18")
    assert (record.rank_group, record.branch, record.service_band) == ("nco", "army", "5-9")
    assert (record.exit_type, record.quarter) == ("deserted", "2022Q3")
    assert {"orders_against_civilians", "losing"} <= set(record.motives)
    assert record.joining_motives == ("family_pride",)


def test_a_record_holds_no_name_and_no_exact_age():
    (record,) = witnesses(NAMED)
    everything = " ".join([record.quote, *record.motive_quotes])
    assert "Belin" not in everything
    assert "27" not in everything


@pytest.mark.parametrize(
    ("text", "rank", "band"),
    [
        ("“There was no food,” said a 30-year-old sergeant who fled in May.", "nco", "25-34"),
        ("A captain who defected last year told the paper that the pay had stopped.", "officer", None),
        ("A former policeman said he had been told to shoot at students.", "other_rank", None),
    ],
)
def test_a_description_is_enough(text, rank, band):
    (record,) = witnesses(text)
    assert record.code == "W-1"
    assert (record.rank_group, record.age_band) == (rank, band)


def test_two_people_keep_their_own_words():
    text = (
        "Captain Oro Velas defected in May 2022. “I was ashamed of the uniform,” he says.\n\n"
        "Private Timo Karst, 19, fled a month later. “We had no food,” he says."
    )
    one, two = witnesses(text)
    assert (one.rank_group, two.rank_group) == ("officer", "other_rank")
    assert "conditions" in two.motives
    assert "conditions" not in one.motives
    assert (one.exit_type, two.exit_type) == ("defected", "deserted")


@pytest.mark.parametrize(
    "text",
    [
        "Oro Velas, spokesman for the ministry, said 40 soldiers had deserted.",
        "The analyst Lena Brandt of Northgate University said the army was losing soldiers who fled.",
        "Analysts say soldiers flee because they are not paid.",
        "The farmer Timo Karst fled his village when the soldiers burned his house.",
        "A deserter intends to leave the army for good and goes to prison.",
    ],
)
def test_officials_analysts_and_villagers_are_no_witnesses(text):
    assert witnesses(text) == []


@pytest.mark.parametrize(
    ("text", "rank", "motive"),
    [
        ("The former tank driver told us: “We were trapped, so I ran.”", "other_rank", "losing"),
        ("One deserter, 22, said his officers stole the rations.", None, "conditions"),
        (
            "A policewoman of the guard, who crossed in March, said: “I was afraid for my life.”",
            "other_rank",
            "fear",
        ),
        ("“I am a sergeant, and I served nine years. I could not bear to see the villages burn. I fled.”", "nco", "moral_injury"),
        ("A corporal in Orla wrote: “I do not want to serve under the junta. I chose to leave.”", "nco", "politics"),
        (
            "Many deserted. Timo Karst, 20, a conscript, says: “My friends called me a murderer. I ran.”",
            "other_rank",
            None,
        ),
    ],
)
def test_ways_of_bringing_a_witness_in(text, rank, motive):
    (record,) = witnesses(text)
    assert record.rank_group == rank
    assert motive is None or motive in record.motives


@pytest.mark.parametrize(
    "text",
    [
        "Captain Oro Velas surrendered with 32 soldiers when the town fell.",
        "Lena Brandt, an editor, knew of reports that four generals had defected. Of other defections she knew nothing.",
        "Captain Oro Velas commands the garrison. “Thirty of my men, he believes, deserted,” a clerk said.",
        "The patrols caught deserters in Orla, Tessin, and Karst as they ran.",
        "A major said that soldiers who fled would be shot.",
    ],
)
def test_what_others_did_makes_no_witness(text):
    assert witnesses(text) == []


def test_a_quotation_of_several_sentences_stays_with_its_speaker():
    text = (
        "Private Timo Karst, 19, deserted in June.\n\n"
        "“The order came at night. It was a wide order. Three times they told us to fire on the crowd. Nobody slept.”"
    )
    (record,) = witnesses(text)
    assert "orders_against_civilians" in record.motives


def test_an_interview_in_turns_is_the_witness_where_he_answers():
    text = (
        "A 22-year-old private of the engineers, who deserted in November, spoke to us.\n\n"
        "Q: Were you afraid for your life?\n\nA: I could not sleep for shame.\n\n"
        "Q: And your family?\n\nA: We had no pay and no food."
    )
    (record,) = witnesses(text)
    assert set(record.motives) == {"moral_injury", "conditions"}


def test_a_conscript_who_deserted_far_behind_the_who_and_tells_is_a_witness():
    text = (
        "The conscript, who asked not to be named so that his mother is left in peace, deserted in April.\n\n"
        "“They gave us the order to fire on the crowd,” he said."
    )
    (record,) = witnesses(text)
    assert (record.rank_group, record.motives) == ("other_rank", ("orders_against_civilians",))


def test_a_man_drafted_who_escaped_is_a_witness():
    (record,) = witnesses("We met a man who was drafted in May, lived through the winter at the front, and then escaped.")
    assert record.exit_type == "deserted"


def test_several_of_a_group_are_told_apart():
    text = (
        "One of the officers, a 34-year-old colonel, said he left after refusing an order to shell a village. "
        "Another, a captain, said his wife had begged him to go. A third, a sergeant of 22, said he was never paid."
    )
    one, two, three = witnesses(text)
    assert (one.rank_group, two.rank_group, three.rank_group) == ("officer", "officer", "nco")
    assert ("family" in two.motives, "conditions" in three.motives, "family" in one.motives) == (True, True, False)


def test_said_one_of_two_who_fled():
    text = "Two policewomen who fled in March spoke by telephone. “I was told to shoot at the crowd,” said one, 25."
    (record,) = witnesses(text)
    assert (record.branch, record.age_band) == ("police", "25-34")


def test_a_general_who_has_seen_nobody_leave_is_no_witness():
    assert witnesses("The general said deserters would be shot. “I have never seen a soldier leave,” he said.") == []


def test_the_mother_of_a_deserter_is_no_witness():
    assert witnesses("The mother of a soldier who deserted said her son had not been paid.") == []


def test_the_officer_is_a_witness_once_he_tells_of_leaving():
    (record,) = witnesses("“We were dirty and tired,” the officer told the paper. He resigned his commission in May.")
    assert (record.rank_group, record.exit_type) == ("officer", "deserted")


def test_a_friend_who_fled_too_is_a_witness():
    text = "Captain Oro Velas deserted in May. His friend, a corporal who fled too, felt ashamed of the killings."
    assert [record.rank_group for record in witnesses(text)] == ["officer", "nco"]


def test_a_letter_in_the_first_person_is_a_testimony():
    text = "I was a captain in the medical corps, and I served for eleven years. I left in the cold season. I could not sleep."
    (record,) = witnesses(text)
    assert (record.rank_group, record.service_band) == ("officer", "10-19")


def test_a_bad_motive_is_named():
    with pytest.raises(InputError, match=r"motives\[0\]"):
        compile_words(Lexicon({"motives": [{"motive": "boredom", "patterns": "bored"}]}))
