"""Where files lie: TICKETDESK_STORAGE_URL taken apart."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from ticketdesk.settings import SettingsError

_NAME = "TICKETDESK_STORAGE_URL"
_KNOWN = {"endpoint_url", "region", "direct", "checksums", "archive_buckets"}
_SWITCH = {"1": True, "on": True, "true": True, "0": False, "off": False, "false": False}


@dataclass(frozen=True, slots=True)
class S3Place:
    """A bucket and a prefix in it.

    `direct` sends downloads to the store's own signed addresses; `checksums` asks the store to
    verify every part by SHA-256 (off for stores that do not know how). Into `archive_buckets`
    organizations may have old files moved.
    """

    bucket: str
    prefix: str = ""
    endpoint_url: str | None = None
    region: str | None = None
    direct: bool = False
    checksums: bool = True
    archive_buckets: tuple[str, ...] = ()


def parse(url: str) -> Path | S3Place:
    """Read a storage address: `file:/path` or `s3://bucket/prefix?endpoint_url=…&region=…`.

    Raises:
        SettingsError: it is neither.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        path = unquote(parts.path)
        if parts.netloc or not path.strip("/"):
            raise SettingsError(_NAME, "must look like file:/path or s3://bucket/prefix")
        return Path(path).absolute()
    if parts.scheme != "s3" or not parts.netloc:
        raise SettingsError(_NAME, "must look like file:/path or s3://bucket/prefix")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if unknown := sorted(asked.keys() - _KNOWN):
        raise SettingsError(_NAME, f"does not know the parameter {unknown[0]!r}")
    return S3Place(
        bucket=parts.netloc,
        prefix=unquote(parts.path).strip("/"),
        endpoint_url=asked.get("endpoint_url"),
        region=asked.get("region"),
        direct=_switch(asked, "direct", default=False),
        checksums=_switch(asked, "checksums", default=True),
        archive_buckets=tuple(asked.get("archive_buckets", "").replace(",", " ").split()),
    )


def _switch(asked: dict[str, str], name: str, *, default: bool) -> bool:
    text = asked.get(name, "1" if default else "0").lower()
    if text not in _SWITCH:
        raise SettingsError(_NAME, f"{name} must be on or off, not {text!r}")
    return _SWITCH[text]
