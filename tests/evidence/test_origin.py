"""Copies of one story are one origin, stories on one subject are not."""

import random
from datetime import date
from hashlib import sha256

import pytest

from muster.evidence.origin import find_likenesses, group_origins, sketch_of
from muster.evidence.record import Document

STORY = """Forty guards of the eastern depot walked out on Monday night and left the gates open behind them, \
the garrison of Varland said.
The men took 312 rifles and two lorries, according to Colonel Brask Odum, who has led the garrison since the \
floods of last spring.
Residents of the quarter near the river said that they had heard engines around midnight and had thought nothing of it.
A baker, who rises early, counted 27 men on the bridge, some of them in slippers. He gave them bread and asked no questions.
The ministry in Torvale, which has lost 1,450 men in this way since January, called the report exaggerated \
and promised an inquiry.
Its opponents in the Harrow League said that the guards were safe and would be paid 90 crowns each for the \
weapons they had brought.
"""
OTHER = """In the southern hills a mutiny over pay has spread to a third battalion, and officers who tried to \
speak to the men were sent away.
The battalion of Nettle Ford, some 400 strong, has not been paid since harvest, the paymaster Jorun Veld told \
a court on Thursday.
Judges heard that 1,120 names stood on the rolls of the three battalions, and that pay for 260 of them went to dead men.
The ministry in Torvale said that the money was on its way. A lorry with the chests had been seen at the crossing near Lenn.
Farmers of the district have begun to feed the soldiers, who mend fences in return and sleep in the barns of the wool company.
"""
SPUN = """Some 40 sentries at the depot in the east quit their posts late on Monday, with its gates standing \
ajar, said Varland garrison officials.
They carried off 312 firearms plus a pair of trucks, stated commander Colonel Brask Odum, in charge there \
from the time of the flooding.
People living by the water told of motor noise about twelve o'clock, which worried nobody. One early baker \
saw 27 figures crossing,
a few in house shoes; he handed out loaves in silence. Officials at Torvale, short of 1,450 troops through \
such flight this year,
spoke of exaggeration and vowed to look into it. Rivals from the Harrow League insist all sentries are \
unharmed, with 90 crowns due to every one
for arms delivered.
"""


def document(text, published=None, publisher=None):
    return Document(
        name="a.txt",
        sha256=sha256(text.encode()).hexdigest(),
        original=text,
        text=text,
        origin_of=None,
        media="text",
        language="en",
        publisher=publisher,
        published=published,
    )


def are_one(*texts):
    return len(set(group_origins([text if isinstance(text, Document) else document(text) for text in texts]).values())) == 1


def lightly_reworded(text):
    """One word in nine is another one."""
    luck = random.Random(3)
    words = text.split(" ")
    for place in range(4, len(words), 9):
        words[place] = luck.choice(["indeed", "then", "there", "now"])
    return " ".join(words)


@pytest.mark.parametrize(
    "copy",
    [
        STORY + " ",
        "Guards gone by morning\n\n" + STORY,
        STORY.upper(),
        STORY.replace("\n", "\n\n").replace(",", " ,"),
        "".join(STORY.splitlines(keepends=True)[:3]),
        "".join(STORY.splitlines(keepends=True)[2:]) + "Read more of this on our pages every day of the week.",
        lightly_reworded(STORY),
        "\n".join(sorted(STORY.splitlines())),
    ],
)
def test_copies(copy):
    assert are_one(STORY, copy)


def test_stories_on_one_subject_are_two():
    assert not are_one(STORY, OTHER)
    assert find_likenesses([document(STORY), document(OTHER)]) == ()


def test_an_excerpt_joins_the_longer_text_it_fills():
    excerpt = "".join(STORY.splitlines(keepends=True)[:3])
    assert are_one(excerpt, STORY + OTHER)
    kinds = {likeness.kind for likeness in find_likenesses([document(excerpt), document(STORY + OTHER)])}
    assert kinds == {"excerpt"}


def test_a_short_quotation_in_a_long_text_joins_nothing():
    quoted = STORY.splitlines(keepends=True)[0]
    longer = quoted + OTHER + OTHER.replace("battalion", "company").replace("pay", "bread")
    assert not are_one(quoted, longer)


def test_a_digest_does_not_tie_its_stories_together():
    digest = STORY + OTHER
    groups = group_origins([document(text) for text in (STORY, OTHER, digest)])
    assert len(set(groups.values())) == 2
    assert groups[document(STORY).sha256] != groups[document(OTHER).sha256]


def test_an_addition_to_a_copy_does_not_tie_either():
    part = "".join(OTHER.splitlines(keepends=True)[:2])
    groups = group_origins([document(text) for text in (STORY, part, STORY + part)])
    assert groups[document(STORY).sha256] == groups[document(STORY + part).sha256]
    assert groups[document(STORY).sha256] != groups[document(part).sha256]


def test_a_story_retold_is_proposed_and_not_grouped():
    likenesses = find_likenesses([document(STORY), document(SPUN)])
    assert [likeness.kind for likeness in likenesses] == ["retold"]
    assert not likenesses[0].groups
    assert not are_one(STORY, SPUN)


def test_a_stated_credit_makes_a_retold_story_one():
    credited = [f"TORVALE (Reuters) - {STORY}", f"{SPUN}\nSource: Reuters"]
    assert are_one(*credited)
    assert not are_one(credited[0], f"{SPUN}\nSource: AFP")
    assert not are_one(credited[0], f"{OTHER}\nSource: Reuters")
    assert not are_one(document(credited[0], date(2031, 5, 1)), document(credited[1], date(2031, 8, 1)))


def test_the_answer_does_not_depend_on_order():
    luck = random.Random(1)
    texts = [
        STORY,
        OTHER,
        SPUN,
        STORY + OTHER,
        STORY + "x",
        "".join(STORY.splitlines(keepends=True)[:3]),
        lightly_reworded(OTHER),
        "a",
        "b",
    ]
    documents = [document(text, date(2031, 1, 1 + at)) for at, text in enumerate(texts)]
    first = group_origins(documents)
    for _ in range(20):
        luck.shuffle(documents)
        assert group_origins(documents) == first
    assert group_origins([*documents, *documents]) == first
    assert group_origins(map(sketch_of, documents)) == first


def test_the_origin_is_the_earliest():
    late, early = document(STORY, date(2031, 5, 2)), document("Headline\n" + STORY, date(2031, 5, 1))
    undated = document(STORY + " again")
    assert set(group_origins([late, undated, early]).values()) == {early.sha256[:12]}


def test_small_and_empty():
    assert group_origins([]) == {}
    short = [document(text) for text in ("", " ", "Soldiers left.", "Soldiers left", "Two words")]
    groups = group_origins(short)
    assert set(groups) == {item.sha256 for item in short}
    assert groups[short[2].sha256] == groups[short[3].sha256]
    assert groups[short[2].sha256] != groups[short[4].sha256]


def test_many_copies_stay_one_and_many_stories_many():
    luck = random.Random(5)
    words = sorted(set((STORY + OTHER).split()))
    stories = [" ".join(luck.choice(words) for _ in range(300)) for _ in range(60)]
    copies = [f"Headline {at}\n{STORY}\n{luck.random()}" for at in range(60)]
    groups = group_origins([document(text) for text in stories + copies])
    assert len({groups[document(text).sha256] for text in copies}) == 1
    assert len(set(groups.values())) == 61
