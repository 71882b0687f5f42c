"""Who runs PostgreSQL: it refuses root, so a root installation gives it an account of its own."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ticketdesk.runtime.errors import StartError

NAME = "ticketdesk"


@dataclass(frozen=True, slots=True)
class Account:
    """A system account, and whether it needs help to reach a checkout inside /root."""

    name: str
    uid: int
    gid: int
    needs_reach: bool = False

    def command(self, *argv: str, death_signal: str = "TERM") -> list[str]:
        """`argv` so that it runs as this account when root starts it.

        `death_signal` is what the kernel sends it when the starter dies; changing accounts drops
        the one set before.
        """
        reach = (
            ["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"]
            if self.needs_reach
            else []
        )
        who = ["--reuid", str(self.uid), "--regid", str(self.gid), "--clear-groups"]
        return [_setpriv(), *who, *reach, "--pdeathsig", death_signal, "--", *argv]

    def own(self, folder: Path) -> None:
        """Give `folder` and everything in it to this account."""
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def for_database(*places: Path) -> Account | None:
    """The account to run PostgreSQL as, or None when we are not root and just run it.

    `places` are what the account must reach: where a parent folder is closed to it (a checkout
    in /root), it keeps one capability instead of the folder being opened to everybody.
    """
    if os.geteuid() != 0:
        return None
    entry = _entry()
    closed = any(not parent.stat().st_mode & 0o001 for path in places for parent in path.parents)
    return Account(NAME, entry.pw_uid, entry.pw_gid, needs_reach=closed)


def _entry() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise StartError(
            f"PostgreSQL does not run as root: add a system account named {NAME}, "
            "run TicketDesk as another user, or set DATABASE_URL"
        )
    made = subprocess.run(
        [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        # Another start may have added it in between; then all is well.
        return pwd.getpwnam(NAME)
    except KeyError:
        raise StartError(f"cannot add the account {NAME}: {made.stderr.strip()}") from None


def _setpriv() -> str:
    found = shutil.which("setpriv", path="/usr/bin:/bin:/usr/sbin:/sbin")
    if found is None:
        raise StartError(
            "PostgreSQL does not run as root and setpriv (util-linux) is missing: "
            "run TicketDesk as another user, or set DATABASE_URL"
        )
    return found
