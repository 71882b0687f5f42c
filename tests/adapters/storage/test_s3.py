"""Files in a bucket, and buckets that fail."""

import os
import time

import pytest

from tests.support import s3
from ticketdesk.adapters.storage import open_storage, s3_client
from ticketdesk.adapters.storage.failures import StorageDamaged, StorageUnavailable
from ticketdesk.adapters.storage.places import S3Place
from ticketdesk.adapters.storage.provider import FileMetadata, Link
from ticketdesk.adapters.storage.s3 import S3Storage

ACME = FileMetadata("org_acme", "a.txt", "text/plain")


@pytest.fixture
def place(bucket, s3_endpoint):
    return S3Storage(S3Place("desk", "files", s3_endpoint, "us-east-1"))


def test_a_prefix_keeps_desks_in_one_bucket_apart(place, bucket, s3_endpoint):
    other = S3Storage(S3Place("desk", "other", s3_endpoint, "us-east-1"))
    stored = place.upload([b"x"], ACME)
    assert list(other.listing()) == []
    assert (
        bucket.head_object(Bucket="desk", Key=f"files/{stored.key}")["ContentType"] == "text/plain"
    )


def test_large_files_are_sent_in_parts_whose_checksums_the_store_compares(place, bucket):
    sent = []
    place._client.meta.events.register(
        "provide-client-params.s3.*",
        lambda params, model, **_: sent.append((model.name, dict(params))),
    )
    place.upload([os.urandom(11 * 1024 * 1024)], ACME)
    names = [name for name, _ in sent]
    assert names.count("UploadPart") == 3
    assert names[-2:] == ["CompleteMultipartUpload", "HeadObject"]
    assert all("ChecksumSHA256" in params for name, params in sent if name == "UploadPart")


def test_a_small_file_takes_one_request_with_its_checksum(place):
    sent = []
    place._client.meta.events.register(
        "provide-client-params.s3.*",
        lambda params, model, **_: sent.append((model.name, dict(params))),
    )
    place.upload([b"small"], ACME)
    assert [name for name, _ in sent] == ["PutObject", "HeadObject"]
    assert "ChecksumSHA256" in sent[0][1]


def test_a_size_that_differs_in_the_store_is_an_error(place, monkeypatch):
    incoming = place.begin(ACME)
    incoming.write(b"five!")
    monkeypatch.setattr(incoming._client, "head_object", lambda **_: {"ContentLength": 4})
    with pytest.raises(StorageDamaged):
        incoming.finish()
    incoming.discard()
    assert list(place.listing()) == []


def test_a_signed_address_saves_under_the_file_s_name(place):
    stored = place.upload([b"x"], ACME)
    url = place.signed_url(Link("file_1", stored.key, "März.txt", "text/html"), 60)
    assert "X-Amz-Expires=60" in url
    assert "X-Amz-Signature=" in url
    assert "response-content-disposition=attachment" in url
    assert "response-content-type=application%2Foctet-stream" in url


def test_a_store_that_answers_500_is_tried_again_and_then_reported():
    s3.credentials()
    with s3.failing_server(500) as (endpoint, seen):
        place = S3Storage(S3Place("desk", "", endpoint, "us-east-1"))
        with pytest.raises(StorageUnavailable):
            place.upload([b"x"], ACME)
    assert sum(line.startswith("PUT") for line in seen) == 4


def test_a_store_that_does_not_answer_in_time_is_reported(monkeypatch):
    s3.credentials()
    monkeypatch.setattr(s3_client, "READ_SECONDS", 0.2)
    monkeypatch.setattr(s3_client, "TRIES", 2)
    with s3.failing_server(200, delay=30) as (endpoint, seen):
        place = S3Storage(S3Place("desk", "", endpoint, "us-east-1"))
        began = time.monotonic()
        with pytest.raises(StorageUnavailable):
            place.stat("org_acme/ab/x")
    assert time.monotonic() - began < 10
    assert len(seen) == 2


def test_a_store_that_is_not_there_is_reported():
    s3.credentials()
    place = open_storage("s3://desk/x?endpoint_url=http://127.0.0.1:9&region=us-east-1")
    with pytest.raises(StorageUnavailable):
        place.check()


def test_a_bucket_that_is_not_there_fails_the_check(s3_endpoint):
    place = S3Storage(S3Place("nowhere", "", s3_endpoint, "us-east-1"))
    with pytest.raises(Exception, match=r"."):
        place.check()
