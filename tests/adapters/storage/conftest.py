"""Both storages, each on the real thing: a folder, and an S3 server that speaks HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import s3
from ticketdesk.adapters.storage import open_storage


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """The address of an S3 server."""
    s3.credentials()
    with s3.s3_server() as endpoint:
        yield endpoint


@pytest.fixture
def bucket(s3_endpoint: str, request: pytest.FixtureRequest):
    """A client of an empty bucket named `desk`; it is emptied again afterwards."""
    client = s3.make_bucket(s3_endpoint, "desk")
    yield client
    for page in client.get_paginator("list_objects_v2").paginate(Bucket="desk"):
        for entry in page.get("Contents", ()):
            client.delete_object(Bucket="desk", Key=entry["Key"])
    for upload in client.list_multipart_uploads(Bucket="desk").get("Uploads", ()):
        client.abort_multipart_upload(Bucket="desk", Key=upload["Key"], UploadId=upload["UploadId"])
    client.delete_bucket(Bucket="desk")


@pytest.fixture(params=["local", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path):
    """Each storage in turn, empty."""
    if request.param == "local":
        return open_storage(f"file:{tmp_path / 'files'}")
    request.getfixturevalue("bucket")
    endpoint = request.getfixturevalue("s3_endpoint")
    return open_storage(f"s3://desk/some/prefix?endpoint_url={endpoint}&region=us-east-1")
