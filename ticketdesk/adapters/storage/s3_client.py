"""The connection to a bucket, and what its errors mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from ticketdesk.adapters.storage.failures import NotStored, StorageFull, StorageUnavailable
from ticketdesk.adapters.storage.places import S3Place

CONNECT_SECONDS = 3
READ_SECONDS = 15
TRIES = 4

_MISSING = {"NoSuchKey", "404", "NotFound"}
_FULL = {"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage"}
_AWAY = "The file storage does not answer. Try again later."


def connect(place: S3Place) -> Any:
    """Return a thread-safe client with short timeouts and growing waits between four tries.

    Credentials come from boto's own chain (environment, shared files, instance role).
    """
    return boto3.session.Session().client(
        "s3",
        endpoint_url=place.endpoint_url,
        region_name=place.region,
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            max_pool_connections=32,
            signature_version="s3v4",
            # Compatible stores need not know the checksums that boto adds by itself.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if place.endpoint_url else "auto"},
        ),
    )


@contextmanager
def told() -> Iterator[None]:
    """Turn what boto raises into our own errors; its words stay in the cause, for the log."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in _MISSING:
            raise NotStored("The file is not in the storage.") from error
        if code in _FULL:
            raise StorageFull("There is no room left for files. Try again later.") from error
        raise StorageUnavailable(_AWAY) from error
    except (BotoCoreError, HTTPClientError, OSError) as error:
        raise StorageUnavailable(_AWAY) from error
