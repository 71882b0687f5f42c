"""The text of a message: images from elsewhere and what it quotes wait until they are asked for."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class MailText(Module):
    """HTML that a service has sanitised and robbed of its remote images.

    `remote` counts those; `whole` is the address of the message with its quotes, `long` that
    of a text that was cut because it is long; '' for none.
    """

    library = "$/ticketdesk/mail_text"
    tag = "MailText"
    html: rx.Var[str]
    remote: rx.Var[int]
    whole: rx.Var[str]
    long: rx.Var[str]


mail_text = MailText.create
