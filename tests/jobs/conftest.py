"""What tests of jobs share."""

from tests.support.mail import mails, outbox_folder

__all__ = ["mails", "outbox_folder"]
