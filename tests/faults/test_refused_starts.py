"""A start that cannot succeed says why in one line, and leaves nothing half done."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.desk import ROOT, Desk

KEY = "k" * 40


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_a_port_in_use_is_named(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", desk.port))
        taken.listen()

        assert_refused(desk.command("run"), f"PORT: {desk.port} is in use")
    assert not (desk.folder / "postgres").exists()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("DATABASE_URL", "postgresql://u:hidden@127.0.0.1:{}/desk"),
        ("REDIS_URL", "redis://:hidden@127.0.0.1:{}/0"),
    ],
)
def test_a_server_out_of_reach_is_named_without_its_password(
    desk: Desk, name: str, address: str, dead_port: int
) -> None:
    done = desk.command("run", TICKETDESK_SECRET_KEY=KEY, **{name: address.format(dead_port)})

    assert_refused(done, f"{name}: 127.0.0.1:{dead_port} does not take us", "refused")
    assert "hidden" not in done.stdout + done.stderr
    assert not (desk.folder / "postgres").exists()


def test_a_wrong_setting_is_named(desk: Desk) -> None:
    assert_refused(desk.command("run", PORT="eighty"), "PORT: must be a number")
    assert not desk.folder.exists()


def test_a_database_of_ones_own_needs_the_secret_key(desk: Desk) -> None:
    done = desk.command("run", DATABASE_URL="postgresql://u:p@127.0.0.1:1/desk")

    assert_refused(done, "TICKETDESK_SECRET_KEY: is required")


@pytest.mark.parametrize(
    ("mount", "reason"),
    [
        ("-t tmpfs -o size=20m,mode=755 none", "No space left on device"),
        ("-t tmpfs -o ro none", "Read-only file system"),
    ],
    ids=["full disk", "read-only"],
)
def test_a_disk_that_takes_nothing_is_named(desk: Desk, mount: str, reason: str) -> None:
    desk.folder.mkdir()
    unshare = shutil.which("unshare")
    assert unshare, "unshare (util-linux) makes the small disk"
    privileges = [] if os.geteuid() == 0 else ["--map-root-user"]
    script = (
        f"mount {mount} {desk.folder} && {sys.executable} -m ticketdesk run; code=$?; "
        f"ls {desk.folder}; exit $code"
    )
    done = subprocess.run(
        [unshare, "--mount", *privileges, "sh", "-c", script],
        env=desk.environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert_refused(done, reason)
    assert "postgres\n" not in done.stdout
    assert "postgres.new" not in done.stdout
