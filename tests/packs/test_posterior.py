"""The fit that comes with the Myanmar pack is whole, belongs to the case as it is, and its record is told as it fell."""

from shutil import copytree

import numpy as np
import pytest

import muster
from muster.calibrate.shipped import FOLDER, shipped_cuts
from muster.core.provenance import find_changed, read_manifest
from muster.forecast.rolling import read_record


@pytest.fixture(scope="module")
def case():
    return muster.load_case("myanmar")


def test_there_is_a_fit_and_it_is_whole(case):
    assert shipped_cuts(case)
    for cut in shipped_cuts(case):
        folder = case.folder / FOLDER / cut.isoformat()
        assert find_changed(folder) == []
        posterior = muster.load_posterior(folder)
        assert posterior.hash == read_manifest(folder).settings["posterior_hash"]
        assert len(posterior.parameters) >= 12


def test_it_belongs_to_the_case_as_it_is(case):
    assert muster.shipped_posterior(case) is not None, "the case has changed: fit it again"


def test_draws_are_values_the_model_admits(case):
    posterior = muster.shipped_posterior(case)
    run = muster.simulate_draws(case, posterior, 1, until="2021-03-31")[0]
    assert run.data["strength"].min() >= 0
    assert np.isfinite(posterior.values).all()


def test_the_record_tells_lost_cells_too(case):
    record = read_record(case.folder / FOLDER)
    assert record is not None
    cells = record["prior"]["cells"]
    assert {cell["won"] for cell in cells} >= {True, False}
    rivalled = [cell for cell in cells if cell["won"] is not None]
    assert record["prior"]["summary"]["won_share"] == pytest.approx(sum(cell["won"] for cell in rivalled) / len(rivalled))


def test_a_fit_that_does_not_say_to_what_or_was_changed_is_refused(case, tmp_path):
    source = case.folder / FOLDER / shipped_cuts(case)[-1].isoformat()
    for name, spoil in (("older", lambda text: text.replace('"evidence"', '"other"')), ("changed", lambda text: text)):
        folder = tmp_path / name
        copytree(source, folder)
        manifest = folder / "manifest.json"
        manifest.write_text(spoil(manifest.read_text()))
    (tmp_path / "changed" / "posterior.nc").write_bytes(b"")
    with pytest.raises(muster.MusterError, match="older version.*Fit again"):
        muster.load_posterior(tmp_path / "older")
    with pytest.raises(muster.MusterError, match=r"posterior\.nc is not what the manifest says"):
        muster.load_posterior(tmp_path / "changed")
