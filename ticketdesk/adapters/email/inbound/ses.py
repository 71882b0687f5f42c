"""Amazon SES receipt rules, by way of SNS: the message inside the notification or in a bucket."""

import base64
import binascii
import json
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from ticketdesk.adapters.email.inbound import sns
from ticketdesk.adapters.email.inbound.call import Call, Unreadable
from ticketdesk.adapters.email.provider import IncomingEmail

LARGEST = 50 * 1024 * 1024


def verify(call: Call, secrets: dict[str, Any]) -> None:
    """Check SNS's signature and the `topic_arn` of the settings. Raises `SignatureRefused`."""
    sns.verify(call.json(), str(secrets.get("topic_arn") or ""))


def read(call: Call, secrets: dict[str, Any]) -> IncomingEmail | None:
    """The message of a notification; None when the call only announced a subscription.

    Raises `Unreadable` for what is neither.
    """
    outer = call.json()
    if outer.get("Type") == "SubscriptionConfirmation":
        sns.confirm(outer)
        return None
    try:
        notice = json.loads(str(outer.get("Message") or ""))
    except ValueError as error:
        raise Unreadable("The notification holds no JSON.") from error
    receipt = notice.get("receipt") if isinstance(notice, dict) else None
    if not isinstance(receipt, dict) or notice.get("notificationType") != "Received":
        raise Unreadable("The notification is not about a received message.")
    named = receipt.get("recipients")
    to = tuple(a for a in named if isinstance(a, str)) if isinstance(named, list) else ()
    return IncomingEmail(_raw(notice, receipt, secrets), to)


def _raw(notice: dict[str, Any], receipt: dict[str, Any], secrets: dict[str, Any]) -> bytes:
    content = notice.get("content")
    action = receipt.get("action") if isinstance(receipt.get("action"), dict) else {}
    if isinstance(content, str):
        if action.get("encoding") == "BASE64":
            try:
                return base64.b64decode(content)
            except binascii.Error as error:
                raise Unreadable("The message is not base64.") from error
        return content.encode("utf-8", "replace")
    if action.get("type") == "S3":
        return _from_bucket(str(action.get("bucketName")), str(action.get("objectKey")), secrets)
    raise Unreadable("The notification holds no message; choose the action SNS or S3.")


def _from_bucket(bucket: str, key: str, secrets: dict[str, Any]) -> bytes:
    if not (secrets.get("access_key_id") and secrets.get("secret_access_key")):
        raise Unreadable("The message lies in a bucket, and there are no keys to read it with.")
    try:
        client = boto3.client(
            "s3",
            region_name=secrets.get("region"),
            aws_access_key_id=secrets.get("access_key_id"),
            aws_secret_access_key=secrets.get("secret_access_key"),
        )
        found = client.get_object(Bucket=bucket, Key=key)["Body"]
        # What is larger is cut: parsing then refuses it, and it is stored as failed.
        return found.read(LARGEST + 1)
    except (BotoCoreError, ClientError) as error:
        raise Unreadable(f"The message cannot be read from the bucket {bucket}.") from error
