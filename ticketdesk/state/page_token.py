"""Ties what a page holds to the session that filled it."""

import hashlib

import reflex as rx
from reflex.app import EventNamespace

from ticketdesk.state.session import session_in


def page_token(chosen: str, session: str | None) -> str:
    """Return the name under which the server keeps a page's state and finds its socket.

    Args:
        chosen: the token that the browser chose for the page. Whoever learns it is nobody by that.
        session: the token in the session cookie; None for nobody.

    Returns:
        64 hexadecimal digits that differ for every pair of the two.
    """
    return hashlib.sha256(f"{session or ''}\n{chosen}".encode()).hexdigest()


class PageNamespace(EventNamespace):
    """Reflex's websocket, but that a page's token opens nothing without the owner's cookie."""

    async def link_token_to_sid(self, sid: str, token: str, *, update_state: bool = True) -> None:
        """Join a connection to the page that its token and its cookie name together.

        Args:
            sid: the socket's id.
            token: the browser's word.
            update_state: whether the state learns of it at once.
        """
        assert self.app.sio
        said = self.app.sio.get_environ(sid, self.namespace) or {}
        own = page_token(token, session_in(said.get("HTTP_COOKIE", "")))
        await super().link_token_to_sid(sid, own, update_state=update_state)


def guard(app: rx.App) -> None:
    """Put the namespace in the place of the framework's.

    Raises:
        RuntimeError: the app has no websocket.
    """
    if app.sio is None or app.event_namespace is None:
        raise RuntimeError("The staff app has no websocket to guard.")
    app._event_namespace = PageNamespace(app.event_namespace.namespace, app)
    app.sio.register_namespace(app._event_namespace)
