"""An organization's logo, as mails and public pages show it."""

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from ticketdesk.models.base import TenantRow


class BrandLogo(TenantRow, table=True):
    """A logo, drawn anew as a PNG; earlier ones stay for mails that have been sent."""

    __tablename__ = "brand_logos"
    __table_args__ = (Index("brand_logos_organization_idx", "organization_id", "created_at"),)

    picture: bytes = Field(sa_type=LargeBinary, repr=False)
