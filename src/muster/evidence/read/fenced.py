"""Reading in another process, so that a hostile file can harm, hang or fill nothing but that process.

One process serves many files; it is started when the first one comes, and anew after one that had to be stopped.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Literal

import muster
from muster.evidence.read.bounds import MAX_SECONDS, SMALLER, Unreadable
from muster.evidence.read.parts import Reading, damaged, unpack

Media = Literal["html", "pdf", "docx"]

_START = "import sys; sys.path[:] = sys.argv[1:]; from muster.evidence.read.worker import serve; serve()"
_MOST_FILES = 500
_LONGEST_ANSWER = 200_000_000
# Without these Python itself does not start on some systems; nothing else of the user's environment is passed on.
_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class _Process:
    """One reading process and how many files it has had."""

    def __init__(self) -> None:
        folders = [str(Path(muster.__file__).parents[1]), *(folder for folder in sys.path if os.path.isabs(folder))]
        self.files = 0
        self.owner = os.getpid()
        self.running = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", "-c", _START, *folders],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )

    def ask(self, media: Media, data: bytes, seconds: float) -> bytes:
        """The packed reading of one file."""
        self.files += 1
        late = threading.Event()
        clock = threading.Timer(seconds, self._stop_late, (late,))
        clock.daemon = True
        clock.start()
        try:
            head, answer = self._exchange(media, data)
        except (OSError, ValueError, TypeError, KeyError):
            self.stop()
            if late.is_set():
                raise Unreadable(f"takes longer than {seconds:.0f} seconds to read.", SMALLER) from None
            raise damaged() from None
        except BaseException:
            self.stop()
            raise
        finally:
            clock.cancel()
        if head["fault"] is not None:
            raise Unreadable(str(head["fault"][0]), str(head["fault"][1]))
        return answer

    def _exchange(self, media: Media, data: bytes) -> tuple[dict[str, Any], bytes]:
        asked, answers = self.running.stdin, self.running.stdout
        if asked is None or answers is None:
            raise OSError("no pipes")
        asked.write(json.dumps({"media": media, "size": len(data)}).encode() + b"\n")
        asked.write(data)
        asked.flush()
        head = json.loads(answers.readline(2_000))
        size = int(head["size"])
        if not 0 <= size <= _LONGEST_ANSWER:
            raise ValueError("too long an answer")
        answer = answers.read(size)
        if len(answer) != size or not (head["fault"] is None or len(head["fault"]) == 2):
            raise ValueError("half an answer")
        return head, answer

    def _stop_late(self, late: threading.Event) -> None:
        late.set()
        self.running.kill()

    def stop(self) -> None:
        """End the process and wait for its end."""
        self.files = _MOST_FILES
        if self.owner != os.getpid():
            return  # the process of a parent that was forked
        self.running.kill()
        for pipe in (self.running.stdin, self.running.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass
        self.running.wait()


_lock = threading.Lock()
_kept: list[_Process] = []


def read_fenced(media: Media, data: bytes, *, source_length: int | None = None, seconds: float = MAX_SECONDS) -> Reading:
    """What the reader of ``media`` makes of ``data``.

    Errors: :class:`Unreadable` when the file is unreadable, damaged, or too much.
    """
    with _lock:
        answer = _process().ask(media, data, seconds)
    return unpack(answer, source_length=source_length)


def _process() -> _Process:
    if _kept and (_kept[0].files >= _MOST_FILES or _kept[0].owner != os.getpid() or _kept[0].running.poll() is not None):
        _kept.pop().stop()
    if not _kept:
        try:
            _kept.append(_Process())
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise Unreadable(
                f"cannot be read: no reading process could be started ({reason}).", "Save it as plain text."
            ) from None
    return _kept[0]


@atexit.register
def stop_reading() -> None:
    """End the reading process, if there is one."""
    while _kept:
        _kept.pop().stop()
