from __future__ import annotations

import pytest

# Invented sentences; the number as written, and what it counts, of whom.
SENTENCES = [
    ("At least 310 soldiers have deserted the Karvelian army since May.", "310", "deserted", "state"),
    ("Some 90 conscripts went AWOL in a week.", "90", "deserted", "state"),
    ("In all 45 servicemen refused to return from leave.", "45", "deserted", "state"),
    ("About 60 troops laid down their arms at the bridge.", "60", "surrendered", "state"),
    ("A group of 75 policemen threw in their lot with the rebels.", "75", "defected", "state"),
    ("Rebels killed 12 soldiers near the dam.", "12", "killed", "state"),
    ("In the raid 12 soldiers killed 30 rebels.", "30", "killed", "opposition"),
    ("The guerrillas lost 18 fighters in the raid.", "18", "killed", "opposition"),
    ("Government forces lost 30 men.", "30", "killed", "state"),
    ("Shelling killed 14 villagers and wounded 25 others.", "14", "civilians_killed", "civilian"),
    ("Shelling killed 14 villagers and wounded 25 others.", "25", "wounded", "civilian"),
    ("The insurgents captured 40 troops and two tanks.", "40", "captured", "state"),
    ("The insurgents captured 40 troops and two tanks.", "two", "equipment", "state"),
    ("The rebels overran 15 outposts in a month.", "15", "territory", "opposition"),
    ("The ministry plans to recruit 20,000 young men.", "20,000", "recruited", "state"),
    ("The army has about 150,000 soldiers.", "150,000", "strength", "state"),
    ("The militants have 4,000 fighters.", "4,000", "militia_strength", "opposition"),
    ("Courts opened 210 cases of desertion.", "210", "desertion_cases", "state"),
    ("The air force carried out 44 air strikes.", "44", "airstrikes", "state"),
    ("The fighting has displaced 300,000 people.", "300,000", "displaced", "civilian"),
    ("Police arrested 80 protesters.", "80", "detained", "civilian"),
    ("A soldier's salary is $120 a month.", "120", "pay", "state"),
    ("Defectors receive a reward of $500.", "500", "support_paid", "state"),
    ("Some 80 percent of the soldiers are Highlanders.", "80", "composition", "state"),
    ("There were 61 clashes in October.", "61", "clashes", "other"),
    ("The attrition rate in the army was 2 percent.", "2", "attrition", "state"),
]


@pytest.mark.parametrize(("text", "number", "kind", "side"), SENTENCES)
def test_kind_and_side_of_plain_sentences(claims, text, number, kind, side):
    claim = claims(text)[number]
    assert claim.kind == kind
    assert claim.side == side or kind in {"clashes", "equipment", "support_paid", "airstrikes"}


@pytest.mark.parametrize(
    "text",
    [
        "Some 40 countries signed the declaration.",
        "Parliament has 110 seats.",
        "The well serves 150 families.",
        "The film sold 90,000 tickets.",
        "He won 54 percent of the vote.",
        "The envoy held five rounds of talks.",
    ],
)
def test_numbers_about_other_things_are_queued_and_never_dropped(read, text):
    found = read(text)
    assert not found.claims
    assert len(found.unclassified) == 1
    assert found.unclassified[0].reason


def test_a_subject_of_an_active_verb_is_not_its_victim(claims):
    found = claims("In the raid 12 soldiers killed 30 rebels.")
    assert "12" not in found or found["12"].kind != "killed"


def test_a_noun_used_as_source_counts_nothing(read):
    assert not [c for c in read("The academy takes 100 cadets, according to deserters.").claims if c.kind == "deserted"]


def test_a_relative_clause_outranks_an_earlier_verb(claims):
    assert claims("The decree pardons 6,000 soldiers who had deserted.")["6,000"].kind == "deserted"


def test_a_number_at_the_end_of_its_clause_takes_the_topic(claims):
    found = claims("A spokesman put the number of soldiers who fled across the border at 480.")
    assert found["480"].kind in {"defected", "deserted"}
    assert found["480"].population == "soldiers"


def test_names_of_units_and_months_are_no_counts(read):
    assert not read("Infantry Battalion (IB) 129 moved south.").claims
    assert not read("In March the column went home.").claims
