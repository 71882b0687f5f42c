"""Console provider: every mail becomes a readable line in the log and a file to open.

The twin for development and the demo: nothing leaves the machine.
"""

import os
import re
import tempfile
from pathlib import Path
from typing import ClassVar, Unpack

import structlog

from ticketdesk.adapters.email.base import ComposingProvider, Shared
from ticketdesk.adapters.email.mail import Delivery, OutgoingMail
from ticketdesk.adapters.email.mime import to_bytes

log = structlog.get_logger(__name__)

_UNFIT_FOR_A_NAME = re.compile(r"[^A-Za-z0-9._@+-]")


class ConsoleProvider(ComposingProvider):
    """Writes one `.eml` per mail into `folder`, named by its Message-ID.

    The name makes a repeated hand-over overwrite the same mail; the write is atomic, so a crash
    leaves the whole mail or none.
    """

    name: ClassVar[str] = "console"
    inbound_steps: ClassVar[tuple[str, ...]] = (
        "Post a raw message (Content-Type: message/rfc822) to the address below.",
    )

    def __init__(self, folder: Path, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self._folder = folder

    def deliver(self, mail: OutgoingMail) -> Delivery:
        """Write the mail down; an OSError (full disk) is for the caller to retry."""
        raw = to_bytes(mail)
        path = self.path_of(mail.message_id)
        _write_whole(path, raw)
        log.info(
            "📧 mail",
            to=", ".join(mail.recipients),
            subject=mail.subject,
            file=str(path),
            message_id=mail.message_id,
        )
        return Delivery(provider=self.name, provider_id=mail.message_id)

    def path_of(self, message_id: str) -> Path:
        """Where the mail with this Message-ID is written."""
        return self._folder / f"{_UNFIT_FOR_A_NAME.sub('_', message_id.strip('<>'))[:200]}.eml"


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
