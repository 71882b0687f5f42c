"""Which part of the product answers which address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from reflex_base.environment import environment
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ticketdesk.settings import settings
from ticketdesk.web import gate, look, published
from ticketdesk.web.dispatch import Dispatch
from ticketdesk.web.origins import allowed_origins
from ticketdesk.web.security import OriginGuard, SecurityHeaders, content_policy
from ticketdesk.web.static import StaticApp, script_hashes


def compose() -> ASGIApp:
    """Put API, public pages, websocket and the built staff app together.

    The finished build must be there: this never compiles.
    """
    environment.REFLEX_SKIP_COMPILE.set(True)
    from ticketdesk.api.app import api
    from ticketdesk.public.app import PREFIXES, public
    from ticketdesk.public.rendering import page
    from ticketdesk.ticketdesk import app as staff

    chosen, build = settings(), published.current()
    socket = staff()
    static = StaticApp(
        build,
        is_page=lambda path: staff.router(path) is not None,
        may_enter=gate.is_staff,
        greet=look.tell,
        missing=partial(page, "not_found.html", status=404),
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with staff._run_lifespan_tasks(app), api.router.lifespan_context(api):
            yield

    dispatch = Dispatch(
        {
            "/_event": _websockets_only(socket),
            **dict.fromkeys(("/api", "/healthz", "/readyz", "/metrics"), api),
            **dict.fromkeys(PREFIXES, public),
        },
        otherwise=static,
        lifespan=lifespan,
    )
    return SecurityHeaders(
        OriginGuard(dispatch, origins=allowed_origins(chosen.base_url)),
        policy=content_policy(chosen.base_url, script_hashes(build)),
        https=chosen.secure_cookies,
    )


def _websockets_only(socket: ASGIApp) -> ASGIApp:
    """Refuse plain requests: the framework would redirect them to whatever Host they name."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await socket(scope, receive, send)
        else:
            await PlainTextResponse("Only websockets are answered here.", 404)(scope, receive, send)

    return answer
