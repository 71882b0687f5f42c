"""Draws the pages of the customer's door: the form, its confirmation, what is closed, tracking."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from ticketdesk.public import brand, embed_assets
from ticketdesk.public.own_pictures import own_pictures
from ticketdesk.services.embed.form_config import FormConfig
from ticketdesk.services.embed.sentences import say, sentences

STEPS = ("contact", "issue", "attachments")
THEMES = ("auto", "light", "dark")
_CAPTCHA_HOSTS = {
    "turnstile": "https://challenges.cloudflare.com",
    "hcaptcha": "https://hcaptcha.com https://*.hcaptcha.com",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is shown: language tag, theme, brand colour (#rrggbb), inside a frame or alone."""

    language: str = "en"
    theme: str = "auto"
    color: str = ""
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A ticket that was just made: its number and its tracking page."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form: answers and problems by field name, a problem of the whole."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["own_pictures"] = own_pictures
    return environment


def render(
    template: str,
    look: Look,
    *,
    entry: str,
    frames: str = "'none'",
    hosts: str = "",
    status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """Render a page with the policy that fits it.

    Args:
        template: file name below `templates`.
        entry: the built page whose script and style sheet it loads.
        frames: who may frame it, as frame-ancestors says it.
        hosts: other hosts it may ask, for a hosted captcha only.
        status: the HTTP status.
        context: what the template shows.
    """
    style = brand.stylesheet(look.color)
    shown = context | {
        "say": partial(say, look.language),
        "language": look.language,
        "theme": look.theme,
        "framed": look.framed,
        "brand_style": style,
        "built": embed_assets.entry(entry),
    }
    html = _templates().get_template(template).render(shown)
    headers = {
        "Content-Security-Policy": _policy(style, frames, hosts),
        "Cache-Control": "no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
        "Vary": "Accept-Language",
    }
    return HTMLResponse(html, status_code=status, headers=headers)


def form(
    config: FormConfig,
    look: Look,
    *,
    frames: str,
    filled: Filled | None = None,
    sent: Sent | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Render the form, empty or as it was filled, or the confirmation in its place."""
    filled = filled or Filled()
    return render(
        "embed_form.html",
        look,
        entry="form",
        frames=frames,
        hosts=captcha_hosts(config),
        status=status,
        form=config,
        steps=STEPS,
        largest=in_units(config.uploads.max_bytes),
        boot=boot_json(config),
        answers=filled.answers,
        problems=filled.problems,
        problem=filled.problem,
        sent=sent,
    )


def captcha_hosts(config: FormConfig) -> str:
    """Return the hosts that a page may ask for the organization's captcha; "" for none."""
    return _CAPTCHA_HOSTS.get(config.captcha.provider, "") if config.captcha.mode != "off" else ""


def closed(look: Look, title: str, text: str, *, frames: str, **more: Any) -> HTMLResponse:
    """Render a page that only says something, such as that the form is closed."""
    context = {"link": None} | more
    status = context.pop("status", 200)
    return render(
        "embed_closed.html", look, entry="form", frames=frames, status=status,
        title=title, text=text, **context,
    )  # fmt: skip


def in_units(size: int) -> str:
    """Return a size in bytes as people read it; the page's script says the same."""
    if size < 1024 * 1024:
        return _isolated(f"{max(1, round(size / 1024))} KB")
    return _isolated(f"{size / (1024 * 1024):.1f}".removesuffix(".0") + " MB")


def _isolated(text: str) -> str:
    """A text that keeps its own direction within a sentence from right to left (UAX 9)."""
    return f"\u2066{text}\u2069"


def frame_ancestors(sites: Sequence[str]) -> str:
    """Return who may frame a form of an organization that lists the sites for it."""
    return " ".join(("'self'", *sites))


def _policy(style: str, frames: str, hosts: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {hosts}".strip(),
            f"style-src 'self' 'sha256-{digest}' {hosts}".strip(),
            "img-src 'self' data: blob:",
            "font-src 'self'",
            f"connect-src 'self' {hosts}".strip(),
            "worker-src 'self'",
            f"frame-src {hosts or chr(39) + 'none' + chr(39)}",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {frames}",
        ]
    )


_CLIENT_SENTENCES = (
    "stepOf", "sending", "files.", "error.", "offline", "unreachable", "tooMany", "proofFailed",
    "tryNow", "restored", "startOver", "done.number", "done.mail", "done.copy", "done.copied",
)  # fmt: skip


def boot_json(config: FormConfig) -> str:
    """Return what the script needs, as JSON that cannot end the element it stands in."""
    spoken = sentences(config.language)
    boot = {
        "organizationId": config.organization_id,
        "api": "/api/embed/tickets",
        "fields": [
            one.model_dump(by_alias=True, exclude_defaults=True, exclude={"help", "option_labels"})
            | {"label": one.label, "step": one.step, "type": one.type}
            for one in config.fields
        ],
        "uploads": config.uploads.wire(),
        "captcha": config.captcha.wire(),
        "text": {key: text for key, text in spoken.items() if key.startswith(_CLIENT_SENTENCES)},
    }
    return script_json(boot)


def script_json(value: Any) -> Any:
    """Return JSON for a script element: `<` never appears, so that nothing can close it."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
