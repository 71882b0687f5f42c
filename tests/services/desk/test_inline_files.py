"""Pictures of a mail stand where they were written; what no text shows stands below it."""

import base64

from tests.services.desk.test_mail_items import items
from tests.support import samples
from tests.support.intake import Deliver, deliver
from tests.support.mail import outbox_folder
from ticketdesk.actor import Actor

__all__ = ["deliver", "outbox_folder"]

MAIL = """From: Jane Doe <jane@customer.example>
To: support@acme.example
Subject: A screenshot
Message-ID: <screenshot@customer.example>
MIME-Version: 1.0
Content-Type: multipart/related; boundary=x

--x
Content-Type: text/html; charset=utf-8

<p>Look: <img src="cid:shown@x" alt="Error"></p>
--x
Content-Type: image/png; name="shown.png"
Content-ID: <shown@x>
Content-Transfer-Encoding: base64

{shown}
--x
Content-Type: image/png; name="other.png"
Content-ID: <other@x>
Content-Transfer-Encoding: base64

{other}
--x--
"""


def test_a_picture_is_shown_in_its_place_and_one_that_no_text_names_below(
    deliver: Deliver, grace: Actor
) -> None:
    shown = base64.b64encode(samples.picture()).decode()
    other = base64.b64encode(samples.picture(colour=(9, 90, 9))).decode()
    deliver("", raw=MAIL.format(shown=shown, other=other).encode())
    (message,) = [item for item in items(grace) if item["kind"] == "customer"]

    assert 'src="/api/attachments/file_' in message["html"]
    assert [file["name"] for file in message["files"]] == ["other.png"]
