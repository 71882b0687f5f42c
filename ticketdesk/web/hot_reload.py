"""The development build: compiled into the web folder, served and reloaded by Vite."""

import json
import re
from pathlib import Path

from ticketdesk.web import build, node

_CONFIG = """\
import {{ mergeConfig }} from "vite";
import base from "./vite.config.js";

const target = `http://127.0.0.1:${{process.env.TICKETDESK_BEHIND}}`;

// Vite's own websocket is at "/": only the pages' goes to the web process.
export default async (environment) =>
  mergeConfig(typeof base === "function" ? await base(environment) : base, {{
    server: {{
      strictPort: true,
      proxy: Object.fromEntries(
        {paths}.map((path) => [path, {{ target, ws: path.includes("_event") }}]),
      ),
    }},
  }});
"""
# Its "/assets" are those of the finished build, which the public pages use.
_OWN_PATHS = ("/assets", "/api", "/_event", "/healthz", "/readyz", "/metrics")


def compile_pages() -> None:
    """Write the pages as React into the web folder, beside a configuration for Vite.

    Must run in a process of its own: compiling fills Reflex's registries.
    """
    from reflex.utils import build as reflex_build
    from reflex.utils import prerequisites
    from reflex_base import constants
    from reflex_base.environment import environment

    from ticketdesk.public.app import PREFIXES

    environment.REFLEX_ENV_MODE.set(constants.Env.DEV)
    with node.on_path():
        if not (build.WEB / "vite.hot.config.js").exists():
            build.prepare()
        prerequisites.get_compiled_app(prerender_routes=False, use_rich=False)
    reflex_build.set_env_json()
    # What begins with ^ is a pattern to Vite; an own path never swallows a longer word.
    paths = [
        f"^{re.escape(prefix)}(?:[/?]|$)" if prefix != "/" else "^/(?:\\?|$)"
        for prefix in (*_OWN_PATHS, *PREFIXES)
    ]
    content = _CONFIG.format(paths=json.dumps(paths))
    config = build.WEB / "vite.hot.config.js"
    # A touched configuration makes Vite start again and drop the open pages.
    if not config.exists() or config.read_text(encoding="utf-8") != content:
        config.write_text(content, encoding="utf-8")


def vite_command(port: int) -> tuple[list[str], Path]:
    """Return the command that serves the compiled pages, and the folder to run it in."""
    words = ["dev", "--config", "vite.hot.config.js", "--host", "127.0.0.1", "--port", str(port)]
    return [str(node.program()), str(build.BUNDLER), *words], build.WEB
