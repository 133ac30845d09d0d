"""What stands around a number: whose they are, what only tells where or by what means, what is no count at all."""

from __future__ import annotations

import pytest

from muster.evidence.extract import pipeline


def one(claims, text, number):
    found = claims(text)
    assert number in found, found
    return found[number]


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("The killing of a chief has prompted 4,100 people to flee.", "4,100", "displaced"),
        ("In Nigeria 18 soldiers were convicted of charges including mutiny.", "18", "desertion_cases"),
        ("A court-martial will try 97 soldiers, among them 82 enlisted men.", "82", "desertion_cases"),
        ("There are 75 men left in the company.", "75", "strength"),
        ("The 90,000-member army is thin.", "90,000", "strength"),
        ("Dozens of soldiers balked at the order to shoot.", "Dozens", "refusals"),
        ("The registry counts 40,200 criminal offences for desertion.", "40,200", "desertion_cases"),
        ("Of the recruits 1,100 never reached their units.", "1,100", "deserted"),
        ("In Pakistan 12 soldiers embraced martyrdom.", "12", "killed"),
        ("In Venezuela 53 members of the armed forces have fled to our country.", "53", "deserted"),
        ("They left two anti-personnel mines and three M4 rifles.", "two", "equipment"),
        ("They left five AK 47 rifles.", "five", "equipment"),
        ("In Mali 330 soldiers arrived in the village of Tolo.", "330", "deployed"),
        ("In Libya 120 officers had arrived in Rome.", "120", "defected"),
        ("The 8,000-member Somali army is weak.", "8,000", "strength"),
        ("In Sri Lanka the security forces, numbering about 200,000, fight on.", "200,000", "strength"),
    ],
)
def test_the_words_around_a_number_say_what_became_of_them(claims, text, number, kind):
    assert one(claims, text, number).kind == kind


@pytest.mark.parametrize(
    ("text", "number", "side"),
    [
        ("In Congo two officers surrendered, as well as 36 M23 fighters.", "36", "opposition"),
        ("In Ethiopia 50 Tigrayan civilians were rounded up.", "50", "opposition"),
        ("In Venezuela 60 unarmed soldiers deserted.", "60", "state"),
        ("In Syria 23 soldiers surrendered to the rebels after losing 14 comrades.", "14", "state"),
        ("In Mali the death toll of rebel fighters stood at 41.", "41", "opposition"),
        ("In Mali the army has suffered more than 90 deaths.", "90", "state"),
        ("In Somalia 8 Al Shabaab were killed.", "8", "opposition"),
        ("In Peru: Of the 1,475 guerrillas counted out, 982 had been caught, 320 had surrendered.", "320", "opposition"),
        ("Of the 1,475 guerrillas who surrendered, 982 had been caught.", "982", "opposition"),
        ("Ukraine fights Russia. At least 70,000 Russians have died in the war against Ukraine.", "70,000", "state"),
        ("Mozambican forces killed 36 insurgents and captured 11.", "11", "opposition"),
        ("In Chad 35 died in the ranks of the rebels.", "35", "opposition"),
        ("In Iraq 30 brigades of 900 men melted away before the rebels.", "900", "state"),
    ],
)
def test_a_side_is_theirs_and_not_that_of_whoever_is_named_near(claims, text, number, side):
    assert one(claims, text, number).side == side


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers deserted in May, according to one former lieutenant.",
        "Officers have defected, two rebel groups said on Thursday.",
        "Seven other members of the squad escaped injury.",
        "The clashes broke out in two places near the town.",
        "Officers deserted in two separate incidents.",
        "The 1111 Operation began at dawn.",
        "It was signed by Joint Secretary 2 of the party.",
        "They deserted to a third\ncountry.",
    ],
)
def test_sources_places_and_names_are_no_claims(read, text):
    assert not read(text).claims


def test_a_date_before_a_colon_is_a_date(claims):
    assert set(claims("July 12: 64 soldiers defected.")) == {"64"}


def test_years_of_a_list_keep_their_ones(claims):
    assert {"four", "one"} <= set(claims("Four desertions is too few: the court saw four deserters in 2015 and one in 2016."))


def test_a_part_of_a_whole_of_units_is_of_units(claims):
    found = claims("Of the 12 junta battalions in the township, five have been captured.")
    assert (found["five"].kind, found["five"].unit) == ("captured", "units")


def test_a_strong_unit_counts_men(claims):
    found = claims("In Myanmar 23 soldiers of a 50-strong reinforcement unit surrendered.")
    assert (found["50"].kind, found["50"].unit) == ("strength", "persons")
    assert found["23"].kind == "surrendered"


def test_a_vague_number_is_no_twin_of_another(claims):
    found = claims("In May 12 civilians fled their homes. Dozens of soldiers were given new boots.")
    assert "Dozens" not in found or found["Dozens"].kind != "displaced"


def test_how_they_were_lost_is_not_read_from_an_addition(claims):
    found = claims("In Yemen the army lost 200 of its men, in addition to hundreds of wounded.")
    assert found["200"].kind in {"killed", "attrition"}


def test_a_population_is_told_in_its_plain_noun(claims):
    assert one(claims, "In Syria 40 government troops deserted.", "40").population == "troops"
    assert one(claims, "In the western part of the city 300 people were killed.", "300").population == "people"


def test_a_quote_has_single_spaces(read):
    assert read("In Syria about 20   soldiers\ndeserted in May.").claims[0].quote == "In Syria about 20 soldiers deserted in May."


def test_a_wall_of_numbers_is_read_up_to_a_bound_that_is_told(read, monkeypatch):
    monkeypatch.setattr(pipeline, "MOST", 50)
    found = read(" ".join(str(number) for number in range(3, 103)))
    assert len(found.claims) + len(found.unclassified) <= 50
    assert "first 50 numbers" in found.document.notes[-1]
    monkeypatch.setattr(pipeline, "MOST", 100)
    assert not read(" ".join(str(number) for number in range(3, 103))).document.notes


def test_a_clause_of_its_own_says_nothing_of_the_number_before_it(claims):
    found = claims("In Somalia 200 rebels left after a quarrel in which 8 rebels were killed.")
    assert found["8"].kind == "killed"
    assert "200" not in found or found["200"].kind != "killed"


def test_a_count_of_things_is_no_ground_for_a_toll_in_the_next_sentence(claims):
    found = claims("In Mali they took four guns. The death toll of rebel fighters stood at 41, rising to 170 in May.")
    assert (found["41"].kind, found["170"].kind) == ("killed", "killed")


def test_money_that_leans_on_other_money_is_money(claims):
    found = claims("In Somalia each soldier earns $1,028 a month; the state then keeps around $200 for itself.")
    assert "200" not in found or found["200"].unit == "USD"
