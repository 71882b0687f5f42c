"""What stands around a ticket's conversation: neighbours, links, the requester, where it went."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.glyphs import avatar, icon, status_icon
from ticketdesk.components.primitives.relating import (
    delete_dialog,
    link_dialog,
    merge_dialog,
    ticket_menu,
)
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.state.beside import BesideState
from ticketdesk.state.relate import RelateState
from ticketdesk.state.removal import RemovalState
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket import TicketState
from ticketdesk.state.undo import UndoState

_FACTS = TicketState.facts


def neighbours() -> rx.Component:
    """The ticket above and the ticket below in the list one came from."""
    return rx.el.div(
        _neighbour(BesideState.previous, "up", "Previous ticket", "["),
        _neighbour(BesideState.next, "down", "Next ticket", "]"),
        class_name="neighbours",
        role="group",
        aria_label="In this view",
    )


def _neighbour(line: rx.Var[dict[str, str]], glyph: str, label: str, key: str) -> rx.Component:
    look = "button quiet icon-only"
    return rx.cond(
        line.contains("to"),
        link(
            icon(name=glyph),
            to=line["to"],
            class_name=look,
            aria_label=label,
            custom_attrs={"data-key": key, "title": line["label"]},
        ),
        rx.el.button(
            icon(name=glyph), type="button", class_name=look, aria_label=label, disabled=True
        ),
    )


def back() -> rx.Component:
    """The way to the list one came from, filters and all."""
    return link(
        icon(name="back"),
        to=BesideState.back,
        class_name="button quiet icon-only",
        aria_label="Back to the list",
        custom_attrs={"data-key": "u"},
    )


def follow_button() -> rx.Component:
    """Hear of everything that happens to the ticket, or no more."""
    return rx.el.button(
        icon(name=rx.cond(BesideState.following, "eye", "eyeoff")),
        rx.cond(BesideState.following, "Following", "Follow"),
        type="button",
        class_name="button quiet follow",
        title=rx.cond(
            BesideState.followers.length() > 0,
            "Followed by " + BesideState.followers.join(", "),
            "Nobody follows this ticket",
        ),
        aria_pressed=BesideState.following,
        on_click=BesideState.follow(~BesideState.following),
    )


def menu() -> rx.Component:
    """What one does once in a while."""
    return ticket_menu(
        ticket=_FACTS["id"].to(str),
        number=_FACTS["number"].to(int),
        subject=_FACTS["subject"].to(str),
        role=ShellState.role,
        merged=BesideState.merged.contains("number"),
        on_delete=RemovalState.ask,
    )


def dialogs() -> rx.Component:
    """What the menu opens."""
    return rx.fragment(
        merge(),
        link_dialog(
            ticket=_FACTS["id"].to(str),
            found=RelateState.found,
            problem=RelateState.problem,
            done=RelateState.done,
            on_find=RelateState.find,
            on_link=RelateState.link,
        ),
        delete_dialog(
            number=_FACTS["number"].to(int),
            subject=_FACTS["subject"].to(str),
            goes=RemovalState.goes,
            asked=RemovalState.asked,
            on_delete=RemovalState.delete,
        ),
    )


def merge() -> rx.Component:
    """Merging, for the ticket on the screen and for those ticked in the list."""
    return merge_dialog(
        found=RelateState.found,
        preview=RelateState.preview,
        problem=RelateState.problem,
        done=RelateState.done,
        on_find=RelateState.find,
        on_preview=RelateState.look_at_merge,
        on_merge=RelateState.merge,
    )


def pointer() -> rx.Component:
    """Says where a merged ticket went, and takes the merge back."""
    target = BesideState.merged["number"].to(str)
    return rx.cond(
        BesideState.merged.contains("number"),
        rx.el.div(
            icon(name="merge"),
            rx.el.span(
                "Merged into ",
                link(
                    target + " " + BesideState.merged["subject"].to(str),
                    to="/app/tickets/" + target,
                ),
                ". Answers go there.",
            ),
            rx.cond(
                BesideState.merged["merge"].to(str) != "",
                rx.el.button(
                    "Undo merge",
                    type="button",
                    class_name="button",
                    on_click=UndoState.separate(
                        BesideState.merged["target"], BesideState.merged["merge"]
                    ),
                ),
            ),
            class_name="pointer",
            role="note",
        ),
    )


def links() -> rx.Component:
    """The links of the ticket; each can be removed."""
    return rx.cond(
        BesideState.links.length() > 0,
        rx.el.section(
            rx.el.h2("Links"),
            rx.el.ul(rx.foreach(BesideState.links, _linked), class_name="others"),
            class_name="facts-group",
        ),
    )


def _linked(line: Record) -> rx.Component:
    number = line["number"].to(str)
    return rx.el.li(
        link(
            status_icon(status=line["status"].to(str), named=True),
            rx.el.span(line["kind"].to(str), class_name="link-kind"),
            rx.el.span(line["subject"].to(str)),
            to="/app/tickets/" + number,
            class_name="other",
            custom_attrs={"title": number + " " + line["subject"].to(str)},
        ),
        rx.el.button(
            icon(name="close"),
            type="button",
            class_name="unlink",
            aria_label="Remove the link to " + number,
            on_click=RelateState.unlink(line["id"].to(str)),
        ),
        class_name="linked",
    )


def requester() -> rx.Component:
    """Who asks, how often they did, and what else they have."""
    email = _FACTS["email"].to(str)
    history = BesideState.requester
    return rx.el.section(
        rx.el.h2("Requester"),
        rx.el.div(
            avatar(name=_FACTS["requester"].to(str), large=True),
            rx.el.div(
                rx.el.strong(_FACTS["requester"].to(str)),
                rx.el.a(email, href="mailto:" + email),
                class_name="requester-words",
            ),
            class_name="requester",
        ),
        _row(
            "Came in", _FACTS["source"].to(str), ", ", ago(at=_FACTS["created"].to(str), wide=True)
        ),
        _row(
            "Tickets",
            link(
                history["total"].to(str),
                to=rx.cond(history.contains("to"), history["to"].to(str), "/app/tickets"),
                class_name="plain-link number",
            ),
            rx.cond(history["open"].to(int) > 0, ", " + history["open"].to(str) + " open", ""),
        ),
        _row("First wrote", ago(at=history["since"].to(str), wide=True)),
        rx.cond(TicketState.others.length() > 0, _others()),
        class_name="facts-group",
    )


def _row(name: str, *value: rx.Component | rx.Var[str] | str) -> rx.Component:
    return rx.el.div(
        rx.el.span(name, class_name="fact-name"),
        rx.el.span(*value, class_name="fact-value"),
        class_name="fact-row",
    )


def _others() -> rx.Component:
    return rx.fragment(
        rx.el.h3("Other tickets"),
        rx.el.ul(rx.foreach(TicketState.others, _other), class_name="others"),
    )


def _other(ticket: Record) -> rx.Component:
    return rx.el.li(
        link(
            status_icon(status=ticket["status"].to(str), named=True),
            rx.el.span(ticket["subject"].to(str)),
            to="/app/tickets/" + ticket["number"].to(str),
            class_name=rx.cond(ticket["open"].to(bool), "other", "other ended"),
        )
    )
