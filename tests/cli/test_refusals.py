"""What must not be overwritten, and draws too few to say anything: one sentence, exit code 2, nothing written."""

from dataclasses import replace

import numpy as np
import pytest

import muster
from muster.cli.app import run_command_line
from muster.cli.fitting import _print_forecast
from muster.core.errors import MusterError
from muster.core.provenance import MANIFEST, refuse_other, write_manifest


@pytest.fixture
def run(capsys):
    def call(line):
        code = run_command_line(line.split())
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_a_folder_of_another_command_is_refused(tmp_path):
    write_manifest(tmp_path, "forecast", settings={}, inputs={}, outputs=[])
    refuse_other(tmp_path, "forecast")
    before = (tmp_path / MANIFEST).read_bytes()
    with pytest.raises(MusterError, match="holds what muster forecast wrote"):
        refuse_other(tmp_path, "run")
    with pytest.raises(MusterError, match="Give another --out"):
        write_manifest(tmp_path, "run", settings={}, inputs={}, outputs=[])
    assert (tmp_path / MANIFEST).read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        "run tinyland --until 2031-06-30 --out {out}",
        "ensemble tinyland --draws 2 --until 2031-06-30 --out {out}",
        "sweep tinyland --lever places=0.5:2:2 --draws 2 --until 2031-06-30 --out {out}",
        "fit tinyland --until 2032-06-30 --out {out}",
        "forecast tinyland --until 2032-06-30 --out {out}",
    ],
)
def test_no_command_writes_over_what_another_wrote(run, tmp_path, words):
    write_manifest(tmp_path, "something", settings={}, inputs={}, outputs=[])
    code, out, err = run(words.format(out=tmp_path))
    assert (code, out) == (2, "")
    assert "holds what muster something wrote" in err
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]


def test_another_forecast_is_not_written_over_and_the_same_one_is(run, tmp_path):
    words = f"forecast myanmar --until 2024-06-30 --months 1 --out {tmp_path / 'ahead'} --quiet"
    assert run(f"{words} --draws 2")[0] == 0
    kept = (tmp_path / "ahead" / "forecast.nc").read_bytes()
    code, _, err = run(f"{words} --draws 3")
    assert code == 2
    assert "holds another forecast (draws 2)" in err
    assert run(f"{words} --draws 2")[0] == 0
    assert (tmp_path / "ahead" / "forecast.nc").read_bytes() == kept
    for command in ("assumptions", "inform"):
        code, _, err = run(f"{command} {tmp_path / 'ahead'}")
        assert code == 2
        assert "2 draws cannot tell" in err
    code, _, err = run(f"check myanmar --posterior {tmp_path / 'ahead'}")
    assert code == 2
    assert "holds what muster forecast wrote" in err


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("--until 2024-06-30 --draws 0", "0 draws make no forecast"),
        ("--until 2030-01-01", "not of 2030-01-01"),
        ("--until 2019-01-01", "not of 2019-01-01"),
    ],
)
def test_a_forecast_of_nothing_is_refused(run, tmp_path, more, told):
    code, out, err = run(f"forecast myanmar --out {tmp_path / 'ahead'} {more} --register {tmp_path / 'register.jsonl'}")
    assert (code, out) == (2, "")
    assert told in err
    assert not (tmp_path / "register.jsonl").exists()


def test_a_file_that_is_no_register_is_refused_before_the_work(run, tmp_path):
    (tmp_path / "README.md").write_text("# something else\n")
    code, _, err = run(f"forecast myanmar --until 2024-06-30 --out {tmp_path / 'ahead'} --register {tmp_path / 'README.md'}")
    assert code == 2
    assert "is not a register of forecasts" in err
    assert not (tmp_path / "README.md.lock").exists()


def test_another_plan_in_a_folder_is_told(run, tmp_path):
    words = f"ensemble tinyland --draws 1 --until 2031-06-30 --out {tmp_path / 'kept'} --json"
    assert "held another plan" not in run(f"{words} --scenarios baseline,early-cash")[2]
    assert "held another plan" not in run(f"{words} --scenarios baseline,early-cash")[2]
    code, _, err = run(words)
    assert code == 0
    assert "held another plan (baseline, early-cash to 2031-06-30, 1 members each)" in err


def test_the_library_leaves_nothing_half_written_either(tmp_path):
    write_manifest(tmp_path, "ensemble", settings={}, inputs={}, outputs=[])
    case = muster.load_case("tinyland")
    run = muster.simulate(case, seed=1, until="2031-03-31")
    posterior = muster.shipped_posterior(muster.load_case("myanmar"))
    for save in (run.save, posterior.save):
        with pytest.raises(MusterError, match="holds what muster ensemble wrote"):
            save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]


def test_a_forecast_tells_every_quantity_even_where_two_are_the_same(capsys):
    case = muster.load_case("myanmar")
    made = muster.forecast(muster.shipped_posterior(case), case, months=1, draws=2)
    _print_forecast(replace(made, truth=np.zeros_like(made.truth)), made.posterior.until)
    told = capsys.readouterr()
    rows = [line.split()[0] for line in told.out.splitlines()[2:] if line.strip()]
    assert rows == [name for name in made.quantities if name != "military_personnel_region"]
    assert "2 draws" in told.err
