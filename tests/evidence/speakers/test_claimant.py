"""Who says a figure: forms of attribution, clauses, quotations, references back, chains, sides. All texts are invented."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.core.vocabulary import CLAIMANT_SIDES
from muster.evidence.lexicon import load_lexicon
from muster.evidence.speakers.claimant import ARTICLE, attribute, find_speakers
from muster.evidence.text import Span

PACK = Path(str(files("muster"))) / "packs" / "myanmar"


@cache
def _lexicon(case: str = ""):
    return load_lexicon(PACK) if case else load_lexicon()


def _who(text: str, number: str, case: str = ""):
    speakers = find_speakers(text, lexicon=_lexicon(case))
    place = re.search(rf"(?<![\d,]){re.escape(number)}(?!\d|,\d)", text)
    assert place, number
    return attribute(speakers, Span(*place.span()))


# One text a row: the text, then figure, claimant and side for each figure of it.
FORMS = [
    ("According to the Ruba Observatory, 410 men left the Syrian army.", ("410", "Ruba Observatory", "independent")),
    ("At least 410 left the Syrian army, according to the Ruba Observatory.", ("410", "Ruba Observatory", "independent")),
    ("The war in Syria has, according to rebels, cost 90 lives.", ("90", "rebels", "opposition")),
    ("The Free Syrian Army said that 35 tanks were lost.", ("35", "Free Syrian Army", "opposition")),
    ("Some 35 tanks were lost, said a spokesman for the Free Syrian Army.", ("35", "Free Syrian Army", "opposition")),
    ("Omar Tell, who speaks for the Free Syrian Army, put the number at 35.", ("35", "Free Syrian Army", "opposition")),
    ("Omar Tell, spokesman of the Free Syrian Army, told us that 35 had come.", ("35", "Free Syrian Army", "opposition")),
    ("The Sudanese army acknowledged the loss of 60 men.", ("60", "Sudanese Armed Forces", "state")),
    ("A report by Human Rights Watch lists 48 deaths in Sudan.", ("48", "Human Rights Watch", "independent")),
    ("Figures from the Sudanese interior ministry show 1,200 arrests.", ("1,200", "Sudanese interior ministry", "state")),
    ("UN data show that 70,000 people left Sudan.", ("70,000", "United Nations", "un")),
    ("By the army's own count, 300 men of Niger were absent.", ("300", "army", "state")),
    ("UN: 300 dead in Sudan in a week", ("300", "United Nations", "un")),
    ("More than 900 have left the Syrian army, Turkish sources say", ("900", "Turkish sources", "foreign_state")),
    ("Syria: 25 soldiers cross over - opposition", ("25", "opposition", "opposition")),
    ("Three captains and 25 men crossed from Libya, villagers and a tribal leader said.", ("25", "villagers", "independent")),
    ("In a statement on Telegram, the Taliban said 15 Afghan policemen had joined them.", ("15", "Taliban", "opposition")),
    (
        "A former Iraqi colonel estimates that 2,000 names on the roll were false.",
        ("2,000", "former Iraqi colonel", "independent"),
    ),
    ("Diplomats from Western states believe 4,000 men remain in Libya.", ("4,000", "Diplomats", "foreign_state")),
    ("State television said 80 rebels of Chad had died.", ("80", "State television", "state")),
    ("The regime-run newspaper reported 80 deaths in Syria.", ("80", "regime-run newspaper", "state")),
    ("Around 80 men deserted in Mali, local media reported.", ("80", "local media", "independent")),
    ("Nigeria's army denied that 70 of its men had fled.", ("70", "Nigeria's army", "state")),
    ("The Houthis accused the coalition of killing 70 people in Yemen.", ("70", "Houthis", "opposition")),
    ("Libya's army, however, puts the figure at 700.", ("700", "Libya's army", "state")),
    ("Several officers appeared in Rome and said 70 comrades had left Libya.", ("70", "Several officers", "state")),
]


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row[0][:40])
def test_forms_of_attribution(row):
    text, *expected = row
    for number, claimant, side in expected:
        found = _who(text, number)
        assert claimant in found.claimant, found
        assert found.side == side, found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Some 350 men serve there.", "350"),
        ("The army, which had 350 men before the war, denies it.", "350"),
        ("At least 350 men are said to have fled.", "350"),
        ("Reportedly 350 men fled.", "350"),
        ("Police could not confirm how 350 men fled.", "350"),
        ("The call cost 350 lives. The government did not say more.", "350"),
        ("Unconfirmed reports put the number at 350.", "350"),
        ("The two states of the north hold 350 men, and pockets of the south the rest.", "350"),
        ("The army says little. Farther north, 350 houses burned.", "350"),
    ],
)
def test_the_article_speaks_where_nobody_else_does(text, number):
    found = _who(text, number)
    assert (found.claimant, found.side, found.chain) == (ARTICLE, "independent", ())


def test_a_clause_with_its_own_speaker_is_his():
    text = "The NUG says 3,000 left, while the army, which had 350,000 men before the coup, denies it; the UN counts 2,500."
    assert _who(text, "3,000", "myanmar").claimant == "National Unity Government"
    assert _who(text, "350,000", "myanmar").claimant == ARTICLE
    assert _who(text, "2,500", "myanmar").claimant == "United Nations"


def test_a_source_of_the_first_clause_reaches_into_the_next_without_a_speaker():
    text = "Nearly 80 percent of the officers of Syria stay, one diplomat said, while 60 percent of the men would go."
    assert _who(text, "60").claimant == _who(text, "80").claimant == "one diplomat"


@pytest.mark.parametrize(
    ("text", "number", "claimant"),
    [
        (
            "“Forty of us ran,” said Tariq, a corporal who deserted in May. “Of 120 men, 30 are left.”",
            "120",
            "Tariq",
        ),
        ("A prosecutor of the court welcomed the ruling. “We charged 23 men,” he said.", "23", "prosecutor"),
        ("“We lost 23 men. Nobody counted.” The mayor said this on Sunday.", "23", "mayor"),
        ("“They ran,” said Tariq, a corporal.\n\n“Of 120 men in my company, 30 are left.”", "120", "Tariq"),
        ('"It is 40 percent of the force," one Western diplomat said of the losses.', "40", "Western diplomat"),
    ],
)
def test_a_quotation_belongs_to_who_spoke_it(text, number, claimant):
    assert claimant in _who(text, number).claimant


@pytest.mark.parametrize(
    ("text", "number", "claimant"),
    [
        ("The UN spoke of 50 dead in Sudan. It added that 70 were missing.", "70", "United Nations"),
        (
            "The Ruba Institute ran a study. The institute said 70 were missing. The report put the dead at 90.",
            "90",
            "Ruba",
        ),
        (
            "Officials of the Border Service said 50 men came. By Monday it was 70, according to the service.",
            "70",
            "Border",
        ),
        ("Basil Noor, an analyst at the Crisis Group, saw it coming. In Syria, Noor said, 70 had left.", "70", "Crisis Group"),
        ("Eight officers said they had left Libya. One of them said 70 would follow.", "70", "Eight officers"),
        ("The Karo Aid Initiative (KAI) works in Sudan. The toll is 70, says a statement of KAI.", "70", "Karo Aid Initiative"),
        ("A think tank in Abuja, the Ruba Institute, said 50 fled. Of the 50, some 20 were officers.", "20", "Ruba Institute"),
    ],
)
def test_speakers_that_point_back(text, number, claimant):
    assert claimant in _who(text, number).claimant


@pytest.mark.parametrize(
    ("text", "claimant", "chain"),
    [
        (
            "RFA, citing the NUG, said 300 had left.",
            "National Unity Government",
            ("Radio Free Asia", "National Unity Government"),
        ),
        (
            "Citing the NUG, RFA reported 300 exits.",
            "National Unity Government",
            ("Radio Free Asia", "National Unity Government"),
        ),
        (
            "Reuters quoted the NUG as saying that 300 had left.",
            "National Unity Government",
            ("Reuters", "National Unity Government"),
        ),
        (
            "The NUG was quoted by Reuters as saying 300 left.",
            "National Unity Government",
            ("Reuters", "National Unity Government"),
        ),
        ("The KNU said 300 had left, reported Reuters.", "Karen National Union", ("Reuters", "Karen National Union")),
        ("The NUG said 300 had left.", "National Unity Government", ()),
    ],
)
def test_chains(text, claimant, chain):
    found = _who(text, "300", "myanmar")
    assert (found.claimant, found.chain) == (claimant, chain)


def test_who_tells_of_a_plan_comes_before_who_plans():
    text = "The defence ministry of Mali wants to recruit 5,000 men, state radio reported."
    assert _who(text, "5,000").claimant == "state radio"
    assert _who("The defence ministry of Mali wants to recruit 5,000 men.", "5,000").claimant == "defence ministry of Mali"


def test_a_text_computed_from_data_says_so_once():
    text = (
        "Every month 900 men of Ukraine leave, TASS has calculated from data of the State Bureau of Investigation.\n\n"
        "In April there were 950 cases."
    )
    assert _who(text, "900").claimant == "TASS"
    assert _who(text, "950").claimant == "State Bureau of Investigation"


@pytest.mark.parametrize(
    ("text", "number", "claimant"),
    [
        ("Citing 3 officers of the army, a paper in Chad said 40 had left.", "3", ARTICLE),
        ("After the raid, in which 30 died, the army of Mali said 40 had left.", "30", ARTICLE),
        ("Some 30 men stayed; the rest, 40 in all, left, the army of Chad said.", "30", "army of Chad"),
        ("The commander said 30 had fled Chad. He put the dead at 50.", "50", "commander"),
        ("Officials in Aden, Abyan and Taiz said 40 had left.", "40", "Officials in Aden"),
        ("Two Libyan army officers said 40 had left.", "40", "Two Libyan army officers"),
        ("Forces in control of the northern Ruba region of Ethiopia said 40 had left.", "40", "Forces in control"),
        ("Investigation finds 40 false names, prime minister of Iraq says", "40", "prime minister"),
        ("The toll, put at 13 by the authorities, is now 53, two sources in Mali told us.", "13", "authorities"),
        ("The toll, put at 13 by the authorities, is now 53, two sources in Mali told us.", "53", "two sources"),
        ("The army of Mali made a claim that 40 had left.", "40", "army of Mali"),
        ("The minister of Chad said that some 12 percent, or 40 men, had left, reported El Ruba.", "40", "minister of Chad"),
        ("Forty left, added the captain, who helps men of Chad reach the Ruba Movement, and 30 came.", "30", "captain"),
        ("The government of Chad claimed to have received 40 men.", "40", "government of Chad"),
        ("The opposition's figure of 40 is far from what the government of Chad says.", "40", "opposition"),
        ("A scholar who tracks exits estimates that 40 have left Chad.", "40", "scholar"),
        ("Chad Deserters Cut Loyal Troops To 40, Ruba Institute Says", "40", "Ruba Institute"),
        (
            "About 40 left Chad, according to French intelligence reports cited by an official.",
            "40",
            "French intelligence reports",
        ),
        ("Several Russian military bloggers reported that 40 had died in Mali.", "40", "Several Russian military bloggers"),
        ("Rebels of the Frame for Peace, Work and Bread (FPWB) said 40 had left Chad.", "40", "Rebels of the Frame for Peace"),
        ("The rebels of Chad said they had killed 40 men, according to Reuters.", "40", "rebels of Chad"),
        ("Mali's defence data released on Friday showed that 40 had left.", "40", "Mali's defence data"),
        ("The group, which left the capital in May, leaving debts, claimed in Chad that 40 had left.", "40", "group"),
        ("The 40 had left, the minister of Chad was quoted as saying.", "40", "minister of Chad"),
        ("The letter was reported by the Ruba Times to have the backing of 40 men of Chad.", "40", "Ruba Times"),
        ("The army spokesman of Chad called at night to say that 40 had left.", "40", "army spokesman"),
        ("A farmer of Chad, a man of 40 who fled in May, said 30 had left.", "30", "farmer of Chad"),
        ("The Ruba Times wrote of Chad that “40 left”. The insurgent group said it was 50.", "50", "insurgent group"),
        ("Forty men of Chad answered the call, and 30 came.", "30", ARTICLE),
        ("The government of Niger said 26 had died, revising an earlier toll of 15 given by the army.", "15", "army"),
    ],
)
def test_the_edges_of_what_a_cue_governs(text, number, claimant):
    assert claimant in _who(text, number).claimant


def test_a_text_without_a_sentence_has_no_speaker():
    assert attribute(find_speakers(" ", lexicon=_lexicon()), Span(0, 1)).claimant == ARTICLE


def test_the_cue_and_the_reliability_are_given():
    text = "At least 48 men died in Sudan, Human Rights Watch said."
    found = _who(text, "48")
    assert found.cue is not None
    assert text[slice(*found.cue)] == "said"
    assert found.reliability == "B"


WORDS = ["The", "army", "said", ",", ".", ";", ":", "“", "”", "(", ")", "300", "which", "and", "by", "citing", "according", "to"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_run_of_words_is_answered(words):
    text = " ".join(words) + " 7"
    found = attribute(find_speakers(text, lexicon=_lexicon()), Span(len(text) - 1, len(text)))
    assert found.claimant
    assert found.side in CLAIMANT_SIDES
