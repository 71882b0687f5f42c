"""Long changes of many tickets, a batch per transaction."""

from datetime import datetime
from functools import partial

from ticketdesk import unit_of_work
from ticketdesk.jobs.steps import repeat
from ticketdesk.outbox import Promise
from ticketdesk.services.people import acting, change, undo_deactivation
from ticketdesk.services.tickets import bulk, bulk_undo


def bulk_change(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Work through bulk actions, as the member who began each."""
    for promise in promises:
        bulk_id = promise.payload["bulkId"]
        work = bulk_undo.work if promise.payload.get("undo") else bulk.work
        owner = unit_of_work.as_system(organization_id, acting.owner_of_bulk, bulk_id)
        repeat(organization_id, promise, deadline, owner, partial(work, bulk_id=bulk_id))


def hand_over(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Give the open tickets of a member who left to somebody else."""
    for promise in promises:
        wanted = promise.payload
        admin = unit_of_work.as_system(organization_id, acting.member, wanted["byId"])
        repeat(
            organization_id,
            promise,
            deadline,
            admin,
            partial(change.hand_over, from_id=wanted["fromId"], to_id=wanted["toId"]),
        )


def hand_back(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Give a member who is back the open tickets that they had."""
    for promise in promises:
        wanted = promise.payload
        admin = unit_of_work.as_system(organization_id, acting.member, wanted["backById"])
        step = partial(
            undo_deactivation.hand_back,
            user_id=wanted["userId"],
            heir_id=wanted["heirId"],
            by_id=wanted["byId"],
            since=datetime.fromisoformat(wanted["since"]),
        )
        repeat(organization_id, promise, deadline, admin, step)
