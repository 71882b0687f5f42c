"""Who calls the services in the benchmarks."""

from bench.installation import Sized
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.models.enums import UserRole


def agent(sized: Sized) -> Actor:
    """Return an agent of the organization that is looked at."""
    return Actor(
        ActorKind.USER,
        sized.organization_id,
        "Agent 1",
        role=UserRole.AGENT,
        user_id=sized.agent_id,
        email="agent1@org-0.example",
    )
