"""Parts that the pages of settings share."""

from typing import Any

import reflex as rx

from ticketdesk.components.fields import problem
from ticketdesk.components.primitives.form import draft_form, picker_field
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.settings_nav import secret
from ticketdesk.components.settings_frame import card
from ticketdesk.services.embed import sentences


def error(problems: rx.Var[dict[str, str]], name: str) -> rx.Var[str]:
    """The message beside a field, '' for none."""
    return rx.cond(problems.contains(name), problems[name], "")


def field(
    label: str,
    name: str,
    problems: rx.Var[dict[str, str]],
    *,
    value: Any = "",
    kind: str = "text",
    hint: str = "",
    longest: int = 300,
    complete: str = "off",
) -> rx.Component:
    """One line of text with its hint and its error."""
    wrong = error(problems, name)
    return rx.el.div(
        rx.el.label(label, html_for=f"field-{name}"),
        rx.el.input(
            id=f"field-{name}",
            name=name,
            type=kind,
            default_value=value,
            max_length=longest,
            class_name="input",
            auto_complete=complete,
            aria_invalid=rx.cond(wrong, "true", "false"),
            aria_describedby=rx.cond(wrong, f"{name}-problem", f"{name}-hint" if hint else ""),
        ),
        rx.el.span(hint, class_name="field-hint", id=f"{name}-hint") if hint else None,
        problem(name, wrong),
        class_name="field",
    )


def choice(
    label: str,
    name: str,
    problems: rx.Var[dict[str, str]],
    options: Any,
    *,
    value: Any = "",
    multiple: bool = False,
    prompt: str = "",
    placeholder: str = "None",
) -> rx.Component:
    """A list to choose from with its error."""
    wrong = error(problems, name)
    return rx.el.div(
        rx.el.span(label, class_name="label", aria_hidden="true"),
        picker_field(
            name=name,
            label=label,
            initial=value,
            options=options,
            multiple=multiple,
            prompt=prompt,
            placeholder=placeholder,
            invalid=wrong != "",
        ),
        problem(name, wrong),
        class_name="field",
    )


def check(label: str, name: str, *, checked: Any = False) -> rx.Component:
    """A box to tick."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=checked), label, class_name="check"
    )


def form(
    *children: rx.Component | None,
    label: str,
    button: str,
    state: Any,
    submit: Any,
    more: rx.Component | None = None,
    save: Any = None,
) -> rx.Component:
    """A form of settings; it starts anew after each save, and shows errors where they are.

    Args:
        submit: the event that keeps it.
        save: the event that hears of it a moment after typing: to keep a draft, draw a preview or
            show beside the fields what would be refused.
    """
    return rx.fragment(
        draft_form(
            *children,
            rx.el.div(
                more,
                rx.el.span(class_name="spring"),
                rx.el.button(button, type="submit", class_name="button primary"),
                class_name="form-foot",
            ),
            label=label,
            tries=state.tries,
            on_submit=submit,
            **({"on_save": save} if save else {}),
        ),
        key=state.saved.to_string(),
    )


def shown_once(value: rx.Var[str], words: str, label: str) -> rx.Component:
    """A secret that will not be shown again."""
    return rx.cond(
        value,
        rx.el.div(
            rx.el.p(words),
            secret(value=value, label=label),
            class_name="shown-once",
            role="status",
        ),
    )


def listing(
    rows: rx.Var[Any], row: Any, title: str, *, empty: str, lead: str, over: str = ""
) -> rx.Component:
    """A card with a line for each row, or one that says what will be there.

    Args:
        row: draws one.
        empty: the title while there is none.
        lead: what to do then.
        over: a sentence above the lines.
    """
    return rx.cond(
        rows.length() > 0,
        card(title, rx.el.ul(rx.foreach(rows, row), class_name="settings-rows"), lead=over),
        card(empty, lead=lead),
    )


def quiet_button(
    words: str | rx.Var[str],
    name: str | rx.Var[str],
    event: Any,
    *,
    off: rx.Var[bool] | bool = False,
) -> rx.Component:
    """A button of a line, with its whole name for whoever does not see the line."""
    return rx.el.button(
        words,
        type="button",
        class_name="button quiet",
        aria_label=name,
        disabled=off,
        on_click=event,
    )


def leave_button(is_edited: rx.Var[bool], leave: Any) -> rx.Component:
    """What leaves the thing in a form as it was, while there is one."""
    return rx.cond(is_edited, quiet_button("Leave as it was", "Leave as it was", leave))


def drag_handle(name: rx.Var[str]) -> rx.Component:
    """What a line of a `sortable` list is dragged by, or moved with the arrow keys."""
    return rx.el.button(
        icon(name="grip"),
        type="button",
        class_name="button quiet icon-only drag-handle",
        title="Drag, or use the arrow keys",
        aria_label="Move " + name + ": use the arrow keys",
    )


def languages() -> list[dict[str, str]]:
    """The languages in which the public form speaks, as choices by their own names."""
    spoken = [(tag, sentences.sentences(tag)["language"]) for tag in sentences.languages()]
    return [{"value": tag, "label": name} for tag, name in spoken]
