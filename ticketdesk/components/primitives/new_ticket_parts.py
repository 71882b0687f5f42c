"""Parts of the form for a new ticket that live in the browser."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module


def _used(title: rx.Var[str], values: rx.Var[dict[str, Any]]) -> list[rx.Var[Any]]:
    return [title, values]


class OwnFields(Module):
    """The organization's own questions; those with a condition come and go."""

    library = "$/ticketdesk/own_fields"
    tag = "OwnFields"
    fields: rx.Var[list[dict[str, Any]]]
    values: rx.Var[dict[str, Any]]
    problems: rx.Var[dict[str, str]]


class TemplatePicker(Module):
    """Templates to begin with; the event carries the title and what is typed already."""

    library = "$/ticketdesk/new_ticket_parts"
    tag = "TemplatePicker"
    templates: rx.Var[list[dict[str, str]]]
    on_use: rx.EventHandler[_used]


class CopyField(Module):
    """Addresses in copy, as a form field."""

    library = "$/ticketdesk/new_ticket_parts"
    tag = "CopyField"
    name: rx.Var[str]
    initial: rx.Var[list[str]]
    problem: rx.Var[str]


class KnownTickets(Module):
    """The requester's newest tickets, and those that are much like this one."""

    library = "$/ticketdesk/new_ticket_parts"
    tag = "KnownTickets"
    recent: rx.Var[list[dict[str, Any]]]
    alike: rx.Var[list[dict[str, Any]]]


class OverDialog(Module):
    """A dialog that a State opens and closes."""

    library = "$/ticketdesk/new_ticket_parts"
    tag = "OverDialog"
    open: rx.Var[bool]
    title: rx.Var[str]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


own_fields = OwnFields.create
template_picker = TemplatePicker.create
copy_field = CopyField.create
known_tickets = KnownTickets.create
over_dialog = OverDialog.create
