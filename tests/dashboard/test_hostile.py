"""Five hundred and more kinds of hostile request: each is refused by a sentence or answered harmlessly, none by a traceback."""

import itertools
from pathlib import Path

import pytest
from tests.dashboard.conftest import BASE, PORT, POSTED, client_of

from muster.dashboard.guard import COOKIE, LARGEST_BODY, LARGEST_DOCUMENT

UPLOAD = {"origin": BASE, "content-type": "application/octet-stream"}
PATHS = ("/parts/", "/figures/", "/quantities/", "/responses/", "/static/", "/")
TRAVERSALS = (
    "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..\\..\\windows\\win.ini", "..%5c..%5cboot.ini",
    "....//....//etc/passwd", "%252e%252e%252fetc%252fpasswd", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "C:/boot.ini",
    "file:///etc/passwd", "dashboard.js/../../app.py", "dashboard.js%00.css", "..;/app.py", "%c0%ae%c0%ae/app.py",
    "~/.ssh/id_rsa", "../app.py", "..%00/app.py", "static/../../pyproject.toml",
)  # fmt: skip
HOSTS = (
    "evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:87650", "127.0.0.1.evil.example:8765",
    "localhost.evil.example:8765", "evil.example@127.0.0.1:8765", "127.0.0.1:8765@evil.example", "0.0.0.0:8765",
    "2130706433:8765", "0x7f000001:8765", "127.1:8765", "[::1]", "[::ffff:127.0.0.1]:8765", "", " ", "localhost",
    "LOCALHOST:8765",    "127.0.0.1:8765/", "127.0.0.1:8765.", "localhost.:8765", "127.0.0.1:08765", "x" * 3000,
)  # fmt: skip
ORIGINS = (
    None, "null", "", "http://evil.example", "http://evil.example:8765", "https://127.0.0.1.evil.example", "http://127.0.0.1",
    "http://127.0.0.1:1", "file://", "http://localhost:8765", "chrome-extension://abc", f"{BASE}/", f"{BASE}.evil.example",
    f" {BASE}", BASE.upper(), "http://[::1]:8765",
)  # fmt: skip
SCRIPTS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><script>alert(1)</script>", "{{7*7}}", "{% raw %}",
    "javascript:alert(1)", "' OR 1=1 --", "; DROP TABLE entries", "\x00", "\r\nset-cookie: a=b", "\u202egpj.exe", "a" * 3000,
    "%3Cscript%3E", "${7*7}", "<svg/onload=alert(1)>", "&lt;b&gt;", "\ud7ff", "𝔘𝔫𝔦", "__proto__", "constructor",
)  # fmt: skip
BODIES = (
    b"", b"{", b"[]", b"null", b"1", b'"text"', b"\xff\xfe", b"{}" * 50, b"[" * 30_000, b'{"a":' * 9_000, b"NaN",
    b'{"entry": 1}', b'{"entry": null}', b'{"entry": ["a"]}', b'{"decision": {}}', b'{"entry":"aaaa","decision":"dropped"}',
    b'{"entry":"aaaa","decision":"accepted","seen":"1","reviewer":"kt"}', b'{"entry":"aaaa","decision":"accepted","seen":-1}',
    b'{"entry":"aaaa","decision":"accepted","seen":1e300,"reviewer":"kt"}',
    b'{"entry":"aaaa","decision":"accepted","seen":true,"reviewer":"kt"}',
    b'{"entry":"aaaa","decision":"accepted","seen":99999999999999999999999,"reviewer":"kt"}',
    b'{"entry":"../../x","decision":"accepted","seen":1,"reviewer":"kt"}',
    b'{"entry":"%","decision":"accepted","seen":1,"reviewer":"kt"}',
    b'{"entry":"aaaa","decision":"edited","seen":1,"reviewer":"kt","changes":{"__class__":"x"}}',
    b'{"entry":"aaaa","events":1e9,"seen":1,"reviewer":"kt"}', b'{"entry":"aaaa","events":0,"seen":1,"reviewer":"kt"}',
    b'{"entry":"aaaa","events":41,"seen":1,"reviewer":"kt"}', b'{"reviewer": "\\u0000"}', b'{"__proto__": {"a": 1}}',
)  # fmt: skip
FILES = (
    ("x.exe", b"MZ"), ("x", b"text"), ("", b"text"), ("x.txt.exe", b"text"), (".txt", b""), ("x.txt", b""),
    ("x.txt", b"\x00" * 5000), ("x.txt", b"\xff\xfe\x00\xd8" * 50), ("x.pdf", b"%PDF-1.7 nothing more"), ("x.pdf", b""),
    ("x.pdf", b"<html>"), ("x.docx", b"PK\x03\x04 no archive"), ("x.docx", b"text"), ("x.html", b"<script>alert(1)</script>"),
    ("x.html", b"<p>" * 20_000), ("../../x.txt", b"no figures"), ("/etc/passwd.txt", b"no figures"), ("x.txt\x00.pdf", b"text"),
    ("<script>alert(1)</script>.txt", b"no figures"), ("a" * 900 + ".txt", b"no figures"),
    ("x.html", b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;"),
)  # fmt: skip
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "GETT", "BREW")


