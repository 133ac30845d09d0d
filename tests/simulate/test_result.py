"""A finished run: labelled, tidy, on disk and back, and told apart by its hash."""

import json
from dataclasses import replace

import numpy as np
import pytest

import muster
from muster.core.errors import MusterError
from muster.core.provenance import find_changed, read_manifest
from muster.core.vocabulary import BRANCHES, EXITS, FATES, MOTIVES, VOLUNTARY
from muster.simulate.recorder import RECORDED
from muster.simulate.result import load_run


@pytest.fixture(scope="module")
def saved(case, base, tmp_path_factory):
    return base.save(tmp_path_factory.mktemp("run") / "out", csv=True)


def test_every_recorded_quantity_has_its_axes(case, base):
    lengths = {"day": base.days + 1, "region": len(case.regions), "branch": 5, "fate": 7, "entry": 4, "term": 6, "motive": 6}
    assert list(base.data) == list(RECORDED)
    for name, about in RECORDED.items():
        assert base.data[name].shape == tuple(lengths[dim] for dim in about.dims), name
        assert about.unit
        assert about.meaning
        assert (base.data[name][0] == 0).all() or not about.flow, f"{name}: nothing happens on day 0"


def test_leavers_and_units_are_the_exits(base):
    exits = base.data["exits"]
    assert len(base.leavers["fate"]) == exits.sum() == base.units["unit_exits"].sum()
    for branch in range(len(BRANCHES)):
        for fate in range(1, len(FATES)):
            chosen = (base.leavers["branch"] == branch) & (base.leavers["fate"] == fate)
            assert chosen.sum() == exits[:, :, branch, fate - 1].sum()
    assert (np.diff(base.leavers["day"]) >= 0).all()
    assert (base.leavers["age"] >= base.leavers["age_at_entry"]).all()
    assert (base.leavers["age"] - base.leavers["age_at_entry"] <= base.leavers["service_years"] + 1).all()
    assert base.units["unit_persons"].sum() == base.data["strength"][0].sum()


def test_motives_add_up_to_the_voluntary_exits(base):
    voluntary = base.data["exits"][..., [EXITS.index(fate) for fate in VOLUNTARY]].sum(axis=(1, 3))
    assert base.data["motives"].sum(axis=2) == pytest.approx(voluntary)
    assert base.data["motives"].shape[2] == len(MOTIVES)


def test_the_hash_notices_one_bit(base):
    data = dict(base.data)
    data["control"] = data["control"].copy()
    data["control"][-1, 0] = np.nextafter(data["control"][-1, 0], 2.0)
    assert replace(base, data=data).result_hash != base.result_hash
    assert replace(base, seed=99).result_hash == base.result_hash  # of results, not of settings


def test_the_dataset_is_labelled(case, base):
    data = base.to_xarray()
    assert str(data["date"].values[0])[:10] == case.start.isoformat()
    assert str(data["date"].values[-1])[:10] == case.until.isoformat()
    assert data["exits"].sel(branch="police", fate="deserted", region="Northvale").sum() == base.data["exits"][:, 0, 4, 1].sum()
    assert data["strength"].attrs["units"] == "persons"
    assert data.attrs["case_sha256"] == case.sha256


def test_the_table_is_tidy(case, base):
    frame = base.to_frame()
    assert list(frame.columns) == ["date", "region", "branch", "quantity", "value"]
    assert not frame.duplicated(["date", "region", "branch", "quantity"]).any()
    assert frame["value"].notna().all()
    deserted = frame[(frame.quantity == "exits.deserted") & (frame.branch == "police") & (frame.region == "Midriver")]
    assert deserted["value"].to_numpy() == pytest.approx(base.data["exits"][:, case.region_index("Midriver"), 4, 1])
    national = frame[frame.quantity == "security"]
    assert set(national["region"]) == {"national"}
    assert set(national["branch"]) == {"all"}
    assert len(national) == base.days + 1
    assert set(frame[frame.quantity.str.startswith("intake.")]["quantity"]) == {
        f"intake.{entry}" for entry in ("volunteer", "conscript", "recalled", "lowered_standard")
    }


def test_a_table_of_chosen_quantities(base):
    frame = base.to_frame(quantities=("control", "shaming"))
    assert set(frame["quantity"]) == {"control", "shaming"}
    with pytest.raises(MusterError, match=r'"contrl" is not a recorded quantity\. Did you mean "control"'):
        base.to_frame(quantities=("contrl",))


def test_saved_and_loaded_is_the_same(base, saved):
    again = load_run(saved)
    assert again.result_hash == base.result_hash
    assert (again.seed, again.engine, again.days, again.scenario) == (base.seed, base.engine, base.days, base.scenario)
    assert again.case == base.case


def test_the_manifest_says_what_it_takes_to_repeat_it(case, base, saved):
    manifest = read_manifest(saved)
    assert manifest.settings["result_hash"] == base.result_hash
    assert manifest.settings["case_folder"] == "tinyland"
    assert manifest.settings["case_sha256"] == case.sha256
    assert manifest.settings["seed"] == 1
    assert find_changed(saved) == []
    (saved / "run.csv").write_text("spoilt")
    assert find_changed(saved) == ["run.csv"]
    text = (saved / "manifest.json").read_text()
    assert str(saved) not in text  # a manifest tells nothing of the machine


def test_a_run_can_be_repeated(case, tmp_path):
    scenario = muster.scenario(case, "x", {"driver.engagement": 0.5}, region="Hillmarch", start="2031-06-01")
    run = muster.simulate(case, seed=4, scenario=scenario, until="2031-09-01")
    outcome = muster.rerun(run.save(tmp_path / "out"))
    assert outcome.same
    assert outcome.before == outcome.after == run.result_hash
    path = tmp_path / "out" / "manifest.json"
    content = json.loads(path.read_text())
    content["settings"]["seed"] = 5
    path.write_text(json.dumps(content))
    assert not muster.rerun(tmp_path / "out").same


def test_a_run_of_a_case_that_has_changed_is_refused(saved, tmp_path):
    (tmp_path / "manifest.json").write_text((saved / "manifest.json").read_text().replace(load_run(saved).case.sha256, "0" * 64))
    for read in (load_run, muster.rerun):
        with pytest.raises(MusterError, match="has changed since"):
            read(tmp_path)


def test_the_summary_is_plain_values(base):
    summary = base.summary_dict()
    assert json.loads(json.dumps(summary)) == summary
    assert summary["strength_last"] == base.data["strength"][-1].sum()
    assert sum(sum(row.values()) for row in summary["exits"].values()) == base.data["exits"].sum()
