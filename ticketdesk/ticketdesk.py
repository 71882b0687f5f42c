"""Composition of the staff app: its pages, its frame and its errors become one Reflex app."""

import reflex as rx

from ticketdesk import realtime
from ticketdesk.components.first_look import first_look
from ticketdesk.components.frame import frame
from ticketdesk.components.loading import first_paint
from ticketdesk.pages import routes
from ticketdesk.state import failures, page_token
from ticketdesk.state.lost import LostState
from ticketdesk.web.staff_app import StaffApp

app = StaffApp(
    html_lang="en",
    head_components=[
        rx.el.meta(name="viewport", content="width=device-width, initial-scale=1"),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        first_look(),
    ],
    hydrate_fallback=first_paint,
    backend_exception_handler=failures.explain,
    frontend_exception_handler=failures.report,
    extra_app_wraps={(6, "Frame"): lambda _stateful: frame()},
)
page_token.guard(app)
app.add_middleware(LostState())
app.register_lifespan_task(realtime.run)
routes.add_to(app)
