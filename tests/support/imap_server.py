"""A small IMAP server that keeps to the protocol, as far as fetching mail needs it.

In memory, one user; RFC 3501 with UIDPLUS, MOVE and IDLE, each of which can be switched off. That
it behaves as a real one is shown beside dovecot in tests/jobs/test_mailbox_servers.py.
"""

import contextlib
import re
import socket
import socketserver
import threading
from dataclasses import dataclass, field

from tests.support.serving import begin

_LITERAL = re.compile(rb"\{(\d+)\+?\}\r\n\Z")


@dataclass
class Store:
    """Folders of (UID → bytes); UIDs grow for ever under one validity."""

    validity: int = 1
    next_uid: int = 1
    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"INBOX": {}})
    deleted: set[int] = field(default_factory=set)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def deliver(self, raw: bytes, folder: str = "INBOX") -> int:
        """Put a message into a folder and wake whoever idles."""
        with self.changed:
            uid, self.next_uid = self.next_uid, self.next_uid + 1
            self.folders[folder][uid] = raw
            self.changed.notify_all()
        return uid

    def renumber(self) -> None:
        """Begin a new validity of UIDs, as after a mailbox was restored."""
        self.validity += 1
        for folder, held in self.folders.items():
            self.folders[folder] = dict(enumerate(held.values(), 1))


class _Session(socketserver.StreamRequestHandler):
    server: "ImapServer"
    folder = ""
    told = 0

    def setup(self) -> None:
        super().setup()
        self.server.lines.append(self.connection)

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # whoever hangs up says no goodbye
            self._talk()

    def _talk(self) -> None:
        self.send(b"* OK ready")
        while line := self.rfile.readline():
            while found := _LITERAL.search(line):
                self.send(b"+ go on")
                line = (
                    line[: found.start()] + self.rfile.read(int(found[1])) + self.rfile.readline()
                )
            tag, _, rest = line.strip().partition(b" ")
            if not self.command(tag, rest):
                return

    def send(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")
        self.wfile.flush()

    def command(self, tag: bytes, rest: bytes) -> bool:
        name, _, given = rest.partition(b" ")
        name = name.upper()
        if name == b"UID":
            name, _, given = given.partition(b" ")
            name = name.upper()
        step = getattr(self, f"do_{name.decode().lower()}", None)
        if name in self.server.hang_up_on:
            self.server.hang_up_on.discard(name)
            return False
        if step is None:
            self.send(tag + b" BAD unknown")
            return True
        answer = step(given)
        self.send(tag + b" " + (answer or b"OK done"))
        return name != b"LOGOUT"

    @property
    def messages(self) -> dict[int, bytes]:
        return self.server.store.folders[self.folder]

    def do_capability(self, given: bytes) -> None:
        self.send(b"* CAPABILITY IMAP4rev1 " + b" ".join(sorted(self.server.abilities)))

    def do_login(self, given: bytes) -> bytes | None:
        words = [w.strip(b'"') for w in given.split()]
        return None if words == [b"desk", b"s3cret"] else b"NO wrong password"

    def do_select(self, given: bytes) -> bytes:
        self.folder = given.strip(b'"').decode()
        self.told = len(self.messages)
        self.send(b"* %d EXISTS" % self.told)
        self.send(b"* OK [UIDVALIDITY %d] valid" % self.server.store.validity)
        return b"OK [READ-WRITE] selected"

    def do_list(self, given: bytes) -> None:
        wanted = given.split()[-1].strip(b'"').decode()
        if wanted in self.server.store.folders:
            self.send(b'* LIST () "/" "' + wanted.encode() + b'"')

    def do_create(self, given: bytes) -> None:
        self.server.store.folders.setdefault(given.strip(b'"').decode(), {})

    def do_search(self, given: bytes) -> None:
        asked = re.search(rb"(\d+):\*", given)
        start = int(asked[1]) if asked else 1
        uids = sorted(self.messages)
        found = [u for u in uids if u >= start] or uids[-1:]
        if b"UNDELETED" in given:
            found = [u for u in found if u not in self.server.store.deleted]
        self.send(b"* SEARCH" + b"".join(b" %d" % u for u in found))

    def do_fetch(self, given: bytes) -> None:
        uid = int(given.split()[0])
        raw = self.messages.get(uid)
        if raw is None:
            return
        number = sorted(self.messages).index(uid) + 1
        if b"SIZE" in given:
            self.send(b"* %d FETCH (UID %d RFC822.SIZE %d)" % (number, uid, len(raw)))
            return
        self.server.fetched.append(uid)
        head = b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (number, uid, len(raw))
        self.wfile.write(head + raw + b")\r\n")

    def do_move(self, given: bytes) -> None:
        uid, folder = given.split(None, 1)
        target = self.server.store.folders[folder.strip(b'"').decode()]
        target[int(uid)] = self.messages.pop(int(uid))
        self.send(b"* 1 EXPUNGE")

    def do_copy(self, given: bytes) -> None:
        uid, folder = given.split(None, 1)
        self.server.store.folders[folder.strip(b'"').decode()][int(uid)] = self.messages[int(uid)]

    def do_store(self, given: bytes) -> None:
        self.server.store.deleted.add(int(given.split()[0]))

    def do_expunge(self, given: bytes) -> None:
        named = {int(given)} if given else set(self.messages)
        for uid in self.server.store.deleted & set(self.messages) & named:
            del self.messages[uid]
            self.send(b"* 1 EXPUNGE")

    def do_idle(self, given: bytes) -> None:
        self.send(b"+ idling")
        self.server.idling.set()
        store, messages = self.server.store, self.messages

        def tell() -> None:
            with store.changed:
                if store.changed.wait_for(lambda: len(messages) > self.told, timeout=10):
                    self.told = len(messages)
                    with contextlib.suppress(OSError):
                        self.send(b"* %d EXISTS" % self.told)

        threading.Thread(target=tell, daemon=True).start()
        self.rfile.readline()

    def do_noop(self, given: bytes) -> None:
        self.send(b"* %d EXISTS" % len(self.messages))

    def do_logout(self, given: bytes) -> None:
        self.send(b"* BYE")


class ImapServer(socketserver.ThreadingTCPServer):
    """Serves a store on a free loopback port."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, store: Store, port: int = 0, abilities: set[bytes] | None = None) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self.store = store
        self.abilities = {b"MOVE", b"IDLE", b"UIDPLUS"} if abilities is None else abilities
        self.fetched: list[int] = []
        self.lines: list[socket.socket] = []
        self.hang_up_on: set[bytes] = set()
        self.idling = threading.Event()
        begin(self)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server_address[1]

    def stop(self) -> None:
        """Stop listening and hang up on everybody."""
        self.shutdown()
        self.server_close()
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
