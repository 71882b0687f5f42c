"""Everything the browser loads, built where its sources changed."""

from ticketdesk.runtime.errors import StartError


def build_all() -> dict[str, bool]:
    """Build the staff app and the widget; whether each had to be.

    StartError with the tool's last words where one fails.
    """
    from ticketdesk.web.build import build
    from ticketdesk.web.build_widget import build_widget
    from ticketdesk.web.node import NodeFailed

    try:
        return {"staff app": build(), "widget": build_widget()}
    except NodeFailed as error:
        raise StartError(f"The frontend cannot be built: {error}") from error
