"""`app`: API and public pages without the staff app, for tests that need a real port quickly."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from ticketdesk.api.app import api
from ticketdesk.public.app import PREFIXES, public
from ticketdesk.web.dispatch import Dispatch


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    yield


app = Dispatch(
    {"/api": api, **dict.fromkeys(PREFIXES, public)}, otherwise=public, lifespan=_lifespan
)
