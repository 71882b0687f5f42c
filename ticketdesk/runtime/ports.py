"""Which TCP ports are free."""

import socket

from ticketdesk.runtime.errors import StartError


def claimable(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def require(host: str, port: int) -> None:
    """Raise StartError, which names PORT, where the web server could not listen."""
    if not claimable(host, port):
        raise StartError(
            f"PORT: {port} is in use by another program, or not allowed; set PORT to a free one"
        )


def free_port(preferred: int | None = None) -> int:
    """A free port on the loopback address: `preferred` where it still is."""
    if preferred and claimable("127.0.0.1", preferred):
        return preferred
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
