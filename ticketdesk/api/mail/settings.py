"""The mail account, templates and test mails over REST, for admins."""

from typing import Annotated, Any

from fastapi import Body, Path, Query
from starlette.responses import Response

from ticketdesk.api.answers import Answer, answer, failures, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.routing import router
from ticketdesk.models.wire import Command
from ticketdesk.services.desk import settings_templates
from ticketdesk.services.mail import account_settings, own_templates
from ticketdesk.services.mail.account_settings import Account
from ticketdesk.services.mail.outbound import trial
from ticketdesk.services.mail.own_templates import Preview, Source

routes = router("Mail")

_FRAMED = (
    "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline';"
    " frame-ancestors 'self'"
)
_ACCOUNT = {"host": "mx.acme.example", "port": 587, "username": "desk", "password": "kept"}
Kind = Annotated[str, Path(description=f"One of {', '.join(own_templates.EDITABLE)}.")]


class AccountAnswer(Answer):
    """The account; `kept` stands for a secret that is stored."""

    account: dict[str, Any]


class TestMailAnswer(Answer):
    """How a test mail fares: QUEUED, SENT or FAILED, and the server's words."""

    id: str
    state: str
    words: str | None


class TemplateAnswer(Answer):
    """Where an editor starts: our own template, and what may stand in one."""

    template: Source


class PreviewAnswer(Answer):
    """A template with an example in it."""

    preview: Preview


class TestMail(Command):
    """Where a test mail goes."""

    to: str


class TemplateDraft(Command):
    """A template that is being written; what is missing is ours."""

    subject: str | None = None
    text: str | None = None
    html: str | None = None
    language: str | None = None


@routes.get(
    "/api/organization/mail-account",
    response_model=AccountAnswer,
    summary="Read the mail account",
    responses=reading() | shown(200, {"success": True, "account": _ACCOUNT}),
)
def read_account(caller: SignedIn) -> Response:
    """Give the provider's connection without its secrets."""
    return answer(AccountAnswer(account=caller.run(account_settings.read).account))


@routes.put(
    "/api/organization/mail-account",
    response_model=AccountAnswer,
    summary="Replace the mail account",
    responses=writing() | shown(200, {"success": True, "account": _ACCOUNT}),
)
def replace_account(
    caller: SignedIn,
    body: Annotated[Account, Body(openapi_examples={"SMTP": {"value": _ACCOUNT}})],
) -> Response:
    """Store it sealed; a secret given as `kept` stays, one left out is forgotten."""
    values = body.model_dump(by_alias=True, exclude_none=True)
    return answer(AccountAnswer(account=caller.run(account_settings.change, values).account))


@routes.post(
    "/api/organization/mail-account/test",
    response_model=TestMailAnswer,
    summary="Send a test mail",
    responses=writing()
    | shown(200, {"success": True, "id": "out_0199d3", "state": "QUEUED", "words": None}),
)
def send_test_mail(caller: SignedIn, body: TestMail) -> Response:
    """Promise a mail that takes the way of every mail; ask for its result a moment later."""
    return _trial(caller.run(trial.request, body.to))


@routes.get(
    "/api/organization/mail-account/test/{test_id:ref}",
    response_model=TestMailAnswer,
    summary="Read the result of a test mail",
    responses=reading(404)
    | shown(200, {"success": True, "id": "out_0199d3", "state": "SENT", "words": None}),
)
def read_test_mail(caller: SignedIn, test_id: Annotated[str, Path()]) -> Response:
    """Give its state, and the server's words when it was refused."""
    return _trial(caller.run(trial.result, test_id))


@routes.get(
    "/api/organization/mail-templates/{kind:ref}",
    response_model=TemplateAnswer,
    summary="Read our template of a kind",
    responses=reading(404),
)
def read_template(caller: SignedIn, kind: Kind) -> Response:
    """Give where an own template starts, with every variable and what it holds."""
    return answer(TemplateAnswer(template=caller.run(own_templates.source, kind)))


@routes.post(
    "/api/organization/mail-templates/{kind:ref}/preview",
    response_model=PreviewAnswer,
    summary="Preview a template",
    responses=failures(400, 401, 403, 404, 413, 415, 422, 429, 503),
)
def preview_template(caller: SignedIn, kind: Kind, body: TemplateDraft) -> Response:
    """Show it with an example in it; a broken one is refused with its line and the reason."""
    own = body.model_dump(include={"subject", "text", "html"}, exclude_none=True)
    found = caller.run(own_templates.preview, kind, own, body.language)
    return answer(PreviewAnswer(preview=found))


@routes.get(
    "/api/organization/mail-templates/{kind:ref}/page",
    summary="Look at a template as a mail",
    response_class=Response,
    responses=reading(404, 422) | {200: {"content": {"text/html": {}}, "description": "A page."}},
)
def show_template(
    caller: SignedIn,
    kind: Kind,
    language: Annotated[str, Query(max_length=10, description="'' for the desk's own.")] = "",
    dark: Annotated[bool, Query(description="As at night.")] = False,
    shown: Annotated[int, Query(description="Any number: another one loads it anew.")] = 0,
) -> Response:
    """Give what the caller is writing, or what is kept, for a frame in which nothing runs."""
    seen = caller.run(settings_templates.preview, kind, language).html
    media = "all" if dark else "not all"
    page = seen.replace("(prefers-color-scheme: dark)", media).replace(
        "(prefers-color-scheme:dark)", media
    )
    headers = {
        "Content-Security-Policy": _FRAMED,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return Response(page, media_type="text/html", headers=headers)


def _trial(found: trial.TestResult) -> Response:
    return answer(TestMailAnswer(id=found.id, state=found.state, words=found.words))
