"""The button of a message is there as long as what it takes back can be taken back."""

from ticketdesk.state.toasts import ToastState


def last(state: ToastState) -> dict:
    return state.items[-1]


def test_a_message_offers_to_take_back_for_ten_seconds_unless_told_otherwise():
    state = ToastState()
    state._offer_undo("Changed", "change", "1001", "priority", "LOW")
    assert (last(state)["undo"], last(state)["lasts"]) == (True, 10_000)


def test_what_can_be_taken_back_for_a_minute_is_offered_for_a_minute():
    state = ToastState()
    state._offer_undo("Sent", "send", "1001", seconds=60)
    assert last(state)["lasts"] == 60_000


def test_what_cannot_be_taken_back_is_not_offered():
    state = ToastState()
    state._offer_undo("Sent", "send", "1001", seconds=0)
    assert not last(state)["undo"]


def test_something_is_taken_back_once():
    state = ToastState()
    state._offer_undo("Changed", "change", "1001", "priority", "LOW")
    toast = last(state)["id"]
    assert state._claim(toast) == ("change", ["1001", "priority", "LOW"])
    assert state._claim(toast) == ("", [])
