"""Word documents: shown text, tables by rows, nothing hidden, deleted or declared."""

import pytest

from muster.core.errors import InputError


def p(text, properties=""):
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def cell(text):
    return f"<w:tc>{p(text)}</w:tc>"


def test_paragraphs_and_tables(reading, make_docx):
    rows = f"<w:tbl><w:tr>{cell('North')}{cell('1,002')}</w:tr><w:tr>{cell('South')}{cell('1,003')}</w:tr></w:tbl>"
    read = reading(make_docx(p("Over 1,001 soldiers") + rows + p("After the table")))
    assert read.original == "Over 1,001 soldiers\n\nNorth | 1,002\nSouth | 1,003\n\nAfter the table"
    assert read.media == "docx"


def test_runs_join_and_breaks_part(reading, make_docx):
    body = "<w:p><w:r><w:t>13,</w:t></w:r><w:r><w:t>000 men</w:t><w:br/><w:t>left</w:t><w:tab/><w:t>it</w:t></w:r></w:p>"
    assert reading(make_docx(body)).original == "13,000 men\nleft\tit"


def test_what_word_does_not_show_is_left_out(reading, make_docx):
    body = (
        p("Shown 1,001") + p("hidden 9,001", "<w:vanish/>") + "<w:p><w:del><w:r><w:delText>9,002</w:delText></w:r></w:del></w:p>"
        "<w:p><w:r><w:instrText>9,003</w:instrText></w:r></w:p>" + p("Not hidden 1,002", '<w:vanish w:val="0"/>')
        + '<w:p><w:r><w:t>1,003</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>'
    )  # fmt: skip
    read = reading(make_docx(body))
    assert "9,00" not in read.original
    assert [figure in read.original for figure in ("1,001", "1,002", "1,003")] == [True] * 3
    assert "1,0032" not in read.original
    assert any("does not show" in note for note in read.notes)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (dict(body=p("&x;"), head='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'), "declares a document type"),
        (dict(body="<w:p>"), "damaged"),
        (dict(body=""), "without text"),
        (dict(body=p("x"), name="xl/workbook.xml"), "spreadsheet"),
        (dict(body=p("x"), name="other.xml"), "without a Word document"),
        (dict(body="<w:p>" * 500 + "</w:p>" * 500), "damaged"),
        (dict(body=p("a" * 5_100_000)), "more than 5,000,000 characters"),
    ],
)
def test_what_cannot_be_read_is_said(reading, make_docx, given, words):
    with pytest.raises(InputError, match=words):
        reading(make_docx(**given))
