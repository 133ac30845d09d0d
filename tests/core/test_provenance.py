"""Digests, manifests, and files that appear whole or not at all."""

import hashlib
import json

import pytest

import muster
from muster.core.errors import MusterError
from muster.core.provenance import (
    MANIFEST,
    digest_file,
    digest_files,
    find_changed,
    find_versions,
    read_manifest,
    whole_file,
    write_manifest,
    write_text,
)


def test_digest_is_sha256_of_the_bytes(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 3_000_000)
    assert digest_file(path) == hashlib.sha256(b"x" * 3_000_000).hexdigest()


def test_digest_of_several_files_knows_names_and_bytes_but_not_order(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    before = digest_files(tmp_path, [one, two])
    assert before == digest_files(tmp_path, [two, one])
    one.write_text("2")
    two.write_text("1")
    assert digest_files(tmp_path, [one, two]) != before


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path):
    path = tmp_path / "page.html"
    write_text(path, "old")
    with pytest.raises(RuntimeError), whole_file(path) as part:
        part.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]


def test_manifest_comes_back_as_written_and_twice_the_same(tmp_path):
    write_text(tmp_path / "run.csv", "a,b\n")
    written = write_manifest(
        tmp_path, "muster run myanmar", settings={"seed": 3}, inputs={"pack.toml": "00"}, outputs=["run.csv"]
    )
    first = (tmp_path / MANIFEST).read_bytes()
    assert read_manifest(tmp_path) == written
    assert written.outputs == {"run.csv": hashlib.sha256(b"a,b\n").hexdigest()}
    assert written.versions["muster"] == muster.__version__
    write_manifest(tmp_path, "muster run myanmar", settings={"seed": 3}, inputs={"pack.toml": "00"}, outputs=["run.csv"])
    assert (tmp_path / MANIFEST).read_bytes() == first


def test_changed_and_missing_outputs_are_named(tmp_path):
    for name in ("a", "b", "c"):
        write_text(tmp_path / name, name)
    write_manifest(tmp_path, "x", settings={}, inputs={}, outputs=["a", "b", "c"])
    assert find_changed(tmp_path) == []
    write_text(tmp_path / "a", "other")
    (tmp_path / "c").unlink()
    assert find_changed(tmp_path) == ["a", "c"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "holds no manifest.json"),
        ("{", "is not valid JSON"),
        ("[]", "lacks command"),
        (json.dumps({"command": "x"}), "lacks format, inputs"),
    ],
)
def test_a_bad_manifest_is_refused_in_a_sentence(tmp_path, content, words):
    if content is not None:
        (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(MusterError, match=words):
        read_manifest(tmp_path)


def test_a_manifest_of_another_format_is_refused(tmp_path):
    write_manifest(tmp_path, "x", settings={}, inputs={}, outputs=[])
    content = json.loads((tmp_path / MANIFEST).read_text()) | {"format": 99}
    (tmp_path / MANIFEST).write_text(json.dumps(content))
    with pytest.raises(MusterError, match="format 99"):
        read_manifest(tmp_path)


def test_versions_say_what_is_not_installed():
    assert find_versions(["no-such-library"])["no-such-library"] == "not installed"
