"""/app/settings/members: who works here."""

import reflex as rx

from ticketdesk.components.primitives.glyphs import avatar
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.member_work import work
from ticketdesk.pages.settings.parts import choice, field, form, quiet_button
from ticketdesk.state.settings.member_work import MemberWorkState
from ticketdesk.state.settings.members import MembersState

_PROBLEMS = MembersState.problems
_ROLES = [
    {"value": "AGENT", "label": "Agent", "hint": "works on tickets"},
    {"value": "ADMIN", "label": "Admin", "hint": "and changes settings"},
]


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Members",
        "Everybody who works on tickets here. A change of role signs the member out.",
        rx.cond(MembersState.leaving["id"] != "", _farewell()),
        work(),
        card(
            "People",
            rx.el.ul(rx.foreach(MembersState.rows, _row), class_name="settings-rows"),
        ),
        card(
            "Invite somebody",
            form(
                rx.el.div(
                    field("Name", "name", _PROBLEMS, longest=200),
                    field("Email", "email", _PROBLEMS, kind="email", longest=254),
                    class_name="pair",
                ),
                choice("Role", "role", _PROBLEMS, _ROLES, value="AGENT"),
                label="Invitation",
                button="Send invitation",
                state=MembersState,
                submit=MembersState.invite,
                save=MembersState.check,
            ),
            lead="They get a mail with a link and choose a password of their own.",
        ),
        phase=MembersState.phase,
        again=MembersState.load,
    )


def _row(row: Record) -> rx.Component:
    person, name = row["id"].to(str), row["name"].to(str)
    return rx.el.li(
        avatar(name=name, large=True),
        rx.el.div(
            rx.el.strong(name),
            rx.el.span(row["email"].to(str), row["work"].to(str)),
            class_name="settings-row-words",
        ),
        rx.cond(row["state"].to(str), rx.el.span(row["state"].to(str), class_name="badge")),
        rx.cond(row["factor"].to(bool), rx.el.span("Second factor", class_name="badge accent")),
        rx.cond(
            row["invited"].to(bool),
            quiet_button(
                "Invite again", "Invite " + name + " again", MembersState.invite_again(person)
            ),
        ),
        rx.cond(row["active"].to(bool), _controls(row), _back(person, name)),
        class_name=rx.cond(row["active"].to(bool), "settings-row", "settings-row gone"),
        key=person,
    )


def _controls(row: Record) -> rx.Component:
    person, name = row["id"].to(str), row["name"].to(str)
    return rx.fragment(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=row["available"].to(bool),
                on_change=lambda on: MembersState.set_available(person, on),
                aria_label=name + " gets new tickets",
            ),
            "Available",
            class_name="check",
        ),
        picker(
            label="Role of " + name,
            value=row["role"].to(str),
            options=_ROLES,
            on_pick=lambda role: MembersState.set_role(person, role),
        ),
        quiet_button("Work", "Work of " + name, MemberWorkState.edit(person)),
        quiet_button("Deactivate", "Deactivate " + name, MembersState.ask(person, name)),
    )


def _back(person: rx.Var[str], name: rx.Var[str]) -> rx.Component:
    return quiet_button("Reactivate", "Reactivate " + name, MembersState.reactivate(person))


def _farewell() -> rx.Component:
    name = MembersState.leaving["name"]
    return card(
        "Deactivate a member",
        form(
            choice(
                "Open tickets go to", "heir", _PROBLEMS, MembersState.heirs, placeholder="Nobody"
            ),
            label="Deactivation",
            button="Deactivate",
            state=MembersState,
            submit=MembersState.deactivate,
            more=rx.el.button(
                "Keep",
                type="button",
                class_name="button quiet",
                on_click=MembersState.stay,
            ),
        ),
        lead=name + " is signed out everywhere and cannot sign in any more. Nothing is deleted.",
    )
