"""Environment and `.env` become one frozen Settings; nothing else reads os.environ."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ticketdesk.settings import addresses, values
from ticketdesk.settings.env_file import read_env_file
from ticketdesk.settings.secret_key import secret_key
from ticketdesk.settings.values import Network, SettingsError

__all__ = [
    "Settings",
    "SettingsError",
    "adopt",
    "as_environment",
    "environment",
    "load",
    "settings",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations; the names are listed in `.env.example`.

    `database_url` and `redis_url` are None only where the embedded servers are still to be
    started; the supervisor hands its children the addresses and keeps the embedded flags set.
    """

    port: int
    base_url: str
    data_dir: Path
    database_url: str | None = field(repr=False)
    redis_url: str | None = field(repr=False)
    secret_key: bytes = field(repr=False)
    demo: bool
    storage_url: str
    trusted_proxies: tuple[Network, ...]
    mail_networks: tuple[Network, ...]
    clamd: str | None
    sentry_dsn: str | None = field(repr=False)
    otlp_endpoint: str | None
    web_workers: int
    job_workers: int
    embedded_database: bool
    embedded_redis: bool

    @property
    def host(self) -> str:
        """The address to bind: a demo has a known password, so it stays on this machine."""
        return "127.0.0.1" if self.demo else "0.0.0.0"

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers reach us by https, so that cookies can insist on it."""
        return self.base_url.startswith("https://")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once from the environment over `.env`.

    Raises SettingsError for the first wrong or missing one.
    """
    return load(environment())


def adopt(chosen: Settings) -> None:
    """Make `chosen` this process's settings: for commands that found the embedded servers."""
    os.environ.update(as_environment(chosen))
    settings.cache_clear()


def environment() -> dict[str, str]:
    """The environment over `.env` of the working directory; blank values count as unset."""
    merged = {**read_env_file(Path(".env")), **os.environ}
    return {name: value for name, value in merged.items() if value.strip()}


def as_environment(chosen: Settings) -> dict[str, str]:
    """The variables from which a child process loads the same settings again."""
    optional = {
        "DATABASE_URL": chosen.database_url,
        "REDIS_URL": chosen.redis_url,
        "TICKETDESK_CLAMD": chosen.clamd,
        "SENTRY_DSN": chosen.sentry_dsn,
        "OTEL_EXPORTER_OTLP_ENDPOINT": chosen.otlp_endpoint,
    }
    embedded = [
        name
        for name, flag in (("database", chosen.embedded_database), ("redis", chosen.embedded_redis))
        if flag
    ]
    return {name: value for name, value in optional.items() if value} | {
        "PORT": str(chosen.port),
        "TICKETDESK_BASE_URL": chosen.base_url,
        "TICKETDESK_DATA_DIR": str(chosen.data_dir),
        "TICKETDESK_SECRET_KEY": chosen.secret_key.decode(),
        "TICKETDESK_DEMO": "1" if chosen.demo else "0",
        "TICKETDESK_STORAGE_URL": chosen.storage_url,
        "TICKETDESK_TRUSTED_PROXIES": ",".join(map(str, chosen.trusted_proxies)),
        "TICKETDESK_MAIL_NETWORKS": ",".join(map(str, chosen.mail_networks)),
        "TICKETDESK_EMBEDDED": ",".join(embedded),
        "WEB_WORKERS": str(chosen.web_workers),
        "JOB_WORKERS": str(chosen.job_workers),
    }


def load(environ: Mapping[str, str], *, demo: bool = False) -> Settings:
    """Settings from `environ` alone.

    `demo` is what TICKETDESK_DEMO defaults to on the embedded database. The one effect outside
    is the secret key, made in the data dir the first time an embedded installation starts.
    Raises SettingsError for the first wrong or missing setting.
    """
    port = values.whole_number(environ, "PORT", 8000, 1, 65535)
    data_dir = Path(environ.get("TICKETDESK_DATA_DIR", ".data")).expanduser().absolute()
    database_url = addresses.database_url(environ)
    redis_url = values.address(
        environ, "REDIS_URL", ("redis", "rediss", "unix"), "redis://host:6379/0"
    )
    embedded = environ.get("TICKETDESK_EMBEDDED", "")
    embedded_database = database_url is None or embedded == "1" or "database" in embedded
    half = max(1, (os.cpu_count() or 2) // 2)
    base_url = addresses.base_url(environ, port)
    return Settings(
        port=port,
        base_url=base_url,
        data_dir=data_dir,
        database_url=database_url,
        redis_url=redis_url,
        demo=values.switch(environ, "TICKETDESK_DEMO", default=demo and embedded_database),
        storage_url=addresses.storage_url(environ, data_dir),
        trusted_proxies=values.networks(environ, "TICKETDESK_TRUSTED_PROXIES"),
        mail_networks=values.networks(environ, "TICKETDESK_MAIL_NETWORKS"),
        clamd=addresses.clamd(environ),
        sentry_dsn=values.address(environ, "SENTRY_DSN", ("http", "https"), "https://key@host/1"),
        otlp_endpoint=values.address(
            environ, "OTEL_EXPORTER_OTLP_ENDPOINT", ("http", "https"), "http://collector:4318"
        ),
        web_workers=values.whole_number(environ, "WEB_WORKERS", min(half, 8), 1, 64),
        job_workers=values.whole_number(environ, "JOB_WORKERS", min(half, 8), 1, 64),
        embedded_database=embedded_database,
        embedded_redis=redis_url is None or embedded == "1" or "redis" in embedded,
        secret_key=secret_key(environ, data_dir, embedded_database),
    )
