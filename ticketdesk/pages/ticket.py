"""/app/tickets/{id}: the conversation, the composer and the facts."""

import reflex as rx

from ticketdesk.components import ticket_beside
from ticketdesk.components.primitives.composer import composer, page_title, presence, timeline
from ticketdesk.components.primitives.glyphs import avatar, status_icon
from ticketdesk.components.primitives.relating import at_ticket, split_bar, subject_title
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.states import bone, failed, forbidden, missing
from ticketdesk.components.ticket_facts import facts
from ticketdesk.components.timeline_item import timeline_item
from ticketdesk.services.presence import EVERY
from ticketdesk.state import slots
from ticketdesk.state.composer import ComposerState
from ticketdesk.state.presence import PresenceState
from ticketdesk.state.relate import RelateState
from ticketdesk.state.ticket import TicketState

_FACTS = TicketState.facts


def page() -> rx.Component:
    """The screen, whatever state it is in."""
    return screen(
        rx.match(
            TicketState.phase,
            (
                "ready",
                at_ticket(
                    _bones(),
                    _ticket(),
                    ticket=_FACTS["id"].to(str),
                    number=_FACTS["number"].to(int),
                ),
            ),
            ("missing", _elsewhere(missing("ticket", "/app/tickets", "To the tickets"))),
            ("forbidden", _elsewhere(forbidden())),
            ("failed", _elsewhere(failed(TicketState.load))),
            _bones(),
        ),
        look="with-facts",
    )


def _ticket() -> rx.Component:
    return rx.fragment(
        page_title(text=_FACTS["number"].to(str) + " " + _FACTS["subject"].to(str)),
        presence(ticket=_FACTS["id"].to(str), on_leave=PresenceState.leave),
        rx.el.header(
            menu_button(),
            ticket_beside.back(),
            rx.el.span(_FACTS["number"].to(int), class_name="head-count number"),
            status_icon(status=_FACTS["status"].to(str), named=True),
            subject_title(
                subject=_FACTS["subject"].to(str),
                on_change=lambda text: TicketState.change("subject", text),
            ),
            rx.el.span(class_name="spring"),
            _people(),
            ticket_beside.neighbours(),
            ticket_beside.follow_button(),
            ticket_beside.menu(),
            rx.el.button(
                "Details",
                type="button",
                class_name="button facts-button",
                custom_attrs={"data-drawer": "facts"},
            ),
            class_name="head",
        ),
        rx.el.div(
            rx.el.div(
                ticket_beside.pointer(),
                _conversation(),
                _splitting(),
                _composer(),
                class_name="conversation",
            ),
            facts(),
            class_name="ticket",
        ),
        ticket_beside.dialogs(),
    )


def _splitting() -> rx.Component:
    return split_bar(
        ticket=_FACTS["id"].to(str),
        subject=_FACTS["subject"].to(str),
        preview=RelateState.preview,
        problem=RelateState.problem,
        done=RelateState.done,
        on_preview=RelateState.look_at_split,
        on_split=RelateState.split,
    )


def _people() -> rx.Component:
    return rx.el.div(
        rx.foreach(
            PresenceState.others,
            lambda person: rx.el.span(
                avatar(name=person["name"]), person["words"], class_name="viewer"
            ),
        ),
        class_name="viewers",
        role="status",
        aria_label="Who is here",
    )


def _conversation() -> rx.Component:
    return timeline(
        rx.cond(
            TicketState.older,
            rx.el.button(
                "Earlier messages",
                type="button",
                class_name="button older",
                on_click=TicketState.show_older,
            ),
        ),
        rx.el.ol(
            rx.foreach(
                TicketState.order,
                lambda slot: timeline_item(row=slots.at(TicketState, slot), key=slot),
            ),
            class_name="items",
        ),
        ticket=_FACTS["id"].to(str),
        count=TicketState.order.length(),
    )


def _composer() -> rx.Component:
    return composer(
        writer=_FACTS["reader"].to(str),
        ticket=ComposerState.ticket,
        reply=ComposerState.reply,
        note=ComposerState.note,
        reply_files=ComposerState.reply_files,
        note_files=ComposerState.note_files,
        copies=ComposerState.copies,
        max_bytes=_FACTS["limits"].to(dict[str, int])["bytes"],
        max_files=_FACTS["limits"].to(dict[str, int])["files"],
        latest=_FACTS["latest"].to(str),
        recipient=_FACTS["requester"].to(str),
        sent=ComposerState.sent,
        failed=ComposerState.failed,
        problem=ComposerState.problem,
        newer=ComposerState.newer,
        doubts=ComposerState.doubts,
        canned=ComposerState.canned,
        people=ComposerState.people,
        macros=ComposerState.macros,
        inserted=ComposerState.inserted,
        looked=ComposerState.looked,
        on_offer=ComposerState.offer,
        on_insert=ComposerState.insert,
        on_look=ComposerState.look_at,
        on_macro=ComposerState.run,
        on_send=ComposerState.send,
        on_save=ComposerState.save,
        beat_seconds=EVERY,
        on_beat=PresenceState.beat,
    )


def _elsewhere(body: rx.Component) -> rx.Component:
    return rx.fragment(
        rx.el.header(menu_button(), ticket_beside.back(), rx.el.h1("Ticket"), class_name="head"),
        body,
    )


def _bones() -> rx.Component:
    message = rx.el.li(
        rx.el.div(
            bone("dot round"),
            rx.el.div(bone("word"), bone("line"), bone("line"), class_name="message-body"),
            class_name="message",
        ),
        class_name="item",
    )
    return rx.el.div(
        rx.el.div(menu_button(), bone("word"), bone("line"), class_name="head"),
        rx.el.div(
            rx.el.div(
                rx.el.div(rx.el.ol(message, message, class_name="items"), class_name="timeline"),
                class_name="conversation",
            ),
            rx.el.div(
                rx.el.div(*(bone("line") for _ in range(6)), class_name="facts-group"),
                class_name="facts",
            ),
            class_name="ticket",
        ),
        class_name="bones",
        aria_busy="true",
        role="status",
        aria_label="Loading the ticket",
    )
