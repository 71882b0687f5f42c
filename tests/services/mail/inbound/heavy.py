"""Judges one message of 30 MB in a process of its own: prints result, seconds, peak megabytes."""

import re
import sys
import time
from pathlib import Path

from tests.corpus.desk import CorpusDesk
from ticketdesk.services.mail.inbound.pipeline import judge

HEAD = b"From: jane@customer.example\nTo: support@acme.example\nSubject: Big\nMIME-Version: 1.0\n"
SIZE = 30_000_000


def _body(line: bytes) -> bytes:
    return line * (SIZE // len(line))


def build(shape: str) -> bytes:
    """A message of the shape named."""
    if shape == "base64":
        part = b"\n--x\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
        top = b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n\nSee file.'
        return HEAD + top + part + _body(b"QUJD" * 19 + b"\n") + b"--x--\n"
    if shape == "html":
        return HEAD + b"Content-Type: text/html\n\n" + _body(b"<div><p>some words</p></div>\n")
    lines = {
        "text": b"some words of a very long letter\n",
        "short lines": b"a\n",
        "one line": b"a",
        "boundaries": b"--x\n",
    }
    return HEAD + b"\n" + _body(lines[shape])


if __name__ == "__main__":
    raw = build(sys.argv[1])
    started = time.process_time()
    verdict = judge(raw, CorpusDesk())
    seconds = time.process_time() - started
    # The high-water mark of this program alone; getrusage counts what forked it, too.
    status = Path("/proc/self/status").read_text()
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    print(verdict.result, f"{seconds:.2f}", int(peak[1]) // 1024 if peak else 0)  # noqa: T201 read by the test
