"""The parts of a ticket's screen that live in the browser."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


def _said(
    kind: rx.Var[str],
    content: rx.Var[str],
    files: rx.Var[list[str]],
    cc: rx.Var[list[str]],
    bcc: rx.Var[list[str]],
) -> list[rx.Var[Any]]:
    return [kind, content, files, cc, bcc]


def _sent(
    kind: rx.Var[str],
    content: rx.Var[str],
    then: rx.Var[str],
    latest: rx.Var[str],
    anyway: rx.Var[str],
    files: rx.Var[list[str]],
    cc: rx.Var[list[str]],
    bcc: rx.Var[list[str]],
) -> list[rx.Var[Any]]:
    return [kind, content, then, latest, anyway, files, cc, bcc]


class Composer(Module):
    """Reply and internal note: two texts that are kept apart and never mixed up.

    Texts are HTML of the editor; a copy waits in the tab for `writer`, the member's identifier.
    `copies` are who else gets the reply ({cc, bcc}). `sent` and `failed` count the server's
    answers; `newer` offers to send although somebody wrote meanwhile. `doubts` are what to look
    at before sending, `canned` what `/` offers, `people` whom `@` names, `macros` what the menu
    runs, `looked` what one of the texts says on this ticket ({id, html, empty, unknown}), and
    `inserted` the last one put in (`times` counts). Every `beat_seconds` the browser says that
    somebody is here.
    """

    library = "$/ticketdesk/composer"
    tag = "Composer"
    writer: rx.Var[str]
    ticket: rx.Var[str]
    reply: rx.Var[str]
    note: rx.Var[str]
    reply_files: rx.Var[list[dict[str, Any]]]
    note_files: rx.Var[list[dict[str, Any]]]
    copies: rx.Var[dict[str, list[str]]]
    max_bytes: rx.Var[int]
    max_files: rx.Var[int]
    latest: rx.Var[str]
    recipient: rx.Var[str]
    sent: rx.Var[int]
    failed: rx.Var[int]
    problem: rx.Var[str]
    newer: rx.Var[bool]
    doubts: rx.Var[list[dict[str, str]]]
    canned: rx.Var[list[dict[str, str]]]
    people: rx.Var[list[dict[str, str]]]
    macros: rx.Var[list[dict[str, str]]]
    inserted: rx.Var[dict[str, Any]]
    looked: rx.Var[dict[str, Any]]
    on_send: rx.EventHandler[_sent]
    on_save: rx.EventHandler[_said]
    on_offer: rx.EventHandler[rx.event.no_args_event_spec]
    on_insert: rx.EventHandler[picked]
    on_look: rx.EventHandler[picked]
    on_macro: rx.EventHandler[picked]
    beat_seconds: rx.Var[int]
    on_beat: rx.EventHandler[picked]


class Presence(Module):
    """Fires when the screen of a ticket is left."""

    library = "$/ticketdesk/conversation"
    tag = "Presence"
    ticket: rx.Var[str]
    on_leave: rx.EventHandler[picked]


class PageTitle(Module):
    """The browser's title."""

    library = "$/ticketdesk/page_parts"
    tag = "PageTitle"
    text: rx.Var[str]


class Timeline(Module):
    """A scrolling conversation that stays at its end while one reads there."""

    library = "$/ticketdesk/conversation"
    tag = "Timeline"
    ticket: rx.Var[str]
    count: rx.Var[int]


class Markup(Module):
    """HTML that a service has sanitised."""

    library = "$/ticketdesk/page_parts"
    tag = "Markup"
    html: rx.Var[str]


composer = Composer.create
presence = Presence.create
page_title = PageTitle.create
timeline = Timeline.create
markup = Markup.create
