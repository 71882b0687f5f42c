"""`app`: everything of the product that speaks HTTP or websocket, on one port."""

from ticketdesk.web.composition import compose

app = compose()
