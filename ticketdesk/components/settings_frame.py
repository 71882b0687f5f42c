"""The place of a settings page: the list of settings beside it, a title, and one sentence."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.composer import page_title
from ticketdesk.components.primitives.settings_nav import settings_nav
from ticketdesk.components.screen import menu_button, screen
from ticketdesk.components.settings_sections import groups
from ticketdesk.components.states import blank, bone, failed
from ticketdesk.state.shell import ShellState


def settings_page(
    title: str,
    lead: str,
    *children: rx.Component,
    phase: rx.Var[str],
    again: Any,
) -> rx.Component:
    """A page of settings in whatever state it is in.

    Args:
        title: its name, as in the navigation.
        lead: what it is for, in one or two sentences.
        phase: "loading", "ready", "forbidden" or "failed".
        again: the event that loads it.
    """
    return screen(
        page_title(text=f"{title} · Settings"),
        rx.el.header(menu_button(), rx.el.h1("Settings"), class_name="head"),
        rx.el.div(
            settings_nav(groups=groups(), role=ShellState.role),
            rx.el.div(
                rx.match(
                    phase,
                    ("ready", _body(title, lead, children)),
                    ("forbidden", _for_admins()),
                    ("failed", failed(again)),
                    _bones(),
                ),
                class_name="settings-content",
            ),
            class_name="settings",
        ),
    )


def _body(title: str, lead: str, children: tuple[rx.Component, ...]) -> rx.Component:
    return rx.el.div(
        rx.el.h2(title), rx.el.p(lead, class_name="lead"), *children, class_name="settings-body"
    )


def _for_admins() -> rx.Component:
    return blank(
        "lock",
        "This page is for admins",
        "You are signed in, but your role does not include it. An admin can change that.",
    )


def card(title: str, *children: rx.Component, lead: str | rx.Var[str] = "") -> rx.Component:
    """A part of a page that can be understood by itself."""
    return rx.el.section(
        rx.el.h3(title),
        rx.el.p(lead, class_name="card-lead") if isinstance(lead, rx.Var) or lead else None,
        *children,
        class_name="settings-card",
    )


def _bones() -> rx.Component:
    line = rx.el.div(bone("word"), bone("control"), class_name="field")
    return rx.el.div(
        bone("line"),
        rx.el.div(line, line, line, class_name="settings-card"),
        class_name="settings-body",
        aria_busy="true",
        role="status",
        aria_label="Loading the settings",
    )
