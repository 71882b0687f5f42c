"""`app`: API and public pages without the staff app, for tests that need a real port quickly."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from ticketdesk.adapters.captcha import HCaptcha, Turnstile
from ticketdesk.api.app import api
from ticketdesk.public.app import PREFIXES, public
from ticketdesk.web.dispatch import Dispatch


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    yield


app = Dispatch(
    {"/api": api, **dict.fromkeys(PREFIXES, public)}, otherwise=public, lifespan=_lifespan
)

# The services' check is a peer of the tests' own: nothing leaves this machine.
Turnstile.address = HCaptcha.address = os.environ["TEST_CAPTCHA_PEER"]
