"""Debian's dovecot as a mailbox to fetch from, where it is installed: on loopback, one user."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
mailbox_list_index = no
maildir_very_dirty_syncs = no
passdb {{
  driver = static
  args = password=s3cret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
{more}
"""


def is_there() -> bool:
    """Whether dovecot can be started here."""
    return shutil.which("dovecot") is not None and Path("/usr/lib/dovecot/imap").exists()


class Dovecot:
    """A server with one mailbox; `deliver` puts a message into it as a mail server would.

    Args:
        abilities: what it says it can, in place of all it can; None for all.
    """

    def __init__(self, abilities: str | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))
        # It serves nobody as root: then the mailbox belongs to the user of mail.
        self._user = pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name in ("", "home", "mail", "mail/new", "mail/cur", "mail/tmp"):
            (self.folder / name).mkdir(exist_ok=True)
            os.chown(self.folder / name, self._user.pw_uid, self._user.pw_gid)
        more = f"imap_capability = {abilities}" if abilities else ""
        (self.folder / "dovecot.conf").write_text(
            _CONFIG.format(
                folder=self.folder,
                port=self.port,
                user=self._user.pw_name,
                group="mail" if os.getuid() == 0 else self._group(),
                uid=self._user.pw_uid,
                gid=self._user.pw_gid,
                more=more,
            )
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0

    def start(self) -> None:
        """Listen; returns once a greeting comes."""
        command = ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        self._process = subprocess.Popen(command, start_new_session=True)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), timeout=5) as line,
            ):
                if line.recv(4) == b"* OK":
                    return
            if self._process.poll() is not None:
                break
        log = self.folder / "log"
        raise RuntimeError(f"dovecot does not start: {log.read_text() if log.exists() else ''}")

    def stop(self) -> None:
        """End it with its children, in the middle of whatever they do."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=30)
            self._process = None

    def remove(self) -> None:
        """End it and forget the mailbox."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, raw: bytes) -> None:
        """Put a message into INBOX."""
        self._count += 1
        name = f"{1_700_000_000 + self._count}.M{self._count}.desk"
        waiting = self.folder / "mail" / "tmp" / name
        waiting.write_bytes(raw)
        os.chown(waiting, self._user.pw_uid, self._user.pw_gid)
        waiting.rename(self.folder / "mail" / "new" / name)

    def forget_uids(self) -> None:
        """Begin a new validity of UIDs, as after a mailbox was restored."""
        for path in (self.folder / "mail").glob("dovecot*"):
            path.unlink()
        # By itself it takes the second of the clock, which may still be the same.
        uids = self.folder / "mail" / "dovecot-uidlist"
        uids.write_text(f"3 V{self._count + 7} N1\n")
        os.chown(uids, self._user.pw_uid, self._user.pw_gid)

    def count(self, folder: str = "INBOX") -> int:
        """How many messages lie in a folder."""
        place = self.folder / "mail" / ("" if folder == "INBOX" else f".{folder}")
        return sum(len(list((place / part).glob("*"))) for part in ("new", "cur"))

    def _group(self) -> str:
        import grp

        return grp.getgrgid(self._user.pw_gid).gr_name
