"""Bodies and those who speak for them or relay them."""

import pytest

from muster.observe.claimant import claimant_key, speaker


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("NUG Ministry of Defence via RFA", "nug"),
        ("NUG spokesperson, a man via a radio", "nug"),
        ("NUG (prime minister)", "nug"),
        ("the NUG report", "nug"),
        ("a former captain, spokesman of People's Shelter via a paper", "people's shelter"),
        ("The Irrawaddy tally, upper value", "irrawaddy"),
        ("State media, computed by The Irrawaddy", "state media"),
        ("AAPP (via The Irrawaddy)", "aapp"),
        ("KNLA Brigade 5 (Hpapun)", "knla"),
    ],
)
def test_parts_and_voices_of_a_body_are_the_body(name, body):
    assert claimant_key(name) == body


@pytest.mark.parametrize(
    "name",
    [
        "NUG and five ethnic groups",
        "Ministry of Home Affairs",
        "deputy home minister",
        "leaked report of a battalion",
        "police officer",
    ],
)
def test_others_stay_themselves(name):
    assert claimant_key(name) == name.lower()


def test_a_speaker_keeps_his_writing():
    assert speaker("NUG Ministry of Defence via RFA") == "NUG Ministry of Defence"
