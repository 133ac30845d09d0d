from __future__ import annotations

import os

import pytest

from muster.case import check_case, load_case, new_case
from muster.core.errors import MusterError


def test_the_template_is_a_good_pack_with_every_file(tmp_path):
    folder = new_case(tmp_path / "Arland One")
    assert check_case(folder) == []
    assert load_case(folder).name == "arland-one"
    names = sorted(path.name for path in folder.iterdir())
    tables = ("adjacency", "claims", "counts", "directions", "drivers", "regions", "sources", "timeline", "units")
    csv = [f"{name}.csv" for name in tables]
    assert names == sorted([*csv, "pack.toml", "parameters.toml", "scenarios"])
    assert os.listdir(tmp_path) == ["Arland One"]  # no draft is left


def test_the_name_may_be_given(tmp_path):
    assert load_case(new_case(tmp_path / "x", name="my-country")).name == "my-country"


def test_nothing_is_overwritten(tmp_path):
    folder = new_case(tmp_path / "x")
    (folder / "units.csv").write_text("mine")
    with pytest.raises(MusterError, match="exists already"):
        new_case(folder)
    assert (folder / "units.csv").read_text() == "mine"
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(MusterError, match="exists already"):
        new_case(tmp_path / "link")


@pytest.mark.parametrize("name", ["", "My Country", "../x", 'a"b', "ü", "-x", "x" * 70])
def test_a_name_that_cannot_be_used(tmp_path, name):
    with pytest.raises(MusterError, match="Write small letters"):
        new_case(tmp_path / "x", name=name)
    assert not (tmp_path / "x").exists()


def test_the_place_must_exist(tmp_path):
    with pytest.raises(MusterError, match="Make it first"):
        new_case(tmp_path / "a" / "b")


def test_half_a_pack_is_never_left(tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("muster.case.new.os.rename", fail)
    with pytest.raises(MusterError, match="no space left"):
        new_case(tmp_path / "x")
    assert os.listdir(tmp_path) == []
