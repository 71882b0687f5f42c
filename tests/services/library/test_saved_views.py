"""Saved views: whose they are, what they hold, and what becomes of a broken one."""

import pytest
from sqlmodel import select

from tests.services.tickets.threads import ticket
from tests.support.queries import asked
from ticketdesk.errors import Forbidden, Invalid, NotFound, Stale
from ticketdesk.models import SavedView, User
from ticketdesk.services.desk import frame, opening, undo
from ticketdesk.services.library import saved_views
from ticketdesk.services.library.saved_views import SavedViewInput


def save(session, actor, title, *, shared=False, **query):
    command = SavedViewInput.parse({"title": title, "query": query, "shared": shared})
    return saved_views.create(session, actor, command)


def titles(session, actor):
    return [view.title for view in saved_views.list_all(session, actor)]


def test_a_personal_view_is_its_owners_and_a_shared_one_everybodys(session, ada, grace, linus):
    save(session, grace, "Grace's")
    save(session, ada, "Everybody's", shared=True)
    assert titles(session, grace) == ["Everybody's", "Grace's"]
    assert titles(session, linus) == ["Everybody's"]


def test_the_sidebars_that_list_a_view_hear_of_it(session, ada, grace):
    def told():
        return [one.channels for one in session.info.pop("realtime", [])]

    shared = save(session, ada, "Everybody's", shared=True)
    assert told() == [(f"view:{ada.organization_id}",)]
    saved_views.rename(session, ada, shared.id, "Ours", shared.version)
    saved_views.move(session, ada, shared.id, up=True)
    saved_views.delete(session, ada, shared.id)
    assert told() == [(f"view:{ada.organization_id}",)] * 3
    save(session, grace, "Grace's")
    assert told() == [(f"view:{grace.user_id}",)]


def test_only_an_admin_shares_a_view_or_changes_a_shared_one(session, ada, grace, linus):
    with pytest.raises(Forbidden):
        save(session, grace, "Mine for all", shared=True)
    shared = save(session, ada, "Everybody's", shared=True)
    for change in (
        lambda: saved_views.rename(session, grace, shared.id, "Other", shared.version),
        lambda: saved_views.set_query(session, grace, shared.id, {}),
        lambda: saved_views.move(session, grace, shared.id, up=True),
        lambda: saved_views.delete(session, grace, shared.id),
    ):
        with pytest.raises(Forbidden):
            change()
    own = save(session, grace, "Grace's")
    with pytest.raises(NotFound):
        saved_views.delete(session, linus, own.id)


def test_a_view_is_counted_in_the_sidebar_and_leads_to_its_filters(session, grace):
    ticket(session, grace, tags=["vip"], priority="HIGH")
    ticket(session, grace, tags=["vip"], priority="LOW")
    view = save(session, grace, "VIP", tag="vip", priority="HIGH,URGENT")
    (line,) = frame.saved(session, grace)
    assert line["count"] == 1
    assert line["to"] == f"/app/tickets?saved={view.id}&tag=vip&priority=HIGH%2CURGENT"


def test_any_number_of_views_is_counted_in_one_query(session, grace):
    for number in range(3):
        save(session, grace, f"View {number}", tag=f"tag-{number}")
    with asked() as few:
        frame.waits(session, grace)
    for number in range(3, 20):
        save(session, grace, f"View {number}", q="refund status:open")
    with asked() as many:
        frame.waits(session, grace)
    assert len(many) == len(few)


def test_views_change_places_within_their_kind(session, ada):
    for name in ("a", "b", "c"):
        save(session, ada, name)
    shared = save(session, ada, "shared", shared=True)
    rows = {view.title: view.id for view in saved_views.list_all(session, ada)}
    saved_views.move(session, ada, rows["c"], up=True)
    saved_views.move(session, ada, rows["a"], up=True)
    saved_views.move(session, ada, shared.id, up=False)
    assert titles(session, ada) == ["shared", "a", "c", "b"]


def test_a_deleted_view_comes_back_to_its_place(session, grace):
    for name in ("a", "b", "c"):
        save(session, grace, name, priority="HIGH")
    second = saved_views.list_all(session, grace)[1]
    gone = saved_views.delete(session, grace, second.id)
    assert titles(session, grace) == ["a", "c"]
    undo.take_back(session, grace, "view", [gone])
    assert titles(session, grace) == ["a", "b", "c"]


def test_new_filters_of_a_view_can_be_taken_back(session, grace):
    view = save(session, grace, "Pressing", priority="URGENT")
    saved_views.set_query(session, grace, view.id, {"priority": "HIGH"})
    undo.take_back(session, grace, "view_filters", [view.id, view.query])
    assert saved_views.find(session, grace, view.id).query == {"priority": "URGENT"}


def test_a_name_changed_by_somebody_else_meanwhile_is_not_overwritten(session, ada):
    view = save(session, ada, "One", shared=True)
    saved_views.rename(session, ada, view.id, "Two", view.version)
    with pytest.raises(Stale):
        saved_views.rename(session, ada, view.id, "Three", view.version)


@pytest.mark.parametrize(
    "query",
    [
        {"colour": "red"},
        {"status": "ASLEEP"},
        {"q": "colour:red"},
        {"q": "created:2026-02-31"},
        {"sort": "colour"},
        {"view": "nowhere"},
        {"tag": ["a"]},
        {"tag": "x" * 501},
        {"after": "cursor"},
        {"organization_id": "org"},
    ],
)
def test_filters_that_the_list_does_not_know_are_not_saved(session, grace, query):
    with pytest.raises(Invalid):
        save(session, grace, "Broken", **query)


def test_a_view_that_broke_since_counts_nothing_and_breaks_nothing(session, grace):
    view = save(session, grace, "Once good", priority="HIGH")
    save(session, grace, "Good", priority="HIGH")
    row = session.exec(select(SavedView).where(SavedView.id == view.id)).one()
    row.query = {"priority": "HIGHEST", "q": "colour:red"}
    session.add(row)
    session.flush()
    counts = {line["title"]: line["count"] for line in frame.saved(session, grace)}
    assert counts["Once good"] == -1
    assert counts["Good"] >= 0


def test_an_address_that_only_names_a_view_leads_to_its_filters(session, grace, linus):
    view = save(session, grace, "VIP", tag="vip")
    opened = opening.of(session, grace, {"saved": view.id})
    assert opened.elsewhere == f"/app/tickets?saved={view.id}&tag=vip"
    assert opening.of(session, grace, {"saved": view.id, "tag": "vip"}).title == "VIP"
    assert opening.of(session, linus, {"saved": view.id, "tag": "vip"}).saved is None


def test_the_bare_address_stands_for_the_view_somebody_prefers(session, grace):
    assert opening.of(session, grace, {}).elsewhere == ""
    me = session.get(User, grace.user_id)
    me.preferences = {"defaultView": "mine"}
    session.add(me)
    session.flush()
    assert opening.of(session, grace, {}).elsewhere == "/app/tickets?view=mine"
    view = save(session, grace, "VIP", tag="vip")
    me.preferences = {"defaultView": view.id}
    session.flush()
    assert opening.of(session, grace, {}).elsewhere.endswith("tag=vip")
    me.preferences = {"defaultView": "view_gone"}
    session.flush()
    assert opening.of(session, grace, {}).elsewhere == ""
