"""Compiling in a second process: what it compiles is found in the cache, and nothing depends on it."""

import os
import subprocess
import sys

import pytest

from muster.core import beside
from muster.model.wastage import discharge_day

BESIDE_ALONE = """
from muster.core.beside import compile_beside
from muster.model.wastage import discharge_day
compile_beside((), (discharge_day,), (1, 0.5, 0.1, 1.0))
assert not discharge_day.signatures
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two processors")
def test_the_second_process_leaves_its_code_in_the_cache(tmp_path):
    subprocess.run([sys.executable, "-c", BESIDE_ALONE], check=True, env={**os.environ, "MUSTER_CACHE": str(tmp_path)})
    assert list(tmp_path.rglob("*discharge_day*.nbc"))


@pytest.mark.parametrize("command", ["raise SystemExit(3)", "import time; time.sleep(60)"])
def test_nothing_is_lost_where_the_second_process_fails_or_hangs(monkeypatch, command):
    monkeypatch.setattr(beside, "_COMMAND", command)
    monkeypatch.setattr(beside, "_LONGEST", 0.2)
    beside.compile_beside((discharge_day,), (discharge_day,), (1, 0.5, 0.1, 1.0))
    assert discharge_day(1, 0.5, 0.1, 1.0) == 6
