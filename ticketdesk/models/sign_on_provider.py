"""An organization's OpenID Connect provider."""

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import WORDS, TenantRow


class SignOnProvider(TenantRow, table=True):
    """Where members may sign in instead of with a password.

    `allowed_domains` limits whom the provider may vouch for; with `makes_agents` an unknown address
    of these domains becomes an agent on first sign-in.
    """

    __tablename__ = "sign_on_providers"
    __table_args__ = (Index("sign_on_providers_key", "organization_id", unique=True),)

    issuer: str
    client_id: str
    sealed_client_secret: str
    allowed_domains: list[str] = Field(default_factory=list, sa_type=WORDS)
    makes_agents: bool = False
    is_active: bool = True
    version: int = 1
