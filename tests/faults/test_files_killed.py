"""Processes killed in the middle of an upload and in the middle of drawing."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.faults.leases import let_leases_lapse
from tests.faults.test_killed_parts import create
from tests.support import samples
from tests.support.desk import Desk, eventually


@pytest.fixture
def grace(running: Desk) -> Iterator[httpx.Client]:
    eventually(running.is_ready, "ready before the test")
    client = running.sign_in()
    yield client
    client.close()


def files_of(client: httpx.Client, ticket: dict) -> list[dict]:
    answer = client.get(f"/api/tickets/{ticket['id']}/attachments")
    return answer.json()["attachments"] if answer.status_code == 200 else []


def unfinished(running: Desk) -> list[Path]:
    return [*(running.folder / "files" / ".unfinished").glob("*")]


def half_an_upload(running: Desk, client: httpx.Client, ticket: dict) -> socket.socket:
    """Begin an upload of 50 MB and send a part of it."""
    line = socket.create_connection(("127.0.0.1", running.port), 10)
    head = (
        f"POST /api/tickets/{ticket['id']}/attachments HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: {client.headers['Authorization']}\r\nContent-Length: 20000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="file"; filename="half.log"\r\n\r\n'
    )
    line.sendall(head.encode() + b"12:00 still sending\n" * 100_000)
    eventually(lambda: unfinished(running), "taking the file in")
    return line


def test_an_upload_that_breaks_off_leaves_nothing(running: Desk, grace: httpx.Client) -> None:
    ticket = create(grace, "The line broke during the upload")
    half_an_upload(running, grace, ticket).close()
    eventually(lambda: not unfinished(running), "cleaned up")
    assert files_of(grace, ticket) == []


def test_a_web_process_killed_during_an_upload_leaves_no_file_and_the_next_try_works(
    running: Desk, grace: httpx.Client
) -> None:
    ticket = create(grace, "The server was killed during the upload")
    line = half_an_upload(running, grace, ticket)
    running.kill("web")
    line.close()
    eventually(running.is_ready, "ready again")
    assert files_of(grace, ticket) == []
    answer = grace.post(
        f"/api/tickets/{ticket['id']}/attachments", files={"file": ("a.log", b"whole")}
    )
    assert answer.status_code == 201
    assert grace.get(answer.json()["attachments"][0]["url"]).content == b"whole"
    # What the killed process left is no file of anybody's; it goes after a day.
    for path in unfinished(running):
        path.unlink()


def drawing(running: Desk) -> list[psutil.Process]:
    return [one for one in running.tree() if "drawing.py" in " ".join(_words(one))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_a_worker_killed_in_the_middle_of_drawing_loses_no_preview(
    running: Desk, grace: httpx.Client
) -> None:
    ticket = create(grace, "The worker was killed while it drew")
    pictures = [
        ("file", (f"{number}.png", samples.noise((1800, 1200)), "image/png")) for number in range(3)
    ]
    answer = grace.post(f"/api/tickets/{ticket['id']}/attachments", files=pictures, timeout=60)
    assert answer.status_code == 201, answer.text
    eventually(lambda: drawing(running), "drawing", seconds=30)
    before = running.children()["worker-1"]
    os.killpg(before, signal.SIGKILL)
    let_leases_lapse(running)
    eventually(
        lambda: all(file["thumbnailUrl"] for file in files_of(grace, ticket)),
        "all drawn",
        seconds=120,
    )
    for file in files_of(grace, ticket):
        assert grace.get(file["thumbnailUrl"]).content[8:12] == b"WEBP"
