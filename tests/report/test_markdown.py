"""The report as text to paste."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from muster.core.errors import MusterError
from muster.report.fitted import SkillRow
from muster.report.page import render_text, write_report
from muster.report.text import plain


def test_the_text_says_the_answer_the_claims_and_how_to_make_it_again(case, runs):
    text = render_text(case, runs)
    assert text.startswith("# ")
    assert "* **Who left**: " in text
    assert "## Limits" in text
    assert re.search(r"^Case .*, SHA-256 ", text, re.MULTILINE)
    named = set(re.findall(r" \[([\w-]+)\] \|", text))
    assert named
    assert {line.partition(":")[0].removeprefix("* ") for line in text.splitlines() if re.match(r"\* [\w-]+: ", line)} == named


def test_rows_of_tables_are_whole(case, runs):
    rows = [line for line in render_text(case, runs).splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1


def test_words_of_a_case_are_words(case, runs):
    trap = "<script>alert(1)</script> | [x](javascript:alert(1))\n# head"
    claims = tuple(replace(claim, claimant=trap, source_title=trap, source_url="https://x/><script>") for claim in case.claims)
    text = render_text(replace(case, title=trap, claims=claims), runs)
    assert not re.search(r"(?<!\\)<script", text)
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert not re.search(r"^# head", text, re.MULTILINE)


def test_skill_has_as_many_cells_as_heads(case, runs, monkeypatch):
    skill = (SkillRow("all", 307, 140, "50%", "43%", "82%", "0.48", "0.66"),)
    monkeypatch.setattr("muster.report.page.tell_fit", lambda *_: True)
    monkeypatch.setattr("muster.report.page.tell_skill", lambda *_: skill)
    text = render_text(case, runs, posterior=SimpleNamespace(terms=(), until="2031-05-01"))
    table = text[text.index("## Forecasts, judged") : text.index("## Claims named")]
    heads, _, row = ([cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("|"))
    assert dict(zip(heads, row, strict=True))["With a rival"] == "140"
    assert dict(zip(heads, row, strict=True))["CRPS (log)"] == "0.48"


def test_the_ending_decides_unless_a_format_is_given(case, runs, tmp_path):
    assert write_report(case, runs, to=tmp_path / "a.md").read_text().startswith("# ")
    assert write_report(case, runs, to=tmp_path / "a.txt", format="md").read_text().startswith("# ")
    with pytest.raises(MusterError, match="html or md"):
        write_report(case, runs, to=tmp_path / "a.pdf", format="pdf")


def test_plain_words_stay_as_they_are():
    assert plain("9,900 [8,060–13,300] soldiers") == "9,900 [8,060–13,300] soldiers"
    assert plain("a_b | c") == r"a\_b \| c"
