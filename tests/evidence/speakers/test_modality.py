"""How a figure is meant, by the words of its own clause. All texts are invented."""

from __future__ import annotations

import re

import pytest

from muster.evidence.lexicon import load_lexicon
from muster.evidence.speakers.claimant import attribute, find_speakers
from muster.evidence.speakers.modality import modality_of
from muster.evidence.text import Span


def _modality(text: str, number: str) -> str:
    lexicon = load_lexicon()
    speakers = find_speakers(text, lexicon=lexicon)
    place = re.search(rf"(?<![\d,]){re.escape(number)}(?![\d,])", text)
    assert place
    span = Span(*place.span())
    return modality_of(speakers, span, lexicon=lexicon, attribution=attribute(speakers, span))


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The army said 300 men had fled.", "asserted"),
        ("The army said on May 3 that it has killed 300 men.", "asserted"),
        ("The toll could still rise, as 300 men are missing, the army said.", "asserted"),
        ("A source, who would not be named, said 300 men had fled.", "asserted"),
        ("The army dismissed 300 officers.", "asserted"),
        ("Police questioned 300 deserters.", "asserted"),
        ("The commander denied medical care to 300 prisoners.", "asserted"),
        ("Aircraft hit rebel targets in the hills, killing 300 men.", "asserted"),
        ("In an effort to escape 300 men swam the river.", "asserted"),
        ("The army plans to recruit 300 men.", "planned"),
        ("The army has been seeking 300 men.", "planned"),
        ("The army said it would free 300 men.", "planned"),
        ("The governor ordered the call-up of 300 reservists.", "planned"),
        ("Some 300 men will be called up.", "planned"),
        ("The yearly quota is 300 men.", "planned"),
        ("They would have lost 300 men if that were true.", "hypothetical"),
        ("We cannot verify the figures, but the rebels say 300 men had fled.", "asserted"),
        ("If 300 more leave, the base is lost.", "hypothetical"),
        ("As many as 300 men could leave.", "hypothetical"),
        ("Unless it recruits 300 men, the army will lose the town.", "hypothetical"),
        ("Only 300 of the recruits would fight.", "hypothetical"),
        ("Analysts doubt that 300 men remain.", "doubted"),
        ("Rebels spoke of 300 dead, a figure that could not be verified.", "doubted"),
        ("The army denied that 300 men had fled.", "denied"),
        ("The army denied reports that 300 men had fled.", "denied"),
        ("The ministry rejected the figure of 300.", "denied"),
        ("There is no evidence that 300 men fled.", "denied"),
    ],
)
def test_modality(text, modality):
    assert _modality(text, "300") == modality


def test_a_doubt_about_one_figure_does_not_touch_the_other():
    text = "The army said 300 men had come back, but analysts doubt that 900 remain."
    assert _modality(text, "300") == "asserted"
    assert _modality(text, "900") == "doubted"
