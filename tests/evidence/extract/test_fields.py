from __future__ import annotations


def test_population_and_branch(claims):
    found = claims("Some 900 soldiers and police officers have defected in Myanmar.")
    assert found["900"].population == "soldiers+police officers"
    assert found["900"].branch == "mixed"
    assert claims("Eight pilots defected.")["Eight"].branch == "air"


def test_members_are_named_by_what_completes_them(claims):
    claim = claims("In Myanmar 567 members of the security forces crossed into India.")["567"]
    assert claim.population == "security forces"
    assert claim.side == "state"


def test_includes_names_the_other_kinds(claims):
    claim = claims("At least 21,000 troops have been lost through casualties, desertions and defections.")["21,000"]
    assert claim.kind == "attrition"
    assert {"killed", "deserted", "defected"} <= set(claim.includes)
    assert claims("Some 700 soldiers defected or deserted.")["700"].includes == ("deserted",)


def test_measure_and_period(claims):
    found = claims("The army loses 300 men a month to desertion and has 40,000 soldiers.")
    assert (found["300"].measure, found["300"].per, found["300"].kind) == ("rate", "month", "deserted")
    assert found["40,000"].measure == "stock"


def test_units(claims):
    assert claims("Rebels hold 30 percent of the province's territory.")["30"].unit == "share"
    assert claims("The army dropped 300 bombs on the hills.")["300"].unit == "events"
    assert claims("A private earns a salary of 25,000 riyals.")["25,000"].unit == "money"


def test_places_are_regions_with_the_id_of_the_pack(claims):
    found = claims("In Myanmar 12 soldiers were killed in Loikaw and 30 in Sagaing.")
    assert (found["12"].place, found["12"].place_id) == ("Kayah", "MM-12")
    assert (found["30"].place, found["30"].place_id) == ("Sagaing", "MM-01")


def test_a_running_total_is_of_the_country(claims):
    text = "Four soldiers died in Homs, Syria. Since 2011 some 40,000 men have defected from the Syrian army."
    assert claims(text)["40,000"].place == "Syria"


def test_no_place_below_the_first_level(read):
    text = "In Myanmar 12 soldiers were killed in Loikaw. In Syria 5 died in Kobani."
    assert not {"Loikaw", "Kobani"} & {claim.place for claim in read(text).claims}
