from __future__ import annotations

from datetime import date


def test_whose_officers_is_said_in_the_phrase(claims):
    found = claims("In Sudan 30 RSF officers defected to the army, and 12 officers of the Sudanese army joined the RSF.")
    assert found["30"].side == "opposition"
    assert found["12"].side == "state"


def test_from_and_to_tell_who_left_whom(claims):
    found = claims("In Sudan 97 fighters changed sides: 61 from the RSF to the army and 36 from the army to the RSF.")
    assert found["61"].side == "opposition"
    assert found["36"].side == "state"


def test_a_force_is_on_the_side_it_was_on_that_day(read):
    text = "The Taliban lost 40 fighters in Kabul, Afghanistan."
    assert read(text, published=date(2015, 1, 1)).claims[0].side == "opposition"
    assert read(text, published=date(2022, 1, 1)).claims[0].side == "state"


def test_both_armies_of_a_war_between_states_are_states(claims):
    found = claims(
        "Ukraine and Russia are at war. Russia says 200 Ukrainian soldiers died; Ukraine says 300 Russian troops died."
    )
    assert found["200"].side == found["300"].side == "state"


def test_foreign_troops_are_of_no_party(claims):
    text = "Afghan soldiers hold Kabul. Afghan police hold Helmand. France sent 900 French troops to Afghanistan."
    assert claims(text)["900"].side == "other"


def test_ethnic_armies_of_the_case_are_told_from_other_opponents(claims):
    assert claims("In Myanmar six KIA soldiers were killed.")["six"].side == "eao"
    assert claims("In Myanmar six PDF fighters were killed.")["six"].side == "opposition"


def test_a_bare_count_of_victims_follows_the_count_before_it(claims):
    found = claims("The ambush killed 20 soldiers. At least 11 were wounded.")
    assert found["11"].side == "state"


def test_recruits_belong_to_who_takes_them(claims):
    assert claims("The army conscripted 500 villagers.")["500"].side == "state"
    assert claims("The rebels recruited 500 villagers.")["500"].side == "opposition"


def test_who_goes_over_to_the_army_was_its_enemy(claims):
    text = "In Sudan the RSF is losing men. Since May some 600 have gone over to the army."
    assert claims(text)["600"].side == "opposition"


def test_who_did_it_is_not_who_suffered_it(read):
    found = read("Two villages were attacked and the guards were killed by 12 gunmen.")
    assert not [claim for claim in found.claims if claim.point == 12 and claim.kind == "killed"]
