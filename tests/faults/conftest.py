"""One running desk for all tests that kill its parts; kept together by order.py."""

from collections.abc import Iterator

import pytest

from tests.support.desk import Desk
from tests.support.mail import mails, outbox_folder

__all__ = ["mails", "outbox_folder", "running"]


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with the demo, ready; whoever stops it starts it again."""
    desk = Desk(tmp_path_factory.mktemp("desk") / "data")
    desk.start()
    yield desk
    if desk.process and desk.process.poll() is None:
        desk.process.terminate()
        desk.process.wait(timeout=60)
