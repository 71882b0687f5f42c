"""What one does with a ticket once in a while: merge, split, link, delete, rename."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


def _two(first: rx.Var[Any], second: rx.Var[Any]) -> list[rx.Var[Any]]:
    return [first, second]


class TicketMenu(Module):
    """The menu of a ticket's screen; deleting is offered to admins only."""

    library = "$/ticketdesk/ticket_menu"
    tag = "TicketMenu"
    ticket: rx.Var[str]
    number: rx.Var[int]
    subject: rx.Var[str]
    role: rx.Var[str]
    merged: rx.Var[bool]
    on_delete: rx.EventHandler[rx.event.no_args_event_spec]


class DeleteDialog(Module):
    """Opens when `asked` grows and says what would go: {messages, files, links}."""

    library = "$/ticketdesk/ticket_menu"
    tag = "DeleteDialog"
    number: rx.Var[int]
    subject: rx.Var[str]
    goes: rx.Var[dict[str, int]]
    asked: rx.Var[int]
    on_delete: rx.EventHandler[rx.event.no_args_event_spec]


class MergeDialog(Module):
    """Finds the target, shows the conversation that would be, and merges; `done` closes it."""

    library = "$/ticketdesk/merging"
    tag = "MergeDialog"
    found: rx.Var[list[dict[str, Any]]]
    preview: rx.Var[dict[str, Any]]
    problem: rx.Var[str]
    done: rx.Var[int]
    on_find: rx.EventHandler[_two]
    on_preview: rx.EventHandler[_two]
    on_merge: rx.EventHandler[_two]


class LinkDialog(Module):
    """Finds another ticket and says what it is to this one."""

    library = "$/ticketdesk/linking"
    tag = "LinkDialog"
    ticket: rx.Var[str]
    found: rx.Var[list[dict[str, Any]]]
    problem: rx.Var[str]
    done: rx.Var[int]
    on_find: rx.EventHandler[_two]
    on_link: rx.EventHandler[_two]


class SplitCheck(Module):
    """A message's tick while one splits."""

    library = "$/ticketdesk/splitting"
    tag = "SplitCheck"
    message: rx.Var[str]
    author: rx.Var[str]


class SplitBar(Module):
    """There while one splits; leads to the preview and the new subject."""

    library = "$/ticketdesk/splitting"
    tag = "SplitBar"
    ticket: rx.Var[str]
    subject: rx.Var[str]
    preview: rx.Var[dict[str, Any]]
    problem: rx.Var[str]
    done: rx.Var[int]
    on_preview: rx.EventHandler[picked]
    on_split: rx.EventHandler[_two]


class AtTicket(Module):
    """Shows its children while the address is the ticket's; until then the first one alone."""

    library = "$/ticketdesk/subject"
    tag = "AtTicket"
    ticket: rx.Var[str]
    number: rx.Var[int]


class SubjectTitle(Module):
    """The heading of a ticket, changed where it stands."""

    library = "$/ticketdesk/subject"
    tag = "SubjectTitle"
    subject: rx.Var[str]
    on_change: rx.EventHandler[picked]


ticket_menu = TicketMenu.create
delete_dialog = DeleteDialog.create
merge_dialog = MergeDialog.create
link_dialog = LinkDialog.create
split_check = SplitCheck.create
split_bar = SplitBar.create
at_ticket = AtTicket.create
subject_title = SubjectTitle.create
