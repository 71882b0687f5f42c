"""Fixtures of the tests that let mail leave: the console provider's folder and what is in it."""

import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from ticketdesk.settings import settings


@pytest.fixture
def outbox_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str) -> Path:
    """The folder the console provider writes into, empty."""
    monkeypatch.setenv("TICKETDESK_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    from ticketdesk.services.mail import providers

    monkeypatch.setattr(providers, "_kept", {})
    return tmp_path / "mail"


@pytest.fixture
def mails(outbox_folder: Path) -> Callable[[], list[EmailMessage]]:
    """Reads the mails written so far, oldest Message-ID first."""

    def read() -> list[EmailMessage]:
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(outbox_folder.glob("*.eml"))
        ]

    return read
