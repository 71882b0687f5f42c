"""What a browser sends is checked before it is used."""

import pytest

from ticketdesk.errors import Malformed
from ticketdesk.state import arguments


@pytest.mark.parametrize("value", [None, 1, True, ["a"], {"a": 1}, "x" * 11])
def test_anything_but_a_short_text_is_refused(value):
    with pytest.raises(Malformed):
        arguments.text(value, 10)


@pytest.mark.parametrize("value", [None, "a", {"a": 1}, ["a", 1], ["a"] * 4])
def test_anything_but_a_short_list_of_texts_is_refused(value):
    with pytest.raises(Malformed):
        arguments.texts(value, 3)


@pytest.mark.parametrize("value", ["true", 1, [1], {"a": 1}, None, "false"])
def test_only_true_is_true(value):
    assert arguments.flag(value) is False
    assert arguments.flag(True) is True
