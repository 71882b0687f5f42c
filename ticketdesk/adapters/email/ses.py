"""Amazon SES provider, over the raw form of its v2 API.

SES puts its own Message-ID in place of ours, so the receipt carries SES's: answers refer to it.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Unpack

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ticketdesk.adapters.email import mime
from ticketdesk.adapters.email.base import ComposingProvider, Shared
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.adapters.email.mail import Delivery, OutgoingMail

# Errors of SendEmail (SES API v2 reference) that no repeat of the same mail can heal.
_PERMANENT = frozenset({"MessageRejected", "BadRequestException", "ValidationException"})


@dataclass(frozen=True, slots=True)
class SesAccount:
    """Region and keys. The machine's own role is never used: it is no organization's to send by."""

    region: str
    access_key_id: str | None = None
    secret_access_key: str | None = field(default=None, repr=False)
    configuration_set: str | None = None
    endpoint_url: str | None = None


class SesProvider(ComposingProvider):
    """Hands raw messages to SES."""

    name: ClassVar[str] = "ses"
    inbound_steps: ClassVar[tuple[str, ...]] = (
        "Verify the domain in SES and point its MX record at the region's inbound endpoint.",
        "Make a receipt rule with the action SNS, encoding Base64, for the support address.",
        "Subscribe the address below to that SNS topic over HTTPS; the desk confirms by itself.",
    )
    verification: ClassVar[str] = "The SNS signature, and the topic named in the settings."

    def __init__(
        self, account: SesAccount, *, client: Any = None, **shared: Unpack[Shared]
    ) -> None:
        super().__init__(**shared)
        self._account = account
        self._client = client

    def deliver(self, mail: OutgoingMail) -> Delivery:
        """Hand the mail over. Raises `DeliveryFailed` with SES's words."""
        request: dict[str, Any] = {
            "FromEmailAddress": mime.ascii_domain(mail.sender.email),
            "Destination": {"ToAddresses": [mime.ascii_domain(a) for a in mail.recipients]},
            "Content": {"Raw": {"Data": mime.to_bytes(mail)}},
        }
        if self._account.configuration_set:
            request["ConfigurationSetName"] = self._account.configuration_set
        try:
            answer = self._connected().send_email(**request)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            words = f"{code}: {error.response['Error'].get('Message', '')}"
            permanent = code in _PERMANENT
            raise DeliveryFailed(words, permanent=permanent, for_all=not permanent) from error
        except BotoCoreError as error:
            raise DeliveryFailed(str(error), permanent=False, for_all=True) from error
        return Delivery(provider=self.name, provider_id=self._message_id(answer["MessageId"]))

    def _connected(self) -> Any:
        account = self._account
        if self._client is None and not (account.access_key_id and account.secret_access_key):
            words = "The keys of the SES account are missing."
            raise DeliveryFailed(words, permanent=False, for_all=True)
        self._client = self._client or boto3.client(
            "sesv2",
            region_name=account.region,
            aws_access_key_id=account.access_key_id,
            aws_secret_access_key=account.secret_access_key,
            endpoint_url=account.endpoint_url,
            # The outbox repeats with its own growing waits; boto's would only hold up the batch.
            config=Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 1}),
        )
        return self._client

    def _message_id(self, ses_id: str) -> str:
        region = self._account.region
        host = "email" if region == "us-east-1" else region
        return f"<{ses_id}@{host}.amazonses.com>"
