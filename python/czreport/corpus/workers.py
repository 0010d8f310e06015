"""Reading in a process of its own: for libraries that must not run in two threads, or may end the process.

Each worker is a Python that reads one source after the other from its standard input. Unlike the processes of
:mod:`multiprocessing` it does not import the main module of the user again, so that scripts and notebooks need no guard,
and it is not forked from a process with threads. A document at which a worker ends abnormally is an error; the next one
gets a new worker.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from ..documents import Document, DocumentError, Source, read_source

__all__ = ["Worker", "serve"]

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from czreport.corpus.workers import serve; serve()"


def serve(read: Callable[[Source, str | None], Any] = read_source) -> None:
    """Answers sources on standard input with documents on standard output, until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    while True:
        try:
            source, encoding = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(read(source, encoding), answers)
        answers.flush()


class Worker:
    """One process, started when first needed. Not for several threads at once."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", _START, json.dumps(sys.path)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, source: Source, encoding: str | None) -> Document | DocumentError:
        """As :func:`czreport.documents.read_source`, in the process."""
        if self._process is None:
            self._process = self._start()
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        try:
            pickle.dump((source, encoding), process.stdin)
            process.stdin.flush()
            answer: Document | DocumentError = pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.close()
            reason = (
                f"the process that read it ended abnormally ({process.returncode}); the file may be damaged"
            )
            return DocumentError(source.doc_id, source.path, source.member, reason)
        return answer

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            if process.poll() is None:
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):  # what could not be written any more
                        stream.close()
