"""Serving a study to the browser of this machine, until it is stopped."""

from __future__ import annotations

import errno
import secrets
import socket
from collections.abc import Callable

from muster.core.errors import MusterError
from muster.dashboard.answers import warm
from muster.dashboard.app import build_app
from muster.dashboard.guard import hosts_of
from muster.dashboard.study import Study

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_AT_ONCE = 200
_LAST_PORT = 65535
_REASONS = {errno.EADDRINUSE: "another program listens on it", errno.EACCES: "it is kept for the system"}
_NOT_OURS = (errno.EADDRNOTAVAIL, socket.EAI_NONAME, socket.EAI_AGAIN)


def serve(study: Study, *, host: str = "127.0.0.1", port: int = 0, opened: Callable[[str], object] | None = None) -> None:
    """Serve a study until it is interrupted; ``opened`` is called with the address once it listens.

    On an address other than this machine's own a token is asked for: it stands in the address that ``opened`` gets.
    Errors: a :class:`MusterError` when the port is taken or none.
    """
    import uvicorn

    listening = listen(host, port)
    port = listening.getsockname()[1]
    token = "" if host in LOOPBACK else secrets.token_urlsafe(24)
    names = LOOPBACK if host in LOOPBACK else (*LOOPBACK, host, *_own_names(host))
    app = build_app(study, hosts=hosts_of(names, port), token=token)
    warm(study)
    if opened:
        shown = f"[{host}]" if ":" in host else host
        opened(f"http://{shown}:{port}/" + (f"?token={token}" if token else ""))
    settings = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=_MOST_AT_ONCE,
    )
    uvicorn.Server(settings).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any free one. Errors: a :class:`MusterError`."""
    if not 0 <= port <= _LAST_PORT:
        raise MusterError(f"{port} is no port. Give --port a number from 1 to {_LAST_PORT}, or 0 for any free one.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)  # from now on a browser waits, where it would be refused
    except OSError as error:
        listening.close()
        if error.errno in _NOT_OURS:
            raise MusterError(f"This machine has no address {host}. Give another --host, as 127.0.0.1.") from error
        why = _REASONS.get(error.errno or 0, (error.strerror or "the system refuses").lower())
        raise MusterError(f"Port {port} of {host} cannot be used: {why}. Give another --port, or 0 for any free one.") from error
    return listening


def _own_names(host: str) -> tuple[str, ...]:
    """The names others reach this machine by, where it listens on all its addresses."""
    if host not in ("0.0.0.0", "::"):
        return ()
    name = socket.gethostname()
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return (name, *sorted(found))
