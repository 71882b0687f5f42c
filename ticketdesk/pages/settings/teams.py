"""/app/settings/teams: agents who share a kind of work."""

import reflex as rx

from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import choice, field, form
from ticketdesk.state.settings.teams import TeamsState

_PROBLEMS = TeamsState.problems
_EDITED = TeamsState.edited


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Teams",
        "Agents who share a kind of work. Rules can assign tickets within a team.",
        rx.cond(
            TeamsState.rows.length() > 0,
            card(
                "Your teams",
                rx.el.ul(rx.foreach(TeamsState.rows, _row), class_name="settings-rows"),
            ),
            card("No teams yet", lead="Make the first one below: a name, and who is in it."),
        ),
        card(
            "Team",
            form(
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
                more=rx.cond(
                    _EDITED["id"].to(str) != "",
                    rx.el.button(
                        "Leave as it was",
                        type="button",
                        class_name="button quiet",
                        on_click=TeamsState.leave,
                    ),
                ),
            ),
        ),
        phase=TeamsState.phase,
        again=TeamsState.load,
    )


def _row(row: Record) -> rx.Component:
    team, name = row["id"].to(str), row["name"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(name), rx.el.span(row["words"].to(str)), class_name="settings-row-words"
        ),
        rx.el.button(
            "Edit",
            type="button",
            class_name="button quiet",
            aria_label="Edit " + name,
            on_click=TeamsState.edit(team),
        ),
        rx.el.button(
            "Delete",
            type="button",
            class_name="button quiet",
            aria_label="Delete " + name,
            on_click=TeamsState.delete(team),
        ),
        class_name="settings-row",
        key=team,
    )
