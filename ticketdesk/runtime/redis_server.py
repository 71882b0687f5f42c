"""The embedded Redis: append-only, password, loopback; run as a child."""

import secrets
import signal
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import redis

from ticketdesk.runtime.binaries import redis_server
from ticketdesk.runtime.process import Spec


@dataclass(frozen=True, slots=True)
class RedisServer:
    """A Redis that keeps its data in `folder` and listens on `port` of the loopback address.

    `durable` off keeps nothing on disk: for tests.
    """

    folder: Path
    log: Path
    port: int
    durable: bool = True

    @property
    def _config(self) -> Path:
        return self.folder / "redis.conf"

    @property
    def _password_file(self) -> Path:
        return self.folder / "password"

    def url(self, database: int = 0) -> str:
        """Its address with the password."""
        password = self._password_file.read_text(encoding="ascii").strip()
        return f"redis://:{password}@127.0.0.1:{self.port}/{database}"

    def configure(self) -> None:
        """Write the configuration: a file, because a command line shows the password to all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._password_file.exists():
            self._password_file.touch(mode=0o600)
            self._password_file.write_text(secrets.token_urlsafe(24), encoding="ascii")
        password = self._password_file.read_text(encoding="ascii").strip()
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {password}",
            f'dir "{self.folder}"',
            f"appendonly {'yes' if self.durable else 'no'}",
            "appendfsync everysec",
            'save ""',
            # A queue that forgets is worse than one that refuses.
            "maxmemory-policy noeviction",
            "databases 64",
            "daemonize no",
            "aof-load-truncated yes",
        ]
        self._config.touch(mode=0o600)
        self._config.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def spec(self, env: dict[str, str]) -> Spec:
        """How to run it."""
        return Spec(
            name="redis",
            argv=[str(redis_server()), str(self._config)],
            env=env,
            log=self.log,
            stop_signal=signal.SIGTERM,
            grace=15.0,
        )

    def accepts(self) -> bool:
        """Whether it answers now: not while it still loads its file."""
        with closing(redis.Redis.from_url(self.url(), socket_timeout=2)) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    def last_words(self) -> str:
        """The last line of its log, for an error message."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            return "it wrote no log"
        return text.splitlines()[-1] if text else "it said nothing"
