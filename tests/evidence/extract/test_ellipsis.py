from __future__ import annotations


def kinds(found):
    return {number: claim.kind for number, claim in found.items()}


def test_more_and_others_continue_the_claim(claims):
    found = claims("On Monday 14 soldiers surrendered. On Tuesday 20 more followed.")
    assert found["20"].kind == "surrendered"
    assert found["20"].scope == "increment"


def test_a_series_by_year_keeps_its_kind(claims):
    found = claims("Deserters were few: 41 soldiers deserted in 2021, 170 in 2022 and 260 last year.")
    assert set(kinds(found).values()) == {"deserted"}


def test_pairs_follow_pairs(claims):
    found = claims("In January 93 desertion charges were filed and 61 verdicts passed. In February it was 170 and 60.")
    assert found["170"].kind == found["60"].kind == "desertion_cases"


def test_a_list_of_parts_has_the_kind_of_the_whole(claims):
    found = claims("In all 617 people surrendered: 67 officers, 401 soldiers and 81 family members.")
    assert kinds(found) == dict.fromkeys(("617", "67", "401", "81"), "surrendered")


def test_including_makes_a_part(claims):
    found = claims("The blast killed 40 civilians, including 12 children.")
    assert found["12"].kind == "civilians_killed"
    assert found["12"].scope == "part"


def test_an_amount_without_a_noun_takes_it_from_the_one_before(claims):
    found = claims("Each soldier was paid a bonus of $400, and each sergeant $700.")
    assert found["700"].kind == found["400"].kind == "pay"


def test_a_part_of_a_number_counts_the_same_things(claims):
    found = claims("The rebels took six of the 17 townships.")
    assert found["six"].kind == "territory"
    assert found["six"].unit == "places"


def test_a_repeated_figure_means_the_same(claims):
    found = claims("Karvelia: 2,340 gone\n\nSome 2,340 soldiers have deserted the Karvelian army since May.")
    assert {claim.kind for claim in found.values()} == {"deserted"}


def test_who_only_speaks_is_not_counted(read):
    assert not read("The ambush killed 20 soldiers. Three of them, reached by phone, said so.").claims[1:]
