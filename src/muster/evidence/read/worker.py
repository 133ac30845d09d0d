"""The process that takes files apart: started by ``muster.evidence.read.fenced``, never by a user.

It reads one request after the other from its input and answers on its output. Before it touches a file it gives up what it
does not need: memory and time are bounded, nothing can be written, opened, started or connected to.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import Any

from muster.evidence.read.bounds import MAX_MEMORY, MAX_SECONDS, Unreadable
from muster.evidence.read.parts import Reading, damaged, pack

_OPEN_FILES = 32
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate", "os.kill",
    "os.listxattr", "os.setxattr", "os.putenv", "shutil.", "tempfile.", "webbrowser.", "urllib.", "http.", "ftplib.", "smtplib.",
    "ctypes.", "pty.", "sqlite3.", "winreg.",
)  # fmt: skip


def serve() -> None:
    """Answer requests until the input ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not garble an answer
    _bound_process()
    _import_readers()
    sys.addaudithook(_refuse_effects)
    while line := requests.readline(200):
        asked = json.loads(line)
        data = requests.read(asked["size"])
        _bound_time()
        head, answer = _answer(asked["media"], data)
        answers.write(json.dumps({**head, "size": len(answer)}).encode() + b"\n" + answer)
        answers.flush()


def _answer(media: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return {"fault": None}, pack(_read(media, data))
    except Unreadable as error:
        return {"fault": [error.problem, error.remedy]}, b""
    except MemoryError:
        problem = f"needs more than {MAX_MEMORY // 1_000_000_000} GB of memory."
        return {"fault": [problem, "Split it, or save the part that matters as plain text."]}, b""
    except Exception:  # whatever a library stumbles over in a broken file
        broken = damaged()
        return {"fault": [broken.problem, broken.remedy]}, b""


def _read(media: str, data: bytes) -> Reading:
    if media == "html":
        from muster.evidence.read.html import read_html

        return read_html(data.decode("utf-8"))
    if media == "pdf":
        from muster.evidence.read.pdf import read_pdf

        return read_pdf(data)
    from muster.evidence.read.docx import read_docx

    return read_docx(data)


def _import_readers() -> None:
    """What a reader needs is loaded before files can no more be opened; pypdf, the slow one, when it is first asked for."""
    import encodings.cp437
    import encodings.idna  # noqa: F401

    from muster.evidence.read import docx, html, pdf  # noqa: F401


def _bound_process() -> None:
    """Bounds that hold for good, where the platform has them."""
    with contextlib.suppress(ImportError):
        import resource

        for name, most in (("AS", MAX_MEMORY), ("FSIZE", 0), ("NOFILE", _OPEN_FILES), ("CORE", 0), ("NPROC", 0)):
            with contextlib.suppress(AttributeError, ValueError, OSError):
                kind = getattr(resource, f"RLIMIT_{name}")
                _, hard = resource.getrlimit(kind)
                most = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(kind, (most, most))


def _bound_time() -> None:
    """Processor time for one more file."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + MAX_SECONDS + 1, hard))


def _refuse_effects(event: str, arguments: tuple[Any, ...]) -> None:
    """No file is written, no other file than a module of Python is opened, nothing is started or called."""
    if event == "open":
        path, mode, flags = arguments
        writes = (isinstance(flags, int) and flags & _WRITING) or (isinstance(mode, str) and set(mode) & set("wax+"))
        if writes or not _is_code(path):
            raise PermissionError("a reader opens no files")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError("a reader only reads")


def _is_code(path: object) -> bool:
    name = os.fsdecode(path) if isinstance(path, (str, bytes)) else ""
    return name.endswith((".py", ".pyc", ".so", ".pyd", ".zip")) and any(
        folder and name.startswith(folder) for folder in sys.path
    )
