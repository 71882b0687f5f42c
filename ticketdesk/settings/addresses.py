"""The settings that are addresses of other services, each in the one form the code relies on."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ticketdesk.settings.values import SettingsError, address, split


def database_url(environ: Mapping[str, str]) -> str | None:
    """The owner's address in libpq's form, whatever dialect prefix it came with."""
    name, example = "DATABASE_URL", "postgresql://user:password@host:5432/ticketdesk"
    url = address(
        environ,
        name,
        ("postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"),
        example,
    )
    if url is None:
        return None
    parts = split(name, url, example)
    if not parts.path.strip("/"):
        raise SettingsError(name, f"names no database; it must look like {example}")
    return "postgresql://" + url.split("://", 1)[1]


def base_url(environ: Mapping[str, str], port: int) -> str:
    name = "TICKETDESK_BASE_URL"
    url = address(environ, name, ("http", "https"), "https://desk.example.com")
    if url is None:
        return f"http://localhost:{port}"
    parts = urlsplit(url)
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingsError(name, "must be scheme and host alone, like https://desk.example.com")
    return f"{parts.scheme}://{parts.netloc}"


def storage_url(environ: Mapping[str, str], data_dir: Path) -> str:
    """Where attachments lie; a relative folder counts from the working directory of the start."""
    url = address(
        environ, "TICKETDESK_STORAGE_URL", ("file", "s3"), "file:/path or s3://bucket/prefix"
    )
    if url is None:
        return f"file:{data_dir / 'files'}"
    if url.startswith("file:"):
        return f"file:{Path(url.removeprefix('file://').removeprefix('file:')).absolute()}"
    return url


def clamd(environ: Mapping[str, str]) -> str | None:
    name, example = "TICKETDESK_CLAMD", "tcp://host:3310 or unix:/path"
    url = address(environ, name, ("tcp", "unix"), example)
    if url and url.startswith("tcp:") and not urlsplit(url).port:
        raise SettingsError(name, f"must look like {example}")
    return url
