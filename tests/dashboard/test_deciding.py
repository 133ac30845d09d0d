"""Decisions from a page: the same as from the terminal, one writer at a time, and nothing acknowledged is lost."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.dashboard.conftest import BASE, POSTED

import muster


class Form(HTMLParser):
    """The data of the form under review."""

    def __init__(self, text):
        super().__init__()
        self.data = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "form":
            self.data = {key.removeprefix("data-"): value for key, value in attrs}


def shown(client, query=""):
    return Form(client.get(f"/parts/review{query}").text).data


def post(client, what, **body):
    return client.post(f"/evidence/{what}", headers=POSTED, content=json.dumps(body))


def decide(client, decision, *, reviewer="kt", **more):
    form = shown(client)
    body = {"entry": form["entry"], "seen": int(form["seen"]), "decision": decision, "reviewer": reviewer, **more}
    return form["entry"], post(client, "decide", **body)


def status(desk, entry):
    with muster.open_ledger(desk.ledger, create="never") as book:
        return book.entry(entry).status


def test_the_queue_is_that_of_the_terminal(desk):
    from muster.evidence.ledger.order import review_order

    with muster.open_ledger(desk.ledger) as book:
        waiting = [entry.id for entry in review_order(book.entries(status="proposed"))]
    assert shown(desk.client)["entry"] == waiting[0]
    assert shown(desk.client, "?place=1")["entry"] == waiting[1]


@pytest.mark.parametrize("decision", ["accepted", "rejected"])
def test_a_decision_is_kept_and_taken_back(desk, decision):
    entry, answer = decide(desk.client, decision, reason="misread" if decision == "rejected" else "")
    assert answer.status_code == 200, answer.text
    assert status(desk, entry) == decision
    after = answer.json()
    table = desk.client.get(f"/parts/table?status={decision}").text
    assert entry in table
    back = post(desk.client, "undo", entry=entry, seen=after["revision"], events=after["events"], reviewer="kt")
    assert back.status_code == 200, back.text
    assert status(desk, entry) == "proposed"


def test_an_edit_changes_what_was_typed_and_nothing_else(desk):
    entry, answer = decide(desk.client, "edited", changes={"figure": "over 12,000", "claimant": "Exile Council"})
    assert answer.status_code == 200, answer.text
    with muster.open_ledger(desk.ledger) as book:
        claim = book.entry(entry).claim
    assert (claim.point, claim.qualifier) == (12_000.0, "at_least")
    after = answer.json()
    post(desk.client, "undo", entry=entry, seen=after["revision"], events=after["events"], reviewer="kt")
    assert status(desk, entry) == "proposed"


def test_split_and_merge_go_by_the_same_road(desk):
    entry, answer = decide(desk.client, "split", parts="9,000 soldiers\n4,000 police")
    assert answer.status_code == 200, answer.text
    assert status(desk, entry) == "split"
    other = shown(desk.client)["entry"]
    entry, answer = decide(desk.client, "merged", into=other)
    assert answer.status_code == 409  # into itself


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Nothing was changed"),
        ({"figure": "many"}, "figure"),
        ({"quote": "other words"}, "proposal"),
        ({"side": "<script>alert(1)</script>"}, "side"),
        ({"claimant": "Maung Aye Chan Naing of 12 Strand Road"}, "private person"),
        ("figure", "fields"),
    ],
    ids=str,
)
def test_what_the_ledger_refuses_is_answered_by_its_sentence(desk, changes, sentence):
    entry, answer = decide(desk.client, "edited", changes=changes)
    assert answer.status_code == 409
    assert sentence in answer.text
    assert status(desk, entry) == "proposed"


def test_who_comes_second_is_told_who_was_first(desk):
    form = shown(desk.client)
    body = {"entry": form["entry"], "seen": int(form["seen"])}
    assert post(desk.client, "decide", **body, decision="accepted", reviewer="first").status_code == 200
    second = post(desk.client, "decide", **body, decision="rejected", reviewer="second")
    assert second.status_code == 409
    assert "first" in second.text
    assert status(desk, form["entry"]) == "accepted"


def test_a_page_left_open_does_not_decide_on_what_it_no_longer_shows(desk):
    form = shown(desk.client)
    body = {"entry": form["entry"], "seen": int(form["seen"]), "reviewer": "kt"}
    assert post(desk.client, "decide", **body, decision="accepted").status_code == 200
    assert post(desk.client, "decide", **body, decision="rejected", reason="misread").status_code == 409
    assert status(desk, form["entry"]) == "accepted"


def test_one_writes_at_a_time(desk, monkeypatch):
    from muster.evidence.ledger import ledger as module

    monkeypatch.setattr(module.open_ledger, "__kwdefaults__", {**module.open_ledger.__kwdefaults__, "wait": 0.1})
    with closing(sqlite3.connect(desk.ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        entry, answer = decide(desk.client, "accepted")
        assert answer.status_code == 409
        assert "being written by somebody else" in answer.text
        other.execute("ROLLBACK")
    assert status(desk, entry) == "proposed"


def test_a_document_is_read_and_waits_for_review(desk):
    text = "Harbour Radio\n\n3 May 2031\n\nAbout 1,260 soldiers deserted in April 2031, the Exile Council said.\n"
    headers = {"origin": BASE, "content-type": "application/octet-stream"}
    before = int(shown(desk.client)["left"])
    answer = desk.client.post("/evidence/documents?name=..%2F..%2Fharbour.txt", headers=headers, content=text.encode())
    assert answer.status_code == 200, answer.text
    assert answer.json()[0]["added"]["new"]
    assert int(shown(desk.client)["left"]) > before
    with muster.open_ledger(desk.ledger) as book:
        assert book.documents()[-1].name == "harbour.txt"


def test_without_a_ledger_nothing_is_decided(client):
    answer = post(client, "decide", entry="aaaa", seen=1, decision="accepted", reviewer="kt")
    assert answer.status_code == 409
    assert "--ledger" in answer.text


def test_a_killed_server_loses_nothing_it_acknowledged(desk, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(Path(muster.__file__).parents[1])}
    words = [sys.executable, "-m", "muster", "serve", "tinyland", "--port", "0", "--no-browser", "-q", "--draws", "2"]
    kept = []
    for _ in range(2):
        server = subprocess.Popen(
            [*words, "--ledger", desk.ledger], stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path
        )
        try:
            address = server.stdout.readline().strip()
            with urllib.request.urlopen(f"{address}parts/review", timeout=60) as page:
                form = Form(page.read().decode()).data
            body = {"entry": form["entry"], "seen": int(form["seen"]), "decision": "accepted", "reviewer": "kt"}
            headers = {"origin": address.rstrip("/"), "content-type": "application/json"}
            asked = urllib.request.Request(f"{address}evidence/decide", json.dumps(body).encode(), headers)
            with urllib.request.urlopen(asked, timeout=60) as answer:
                assert json.load(answer)["status"] == "accepted"
            kept.append(form["entry"])
        finally:
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
            server.stdout.close()
    assert len(set(kept)) == 2
    assert [status(desk, entry) for entry in kept] == ["accepted", "accepted"]
    with muster.open_ledger(desk.ledger) as book:
        assert book.verify()
