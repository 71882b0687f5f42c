"""/app/settings/teams: agents who share a kind of work."""

import reflex as rx

from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import (
    choice,
    field,
    form,
    leave_button,
    listing,
    quiet_button,
)
from ticketdesk.state.settings.teams import TeamsState

_PROBLEMS = TeamsState.problems
_EDITED = TeamsState.edited


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Teams",
        "Agents who share a kind of work. Rules can assign tickets within a team.",
        listing(
            TeamsState.rows,
            _row,
            "Your teams",
            empty="No teams yet",
            lead="Make the first one below: a name, and who is in it.",
        ),
        card("Team", _form()),
        phase=TeamsState.phase,
        again=TeamsState.load,
    )


def _form() -> rx.Component:
    return form(
        field("Name", "name", _PROBLEMS, value=_EDITED["name"].to(str), longest=200),
        choice(
            "Agents",
            "memberIds",
            _PROBLEMS,
            TeamsState.people,
            value=_EDITED["members"].to(list[str]),
            multiple=True,
            prompt="Find an agent…",
            placeholder="Nobody",
        ),
        label="Team",
        button="Save team",
        state=TeamsState,
        submit=TeamsState.save,
        save=TeamsState.check,
        more=leave_button(_EDITED["id"].to(str) != "", TeamsState.leave),
    )


def _row(row: Record) -> rx.Component:
    team, name = row["id"].to(str), row["name"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(name), rx.el.span(row["words"].to(str)), class_name="settings-row-words"
        ),
        quiet_button("Edit", "Edit " + name, TeamsState.edit(team)),
        quiet_button("Delete", "Delete " + name, TeamsState.delete(team)),
        class_name="settings-row",
        key=team,
    )