def refused(answer, *statuses):
    """Nothing but a short plain sentence, with the headers every answer has."""
    assert answer.status_code in statuses, (answer.status_code, answer.text[:200])
    assert "Traceback" not in answer.text
    assert 'File "' not in answer.text
    assert len(answer.text) < 1000
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers.get("access-control-allow-origin") is None


@pytest.mark.parametrize(("base", "path"), list(itertools.product(PATHS, TRAVERSALS)))
def test_no_path_leads_out(client, base, path):
    refused(client.get(base + path), 400, 404)


@pytest.mark.parametrize(("host", "path"), list(itertools.product(HOSTS, ("/", "/parts/overview", "/evidence/decide"))))
def test_another_name_for_this_address_is_not_answered(client, host, path):
    refused(client.get(path, headers={"host": host}), 421)


@pytest.mark.parametrize(("origin", "path"), list(itertools.product(ORIGINS, ("decide", "undo", "documents"))))
def test_another_page_changes_nothing(desk, origin, path):
    before = desk.ledger.read_bytes()
    kind = UPLOAD if path == "documents" else POSTED
    headers = {**kind, "origin": origin} if origin is not None else {"content-type": kind["content-type"]}
    refused(desk.client.post(f"/evidence/{path}?name=x.txt", headers=headers, content=b"{}"), 403)
    assert desk.ledger.read_bytes() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "anything"])
@pytest.mark.parametrize("path", ["decide", "undo", "documents"])
def test_a_browser_that_says_another_site_asks_is_believed(client, path, site):
    refused(client.post(f"/evidence/{path}", headers={**POSTED, "sec-fetch-site": site}, content=b"{}"), 403)


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "", "application/xml"]
)
@pytest.mark.parametrize("path", ["decide", "undo", "documents"])
def test_a_form_of_another_page_is_not_read(client, path, kind):
    refused(client.post(f"/evidence/{path}", headers={"origin": BASE, "content-type": kind}, content=b"a=b"), 415)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/", "/evidence/decide", "/static/dashboard.js"])
def test_other_methods_are_not_answered(client, method, path):
    refused(client.request(method, path, headers=POSTED), 405)


@pytest.mark.parametrize("path", ["/", "/map", "/parts/overview", "/work", "/static/dashboard.js"])
def test_nothing_is_sent_to_what_is_only_read(client, path):
    answer = client.post(path, headers=POSTED, content=b"{}")
    assert answer.status_code in (404, 405)


@pytest.mark.parametrize(("path", "body"), list(itertools.product(("decide", "undo"), BODIES)))
def test_a_malformed_decision_changes_nothing(desk, path, body):
    before = desk.ledger.read_bytes()
    refused(desk.client.post(f"/evidence/{path}", headers=POSTED, content=body), 400, 409, 413)
    assert desk.ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("path", "size"), [("decide", LARGEST_BODY + 1), ("undo", 10**9), ("decide", 10**15), ("documents", LARGEST_DOCUMENT + 1)]
)
def test_what_is_too_large_is_not_read(client, path, size):
    kind = UPLOAD if path == "documents" else POSTED
    refused(client.post(f"/evidence/{path}", headers={**kind, "content-length": str(size)}, content=b"{}"), 413)


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "", "٣", "1, 1"])
def test_a_length_that_is_none_is_refused(client, length):
    answer = client.post("/evidence/decide", headers={**POSTED, "content-length": length.encode()}, content=b"{}")
    refused(answer, 411)


def test_a_body_longer_than_announced_is_cut_off(client):
    answer = client.post("/evidence/decide", headers={**POSTED, "content-length": "2"}, content=b"{" + b" " * LARGEST_BODY + b"}")
    assert answer.status_code == 400
    assert "went on after it" in answer.text


