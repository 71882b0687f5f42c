"""The console provider: a file per mail, whole or not at all."""

import os
from pathlib import Path

import pytest

from tests.adapters.email.mails import MAIL, mail
from ticketdesk.adapters.email.console import ConsoleProvider


def test_a_mail_is_one_file_that_a_repeat_overwrites(tmp_path: Path) -> None:
    provider = ConsoleProvider(tmp_path / "mail")
    for _ in range(2):
        receipt = provider.deliver(MAIL)
    (file,) = (tmp_path / "mail").iterdir()
    assert receipt.provider_id == MAIL.message_id
    assert file.read_bytes().startswith(b"From: ")


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        ConsoleProvider(tmp_path).deliver(MAIL)
    assert list(tmp_path.iterdir()) == []


def test_a_strange_message_id_cannot_leave_the_folder(tmp_path: Path) -> None:
    ConsoleProvider(tmp_path / "mail").deliver(mail(message_id="<../../etc/x@acme.example>"))
    assert [p.parent for p in tmp_path.rglob("*.eml")] == [tmp_path / "mail"]


def test_the_interface_of_the_specification_is_there(tmp_path: Path) -> None:
    class Words:
        def ticket_created(self, ticket: object):
            return MAIL

        def ticket_response(self, ticket: object, response: object):
            return mail(message_id="<2@acme.example>")

    provider = ConsoleProvider(
        tmp_path, base_url="https://desk.example", composer=Words(), reader=lambda mail: mail.raw
    )
    provider.send_ticket_created("ticket")
    provider.send_ticket_response("ticket", "response")
    assert len(list(tmp_path.glob("*.eml"))) == 2
    hook = provider.setup_webhook("org_1")
    assert hook.url.startswith("https://desk.example/api/tickets/webhook/email?")
    assert hook.steps
