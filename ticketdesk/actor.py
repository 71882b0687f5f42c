"""Who is calling, and what they may do (semantics.md, Access)."""

from dataclasses import dataclass, field
from enum import StrEnum

from ticketdesk.errors import Forbidden, Unauthenticated
from ticketdesk.models.enums import ApiKeyScope, UserRole

_SCOPE_TOO_SMALL = "The scope of this API key does not allow this."
_LEVEL = {UserRole.CUSTOMER: 1, UserRole.AGENT: 2, UserRole.ADMIN: 3}


class ActorKind(StrEnum):
    """What stands behind a call."""

    USER = "USER"
    API_KEY = "API_KEY"
    SYSTEM = "SYSTEM"
    RULE = "RULE"
    ANONYMOUS = "ANONYMOUS"


@dataclass(frozen=True, slots=True)
class Actor:
    """The caller of a service, resolved afresh for every call.

    `role` is None for the anonymous. An API key acts with the role its scopes amount to, has no
    `user_id` and is told by its `key_id`. `name` is what the history shows.
    """

    kind: ActorKind
    organization_id: str
    name: str
    role: UserRole | None = None
    user_id: str | None = None
    email: str | None = None
    scopes: frozenset[str] = field(default_factory=frozenset)
    session_id: str | None = None
    key_id: str | None = None

    @property
    def is_staff(self) -> bool:
        """Whether the caller works here (agent, admin, key or the product itself)."""
        return self.role in (UserRole.AGENT, UserRole.ADMIN)

    @property
    def is_customer(self) -> bool:
        """Whether the caller is a signed-in customer."""
        return self.role is UserRole.CUSTOMER

    def require(self, role: UserRole, *, writes: bool = True) -> None:
        """Refuse a caller below a role.

        Args:
            role: the least role that may go on.
            writes: whether the verb changes something; a key of scope `read` may then not.

        Raises:
            Unauthenticated: nobody is signed in.
            Forbidden: the role or the key's scope is too small.
        """
        if self.role is None:
            if self.kind is ActorKind.API_KEY:
                raise Forbidden(_SCOPE_TOO_SMALL)
            raise Unauthenticated("Sign in first.")
        if _LEVEL[self.role] < _LEVEL[role]:
            raise Forbidden("Your role does not allow this.")
        self.require_scope(writes)

    def require_scope(self, writes: bool) -> None:
        """Refuse an API key whose scopes do not cover reading or writing."""
        if self.kind is not ActorKind.API_KEY:
            return
        granted = self.scopes
        if ApiKeyScope.ADMIN in granted or ApiKeyScope.WRITE in granted:
            return
        if ApiKeyScope.READ in granted and not writes:
            return
        raise Forbidden(_SCOPE_TOO_SMALL)


def system_actor(organization_id: str, name: str = "TicketDesk") -> Actor:
    """Return the product itself, acting in one organization."""
    return Actor(ActorKind.SYSTEM, organization_id, name, role=UserRole.ADMIN)


def rule_actor(organization_id: str, rule_name: str) -> Actor:
    """Return an automation rule; the history names it."""
    return Actor(ActorKind.RULE, organization_id, rule_name, role=UserRole.ADMIN)


def anonymous(organization_id: str) -> Actor:
    """Return a visitor who is not signed in."""
    return Actor(ActorKind.ANONYMOUS, organization_id, "Visitor")