@pytest.mark.parametrize("text", SCRIPTS, ids=range(len(SCRIPTS)))
@pytest.mark.parametrize(
    "address", ["/?claim=", "/series?figure=", "/map?quantity=", "/evidence?words=", "/evidence?tab=", "/parts/table?words="]
)
def test_script_in_an_address_is_text(client, address, text):
    answer = client.get(address, params={address.split("?")[1].rstrip("="): text})
    assert answer.status_code in (200, 202, 400, 404, 414)
    for sign in ("<script>alert", "<img src=x", "<svg/onload"):
        assert sign not in answer.text
    assert "49" not in answer.headers.get("location", "")


@pytest.mark.parametrize("text", SCRIPTS, ids=range(len(SCRIPTS)))
@pytest.mark.parametrize("address", ["/parts/claim?id=", "/parts/meaning?id=", "/parts/claims?figure=", "/parts/review?place="])
def test_a_name_that_is_none_is_said_to_be_none(client, address, text):
    name = address.split("?")[1].rstrip("=")
    answer = client.get(address.split("?")[0], params={name: text})
    assert answer.status_code in (200, 202, 400, 414)
    assert text not in answer.text or text.isalnum() or "_" in text


@pytest.mark.parametrize(("name", "content"), FILES, ids=range(len(FILES)))
def test_a_hostile_document_is_a_document_or_a_sentence(desk, name, content):
    answer = desk.client.post("/evidence/documents", params={"name": name}, headers=UPLOAD, content=content)
    assert answer.status_code in (200, 400)
    assert "Traceback" not in answer.text
    if answer.status_code == 200:
        assert answer.json()[0]["added"] is not None or answer.json()[0]["problem"]
    assert {path.name for path in desk.ledger.parent.iterdir()} <= {"evidence.ledger", "evidence.ledger.key", "kept"}


def test_script_in_a_claim_is_text_wherever_it_is_shown(desk):
    text = "Harbour <script>alert(1)</script>\n\n3 May 2031\n\n"
    text += "About 1,260 <img src=x onerror=alert(1)> soldiers deserted, the Council said."
    answer = desk.client.post("/evidence/documents", params={"name": "a.txt"}, headers=UPLOAD, content=text.encode())
    assert answer.status_code == 200
    for part in ("table", "review", "conflicts", *(f"claim?id={name}" for name in answer.json()[0]["added"]["new"])):
        shown = desk.client.get(f"/parts/{part}").text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_off_this_machine_a_token_is_asked_for(study):
    client = client_of(study, token="a-secret")
    for path in ("/", "/parts/overview", "/static/dashboard.js", "/?token=", "/?token=a-secre", "/?token=a-secret%20", "/work"):
        refused(client.get(path), 401)
    refused(client.get("/", headers={"cookie": f"{COOKIE}=guess"}), 401)
    refused(client.post("/evidence/decide?token=a-secret", headers=POSTED, content=b"{}"), 401)
    assert client.get("/?token=a-secret").status_code == 200  # by way of a redirect that drops the token
    assert client.get("/work").status_code == 200


def test_no_address_of_a_request_reaches_the_disk(client, monkeypatch):
    touched = []
    for name in ("read_bytes", "read_text", "open", "is_file", "stat", "exists"):
        was = getattr(Path, name)

        def watch(self, *args, _was=was, **kwargs):
            touched.append(str(self))
            return _was(self, *args, **kwargs)

        monkeypatch.setattr(Path, name, watch)
    for base, path in itertools.product(PATHS, TRAVERSALS):
        client.get(base + path)
    assert [one for one in touched if "passwd" in one or ".ini" in one or "id_rsa" in one or "pyproject" in one] == []


def test_what_breaks_inside_is_a_sentence_for_the_reader(study, monkeypatch):
    from starlette.testclient import TestClient

    from muster.dashboard import showing
    from muster.dashboard.app import build_app

    def broken(study, query):
        raise ZeroDivisionError("a secret of the program")

    monkeypatch.setitem(showing.PARTS, "overview", broken)
    client = TestClient(build_app(study, hosts={f"127.0.0.1:{PORT}"}), base_url=BASE, raise_server_exceptions=False)
    refused(client.get("/parts/overview"), 500)
    assert "secret" not in client.get("/parts/overview").text


def test_there_are_at_least_five_hundred():
    counts = (
        len(PATHS) * len(TRAVERSALS), 3 * len(HOSTS), 3 * len(ORIGINS), 12, 15, 3 * len(METHODS), 5, 2 * len(BODIES), 4, 6, 1,
        10 * len(SCRIPTS), len(FILES), 9,
    )  # fmt: skip
    assert sum(counts) >= 500
