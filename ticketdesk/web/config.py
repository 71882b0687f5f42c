"""How Reflex is set up: state in Redis, our origin only, no framework extras on the wire."""

from datetime import timedelta
from pathlib import Path

import reflex as rx

from ticketdesk.settings import Settings, settings
from ticketdesk.web.origins import allowed_origins
from ticketdesk.web.plugin import FrontendPlugin

# The build is the same for every host and port: it carries this address until the last build step
# replaces it by the address of the page itself.
BUILD_ADDRESS = "http://ticketdesk.invalid"

PACKAGES = (
    "@radix-ui/react-popover@1.3.1",
    "@radix-ui/react-dialog@1.3.1",
    "@radix-ui/react-dropdown-menu@2.2.1",
    "cmdk@1.1.1",
    "lucide-react@1.26.0",
    "@tiptap/core@3.34.0",
    "@tiptap/pm@3.34.0",
    "@tiptap/starter-kit@3.34.0",
    "@tiptap/extension-image@3.34.0",
    "@fontsource-variable/inter@5.3.0",
)

_STATE_LIVES = timedelta(hours=1)


def reflex_config(chosen: Settings | None = None) -> rx.Config:
    """Build the Reflex configuration from the product's settings."""
    chosen = chosen or settings()
    return rx.Config(
        app_name="ticketdesk",
        app_module_import="ticketdesk.ticketdesk",
        api_url=chosen.base_url,
        deploy_url=chosen.base_url,
        backend_port=chosen.port,
        backend_host=chosen.host,
        redis_url=chosen.redis_url,
        redis_token_expiration=int(_STATE_LIVES.total_seconds()),
        cors_allowed_origins=allowed_origins(chosen.base_url),
        frontend_packages=list(PACKAGES),
        frontend_compression_formats=[],
        frontend_lazy_bundled_libraries=True,
        react_strict_mode=False,
        show_built_with_reflex=False,
        telemetry_enabled=False,
        disable_plugins=[rx.plugins.SitemapPlugin],
        plugins=[FrontendPlugin(Path(__file__).parents[1] / "components")],
    )
