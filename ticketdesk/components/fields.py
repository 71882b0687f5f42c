"""Labelled form fields with their errors."""

import reflex as rx

from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.primitives.rich_field import rich_field


def problem(name: str, words: rx.Var[str]) -> rx.Component:
    """The error of a field, where it is read together with the field."""
    return rx.cond(
        words,
        rx.el.span(icon(name="alert"), words, class_name="field-problem", id=f"{name}-problem"),
    )


def text_field(
    label: str, name: str, value: rx.Var[str], error: rx.Var[str], *, longest: int = 300
) -> rx.Component:
    """One line of text."""
    return rx.el.div(
        rx.el.label(label, html_for=f"field-{name}"),
        rx.el.input(
            id=f"field-{name}",
            name=name,
            default_value=value,
            max_length=longest,
            class_name="input",
            auto_complete="off",
            aria_invalid=rx.cond(error, "true", "false"),
            aria_describedby=rx.cond(error, f"{name}-problem", ""),
        ),
        problem(name, error),
        class_name="field",
    )


def text_area(label: str, name: str, value: rx.Var[str], error: rx.Var[str]) -> rx.Component:
    """Several lines of text."""
    return rx.el.div(
        rx.el.label(label, html_for=f"field-{name}"),
        rx.el.textarea(
            id=f"field-{name}",
            name=name,
            default_value=value,
            max_length=200_000,
            rows=7,
            class_name="input",
            aria_invalid=rx.cond(error, "true", "false"),
            aria_describedby=rx.cond(error, f"{name}-problem", ""),
        ),
        problem(name, error),
        class_name="field",
    )


def rich_area(label: str, name: str, value: rx.Var[str], error: rx.Var[str]) -> rx.Component:
    """A text with its formats; `value` and what the form sends are HTML."""
    return rx.el.div(
        rx.el.span(label, class_name="label", aria_hidden="true"),
        rich_field(
            name=name,
            label=label,
            initial=value,
            invalid=error != "",
            describedby=rx.cond(error, f"{name}-problem", ""),
        ),
        problem(name, error),
        class_name="field",
    )


def labelled(label: str, control: rx.Component) -> rx.Component:
    """A control that names itself, under a visible label that is only for the eye."""
    return rx.el.div(
        rx.el.span(label, class_name="label", aria_hidden="true"), control, class_name="field"
    )
