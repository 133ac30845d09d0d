"""A small study behind its guard, with a ledger in which two reports wait for review."""

import time
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient
from tests.cli.reports import write_reports

import muster
from muster.dashboard.app import build_app
from muster.dashboard.guard import hosts_of

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
POSTED = {"origin": BASE, "content-type": "application/json"}


def client_of(study, **more):
    """A browser on this machine, as far as a server can tell; an unforeseen error is raised in the test."""
    return TestClient(build_app(study, hosts=hosts_of(("127.0.0.1", "localhost"), PORT), **more), base_url=BASE)


def wait_for(client, address):
    """The answer of an address, when it is there."""
    for _ in range(3000):  # the engine may have to compile itself first
        found = client.get(address)
        if found.status_code != 202:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{address} is still being worked out: {found.json()}")


@pytest.fixture(scope="session")
def study(tmp_path_factory):
    """Tinyland, three histories; the claims of the case are its evidence."""
    return muster.open_study("tinyland", draws=3, cache=tmp_path_factory.mktemp("kept"))


@pytest.fixture
def client(study):
    return client_of(study)


@pytest.fixture(scope="session")
def proposed(tmp_path_factory):
    """A ledger with the proposals of two reports, to be copied."""
    folder = tmp_path_factory.mktemp("reports")
    muster.add_files(folder / "evidence.ledger", write_reports(folder))
    return folder


@pytest.fixture
def desk(proposed, tmp_path):
    """A study with a ledger of its own: ``study``, ``client``, ``ledger``."""
    for name in ("evidence.ledger", "evidence.ledger.key"):
        (tmp_path / name).write_bytes((proposed / name).read_bytes())
    ledger = tmp_path / "evidence.ledger"
    found = muster.open_study("tinyland", draws=3, ledger=ledger, cache=tmp_path / "kept")
    return SimpleNamespace(study=found, client=client_of(found), ledger=ledger)
