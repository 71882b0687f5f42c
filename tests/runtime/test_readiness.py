"""Waiting for the web process."""

import socketserver

from tests.support.serving import serving
from ticketdesk.runtime.readiness import wait_for_web


class _Other(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.rfile.readline()
        self.wfile.write(b"-ERR wrong number of arguments\r\n")


class _Once:
    """Looks once, where the supervisor looks again and again."""

    words = ""

    def wait_until(self, ready, child, seconds, last_words) -> None:
        assert not ready()
        self.words = last_words()


def test_another_program_at_the_port_is_named_instead_of_a_fault():
    with socketserver.TCPServer(("127.0.0.1", 0), _Other) as server, serving(server):
        port, supervisor = server.server_address[1], _Once()
        wait_for_web(port, supervisor, None)
    assert supervisor.words == f"PORT: {port} is in use by another program; set PORT to a free one"
