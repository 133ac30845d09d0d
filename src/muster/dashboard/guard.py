"""Who may ask, and how much: the gate every request goes through before anything else looks at it.

The page is served to this machine. Another page open in the same browser could still send requests to it, or point a name
of its own at this address, so the host, the origin and the kind of every request are checked, and nothing it says is a path.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_PATH = 1_000
LONGEST_QUERY = 4_000
LARGEST_BODY = 64_000
LARGEST_DOCUMENT = 20_000_000
UPLOADS = "/evidence/documents"
COOKIE = "muster_token"
METHODS = ("GET", "HEAD", "POST")
KINDS = {UPLOADS: "application/octet-stream"}
JSON = "application/json"

# No script or style but our own files, nothing from elsewhere, no frames. Figures set styles on their elements.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Refusal(Exception):
    """A request that is not let through: a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@dataclass(frozen=True, slots=True)
class Guard:
    """Wraps the application. ``hosts`` are the names with port it answers to; ``token`` is asked for when it is not empty."""

    app: ASGIApp
    hosts: frozenset[str]
    token: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        try:
            limit = self._check(scope, headers)
            if self.token and not self._known(headers):
                await self._let_in(scope, receive, _headed(send))
                return
        except Refusal as refusal:
            await PlainTextResponse(refusal.sentence + "\n", refusal.status)(scope, receive, _headed(send))
            return
        await self.app(scope, _bounded(receive, limit), _headed(send))

    def _check(self, scope: Scope, headers: Headers) -> int:
        """How many bytes the body may have. Errors: a :class:`Refusal`."""
        if headers.getlist("host") != [host := headers.get("host", "")] or host not in self.hosts:
            raise Refusal(421, "This address is not served here. Open the address that muster serve printed.")
        method, path = scope["method"], scope["path"]
        if method not in METHODS:
            raise Refusal(405, "Only GET and POST are answered here.")
        if len(scope.get("raw_path") or b"") > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
            raise Refusal(414, "The address is too long.")
        if not path.isprintable() or ".." in path or "\\" in path or "//" in path:
            raise Refusal(400, "This address is not a page of the dashboard.")
        if method != "POST":
            return 0
        limit = LARGEST_DOCUMENT if path == UPLOADS else LARGEST_BODY
        self._check_sender(headers, host)
        self._check_body(headers, KINDS.get(path, JSON), limit)
        return limit

    def _check_sender(self, headers: Headers, host: str) -> None:
        if headers.get("origin") not in (f"http://{host}", f"https://{host}"):
            raise Refusal(403, "This request comes from another page. Changes are made from the dashboard alone.")
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise Refusal(403, "This request comes from another page. Changes are made from the dashboard alone.")

    def _check_body(self, headers: Headers, kind: str, limit: int) -> None:
        if headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
            raise Refusal(415, f"Send {kind}.")
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers or not (length.isascii() and length.isdecimal()):
            raise Refusal(411, "Say how long the body is.")
        if len(length) > 12 or int(length) > limit:
            raise Refusal(413, f"This is larger than {limit:,} bytes. Split it, or use muster evidence add.")

    def _known(self, headers: Headers) -> bool:
        cookies = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
        return any(name == COOKIE and _same(value, self.token) for name, _, value in cookies)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Change the token of an address for a cookie, or refuse."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["method"] != "GET" or not _same(given, self.token):
            raise Refusal(401, "This dashboard asks for a token. Open the whole address that muster serve printed.")
        response = RedirectResponse("/", 303)
        response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
        await response(scope, receive, send)


def hosts_of(names: Iterable[str], port: int) -> frozenset[str]:
    """Names as a browser writes them in the host header; the port of plain http is left out there."""
    written = [f"[{name}]" if ":" in name else name for name in names]
    return frozenset((*(f"{name}:{port}" for name in written), *(written if port == 80 else ())))


def _same(one: str, two: str) -> bool:
    return hmac.compare_digest(one.encode(), two.encode())


def _bounded(receive: Receive, limit: int) -> Receive:
    """A body that says more than it announced ends here."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            return {"type": "http.disconnect"}
        return message

    return bounded


def _headed(send: Send) -> Send:
    """Every answer carries the headers that keep a browser from doing more with it."""

    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return headed
