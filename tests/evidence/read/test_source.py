"""Only an ordinary file of bounded size is read, by what it holds and not by its name."""

import os
import sys

import pytest

from muster.core.errors import InputError
from muster.evidence.read import read_document
from muster.evidence.read.source import media_of

posix = pytest.mark.skipif(os.name != "posix", reason="the system has no such files")


def refused(path, words):
    with pytest.raises(InputError, match=words) as caught:
        read_document(path)
    assert str(caught.value).isprintable()


def test_missing_folder_and_empty(tmp_path):
    refused(tmp_path / "none.txt", "cannot be read")
    refused(tmp_path, "cannot be read|is a folder")
    (tmp_path / "empty.txt").touch()
    refused(tmp_path / "empty.txt", "is empty")


@posix
def test_pipes_devices_and_links(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "not an ordinary file")
    refused("/dev/zero", "not an ordinary file")
    (tmp_path / "real.txt").write_text("Over 1,001 soldiers left.")
    (tmp_path / "link").symlink_to(tmp_path / "real.txt")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    refused(tmp_path / "link", "is a link")
    refused(tmp_path / "loop", "cannot be read")
    refused(tmp_path / "nowhere", "cannot be read")


def test_a_sparse_file_is_refused_unread(tmp_path):
    with open(tmp_path / "sparse.txt", "wb") as stream:
        stream.truncate(100_000_000)
    refused(tmp_path / "sparse.txt", "larger than 50 MB")


@posix
@pytest.mark.parametrize("name", ["two\nlines", "\x1b[31mred", "-rf", "~", "$(touch x)", "a" * 255, "\u202etxt.exe", " ", "%00"])
def test_odd_names(tmp_path, name):
    (tmp_path / name).write_text("Over 1,001 soldiers left.")
    read = read_document(tmp_path / name)
    assert read.name.isprintable()
    assert len(read.name) <= 200
    (tmp_path / name).write_bytes(bytes(50))
    refused(tmp_path / name, "not text")


def test_names_that_are_none(tmp_path):
    refused("a\x00b.txt", "no name a file can have")
    refused(tmp_path / ("a" * 5_000), "cannot be read")
    refused(str(tmp_path) + "/none/../../none.txt", "cannot be read")
    refused("", "cannot be read")
    if sys.platform == "linux":
        (tmp_path / os.fsdecode(b"caf\xe9")).write_text("Over 1,001 soldiers left.")
        assert read_document(tmp_path / os.fsdecode(b"caf\xe9")).name.isprintable()


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n%PDF-1.7\n", "pdf"),
        (b"PK\x03\x04rest", "docx"),
        (b"\n <!DOCTYPE HTML PUBLIC><html>", "html"),
        (b"\xef\xbb\xbf<html>", "html"),
        ("<html><p>x".encode("utf-16"), "html"),
        (b"<!-- saved from url=(0020)https://a.example/ -->\n<html>", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", "html"),
        (b"https://a.example/1\n<html> is a word of a language", "text"),
        (b"< 5 men", "text"),
        (b"Over 1,001 soldiers", "text"),
    ],
)
def test_kind_by_content(data, media):
    assert media_of(data, "a.pdf") == media


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n", "picture"),
        (b"{\\rtf1", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "web archive"),
    ],
)
def test_other_kinds_are_named(data, words):
    with pytest.raises(InputError, match=words):
        media_of(data, "a.txt")


def test_a_wrong_ending_does_not_matter(reading, make_pdf, make_docx):
    assert reading(b"<html><p>words of a page</p></html>", "a.txt").media == "html"
    assert reading(make_pdf([["words of a page"]]), "a.html").media == "pdf"
    assert reading(make_docx("<w:p><w:r><w:t>words</w:t></w:r></w:p>"), "a.pdf").media == "docx"
