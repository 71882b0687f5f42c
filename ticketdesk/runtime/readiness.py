"""Whether the web process takes requests yet."""

import http.client

from ticketdesk.runtime.process import Child
from ticketdesk.runtime.supervisor import Supervisor

_READY_WITHIN = 90.0


def wait_for_web(port: int, supervisor: Supervisor, web: Child) -> None:
    """Wait until /readyz says so."""
    answer = "it does not answer; what it says above tells why"

    def ready() -> bool:
        nonlocal answer
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            answer = f"/readyz answers {response.status}: {response.read(500).decode()}"
            return response.status == 200
        except OSError:
            return False
        except http.client.HTTPException:
            answer = f"PORT: {port} is in use by another program; set PORT to a free one"
            return False
        finally:
            connection.close()

    supervisor.wait_until(ready, web, _READY_WITHIN, lambda: answer)
