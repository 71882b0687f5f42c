"""How the audit log tells what was and what is."""

from ticketdesk.state.settings.audit_log import changes


def test_what_was_and_what_is_stand_side_by_side() -> None:
    assert changes({"name": "Müller", "capacity": None}, {"name": "Weiß", "capacity": 5}) == [
        'name: "Müller" → "Weiß"',
        "capacity: nothing → 5",
    ]


def test_what_was_deleted_is_told_too() -> None:
    assert changes({"name": "Billing", "agents": ["Grace"]}, {}) == [
        'name: "Billing" → nothing',
        'agents: ["Grace"] → nothing',
    ]


def test_what_held_nothing_and_holds_nothing_is_left_out() -> None:
    assert changes({}, {"holidays": [], "isActive": False}) == ["isActive: nothing → false"]
