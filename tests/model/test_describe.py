"""The description of the model comes from the code, and is up to date."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from muster.case import DRIVERS
from muster.core.errors import MusterError
from muster.model import state
from muster.model.describe import PARTS, describe_entities, describe_mechanisms, fill, rewrite, table
from muster.model.order import ORDER, mechanisms

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "model.md"
AGAIN = "run: python -m muster.model.describe docs/explanation/model.md"


def test_the_page_is_up_to_date():
    text = PAGE.read_text(encoding="utf-8")
    assert fill(text, PARTS) == text, AGAIN


def test_the_page_marks_every_part_and_tells_every_heading_of_the_protocol():
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in PARTS if f"<!-- begin: {name} -->" not in text] == []
    headings = [
        "Purpose", "Entities, state variables and scales", "Process overview and scheduling",
        "Theoretical and empirical background",
        "Individual decision making", "Learning", "Individual sensing", "Individual prediction", "Interaction", "Collectives",
        "Heterogeneity", "Stochasticity", "Observation", "Implementation", "Initialisation", "Input data", "Submodels",
    ]  # fmt: skip
    places = [text.find(f"\n### {heading}\n") for heading in headings]
    assert -1 not in places
    assert places == sorted(places)


def test_nothing_of_the_model_is_missing():
    text = PAGE.read_text(encoding="utf-8")
    names = [step.does for step in ORDER] + [f"`{driver.name}`" for driver in DRIVERS]
    for one in mechanisms():
        names += [f"### `{one.name}`", *(f"`{parameter.name}`" for parameter in one.parameters)]
    assert [name for name in names if name not in text] == []


def test_every_variable_of_an_entity_is_told():
    told = describe_entities()
    for kind in (state.PERSON, state.UNIT, state.REGION, state.GROUP, state.REGIME, state.PROGRAMME):
        assert [name for name in kind.names if f"| `{name}` |" not in told] == []


def test_the_story_of_a_mechanism_loses_no_word():
    told = describe_mechanisms().split()
    for one in mechanisms():
        words = one.story.replace("Left out:", "").replace("Sources:", "").split()
        assert set(words) - set(told) - {word.strip("*") for word in told} == set()


def test_a_bar_in_a_cell_does_not_split_it():
    assert table(("a", "b"), [("x | y", 1)]) == "| a | b |\n| --- | --- |\n| x \\| y | 1 |"


def test_only_what_is_marked_is_written():
    page = "before\n<!-- begin: a -->\nold\n<!-- end: a -->\nafter\n"
    assert fill(page, {"a": lambda: "new"}) == "before\n<!-- begin: a -->\nnew\n<!-- end: a -->\nafter\n"
    with pytest.raises(MusterError, match='a part "a" that does not exist. Write one of b'):
        fill(page, {"b": lambda: "new"})
    with pytest.raises(MusterError, match="marks no part"):
        fill("<!-- begin: a -->\nno end\n", {"a": lambda: "new"})


def test_rewriting_leaves_a_page_it_cannot_fill_as_it_was(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("<!-- begin: x -->\n<!-- end: x -->\n")
    with pytest.raises(MusterError):
        rewrite(page, PARTS)
    assert page.read_text() == "<!-- begin: x -->\n<!-- end: x -->\n"


def test_the_command_writes_the_page(tmp_path):
    copy = tmp_path / "model.md"
    shutil.copy(PAGE, copy)
    copy.write_text(copy.read_text(encoding="utf-8").replace("| 1 | `exit.order_families`", "| 1 | `spoilt`"), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "muster.model.describe", str(copy)], check=True)
    assert copy.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")
