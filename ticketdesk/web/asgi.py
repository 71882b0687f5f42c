"""`app`: everything of the product that speaks HTTP or websocket, on one port."""

from ticketdesk import logs, telemetry
from ticketdesk.settings import settings
from ticketdesk.web.composition import compose
from ticketdesk.web.observing import Observed

logs.configure(settings())
telemetry.start(settings(), "web")
app = Observed(compose())
