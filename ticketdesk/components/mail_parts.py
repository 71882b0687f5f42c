"""What a message of the timeline tells about its mail, and messages that wait."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.glyphs import avatar, icon
from ticketdesk.components.records import Record, Words
from ticketdesk.state.ticket_mail import TicketMailState


def why_here(row: Record) -> rx.Component:
    """Why an incoming message is in this ticket, and the message as it came."""
    mail = row["inbound"].to(dict)
    return rx.cond(
        mail["id"],
        rx.el.details(
            rx.el.summary(icon(name="forward"), "Why here?"),
            rx.el.ul(
                rx.foreach(mail["why"].to(list[str]), lambda line: rx.el.li(line)),
                class_name="mail-why",
            ),
            rx.el.p("From ", mail["from"].to(str), class_name="mail-line"),
            _original(mail),
            class_name="mail-fold",
        ),
    )


def sent(row: Record) -> rx.Component:
    """How far an answer got, for each of its recipients, with the server's words."""
    mail = row["sent"].to(dict)
    return rx.cond(
        mail["state"],
        rx.el.div(
            rx.el.details(
                rx.el.summary(
                    icon(name="forward"),
                    rx.el.span(
                        mail["words"].to(str), class_name="mail-state " + mail["state"].to(str)
                    ),
                ),
                rx.el.ul(
                    rx.foreach(mail["rows"].to(list[dict[str, str]]), _recipient),
                    class_name="mail-recipients",
                ),
                class_name="mail-fold",
            ),
            rx.cond(
                mail["again"].to(bool),
                rx.el.button(
                    "Send again",
                    type="button",
                    class_name="button",
                    on_click=TicketMailState.send_again(row["id"].to(str)),
                ),
            ),
            class_name="mail-sent",
        ),
    )


def held(row: Record) -> rx.Component:
    """A message that waits for an agent's word."""
    mail = row["inbound"].to(dict)
    name = row["author"].to(str)
    return rx.el.article(
        avatar(name=name, large=True),
        rx.el.div(
            rx.el.header(
                rx.el.strong(name),
                rx.el.span(icon(name="pause"), "Held", class_name="badge warn"),
                rx.el.span(class_name="spring"),
                ago(at=row["at"].to(str), wide=True),
                class_name="message-head",
            ),
            rx.el.p(rx.el.strong(mail["subject"].to(str))),
            rx.el.p(row["text"].to(str), class_name="mail-plain"),
            why_here(row),
            rx.el.div(
                _act("Accept", name, TicketMailState.accept(row["id"].to(str))),
                _act("New ticket", name, TicketMailState.make_ticket(row["id"].to(str))),
                _act("Discard", name, TicketMailState.discard(row["id"].to(str))),
                class_name="mail-actions",
            ),
            class_name="message-body",
        ),
        class_name="message",
    )


def aside(row: Record) -> rx.Component:
    """Mail that changed nothing: automatic answers, delivery reports, what was discarded."""
    mail = row["inbound"].to(dict)
    return rx.el.details(
        rx.el.summary(
            icon(name="mail"),
            rx.el.span(row["what"].to(str), " from ", row["author"].to(str)),
            rx.el.span(class_name="spring"),
            ago(at=row["at"].to(str), wide=True),
        ),
        rx.el.p(mail["subject"].to(str), class_name="mail-line"),
        rx.el.ul(
            rx.foreach(mail["why"].to(list[str]), lambda line: rx.el.li(line)),
            class_name="mail-why",
        ),
        _original(mail),
        class_name="mail-fold",
    )


def _original(mail: Record) -> rx.Component:
    return rx.el.a(
        icon(name="file"),
        "Original message",
        href=mail["original"].to(str),
        download=mail["id"].to(str) + ".eml",
        # Not a screen of the app: the browser itself fetches it, and the ticket stays.
        custom_attrs={"reloadDocument": True},
        class_name="mail-original",
    )


def _act(words: str, name: rx.Var[str], event: rx.event.EventSpec) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        class_name="button",
        aria_label=words + ": message of " + name,
        on_click=event,
    )


def _recipient(row: Words) -> rx.Component:
    return rx.el.li(
        rx.el.span(row["label"], class_name="mail-state " + row["state"]),
        rx.el.span(row["to"], class_name="mail-to"),
        rx.el.span(class_name="spring"),
        ago(at=row["at"]),
        rx.cond(row["words"], rx.el.span(row["words"], class_name="mail-words")),
    )
