"""Kind + context → subject, text and HTML with its CSS inlined."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ticketdesk.services.mail import sandbox
from ticketdesk.services.mail.languages import phrases
from ticketdesk.services.mail.lines import one_line

KINDS = (
    "created",
    "response",
    "status",
    "assigned",
    "mentioned",
    "replied",
    "sla",
    "overdue",
    "sla_missed",
    "notice",
    "survey",
    "lost_link",
    "auto_reply",
    "digest",
    "test",
)

_BLANKS = re.compile(r"\n{3,}")
# Remote style sheets stay unread: a template must not make the server fetch anything.
_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's words, ready for the envelope."""

    subject: str
    text: str
    html: str


def quoted(text: str) -> str:
    """Mark every line as quoted, as mail clients do."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def render(
    kind: str,
    context: dict[str, Any],
    *,
    language: str,
    words: dict[str, str],
    subject_key: str,
    own: dict[str, str] | None = None,
) -> Rendered:
    """Render one mail.

    Args:
        kind: one of `KINDS`.
        context: what templates see; HTML values must be `Markup` already.
        language: of the phrases.
        words: fills the `{…}` of phrases (`number`, `subject`, …).
        subject_key: which phrase is the subject, unless `own` has one.
        own: the organization's `subject`, `text` and `html` sources in place of ours.
    Raises `sandbox.TemplateRefused` when an own template breaks.
    """
    own = own or {}
    known = phrases(language)

    def translate(key: str) -> str:
        return known[key].format_map(words)

    full = {**context, **words, "t": translate, "language": language}
    subject = one_line(
        _text(own["subject"], full) if own.get("subject") else translate(subject_key)
    )
    full["subject"] = subject
    text = _text(own["text"], full) if own.get("text") else _ours(f"{kind}.txt", full)
    html = _html(own["html"], full) if own.get("html") else _ours(f"{kind}.html", full)
    laid_text = _ours("layout.txt", {**full, "content": text.strip()})
    laid_html = _ours("layout.html", {**full, "content": Markup(html)})
    return Rendered(
        subject=subject,
        text=_BLANKS.sub("\n\n", laid_text).strip() + "\n",
        html=_INLINER.inline(laid_html),
    )


def _ours(name: str, context: dict[str, Any]) -> str:
    return _templates().get_template(name).render(context)


def _text(source: str, context: dict[str, Any]) -> str:
    return sandbox.run(_own(html=False), source, context)


def _html(source: str, context: dict[str, Any]) -> str:
    return sandbox.run(_own(html=True), source, context)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("ticketdesk.services.mail", "templates"),
        autoescape=_is_html,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters["quoted"] = quoted
    return environment


@cache
def _own(*, html: bool) -> sandbox.OwnTemplates:
    environment = sandbox.OwnTemplates(html=html)
    environment.filters["quoted"] = quoted
    return environment


_is_html: Callable[[str | None], bool] = lambda name: bool(name and name.endswith(".html"))  # noqa: E731
