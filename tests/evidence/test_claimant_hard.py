"""Who says a figure in texts that are told badly: no name, garbled order, roles without a body. All texts are invented."""

from __future__ import annotations

import re

import pytest

from muster.evidence.lexicon import load_lexicon
from muster.evidence.speakers.claimant import attribute, find_speakers
from muster.evidence.text import Span


def _who(text: str, number: str):
    place = re.search(rf"(?<![\d,]){re.escape(number)}(?!\d|,\d)", text)
    assert place, number
    return attribute(find_speakers(text, lexicon=load_lexicon()), Span(*place.span()))


# A text, a figure of it, its claimant and his side.
NOBODY = [
    ("Four in ten say that 22 of the men in Chad had quit.", "22", "article", "independent"),
    ("By command: Northern 1,310, Western 860 men in Chad.", "1,310", "article", "independent"),
    ("Whoever doubts it in Chad has not seen 40 men run.", "40", "article", "independent"),
    ("For leaving a post (Article 4) it reports 215 cases in Chad.", "215", "article", "independent"),
    ("VELM, Oct 3 (Low Wire) -- Chad's junta said 480 men were called up.", "480", "Chad's junta", "state"),
    ("Between 23 June and 30 July the Chadian migration office counted 63 men.", "63", "Chadian migration office", "state"),
    ("The army of Chad would need to find 600 men a month, said Tarek Nim, a teacher.", "600", "Tarek Nim", "independent"),
]
ROLES = [
    ("The garrison of Chad lost 40 percent of its men, says the prefecture.", "40", "prefecture", "state"),
    ("In Chad 212 men were away, by the reckoning of a diplomat in town.", "212", "diplomat in town", "foreign_state"),
    ("The column met what the prosecution itself called “some 300” rebels in Chad.", "300", "prosecution", "state"),
    (
        "A corporal of Chad who was not tried, because he was ill, described his company: 210 men.",
        "210",
        "corporal of Chad",
        None,
    ),
    (
        "It was the end, write UN experts in Sudan, citing two officers who escaped with 70 men.",
        "70",
        "two officers",
        "independent",
    ),
    ("The exile outlet Zapad of Chad reported 600 verdicts.", "600", "exile outlet Zapad of Chad", "independent"),
    ("The military council of Chad, in a bulletin on Monday, spoke of 5 absentees.", "5", None, "state"),
    ("A staff paper leaked to the Low Wire shows 90 men of Chad left.", "90", None, "state"),
]
BACK = [
    ("The rebels of Chad said 30 came. They are fed, Omar Nim, a spokesman, said: 90 in all.", "90", "Omar Nim", "opposition"),
    (
        "Lake Watch of Chad said 540 came. The army said 3 left. In the end the group counted 70.",
        "70",
        "Lake Watch of Chad",
        None,
    ),
    ("Diplomats call the figure of Chad inflated. One of them thought 17 was nearer.", "17", "Diplomats", "foreign_state"),
    ("Sixty were taken in Chad by the Lake Front, which says it shot 16 of them.", "16", "Lake Front", None),
]
GARBLED = [
    ("Chad: Revealed a source in the rebels about the arrival of 45 officers.", "45", "source in the rebels", "opposition"),
    ("A rebel source of Chad spoke of 4. And added the source that 15 came.", "15", "rebel source of Chad", "opposition"),
]
RUNNING = [
    (
        "Figures of the Chadian ministry of war show:\n\n• North: 120 dead\n\n• South: 80 dead",
        "80",
        "Chadian ministry of war",
        "state",
    ),
    (
        (
            "The rebel Lake Union said in a statement that 30 posts of Chad fell.\n\nIn the hills the war cost 690 men.\n\n"
            "The statement of the rebel Lake Union said 12 towns were free."
        ),
        "690",
        "",
        "opposition",
    ),
    (
        "“It is over,” says Omar Nim of Chad. - About 30 turned to us. Each day 12 apply. In all 50 passed through us.",
        "50",
        "Omar",
        None,
    ),
    ("The regime of Chad published a number in May. Flight, it said, had fallen by 50 percent.", "50", "regime of Chad", "state"),
    ("The office said in March: 9 left Chad.\n\nIn May 340 people were displaced (UN refugee agency)", "340", "UNHCR", "un"),
    ("While the army of Chad put it at 90, a doctor counted 200 dead.", "200", "doctor", "independent"),
    ("Lake clashes: 30 dead in Chad", "30", "article", "independent"),
]
NEWS = [
    ("The Lake Army spokesman of Chad, Lam Paul Gabri, said 3 died. Lam said 147 passed.", "147", "", "state"),
    ("A source close to Chad’s army said he counted 20 bodies.", "20", "source close", None),
    ("Intelligence officials of Chad said Monday that 70 troops were gone.", "70", "Intelligence officials", "state"),
    ("Some 94 rebels of Chad gave up last week, an official said today.", "94", "official", "state"),
    ("Two fled, according to conflict tracker ACLED, and 820 were killed in Chad.", "820", "ACLED", "independent"),
    ("Rico Vis, commander of the Chad army’s 4th Division, said most of the 90 men left.", "90", "", "state"),
    ("Omar Tell, spokesman of the rebels told us on Monday that 200 came from Chad.", "200", "Omar Tell", "opposition"),
    ("The rebels of Lake Chad, on Monday claimed that 60 came over.", "60", "rebels of Lake Chad", "opposition"),
    ("A day after the army of Chad claimed to have killed 70, the rebels paraded 48 captives.", "48", "article", "independent"),
    ("Officials stationed in the rugged region of Chad claimed that 65 were missing.", "65", "Officials", "state"),
    (
        "The Armed Forces of Chad (AFP) said 5 fled. Ed Aval, AFP public affairs chief, said 54 fled.",
        "54",
        "Armed Forces",
        "state",
    ),
    ("Two rebels of Chad came, according to the Western Command, and 7 were killed.", "7", "Western Command", "state"),
    ("Seven died in Chad and 9 fled, according to local authorities.", "9", "local authorities", "state"),
]
NEWS += [
    ("Chad offered an amnesty to 900 men, a spokesman of the army said Sunday.", "900", "", "state"),
    ("The army of Chad fights rebels whose strength is unknown, but estimated at 5,000 men.", "5,000", "article", "independent"),
    ("“We lost 12,” Brigadier Omar Tell of Chad said.", "12", "Brigadier Omar Tell", "state"),
    ("Sri Lanka said 1,800 men of its army were freed.", "1,800", "Sri Lanka", "state"),
    ("Some 30 fled Chad. “A total of 38 came” army spokesman, Omar Tell told us.", "38", "Omar Tell (army spokesman)", "state"),
    (
        (
            "The Lake Afar Democratic Organization said 38 left the army of Chad. "
            "The opposition group said it had names. The group said 25 were officers."
        ),
        "38",
        "Lake Afar Democratic Organization",
        "opposition",
    ),
]
NEWS += [
    ("Omar Tell from the Lake armed group of Chad stated that 6 were hurt.", "6", "Omar Tell", "opposition"),
    ("At least 6 soldiers of Myanmar fell, said the Chinland Defense Force-Lake.", "6", "Chinland Defence Force", "opposition"),
]
NEWS += [("Six died in Myanmar and 11 fled, according to a member of the KNLA.", "11", "", "opposition")]
NEWS += [
    (
        "An official of the Lake Front said 30 came to Chad. Another security official said 40 came.",
        "40",
        "security official",
        "state",
    ),
    ("A second source in Chad gave a figure of 200 soldiers.", "200", "second source", None),
    ("Ab Fan, a spokesman for the rebels of Chad, later on Friday said 30 fell.", "30", "", "opposition"),
    ("The Chadian Defense Force said 50 were killed.", "50", "Chadian Defense Force", "state"),
]
PAPERS = [
    ("Ministry: 90 men of Chad dead\n\nThe Release of figures is due.\n\nSome 54 planes flew in May.", "54", "independent"),
    ("BULLETIN No. 7\n\nMinistry of War, Republic of Chad\n\n4 May 2020\n\n54 air attacks took place in May.", "54", "state"),
    ("Audit note 7\n\nOffice of the Auditor\n\nThe army of Chad has 54 planes.", "54", "independent"),
]


@pytest.mark.parametrize(("text", "figure", "side"), PAPERS)
def test_the_paper_of_a_party_speaks_for_the_party(text: str, figure: str, side: str) -> None:
    assert _who(text, figure).side == side


@pytest.mark.parametrize(("text", "figure", "claimant", "side"), NOBODY + ROLES + BACK + GARBLED + RUNNING + NEWS)
def test_who_says_it_when_the_text_names_him_badly(text: str, figure: str, claimant: str | None, side: str | None) -> None:
    answer = _who(text, figure)
    assert claimant is None or answer.claimant.startswith(claimant), answer
    assert side is None or answer.side == side, answer


@pytest.mark.parametrize("name", ["U.S. Forces-Afghanistan", "USFOR-A"])
def test_a_name_with_points_and_hyphens_is_a_name(name):
    text = f"{name} put the strength of the army at 4,120."
    speakers = find_speakers(text, lexicon=load_lexicon())
    start = text.index("4,120")
    assert attribute(speakers, Span(start, start + 5)).claimant == "US Forces-Afghanistan"
