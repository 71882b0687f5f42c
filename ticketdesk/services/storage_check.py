"""Whether attachments can be stored: a small file is written, read back and removed."""

import secrets
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from ticketdesk.errors import Unavailable
from ticketdesk.settings import settings

_LEAST_FREE = 64 * 1024 * 1024
"""Bytes below which an upload of the usual limit may fail half-way."""


def probe() -> str:
    """Say that the storage works.

    Raises:
        OSError: the folder does not take or give a file.
        Unavailable: too little room, or the bucket does not answer.
    """
    url = settings().storage_url
    if urlsplit(url).scheme == "s3":
        return _bucket(url)
    folder = Path(url.removeprefix("file://").removeprefix("file:"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".probe-{secrets.token_hex(6)}"
    try:
        path.write_bytes(b"ticketdesk")
        if path.read_bytes() != b"ticketdesk":
            raise Unavailable("the storage gives back something else than it took")
    finally:
        path.unlink(missing_ok=True)
    room = shutil.disk_usage(folder).free
    if room < _LEAST_FREE:
        raise Unavailable(f"only {room // 1024**2} MB are free")
    return "takes and gives files"


def _bucket(url: str) -> str:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    parts = urlsplit(url)
    options = {name: values[0] for name, values in parse_qs(parts.query).items()}
    client = boto3.client(
        "s3",
        endpoint_url=options.get("endpoint_url"),
        region_name=options.get("region"),
        config=Config(connect_timeout=3, read_timeout=5, retries={"max_attempts": 1}),
    )
    try:
        client.head_bucket(Bucket=parts.netloc)
    except (BotoCoreError, ClientError) as error:
        raise Unavailable(f"the bucket {parts.netloc} does not answer: {error}") from error
    return f"the bucket {parts.netloc} answers"
